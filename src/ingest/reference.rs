//! The reference territories of `data/territories`: communes, old codes, names above them, contours.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;
use typed_index_collections::{TiSlice, TiVec};

use crate::access::LandFacts;
use crate::atlas::{Districts, Places, TerritoryName};
use crate::domain::{Commune, CommuneAlias, CommuneCode, CommuneIx, Degrees, District, Level, Persons, Position};
use crate::spatial::{Contour, ContourIndex};

use super::topojson;

/// The territories of one vintage, indexed for locating venues.
#[derive(Debug)]
pub struct Reference {
    /// Communes, ascending by code.
    pub communes: TiVec<CommuneIx, Commune>,
    /// Old codes.
    pub aliases: Vec<CommuneAlias>,
    /// Populations of the communes that live on as parts of others; the chef-lieu of a commune nouvelle has the same code.
    pub former_populations: BTreeMap<CommuneCode, u32>,
    /// Arrondissements of Paris, Lyon and Marseille, by code and by position.
    pub districts: Districts,
    /// Names above the commune.
    pub territories: BTreeMap<Level, Vec<TerritoryName>>,
    /// Contours by level and code.
    pub contours: BTreeMap<Level, BTreeMap<String, Contour>>,
    /// Communes by code, postal code, name.
    pub places: Places,
    /// Communes by position.
    pub contour_index: ContourIndex<CommuneIx>,
    /// Crossings and barriers.
    pub land: LandFacts,
    /// Vintage of codes and of populations, in words.
    pub vintage: String,
}

/// A reference file that cannot be used. The files are ours: this is a damaged checkout, not a bad row.
#[derive(Debug)]
pub struct ReferenceError(String);

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "reference territories: {}", self.0)
    }
}

impl std::error::Error for ReferenceError {}

#[derive(Deserialize)]
struct CommuneRow {
    code: String,
    name: String,
    departement: String,
    region: String,
    epci: String,
    postcodes: String,
    population: Option<u32>,
    area_km2: Option<f64>,
    longitude: Option<f64>,
    latitude: Option<f64>,
}

#[derive(Deserialize)]
struct AliasRow {
    code: String,
    kind: String,
    name: String,
    commune: String,
}

#[derive(Deserialize)]
struct DistrictRow {
    code: String,
    name: String,
    commune: String,
    postcodes: String,
    population: Option<u32>,
    longitude: f64,
    latitude: f64,
}

#[derive(Deserialize)]
struct FormerRow {
    code: String,
    population: u32,
}

#[derive(Deserialize)]
struct NameRow {
    code: String,
    name: String,
    #[serde(default)]
    region: Option<String>,
}

#[derive(Deserialize)]
struct Meta {
    cog_vintage: serde_json::Value,
    population_vintage: serde_json::Value,
}

/// Reads the folder `territories` of the data folder.
///
/// # Errors
/// Names the file, and the line of a row that cannot be read.
pub fn read(folder: &Path) -> Result<Reference, ReferenceError> {
    let mut communes: Vec<Commune> = rows::<CommuneRow>(folder, "communes.csv")?
        .into_iter()
        .map(commune)
        .collect::<Result<_, _>>()
        .map_err(|e| ReferenceError(format!("communes.csv: {e}")))?;
    communes.sort_by_key(|commune| commune.code);
    let aliases = rows::<AliasRow>(folder, "aliases.csv")?
        .into_iter()
        .filter_map(|row| {
            let (code, commune) = (CommuneCode::parse(&row.code)?, CommuneCode::parse(&row.commune)?);
            Some(CommuneAlias { code, kind: row.kind, name: row.name, commune })
        })
        .collect::<Vec<_>>();
    let former_populations = rows::<FormerRow>(folder, "former_populations.csv")?
        .into_iter()
        .filter_map(|row| Some((CommuneCode::parse(&row.code)?, row.population)))
        .collect();
    let mut territories = BTreeMap::new();
    for level in [Level::Region, Level::Departement, Level::Epci] {
        let names = rows::<NameRow>(folder, &format!("{}.csv", level.plural()))?
            .into_iter()
            .map(|row| TerritoryName { code: row.code, name: row.name, parent: row.region })
            .collect();
        territories.insert(level, names);
    }
    let meta: Meta =
        serde_json::from_slice(&bytes(folder, "meta.json")?).map_err(|e| ReferenceError(format!("meta.json: {e}")))?;
    let layers = contours(folder, "contours.topojson.gz")?;
    let contours =
        layers.into_iter().filter_map(|(layer, contours)| Some((Level::from_plural(&layer)?, contours))).collect();
    let communes = TiVec::from(communes);
    let districts = rows::<DistrictRow>(folder, "arrondissements.csv")?.into_iter().filter_map(district).collect();
    let of_districts = self::contours(folder, "arrondissements.topojson.gz")?.remove("arrondissements");
    let districts = Districts::new(&communes, districts, of_districts.unwrap_or_default());
    let places = Places::new(&communes, &aliases);
    let contour_index = index(&communes, &contours);
    let land = super::land::read(folder).map_err(ReferenceError)?;
    let contour = |code: CommuneCode| contours.get(&Level::Commune)?.get(code.as_str()).map(AsRef::as_ref);
    if let Some(barrier) = land.without_border(&communes.raw, contour) {
        let why = "its two sides share no border here, so it would stop nobody; expected a line";
        return Err(ReferenceError(format!("barriers.csv: {}: {why}", barrier.name)));
    }
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    Ok(Reference {
        communes,
        aliases,
        former_populations,
        districts,
        territories,
        contours,
        places,
        contour_index,
        land,
        vintage: format!(
            "code officiel géographique {}, populations {}",
            text(&meta.cog_vintage),
            text(&meta.population_vintage)
        ),
    })
}

fn index(
    communes: &TiSlice<CommuneIx, Commune>,
    contours: &BTreeMap<Level, BTreeMap<String, Contour>>,
) -> ContourIndex<CommuneIx> {
    let ordinals: HashMap<&str, CommuneIx> = communes.iter_enumerated().map(|(i, c)| (c.code.as_str(), i)).collect();
    let of_communes = contours.get(&Level::Commune).into_iter().flatten();
    ContourIndex::new(of_communes.filter_map(|(code, c)| Some((*ordinals.get(code.as_str())?, c.clone()))).collect())
}

fn commune(row: CommuneRow) -> Result<Commune, String> {
    let code = CommuneCode::parse(&row.code).ok_or_else(|| format!("{:?} is not a commune code", row.code))?;
    let point = match (row.longitude, row.latitude) {
        (Some(lon), Some(lat)) => {
            Some(Position::in_france(Degrees { lon, lat }).map_err(|e| format!("commune {code}: {e}"))?)
        }
        _ => None,
    };
    Ok(Commune {
        code,
        name: row.name,
        departement: row.departement,
        region: row.region,
        epci: Some(row.epci).filter(|epci| !epci.is_empty()),
        postcodes: postcodes(&row.postcodes),
        population: row.population.map(Persons),
        area_km2: row.area_km2,
        point,
    })
}

fn district(row: DistrictRow) -> Option<District> {
    Some(District {
        code: CommuneCode::parse(&row.code)?,
        commune: CommuneCode::parse(&row.commune)?,
        postcodes: postcodes(&row.postcodes),
        population: row.population.map(Persons),
        point: Position::new(Degrees { lon: row.longitude, lat: row.latitude }).ok(),
        name: row.name,
    })
}

fn postcodes(text: &str) -> Vec<String> {
    text.split('|').filter(|p| !p.is_empty()).map(ToOwned::to_owned).collect()
}

fn contours(folder: &Path, name: &str) -> Result<topojson::Contours, ReferenceError> {
    let mut json = Vec::new();
    GzDecoder::new(bytes(folder, name)?.as_slice())
        .read_to_end(&mut json)
        .map_err(|e| ReferenceError(format!("{name}: {e}")))?;
    topojson::read(&json).map_err(|e| ReferenceError(format!("{name}: {e}")))
}

fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>, ReferenceError> {
    std::fs::read(folder.join(name)).map_err(|e| ReferenceError(format!("{}: {e}", folder.join(name).display())))
}

fn rows<T: for<'de> Deserialize<'de>>(folder: &Path, name: &str) -> Result<Vec<T>, ReferenceError> {
    let bytes = bytes(folder, name)?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    reader.deserialize().collect::<Result<_, _>>().map_err(|e| ReferenceError(format!("{name}: {e}")))
}
