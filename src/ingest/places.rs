//! The other lists: libraries that could host help, posts of conseillers, hubs, and venues of earlier days.

pub(super) mod cells;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::atlas::DistrictClue;
use crate::domain::text::{five_characters, fold, fold_place};
use crate::domain::vocabulary::slug;
use crate::domain::{Candidate, CommuneCode, CommuneIx, Hub, Level, Location, PastVenue, Post};
use crate::ingest::clean::{cell, date};
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::commune::{CommuneClue, CommuneFound};
use super::excluded::is_excluded;
use super::locate::{Locator, Place, PlaceClue};
use super::middle::is_the_middle;
use super::reference::Reference;
use super::source::Source;
use super::table::{Row, Table};
use super::venues::Record;

/// The text of a field of the standard, under the name the description gives it.
pub(super) fn field<'t>(row: Row<'t>, source: &Source, name: &str) -> Option<&'t str> {
    source.columns.get(name).map_or_else(|| row.text(name), |column| row.text(column))
}

fn quarantine(report: &mut SourceReport, row: Row<'_>, code: Code, name: &str, value: &str, reason: &str) {
    let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(row.line()).in_field(name);
    report.quarantine(entry.with_value(value));
}

fn locate(row: Row<'_>, source: &Source, locator: &Locator<'_>, report: &mut SourceReport) -> Place {
    let pair = field(row, source, "latitude_longitude").and_then(|text| text.split_once(','));
    locator.locate(
        PlaceClue {
            line: row.line(),
            latitude: pair.map(|(lat, _)| lat.trim()).or_else(|| field(row, source, "latitude")),
            longitude: pair.map(|(_, lon)| lon.trim()).or_else(|| field(row, source, "longitude")),
            lambert_93: false,
            commune: CommuneClue {
                code: field(row, source, "code_insee"),
                postcode: field(row, source, "code_postal"),
                name: field(row, source, "commune"),
                departement: None,
                mention: None,
                address: None,
                position: None,
            },
        },
        report,
    )
}

/// Reads libraries as candidate hosts.
#[must_use]
pub fn candidates(
    table: &Table,
    source: &Source,
    locator: &Locator<'_>,
    reference: &Reference,
    report: &mut SourceReport,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut seen = std::collections::BTreeMap::new();
    for row in table.rows() {
        if is_excluded(row, source, report) {
            continue;
        }
        let (Some(name), Some(id)) = (field(row, source, "nom"), field(row, source, "id")) else {
            quarantine(report, row, Code::MissingName, "nom", "", "no name or no id");
            continue;
        };
        // The register writes its numbers as decimals.
        let id = format!("{}-{}", source.namespace(), slug(id.strip_suffix(".0").unwrap_or(id)));
        if let Some(first) = seen.insert(id.clone(), row.line()) {
            let reason = format!("line {first} has this id already; the first one is kept");
            quarantine(report, row, Code::DuplicateId, "id", &id, &reason);
            continue;
        }
        let mut place = locate(row, source, locator, report);
        unplace(&mut place, row, source, reference, report);
        report.publish();
        candidates.push(Candidate {
            id,
            name: name.to_owned(),
            kind: "library".into(),
            address: address(row, source),
            commune: place.commune.ordinal.map(|i| reference.communes[i].code),
            location: place.location,
            source: source.id.clone(),
        });
    }
    candidates
}

/// Takes a candidate off the middle of its commune, where nobody lives and nobody would go.
fn unplace(place: &mut Place, row: Row<'_>, source: &Source, reference: &Reference, report: &mut SourceReport) {
    let (Some(position), Some(commune)) = (place.location.own(), place.commune.ordinal) else { return };
    if !is_the_middle(position, commune, field(row, source, "adresse").is_some(), reference) {
        return;
    }
    let commune = &reference.communes[commune];
    let reason = format!("the middle of {}, not the place; the commune stands in", commune.name);
    let entry = Entry::new(Code::CommuneCoordinates, Action::FieldCleared, reason).at_line(row.line());
    let value = format!("{}, {}", position.lat(), position.lon());
    report.note(entry.in_field("latitude,longitude").with_value(&value));
    place.location = commune.point.map_or(Location::Unknown, Location::Commune);
}

/// Street, then postal code and town; nothing without a street.
fn address(row: Row<'_>, source: &Source) -> Option<String> {
    let street = field(row, source, "adresse")?;
    let town: Vec<&str> = ["code_postal", "commune"].iter().filter_map(|name| field(row, source, name)).collect();
    Some(if town.is_empty() { street.to_owned() } else { format!("{street}, {}", town.join(" ")) })
}

/// What a cell says; a cell that was filled and could not be read is told, so that nobody takes it for one left empty.
fn told<T>(
    (row, source): (Row<'_>, &Source),
    name: &'static str,
    report: &mut SourceReport,
    read: impl FnOnce(&str) -> Result<Option<T>, (Code, String)>,
) -> Option<T> {
    let text = field(row, source, name).filter(|text| !cell::is_nothing(text))?;
    read(text).unwrap_or_else(|(code, reason)| {
        let entry = Entry::new(code, Action::FieldCleared, reason).at_line(row.line());
        report.note(entry.in_field(name).with_value(text));
        None
    })
}

/// The refusal of a cell that is no value of its column.
fn invalid(reason: &str) -> (Code, String) {
    (Code::InvalidValue, reason.to_owned())
}

/// Reads posts of conseillers: one row per structure.
#[must_use]
pub fn posts(
    table: &Table,
    source: &Source,
    locator: &Locator<'_>,
    reference: &Reference,
    today: NaiveDate,
    report: &mut SourceReport,
) -> Vec<Post> {
    let mut posts = Vec::new();
    for row in table.rows() {
        let count = field(row, source, "posts").unwrap_or_default();
        let Ok(number) = count.strip_suffix(".0").unwrap_or(count).parse::<u32>() else {
            quarantine(report, row, Code::InvalidValue, "posts", count, "not a number of posts");
            continue;
        };
        let Some(name) = field(row, source, "nom") else {
            quarantine(report, row, Code::MissingName, "nom", "", "no name");
            continue;
        };
        let place = locate(row, source, locator, report);
        let place = where_they_work(row, source, place, reference, report);
        let cells = (row, source);
        let flag =
            |name, report: &mut SourceReport| told(cells, name, report, |text| cells::yes_or_no(text).map_err(invalid));
        let (zrr, qpv) = (flag("zrr", report), flag("qpv", report));
        let public_employer =
            told(cells, "employer_type", report, |text| cells::public_employer(text).map_err(invalid));
        let validated = told(cells, "validated", report, |text| {
            date::day(text, today).map(|day| Some(day.value)).map_err(|doubt| (doubt.code, doubt.reason))
        });
        let state_eur = told(cells, "state_eur", report, |text| cells::amount(text).map(Some).map_err(invalid));
        report.publish();
        posts.push(Post {
            structure: field(row, source, "pivot").unwrap_or_default().to_owned(),
            name: name.to_owned(),
            commune: place.commune.ordinal.map(|i| reference.communes[i].code),
            district: district(row, source, &place, reference),
            public_employer,
            posts: number,
            validated,
            state_eur,
            zrr,
            qpv,
            location: place.location,
            source: source.id.clone(),
        });
    }
    posts
}

/// The arrondissement that a row names: its code says it, or its postal code does.
fn district(row: Row<'_>, source: &Source, place: &Place, reference: &Reference) -> Option<CommuneCode> {
    let named = field(row, source, "code_insee").and_then(|code| CommuneCode::parse(&five_characters(code)));
    let postcode = field(row, source, "code_postal");
    let clue = DistrictClue { named, postcode, position: None };
    let district = reference.districts.holding(place.commune.ordinal?, clue)?;
    Some(reference.districts.all()[district].code)
}

/// Posts stand in the département the list counts them in. Where the commune of the employer is in another one, that is
/// its head office: the postal code, which such lists give for the place of work, says where in the département.
fn where_they_work(
    row: Row<'_>,
    source: &Source,
    place: Place,
    reference: &Reference,
    report: &mut SourceReport,
) -> Place {
    let known = reference.territories.get(&Level::Departement).into_iter().flatten();
    let said = field(row, source, "departement").unwrap_or_default();
    let Some(departement) = known.map(|d| &d.code).find(|code| **code == format!("{said:0>2}")) else { return place };
    let stands = |ordinal: CommuneIx| reference.communes[ordinal].departement == *departement;
    if place.commune.ordinal.is_some_and(stands) {
        return place;
    }
    let postcode = field(row, source, "code_postal").map(|text| format!("{text:0>5}")).unwrap_or_default();
    let served = reference.places.by_postcode(&postcode).iter().copied().filter(|ordinal| stands(*ordinal));
    let name = fold_place(field(row, source, "commune").unwrap_or_default());
    let commune = served.max_by_key(|&ordinal| {
        let commune = &reference.communes[ordinal];
        (fold_place(&commune.name) == name, commune.population.map_or(0, |p| p.0), std::cmp::Reverse(ordinal))
    });
    let point = commune.and_then(|ordinal| reference.communes[ordinal].point);
    let stand_in = commune.map_or_else(|| "no commune".to_owned(), |i| reference.communes[i].name.clone());
    let reason =
        format!("the list counts these posts in {departement}, its commune is elsewhere; {stand_in} stands in");
    let entry = Entry::new(Code::ConfusedCode, Action::ValueRepaired, reason).at_line(row.line());
    report.note(entry.in_field("departement").with_value(said));
    let mut found = CommuneFound { ordinal: commune, ambiguous: true, ..place.commune };
    found.postcode = Some(postcode);
    Place { commune: found, location: point.map_or(Location::Unknown, Location::Commune), flags: place.flags }
}

/// Reads hubs: each names régions or départements.
#[must_use]
pub fn hubs(table: &Table, source: &Source, reference: &Reference, report: &mut SourceReport) -> Vec<Hub> {
    let mut hubs = Vec::new();
    for row in table.rows() {
        let Some(name) = row.text("name").or_else(|| field(row, source, "nom")) else {
            quarantine(report, row, Code::MissingName, "name", "", "no name");
            continue;
        };
        let mut departements: Vec<String> = Vec::new();
        for code in items(row.text("departements")) {
            departements.push(code.to_owned());
        }
        for region in items(row.text("region_names")) {
            let regions = reference.territories.get(&Level::Region).into_iter().flatten();
            let Some(known) = regions.into_iter().find(|known| fold(&known.name) == fold(region)) else {
                let entry = Entry::new(Code::UnlistedValue, Action::FieldCleared, "no région has this name");
                report.note(entry.at_line(row.line()).in_field("region_names").with_value(region));
                continue;
            };
            let members = reference.territories.get(&Level::Departement).into_iter().flatten();
            departements.extend(members.filter(|d| d.parent.as_ref() == Some(&known.code)).map(|d| d.code.clone()));
        }
        departements.sort();
        departements.dedup();
        report.publish();
        hubs.push(Hub { id: slug(name), name: name.to_owned(), departements, source: source.id.clone() });
    }
    hubs
}

fn items(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split('|').map(str::trim).filter(|item| !item.is_empty())
}

/// Turns the records of an earlier list into history; each is published as such.
#[must_use]
pub fn past_venues(
    records: Vec<Record>,
    source: &Source,
    date: NaiveDate,
    report: &mut SourceReport,
) -> Vec<PastVenue> {
    let past = |record: Record| {
        report.publish();
        PastVenue {
            id: record.venue.id,
            name: record.venue.name,
            commune: record.venue.commune,
            location: record.venue.location,
            source: source.id.clone(),
            date,
        }
    };
    records.into_iter().map(past).collect()
}
