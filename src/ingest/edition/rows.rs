//! Rows of the tables of an edition, back to the things they were written from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use polars::prelude::PolarsResult;

use crate::domain::phone::Phone;
use crate::domain::served::{Accompaniment, Month};
use crate::domain::venue::{Hours, Location, Part, Provenance, Repair};
use crate::domain::venue_field::{FIELDS, FieldValue, Shape, VenueField};
use crate::domain::vocabulary::Service;
use crate::domain::{
    AddressFound, AddressKind, Candidate, Cell, CellSource, Commune, CommuneAlias, CommuneCode, Declaration, Degrees,
    Flag, Hub, Label, Level, Measure, Metres, PastVenue, Persons, Position, Post, Reading, Venue, Withheld,
};
use crate::spatial::Contour;

use super::columns::{ReadColumns, missing};
use super::wkb;

/// A column of the table, one value a row, taken in step with the others.
pub(super) fn walk<T>(values: Vec<T>) -> std::vec::IntoIter<T> {
    values.into_iter()
}

/// The next value of a column walked in step.
macro_rules! next {
    ($walk:ident) => {
        $walk.next().expect("columns of one table have one length")
    };
}
pub(super) use next;

type Contours = BTreeMap<String, Contour>;

pub fn communes(table: &ReadColumns) -> PolarsResult<(Vec<Commune>, Contours)> {
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
            contours.insert(code.clone(), Contour::new(contour));
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

pub(super) fn items(text: Option<String>) -> Vec<String> {
    text.map(|text| text.split('|').map(ToOwned::to_owned).collect()).unwrap_or_default()
}

fn commune_code(text: Option<String>) -> Option<CommuneCode> {
    text.as_deref().and_then(CommuneCode::parse)
}

pub(super) fn day(text: Option<String>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}

pub fn commune_aliases(table: &ReadColumns) -> PolarsResult<Vec<CommuneAlias>> {
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
    let (geometry, score) = (table.geometry(wkb::read_point)?, table.whole("address_score")?);
    let location = |((precision, repair), (position, score)): ((String, Option<String>), (Option<Position>, _))| {
        let named = repair.as_deref();
        let known = Repair::ALL.into_iter().find(|(_, name)| Some(*name) == named).map(|(repair, _)| repair);
        let kind = AddressKind::ALL.into_iter().find(|(_, name)| Some(*name) == named).map(|(kind, _)| kind);
        match (precision.as_str(), position) {
            ("published", Some(position)) if repair.is_none() => Some(Location::Published(position)),
            ("repaired", Some(position)) => Some(Location::Repaired(position, known?)),
            ("address", Some(position)) => {
                let score = u8::try_from(score?).ok()?;
                Some(Location::Address(position, AddressFound { kind: kind?, score }))
            }
            ("commune", Some(position)) if repair.is_none() => Some(Location::Commune(position)),
            ("unknown", None) if repair.is_none() => Some(Location::Unknown),
            _ => None,
        }
    };
    precision
        .into_iter()
        .zip(repair)
        .zip(geometry.into_iter().zip(score))
        .map(location)
        .collect::<Option<_>>()
        .ok_or_else(|| missing("precision"))
}

/// What is known of venues in tables of their own, by id.
pub struct Beside {
    pub provenance: BTreeMap<String, Vec<Provenance>>,
    pub labels: BTreeMap<String, Vec<Label>>,
    pub parts: BTreeMap<String, Vec<Part>>,
}

pub fn labels(table: &ReadColumns) -> PolarsResult<BTreeMap<String, Vec<Label>>> {
    let (mut label, mut source) = (walk(table.full_text("label")?), walk(table.full_text("source")?));
    let (mut seen, mut issuer) = (walk(table.text("seen")?), walk(table.text("issuer")?));
    let (mut since, mut until) = (walk(table.text("since")?), walk(table.text("until")?));
    let mut current = walk(table.truth("current")?);
    let mut of_venues: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for venue in table.full_text("venue")? {
        of_venues.entry(venue).or_default().push(Label {
            label: next!(label),
            source: next!(source),
            seen: day(next!(seen)),
            issuer: next!(issuer),
            since: day(next!(since)),
            until: day(next!(until)),
            current: next!(current).ok_or_else(|| missing("current"))?,
        });
    }
    Ok(of_venues)
}

pub fn parts(table: &ReadColumns) -> PolarsResult<BTreeMap<String, Vec<Part>>> {
    let (mut id, mut name) = (walk(table.full_text("id")?), walk(table.full_text("nom")?));
    let (mut phones, mut osm) = (walk(table.text("telephone")?), walk(table.text("horaires")?));
    let (mut text, mut services) = (walk(table.text("x_horaires_texte")?), walk(table.text("services")?));
    let mut source = walk(table.full_text("source")?);
    let mut of_venues: BTreeMap<String, Vec<Part>> = BTreeMap::new();
    for venue in table.full_text("venue")? {
        of_venues.entry(venue).or_default().push(Part {
            id: next!(id),
            name: next!(name),
            phones: closed(next!(phones), Phone::parse)?,
            hours: hours(next!(osm), next!(text)),
            services: closed(next!(services), Service::parse)?,
            source: next!(source),
        });
    }
    Ok(of_venues)
}

fn hours(osm: Option<String>, text: Option<String>) -> Hours {
    match (osm, text) {
        (Some(osm), _) => Hours::Osm(osm),
        (None, Some(text)) => Hours::Text(text),
        (None, None) => Hours::Unknown,
    }
}

/// The texts of each row in the column of a field: none, one, or the items of a list.
fn field_texts(table: &ReadColumns, field: &VenueField) -> PolarsResult<Vec<Vec<String>>> {
    match field.shape {
        Shape::Text | Shape::Postcode | Shape::Day => {
            Ok(table.text(field.column)?.into_iter().map(|t| t.into_iter().collect()).collect())
        }
        Shape::List | Shape::Among(_) if field.is_later => table.list_if_any(field.column),
        Shape::List | Shape::Among(_) => table.list(field.column),
        Shape::Truth => {
            let text = |truth: Option<bool>| truth.and_then(|t| FieldValue::Truth(t).text()).map(Cow::into_owned);
            Ok(table.truth(field.column)?.into_iter().map(|t| text(t).into_iter().collect()).collect())
        }
    }
}

pub fn venues(table: &ReadColumns, mut beside: Beside) -> PolarsResult<Vec<Venue>> {
    let (mut nom, mut commune) = (walk(table.full_text("nom")?), walk(table.full_text("commune")?));
    let (mut code_insee, mut location) = (walk(table.text("code_insee")?), walk(locations(table)?));
    let (mut osm, mut text) = (walk(table.text("horaires")?), walk(table.text("x_horaires_texte")?));
    let (mut masque, mut alertes) = (walk(table.text("x_masque")?), walk(table.text("x_alertes")?));
    let mut columns = Vec::new();
    for field in &FIELDS {
        columns.push((field, walk(field_texts(table, field)?)));
    }
    let mut venues = Vec::new();
    for id in table.full_text("id")? {
        let mut venue = Venue {
            provenance: beside.provenance.remove(&id).unwrap_or_default(),
            labels: beside.labels.remove(&id).unwrap_or_default(),
            parts: beside.parts.remove(&id).unwrap_or_default(),
            commune: commune_code(next!(code_insee)),
            locality: next!(commune),
            location: next!(location),
            hours: hours(next!(osm), next!(text)),
            withheld: closed(next!(masque), Withheld::parse)?.first().copied(),
            flags: closed(next!(alertes), Flag::parse)?,
            ..Venue::new(id, next!(nom))
        };
        for (field, values) in &mut columns {
            // An edition is ours: a value that cannot be read is damage, not bad data.
            if !next!(values).iter().all(|text| field.write(&mut venue, text)) {
                return Err(missing(field.column));
            }
        }
        venues.push(venue);
    }
    Ok(venues)
}

/// A closed list from the spelling of the standard. An edition is ours: an unknown value is damage, not bad data.
fn closed<T>(text: Option<String>, parse: impl Fn(&str) -> Option<T>) -> PolarsResult<Vec<T>> {
    items(text).iter().map(|item| parse(item).ok_or_else(|| missing(item))).collect()
}

pub fn candidates(table: &ReadColumns) -> PolarsResult<Vec<Candidate>> {
    let (mut name, mut kind) = (walk(table.full_text("nom")?), walk(table.full_text("kind")?));
    let (mut commune, mut source) = (walk(table.text("code_insee")?), walk(table.full_text("source")?));
    let (mut address, mut location) = (walk(table.text("adresse")?), walk(locations(table)?));
    let read = |id| Candidate {
        id,
        name: next!(name),
        kind: next!(kind),
        address: next!(address),
        commune: commune_code(next!(commune)),
        location: next!(location),
        source: next!(source),
    };
    Ok(table.full_text("id")?.into_iter().map(read).collect())
}

pub fn hubs(table: &ReadColumns) -> PolarsResult<Vec<Hub>> {
    let (mut name, mut departements) = (walk(table.full_text("nom")?), walk(table.text("departements")?));
    let mut source = walk(table.full_text("source")?);
    let read = |id| Hub { id, name: next!(name), departements: items(next!(departements)), source: next!(source) };
    Ok(table.full_text("id")?.into_iter().map(read).collect())
}

pub fn declarations(table: &ReadColumns) -> PolarsResult<Vec<Declaration>> {
    let (mut level, mut measure) = (walk(table.text("level")?), walk(table.full_text("measure")?));
    let (mut value, mut text) = (walk(table.number("value")?), walk(table.text("text")?));
    let (mut theme, mut url) = (walk(table.text("theme")?), walk(table.text("url")?));
    let (mut since, mut until) = (walk(table.text("since")?), walk(table.text("until")?));
    let mut source = walk(table.full_text("source")?);
    let mut lines = Vec::new();
    for code in table.full_text("code")? {
        let level = next!(level).map(|level| Level::from_plural(&level).ok_or_else(|| missing("level")));
        lines.push(Declaration {
            level: level.transpose()?,
            code,
            measure: Measure::parse(&next!(measure)).ok_or_else(|| missing("measure"))?,
            value: next!(value),
            text: next!(text),
            theme: next!(theme),
            url: next!(url),
            since: day(next!(since)),
            until: day(next!(until)),
            source: next!(source),
        });
    }
    Ok(lines)
}

pub fn posts(table: &ReadColumns) -> PolarsResult<Vec<Post>> {
    let (mut name, mut commune) = (walk(table.full_text("nom")?), walk(table.text("code_insee")?));
    let (mut public, mut number) = (walk(table.truth("public_employer")?), walk(table.whole("posts")?));
    let (mut validated, mut state) = (walk(table.text("validated")?), walk(table.number("state_eur")?));
    let (mut zrr, mut qpv) = (walk(table.truth("zrr")?), walk(table.truth("qpv")?));
    let (mut source, mut location) = (walk(table.full_text("source")?), walk(locations(table)?));
    let mut district = walk(table.text_if_any("arrondissement")?);
    let read = |structure| Post {
        structure,
        name: next!(name),
        commune: commune_code(next!(commune)),
        district: commune_code(next!(district)),
        public_employer: next!(public),
        posts: next!(number).unwrap_or_default(),
        validated: day(next!(validated)),
        state_eur: next!(state),
        zrr: next!(zrr),
        qpv: next!(qpv),
        location: next!(location),
        source: next!(source),
    };
    Ok(table.full_text("structure")?.into_iter().map(read).collect())
}

pub fn past_venues(table: &ReadColumns) -> PolarsResult<Vec<PastVenue>> {
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

/// Places of demand, and the ids of the grids among their sources.
pub fn points(table: &ReadColumns) -> PolarsResult<(Vec<Cell>, Vec<String>)> {
    let (mut source, mut imputed) = (walk(table.text("source")?), walk(table.truth("imputed")?));
    let (mut side, mut inhabitants) = (walk(table.number("side_m")?), walk(table.number("inhabitants")?));
    let mut centre = walk(table.geometry(wkb::read_point)?);
    let communes = table.full_text("code_insee")?;
    let (mut cells, mut grids) = (Vec::with_capacity(communes.len()), Vec::<String>::new());
    for commune in communes {
        let imputed = next!(imputed).ok_or_else(|| missing("imputed"))?;
        let rank = next!(source).map(|id| {
            let known = grids.iter().position(|known| *known == id);
            known.unwrap_or_else(|| {
                grids.push(id);
                grids.len() - 1
            }) as u16
        });
        cells.push(Cell {
            commune: CommuneCode::parse(&commune).ok_or_else(|| missing("code_insee"))?,
            centre: next!(centre).ok_or_else(|| missing("geometry"))?,
            side: next!(side).and_then(Metres::new).ok_or_else(|| missing("side_m"))?,
            inhabitants: next!(inhabitants).ok_or_else(|| missing("inhabitants"))?,
            source: match (rank, imputed) {
                (None, _) => CellSource::Estimate,
                (Some(rank), false) => CellSource::Grid(rank),
                (Some(rank), true) => CellSource::Imputed(rank),
            },
        });
    }
    Ok((cells, grids))
}

/// The readings of an indicator: its values, and whether they are withheld.
pub fn readings(table: &ReadColumns, id: &str) -> PolarsResult<Vec<Reading>> {
    let (known, withheld) = (table.number(id)?, table.truth(&format!("{id}_suppressed"))?);
    let reading = |(value, withheld): (Option<f64>, Option<bool>)| match (value, withheld) {
        (Some(value), _) => Reading::Known(value),
        (None, Some(true)) => Reading::Suppressed,
        (None, _) => Reading::Missing,
    };
    Ok(known.into_iter().zip(withheld).map(reading).collect())
}

pub fn accompaniments(table: &ReadColumns) -> PolarsResult<Vec<Accompaniment>> {
    let (mut commune, mut month) = (walk(table.full_text("code_insee")?), walk(table.full_text("month")?));
    let (mut persons, mut source) = (walk(table.whole("persons")?), walk(table.full_text("source")?));
    let mut read = Vec::new();
    for place in table.full_text("place")? {
        read.push(Accompaniment {
            place,
            commune: CommuneCode::parse(&next!(commune)).ok_or_else(|| missing("code_insee"))?,
            month: Month::parse(&next!(month)).ok_or_else(|| missing("month"))?,
            persons: next!(persons),
            source: next!(source),
        });
    }
    Ok(read)
}
