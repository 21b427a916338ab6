//! The country of an edition: read once for all the editions that have the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use polars::prelude::PolarsResult;

use crate::atlas::{Country, Leaves, Roads, TerritoryName};
use crate::domain::Level;
use crate::spatial::Contour;

use super::columns::{Files, table};
use super::manifest::Manifest;
use super::{districts, land, network, rows, wkb};

/// The countries of the editions that are open, by the checksums of their files: the next edition on the same shares it.
#[derive(Debug, Default)]
pub struct Countries(Mutex<BTreeMap<String, Weak<Country>>>);

impl Countries {
    pub(super) fn known(&self, key: &str) -> Option<Arc<Country>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key)?.upgrade()
    }

    pub(super) fn keep(&self, key: String, country: &Arc<Country>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, country| country.strong_count() > 0);
        all.insert(key, Arc::downgrade(country));
    }
}

/// Tables that the country of an edition is read from.
pub(super) const TABLES: [&str; 11] = [
    "communes.parquet",
    "commune_aliases.parquet",
    districts::NAME,
    "epcis.parquet",
    "departements.parquet",
    "regions.parquet",
    "points.parquet",
    "crossings.parquet",
    "barriers.parquet",
    "road_nodes.parquet",
    "road_arcs.parquet",
];

/// What two editions on the same country have in common: the checksums of its tables, and the name of the map of its roads.
#[must_use]
pub(super) fn key(manifest: &Manifest) -> String {
    let sums = manifest.files.iter().filter(|file| TABLES.contains(&file.name.as_str()));
    let key = sums.fold(String::new(), |key, file| format!("{key}{} {}\n", file.name, file.sha256));
    format!("{key}{}", manifest.roads.as_deref().unwrap_or_default())
}

/// Reads the tables and binds them. `map` is the name of the map that the roads were read from.
pub(super) fn read(mut files: Files, map: Option<String>) -> PolarsResult<Country> {
    let (districts, district_contours) = districts::read(&mut files)?;
    let mut table = |name: &str| table(&mut files, name);
    let (communes, commune_contours) = rows::communes(&table("communes.parquet")?)?;
    let mut contours = BTreeMap::from([(Level::Commune, commune_contours)]);
    let mut territories = BTreeMap::new();
    for level in [Level::Epci, Level::Departement, Level::Region] {
        let table = table(&format!("{}.parquet", level.plural()))?;
        let codes = table.full_text("code")?;
        let named = codes.iter().cloned().zip(table.full_text("name")?).zip(table.text("parent")?);
        let names = named.map(|((code, name), parent)| TerritoryName { code, name, parent }).collect();
        territories.insert(level, names);
        let geometries = table.geometry(wkb::read_multi_polygon)?;
        contours.insert(
            level,
            codes.into_iter().zip(geometries).filter_map(|(c, g)| Some((c, Contour::new(g?)))).collect(),
        );
    }
    let land = land::read(&table("crossings.parquet")?, &table("barriers.parquet")?)?;
    let roads = network::read(&table("road_nodes.parquet")?, &table("road_arcs.parquet")?)?;
    let (cells, grids) = rows::points(&table("points.parquet")?)?;
    let aliases = rows::commune_aliases(&table("commune_aliases.parquet")?)?;
    Ok(Country::new(&mut Leaves {
        communes,
        aliases,
        districts,
        district_contours,
        territories,
        contours,
        cells,
        grids,
        roads: roads.zip(map).map(|(network, source)| Roads { network: Arc::new(network), source }),
        land,
        ..Leaves::default()
    }))
}
