//! Opening an edition: checksums first, then tables, then binding.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use polars::prelude::{PolarsError, PolarsResult};

use crate::atlas::{Atlas, EditionInfo, Leaves, TerritoryName};
use crate::domain::venue::{Hours, Location, Provenance, Repair};
use crate::domain::vocabulary::{
    AccessMode, Audience, Fee, Itinerance, Programme, Service, Support, SupportMode, TrainingLabel,
};
use crate::domain::{
    Candidate, Commune, CommuneAlias, CommuneCode, Degrees, Flag, Hub, Level, PastVenue, Persons, Position, Post,
    Reading, Venue,
};

use super::columns::{ReadColumns, missing};
use super::manifest::{FORMAT, Manifest, edition_id, sha256};
use super::wkb;

/// Why an edition could not be opened.
#[derive(Debug)]
pub struct OpenError {
    path: PathBuf,
    message: String,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for OpenError {}

fn refuse(path: &Path, message: impl fmt::Display) -> OpenError {
    OpenError { path: path.to_owned(), message: message.to_string() }
}

/// The folder of the edition that `path` means: itself, or the one in force in an output folder.
#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    // Resolved once: a switch during the reading cannot mix two editions.
    let current = path.join("current");
    fs::canonicalize(if current.exists() { current } else { path.to_owned() }).unwrap_or_else(|_| path.to_owned())
}

/// The manifest of the edition in force, if there is one that this version can read.
#[must_use]
pub fn read_manifest(path: &Path) -> Option<Manifest> {
    serde_json::from_slice(&fs::read(folder_of(path).join("manifest.json")).ok()?).ok()
}

/// Opens an edition, verifying the checksum of every file before it is parsed.
///
/// # Errors
/// Names the file that is missing, damaged or of another layout.
pub fn open(path: &Path) -> Result<Atlas, OpenError> {
    let folder = folder_of(path);
    let manifest_path = folder.join("manifest.json");
    let bytes = fs::read(&manifest_path)
        .map_err(|e| refuse(&manifest_path, format!("{e}; expected an edition, made by `mediane build --out DIR`")))?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|e| refuse(&manifest_path, e))?;
    if manifest.format != FORMAT {
        let message =
            format!("layout {}; this version reads layout {FORMAT}: build the edition again", manifest.format);
        return Err(refuse(&manifest_path, message));
    }
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for file in &manifest.files {
        let path = folder.join(&file.name);
        let bytes = fs::read(&path).map_err(|e| refuse(&path, e))?;
        if sha256(&bytes) != file.sha256 {
            return Err(refuse(&path, "damaged: its checksum is not the one in the manifest; build the edition again"));
        }
        files.insert(file.name.clone(), bytes);
    }
    let report = files.remove("report.json").unwrap_or_default();
    let edition = EditionInfo {
        id: edition_id(&bytes),
        as_of: manifest.as_of.as_deref().and_then(|day| day.parse().ok()),
        demonstration: manifest.demonstration,
        territories_vintage: manifest.territories_vintage.clone(),
        files: manifest.files.iter().cloned().map(Into::into).collect(),
        sources: manifest.sources.iter().cloned().map(super::manifest::ManifestSource::info).collect(),
        report_json: String::from_utf8(report).map_err(|e| refuse(&folder.join("report.json"), e))?,
    };
    leaves(edition, manifest, files).map(Atlas::bind).map_err(|e| refuse(&folder, e))
}

fn leaves(edition: EditionInfo, manifest: Manifest, mut files: BTreeMap<String, Vec<u8>>) -> PolarsResult<Leaves> {
    let mut table = |name: &str| -> PolarsResult<ReadColumns> {
        let bytes = files
            .remove(name)
            .ok_or_else(|| PolarsError::ComputeError(format!("the manifest names no {name}").into()))?;
        ReadColumns::read(bytes)
    };
    let (communes, commune_contours) = communes(&table("communes.parquet")?)?;
    let mut contours = BTreeMap::from([(Level::Commune, commune_contours)]);
    let mut territories = BTreeMap::new();
    for level in [Level::Epci, Level::Departement, Level::Region] {
        let table = table(&format!("{}.parquet", level.plural()))?;
        let codes = table.full_text("code")?;
        let named = codes.iter().cloned().zip(table.full_text("name")?).zip(table.text("parent")?);
        let names = named.map(|((code, name), parent)| TerritoryName { code, name, parent }).collect();
        territories.insert(level, names);
        let geometries = table.geometry(wkb::read_multi_polygon)?;
        contours.insert(level, codes.into_iter().zip(geometries).filter_map(|(c, g)| Some((c, g?))).collect());
    }
    let values = table("indicators.parquet")?;
    let mut indicators = Vec::new();
    for definition in manifest.indicators {
        let known = values.number(&definition.id)?;
        let withheld = values.truth(&format!("{}_suppressed", definition.id))?;
        let reading = |(value, withheld): (Option<f64>, Option<bool>)| match (value, withheld) {
            (Some(value), _) => Reading::Known(value),
            (None, Some(true)) => Reading::Suppressed,
            (None, _) => Reading::Missing,
        };
        indicators.push(definition.with(known.into_iter().zip(withheld).map(reading).collect()));
    }
    let aliases = table("commune_aliases.parquet")?;
    let venue_aliases = table("venue_aliases.parquet")?;
    let provenance = provenance(&table("provenance.parquet")?)?;
    Ok(Leaves {
        edition,
        communes,
        aliases: commune_aliases(&aliases)?,
        territories,
        contours,
        venues: venues(&table("venues.parquet")?, provenance)?,
        venue_aliases: venue_aliases.full_text("alias")?.into_iter().zip(venue_aliases.full_text("venue")?).collect(),
        candidates: candidates(&table("candidates.parquet")?)?,
        hubs: hubs(&table("hubs.parquet")?)?,
        posts: posts(&table("posts.parquet")?)?,
        past_venues: past_venues(&table("past_venues.parquet")?)?,
        indicators,
    })
}

/// A column of the table, one value a row, taken in step with the others.
fn walk<T>(values: Vec<T>) -> std::vec::IntoIter<T> {
    values.into_iter()
}

/// The next value of a column walked in step.
macro_rules! next {
    ($walk:ident) => {
        $walk.next().expect("columns of one table have one length")
    };
}

type Contours = BTreeMap<String, geo::MultiPolygon>;

fn communes(table: &ReadColumns) -> PolarsResult<(Vec<Commune>, Contours)> {
    let (mut name, mut departement) = (walk(table.full_text("name")?), walk(table.full_text("departement")?));
    let (mut region, mut epci) = (walk(table.full_text("region")?), walk(table.text("epci")?));
    let (mut postcodes, mut population) = (walk(table.text("postcodes")?), walk(table.whole("population")?));
    let (mut area, mut lon, mut lat) =
        (walk(table.number("area_km2")?), walk(table.number("longitude")?), walk(table.number("latitude")?));
    let mut geometry = walk(table.geometry(wkb::read_multi_polygon)?);
    let mut contours = BTreeMap::new();
    let mut communes = Vec::new();
    for code in table.full_text("code")? {
        if let Some(contour) = next!(geometry) {
            contours.insert(code.clone(), contour);
        }
        communes.push(Commune {
            code: CommuneCode::parse(&code).ok_or_else(|| missing("code"))?,
            name: next!(name),
            departement: next!(departement),
            region: next!(region),
            epci: next!(epci),
            postcodes: items(next!(postcodes)),
            population: next!(population).map(Persons),
            area_km2: next!(area),
            point: match (next!(lon), next!(lat)) {
                (Some(lon), Some(lat)) => Position::new(Degrees { lon, lat }).ok(),
                _ => None,
            },
        });
    }
    Ok((communes, contours))
}

fn items(text: Option<String>) -> Vec<String> {
    text.map(|text| text.split('|').map(ToOwned::to_owned).collect()).unwrap_or_default()
}

fn commune_code(text: Option<String>) -> Option<CommuneCode> {
    text.as_deref().and_then(CommuneCode::parse)
}

fn day(text: Option<String>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}

fn commune_aliases(table: &ReadColumns) -> PolarsResult<Vec<CommuneAlias>> {
    let (mut kind, mut name) = (walk(table.full_text("kind")?), walk(table.full_text("name")?));
    let mut commune = walk(table.full_text("commune")?);
    let mut aliases = Vec::new();
    for code in table.full_text("code")? {
        let (Some(code), Some(commune)) = (CommuneCode::parse(&code), CommuneCode::parse(&next!(commune))) else {
            return Err(missing("code"));
        };
        aliases.push(CommuneAlias { code, kind: next!(kind), name: next!(name), commune });
    }
    Ok(aliases)
}

fn locations(table: &ReadColumns) -> PolarsResult<Vec<Location>> {
    let (precision, repair) = (table.full_text("precision")?, table.text("repair")?);
    let geometry = table.geometry(wkb::read_point)?;
    let location = |((precision, repair), position): ((String, Option<String>), Option<Position>)| {
        let repair = repair.and_then(|name| Repair::ALL.into_iter().find(|(_, known)| *known == name).map(|(r, _)| r));
        match (precision.as_str(), position, repair) {
            ("published", Some(position), None) => Some(Location::Published(position)),
            ("repaired", Some(position), Some(repair)) => Some(Location::Repaired(position, repair)),
            ("commune", Some(position), None) => Some(Location::Commune(position)),
            ("unknown", None, None) => Some(Location::Unknown),
            _ => None,
        }
    };
    precision
        .into_iter()
        .zip(repair)
        .zip(geometry)
        .map(location)
        .collect::<Option<_>>()
        .ok_or_else(|| missing("precision"))
}

fn provenance(table: &ReadColumns) -> PolarsResult<BTreeMap<String, Vec<Provenance>>> {
    let (mut source, mut record) = (walk(table.full_text("source")?), walk(table.full_text("record")?));
    let (mut line, mut fields) = (walk(table.whole("line")?), walk(table.text("fields")?));
    let mut of_venues: BTreeMap<String, Vec<Provenance>> = BTreeMap::new();
    for venue in table.full_text("venue")? {
        let entry = Provenance {
            source: next!(source),
            record: next!(record),
            line: next!(line).unwrap_or_default(),
            fields: items(next!(fields)),
        };
        of_venues.entry(venue).or_default().push(entry);
    }
    Ok(of_venues)
}

fn venues(table: &ReadColumns, mut provenance: BTreeMap<String, Vec<Provenance>>) -> PolarsResult<Vec<Venue>> {
    /// One walked column of texts per name.
    macro_rules! texts {
        ($($name:ident),+ $(,)?) => {$( let mut $name = walk(table.text(stringify!($name))?); )+};
    }
    texts! {
        code_insee, code_postal, adresse, complement_adresse, pivot, typologie, telephone, courriels, site_web, horaires,
        x_horaires_texte, presentation_resume, presentation_detail, source, structure_parente, date_maj, itinerance,
        services, publics_specifiquement_adresses, prise_en_charge_specifique, frais_a_charge,
        dispositif_programmes_nationaux, formations_labels, modalites_acces, modalites_accompagnement,
        autres_formations_labels, fiche_acces_libre, prise_rdv, x_alertes,
    }
    let (mut nom, mut commune) = (walk(table.full_text("nom")?), walk(table.full_text("commune")?));
    let mut pass = walk(table.truth("x_pass_numerique")?);
    let mut location = walk(locations(table)?);
    let mut venues = Vec::new();
    for id in table.full_text("id")? {
        venues.push(Venue {
            provenance: provenance.remove(&id).unwrap_or_default(),
            id,
            name: next!(nom),
            commune: commune_code(next!(code_insee)),
            locality: next!(commune),
            postcode: next!(code_postal),
            address: next!(adresse),
            address_complement: next!(complement_adresse),
            location: next!(location),
            pivot: next!(pivot),
            typologies: items(next!(typologie)),
            phone: next!(telephone),
            emails: items(next!(courriels)),
            websites: items(next!(site_web)),
            hours: match (next!(horaires), next!(x_horaires_texte)) {
                (Some(osm), _) => Hours::Osm(osm),
                (None, Some(text)) => Hours::Text(text),
                (None, None) => Hours::Unknown,
            },
            summary: next!(presentation_resume),
            detail: next!(presentation_detail),
            origin: next!(source),
            parent: next!(structure_parente),
            updated: day(next!(date_maj)),
            itinerance: closed(next!(itinerance), Itinerance::parse)?,
            services: closed(next!(services), Service::parse)?,
            audiences: closed(next!(publics_specifiquement_adresses), Audience::parse)?,
            supports: closed(next!(prise_en_charge_specifique), Support::parse)?,
            fees: closed(next!(frais_a_charge), Fee::parse)?,
            programmes: closed(next!(dispositif_programmes_nationaux), Programme::parse)?,
            training_labels: closed(next!(formations_labels), TrainingLabel::parse)?,
            other_labels: items(next!(autres_formations_labels)),
            access_modes: closed(next!(modalites_acces), AccessMode::parse)?,
            support_modes: closed(next!(modalites_accompagnement), SupportMode::parse)?,
            accessibility_url: next!(fiche_acces_libre),
            booking_url: next!(prise_rdv),
            pass_numerique: next!(pass),
            flags: closed(next!(x_alertes), Flag::parse)?,
        });
    }
    Ok(venues)
}

/// A closed list from the spelling of the standard. An edition is ours: an unknown value is damage, not bad data.
fn closed<T>(text: Option<String>, parse: impl Fn(&str) -> Option<T>) -> PolarsResult<Vec<T>> {
    items(text).iter().map(|item| parse(item).ok_or_else(|| missing(item))).collect()
}

fn candidates(table: &ReadColumns) -> PolarsResult<Vec<Candidate>> {
    let (mut name, mut kind) = (walk(table.full_text("nom")?), walk(table.full_text("kind")?));
    let (mut commune, mut source) = (walk(table.text("code_insee")?), walk(table.full_text("source")?));
    let mut location = walk(locations(table)?);
    let read = |id| Candidate {
        id,
        name: next!(name),
        kind: next!(kind),
        commune: commune_code(next!(commune)),
        location: next!(location),
        source: next!(source),
    };
    Ok(table.full_text("id")?.into_iter().map(read).collect())
}

fn hubs(table: &ReadColumns) -> PolarsResult<Vec<Hub>> {
    let (mut name, mut departements) = (walk(table.full_text("nom")?), walk(table.text("departements")?));
    let mut source = walk(table.full_text("source")?);
    let read = |id| Hub { id, name: next!(name), departements: items(next!(departements)), source: next!(source) };
    Ok(table.full_text("id")?.into_iter().map(read).collect())
}

fn posts(table: &ReadColumns) -> PolarsResult<Vec<Post>> {
    let (mut name, mut commune) = (walk(table.full_text("nom")?), walk(table.text("code_insee")?));
    let (mut public, mut number) = (walk(table.truth("public_employer")?), walk(table.whole("posts")?));
    let (mut validated, mut state) = (walk(table.text("validated")?), walk(table.number("state_eur")?));
    let (mut source, mut location) = (walk(table.full_text("source")?), walk(locations(table)?));
    let read = |structure| Post {
        structure,
        name: next!(name),
        commune: commune_code(next!(commune)),
        public_employer: next!(public),
        posts: next!(number).unwrap_or_default(),
        validated: day(next!(validated)),
        state_eur: next!(state),
        location: next!(location),
        source: next!(source),
    };
    Ok(table.full_text("structure")?.into_iter().map(read).collect())
}

fn past_venues(table: &ReadColumns) -> PolarsResult<Vec<PastVenue>> {
    let (mut name, mut commune) = (walk(table.full_text("nom")?), walk(table.text("code_insee")?));
    let (mut source, mut date) = (walk(table.full_text("source")?), walk(table.text("date")?));
    let mut location = walk(locations(table)?);
    let mut past = Vec::new();
    for id in table.full_text("id")? {
        past.push(PastVenue {
            id,
            name: next!(name),
            commune: commune_code(next!(commune)),
            location: next!(location),
            source: next!(source),
            date: day(next!(date)).ok_or_else(|| missing("date"))?,
        });
    }
    Ok(past)
}
