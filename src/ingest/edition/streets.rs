//! The streets of an edition: one table, and back. Editions made without files of addresses have none.

use polars::prelude::PolarsResult;

use crate::atlas::streets::{Street, Streets};
use crate::domain::CommuneCode;

use super::columns::{Columns, ReadColumns, missing};

/// Name of the table.
pub(super) const NAME: &str = "streets.parquet";

/// One row per street, in order.
#[must_use]
pub(super) fn write(streets: &Streets) -> Columns {
    let mut table = Columns::new(streets.len());
    table.text("commune", streets.iter().map(|street| Some(street.commune.to_string())));
    let part = |street: Street<'_>| (street.part != street.commune).then(|| street.part.to_string());
    table.text("part", streets.iter().map(part));
    table.whole("postcode", streets.iter().map(|street| street.postcode));
    table.text("name", streets.iter().map(|street| Some(street.name)));
    table.text("words", streets.iter().map(|street| Some(street.words)));
    table.truth("place", streets.iter().map(|street| Some(street.is_place)));
    for (axis, name) in ["longitude_e5", "latitude_e5"].into_iter().enumerate() {
        table.number(name, streets.iter().map(|street| Some(f64::from(street.at[axis]))));
    }
    table.bytes("houses", streets.iter().map(|street| street.houses));
    table
}

/// Back from the table.
///
/// # Errors
/// A column that is missing, or a value that no such table has.
pub(super) fn read(table: &ReadColumns) -> PolarsResult<Streets> {
    let mut streets = Streets::default();
    let code = |text: Option<&str>| text.and_then(CommuneCode::parse);
    let (postcodes, places) = (table.whole("postcode")?, table.truth("place")?);
    let (lon, lat) = (table.number("longitude_e5")?, table.number("latitude_e5")?);
    let mut rows = table.each_text("commune")?.zip(table.each_text("part")?);
    let mut texts = table.each_text("name")?.zip(table.each_text("words")?).zip(table.each_bytes("houses")?);
    for row in 0..postcodes.len() {
        let (commune, part) = rows.next().ok_or_else(|| missing("commune"))?;
        let ((name, words), houses) = texts.next().ok_or_else(|| missing("name"))?;
        let commune = code(commune).ok_or_else(|| missing("commune"))?;
        let (Some(name), Some(words), Some(houses)) = (name, words, houses) else { return Err(missing("name")) };
        let (Some(lon), Some(lat), Some(is_place)) = (lon[row], lat[row], places[row]) else {
            return Err(missing("longitude_e5"));
        };
        streets.push(&Street {
            commune,
            part: code(part).unwrap_or(commune),
            postcode: postcodes[row],
            name,
            words,
            at: [lon as i32, lat as i32],
            houses,
            is_place,
        });
    }
    Ok(streets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::streets::{Builder, OfStreet};
    use crate::domain::{Degrees, Position};

    #[test]
    fn streets_survive_the_round_trip() {
        let code = |text| CommuneCode::parse(text).unwrap();
        let mut builder = Builder::default();
        for (commune, part, name, number) in [
            ("93010", "93010", "Rue de la République", "13"),
            ("93010", "93010", "Rue de la République", "15"),
            ("13055", "13201", "Rue de la République", "13"),
            ("23096", "23097", "Le Bourg", ""),
        ] {
            let of = OfStreet {
                commune: code(commune),
                part: code(part),
                postcode: "93140",
                name,
                is_place: number.is_empty(),
            };
            let at = Position::new(Degrees { lon: 2.481_23, lat: 48.901_2 }).unwrap();
            builder.add(of, number, "bis", at, str::to_lowercase);
        }
        let streets = builder.finish();
        let path = tempfile::tempdir().unwrap().keep().join("streets");
        write(&streets).write(&path, None).unwrap();
        assert_eq!(read(&ReadColumns::read(std::fs::read(path).unwrap()).unwrap()).unwrap(), streets);
    }
}
