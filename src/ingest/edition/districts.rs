//! The arrondissements of Paris, Lyon and Marseille as tables of an edition. Editions of before have none.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use crate::atlas::Leaves;
use crate::domain::{CommuneCode, Degrees, District, Persons, Position, Reading};
use crate::spatial::Contour;

use super::columns::{Columns, Files, ReadColumns, missing, table as table_of};
use super::{rows, wkb};

/// What they are.
pub const NAME: &str = "arrondissements.parquet";
/// What indicators say of each.
pub const READINGS: &str = "arrondissement_indicators.parquet";

/// One row an arrondissement, with its contour.
pub fn table(leaves: &Leaves) -> Columns {
    let all = &leaves.districts;
    let mut table = Columns::new(all.len());
    table.text("code", all.iter().map(|d| Some(d.code.to_string())));
    table.text("name", all.iter().map(|d| Some(&d.name)));
    table.text("commune", all.iter().map(|d| Some(d.commune.to_string())));
    table.list("postcodes", all.iter().map(|d| d.postcodes.clone()));
    table.whole("population", all.iter().map(|d| d.population.map(|p| p.0)));
    table.number("longitude", all.iter().map(|d| d.point.map(Position::lon)));
    table.number("latitude", all.iter().map(|d| d.point.map(Position::lat)));
    let contour =
        |d: &District| leaves.district_contours.get(d.code.as_str()).map(|contour| wkb::multi_polygon(contour));
    table.geometry(all.iter().map(contour));
    table
}

/// One row an arrondissement; for each indicator its value, and whether it is withheld.
pub fn readings(leaves: &Leaves) -> Columns {
    let all = &leaves.districts;
    let mut table = Columns::new(all.len());
    table.text("code", all.iter().map(|d| Some(d.code.to_string())));
    for indicator in &leaves.indicators {
        let of = |d: &District| indicator.districts.get(&d.code).copied();
        table.number(&indicator.id, all.iter().map(|d| of(d)?.value()));
        let withheld = |d: &District| of(d).map(|reading| reading == Reading::Suppressed);
        table.truth(&format!("{}_suppressed", indicator.id), all.iter().map(withheld));
    }
    table
}

/// Reads [`table`] back, with the contours by code.
pub fn read(files: &mut Files) -> PolarsResult<(Vec<District>, BTreeMap<String, Contour>)> {
    if !files.contains_key(NAME) {
        return Ok((Vec::new(), BTreeMap::new()));
    }
    let table = table_of(files, NAME)?;
    let (names, communes, postcodes) =
        (table.full_text("name")?, table.full_text("commune")?, table.list("postcodes")?);
    let (populations, lon, lat) = (table.whole("population")?, table.number("longitude")?, table.number("latitude")?);
    let contours = table.geometry(wkb::read_multi_polygon)?;
    let codes = table.full_text("code")?;
    let code = |text: &str| CommuneCode::parse(text).ok_or_else(|| missing("code"));
    let district = |i: usize| {
        let degrees = lon[i].zip(lat[i]).map(|(lon, lat)| Degrees { lon, lat });
        Ok(District {
            code: code(&codes[i])?,
            name: names[i].clone(),
            commune: code(&communes[i])?,
            postcodes: postcodes[i].clone(),
            population: populations[i].map(Persons),
            point: degrees.and_then(|degrees| Position::new(degrees).ok()),
        })
    };
    let districts = (0..codes.len()).map(district).collect::<PolarsResult<_>>()?;
    Ok((
        districts,
        codes.into_iter().zip(contours).filter_map(|(code, contour)| Some((code, Contour::new(contour?)))).collect(),
    ))
}

/// [`readings`], before it is asked of an indicator.
pub struct Readings {
    codes: Vec<CommuneCode>,
    table: ReadColumns,
}

/// Reads [`readings`]; `None` in an edition of before.
pub fn read_readings(files: &mut Files) -> PolarsResult<Option<Readings>> {
    if !files.contains_key(READINGS) {
        return Ok(None);
    }
    let table = table_of(files, READINGS)?;
    let code = |text: String| CommuneCode::parse(&text).ok_or_else(|| missing("code"));
    let codes = table.full_text("code")?.into_iter().map(code).collect::<PolarsResult<_>>()?;
    Ok(Some(Readings { codes, table }))
}

impl Readings {
    /// What an indicator says of each; those it says nothing of are absent.
    pub fn readings(&self, id: &str) -> PolarsResult<BTreeMap<CommuneCode, Reading>> {
        let readings = rows::readings(&self.table, id)?;
        Ok(self.codes.iter().copied().zip(readings).filter(|(_, reading)| *reading != Reading::Missing).collect())
    }
}
