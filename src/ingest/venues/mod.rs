//! From the venue lists of all sources to distinct venues.

mod ambiguous;
mod dates;
mod distinct;
mod labels;
mod legacy;
mod nowhere;
mod oddities;
mod profiles;
mod raw;
mod renumbered;
mod standard;
mod withheld;

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::domain::CommuneIx;
use crate::domain::person::{self, without_person};
use crate::domain::text::{fold, fold_place, hexadecimal};
use crate::domain::unnamed;
use crate::domain::venue::{Provenance, Venue};
use crate::domain::vocabulary::slug;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::clean::hours::normal;
use super::clean::{alternate, cell, date, moving, sessions};
use super::commune::CommuneClue;
use super::excluded::is_excluded;
use super::locate::{Locator, PlaceClue};
use super::reference::Reference;
use super::source::{Crs, Profile, Source};
use super::table::Table;

pub use distinct::{Knowledge, distinct};
pub use labels::Authorities;
pub use raw::RawVenue;
pub use renumbered::{Before, carry_on};
#[cfg(test)]
pub use standard::draft;

/// Longest id of a record, in characters.
const ID_CHARS: usize = 512;

/// One row that became a record: a venue of one list, not yet compared with the others.
#[derive(Debug)]
pub struct Record {
    /// The venue, located.
    pub venue: Venue,
    /// Ordinal of its commune.
    pub commune: Option<CommuneIx>,
    /// Physical line.
    pub line: u32,
    /// Id of the record in its source.
    record: String,
    /// Rows of its list are places of their own.
    rows_are_places: bool,
}

/// Reads the rows of one list. Rows that cannot become a record are quarantined or merged in the report; the others are
/// returned, their fate still open.
#[must_use]
pub fn read(
    table: &Table,
    source: &Source,
    locator: &Locator<'_>,
    reference: &Reference,
    today: NaiveDate,
    report: &mut SourceReport,
) -> Vec<Record> {
    let mut seen: HashMap<String, (u32, RawVenue)> = HashMap::new();
    let mut records = Vec::new();
    for row in table.rows() {
        let line = row.line();
        report.about(row.name(source.columns.get("id").map_or("id", String::as_str)));
        let refuse = |report: &mut SourceReport, code, field: &str, value: &str, reason: String| {
            let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(line).in_field(field);
            report.quarantine(entry.with_value(value));
        };
        if is_excluded(row, source, report) {
            continue;
        }
        let raw = profiles::read(row, source, report);
        let Some(name) = raw.get("nom").filter(|name| !cell::is_no_name(name)) else {
            let said = raw.get("nom").unwrap_or_default();
            refuse(report, Code::MissingName, "nom", said, "no name; a venue without a name cannot be shown".into());
            continue;
        };
        if is_example(&raw) {
            let reason = "a row of the template, left in the list".to_owned();
            refuse(report, Code::TemplateRow, "nom", name, reason);
            continue;
        }
        let mut record = match record_id(&raw, source) {
            Ok(record) => record,
            Err((code, reason)) => {
                refuse(report, code, "id", raw.get("id").unwrap_or_default(), reason);
                continue;
            }
        };
        // An id that we made up proves nothing: a row with other content is another place.
        if seen.get(&record).is_some_and(|(_, first): &(u32, RawVenue)| !first.same_content(&raw))
            && is_made_up(&raw, source)
        {
            record = format!("{record}-{}", checksum(&raw.content()));
        }
        if let Some((first_line, first)) = seen.get(&record) {
            if first.same_content(&raw) {
                let reason = format!("same row as line {first_line}");
                report
                    .merge(Entry::new(Code::ExactDuplicate, Action::RowMerged, reason).at_line(line).with_value(name));
            } else {
                let reason =
                    format!("line {first_line} has this id already, with other content; the first one is kept");
                refuse(report, Code::DuplicateId, "id", &record, reason);
            }
            continue;
        }
        let mut draft = standard::draft(raw, record, today, report);
        let place = locator.locate(
            PlaceClue {
                line,
                longitude: draft.raw.get("longitude"),
                latitude: draft.raw.get("latitude"),
                lambert_93: source.crs == Crs::Lambert93,
                commune: CommuneClue {
                    code: draft.raw.get("code_insee"),
                    postcode: draft.raw.get("code_postal"),
                    name: draft.raw.get("commune"),
                    departement: draft.raw.get("x_departement"),
                    mention: draft.raw.get("nom"),
                    address: draft.raw.get("adresse"),
                    position: None,
                },
            },
            report,
        );
        let venue = &mut draft.venue;
        venue.id = venue_id(source.namespace(), &draft.record);
        venue.postcode = place.commune.postcode;
        venue.location = place.location;
        venue.flags = place.flags;
        if let Some(ordinal) = place.commune.ordinal {
            let commune = &reference.communes[ordinal];
            venue.commune = Some(commune.code);
            venue.locality.clone_from(&commune.name);
        }
        // Any town: the one in the name is not always the one where the row says that it is.
        let is_town = |text: &str| !reference.places.by_name(text).is_empty();
        if let Some((without, person)) = without_person(&venue.name, source.names_hold_persons, is_town) {
            let reason = "the name of a person stood in that of the place, and is published nowhere; what is left";
            let entry = Entry::new(Code::PersonName, Action::ValueRepaired, reason.to_owned());
            report.note(entry.at_line(line).in_field("nom").with_value(&without));
            venue.name = without;
            for text in [&mut venue.summary, &mut venue.detail].into_iter().flatten() {
                *text = person::forgotten(text, &person).unwrap_or_else(|| std::mem::take(text));
            }
        }
        if source.names_hold_persons {
            for text in [&mut venue.summary, &mut venue.detail].into_iter().flatten() {
                while let Some(without) = person::led_by(text).and_then(|person| person::forgotten(text, &person)) {
                    let reason = "the name of a person stood in a description, and is published nowhere".to_owned();
                    let entry = Entry::new(Code::PersonName, Action::ValueRepaired, reason);
                    report.note(entry.at_line(line).in_field("presentation_detail"));
                    *text = without;
                }
            }
        }
        // « Joigny », 1 quai du 1er Dragons: whoever filled the form in gave the town twice.
        let of_the_town = !venue.locality.is_empty() && fold_place(&venue.name) == fold_place(&venue.locality);
        if !unnamed::is_name(&venue.name) || of_the_town {
            let reason = if of_the_town {
                "the name of the commune, not of a place"
            } else {
                "a number or an identifier, not a name"
            };
            let reason = format!("{reason}; the address stands in");
            let entry = Entry::new(Code::InvalidName, Action::ValueRepaired, reason);
            report.note(entry.at_line(line).in_field("nom").with_value(&venue.name));
            // In a list of sessions, the town alone names the session that is held there.
            venue.name = if of_the_town && source.names_hold_persons {
                format!("{}, {}", person::SESSION, venue.locality)
            } else {
                unnamed::stand_in(venue.address.as_deref(), &venue.locality)
            };
        }
        if let Some(itinerance) = moving::narrowed(&venue.name, &venue.itinerance) {
            let reason = "the name says that it moves".to_owned();
            let entry = Entry::new(Code::MovingPlace, Action::ValueRepaired, reason);
            report.note(entry.at_line(line).in_field("itinerance").with_value(&venue.name));
            venue.itinerance = itinerance;
        }
        // What the name says of the days is truer than hours that look like those of every week.
        if let Some((hours, remark)) = sessions::narrowed(&venue.name, &venue.hours, venue.updated.or(source.day())) {
            venue.hours = normal(hours);
            let entry = Entry::new(remark.doubt.code, remark.action, remark.doubt.reason);
            report.note(entry.at_line(line).in_field("horaires").with_value(&remark.piece));
        }
        // So is what its description says of the weeks; the comment of a France services was read with its columns.
        let described =
            [&venue.summary, &venue.detail].into_iter().flatten().filter(|_| source.profile != Profile::FranceServices);
        if let Some((hours, remark)) = described.into_iter().find_map(|text| alternate::narrowed(text, &venue.hours)) {
            venue.hours = normal(hours);
            let entry = Entry::new(remark.doubt.code, remark.action, remark.doubt.reason);
            report.note(entry.at_line(line).in_field("horaires").with_value(&remark.piece));
        }
        venue.provenance = vec![Provenance {
            source: source.id.clone(),
            record: draft.record.clone(),
            line,
            name: venue.name.clone(),
            seen: attested(&draft.raw, source.day(), today),
            updated: venue.updated,
            fields: Vec::new(),
        }];
        venue.labels = labels::of_record(venue, &draft.raw, source);
        if let Some(text) = labels::unread_day(&draft.raw) {
            let reason = "no day of the label can be read; expected 2024-12-31".to_owned();
            let entry = Entry::new(Code::InvalidDate, Action::FieldCleared, reason);
            report.note(entry.at_line(line).in_field("labellisation_fs").with_value(text));
        }
        venue.withheld = withheld::rule(venue, source, today);
        if let Some(rule) = venue.withheld {
            let reason = format!("not shown to citizens ({}): {}", rule.name(), withheld::reason(rule));
            let entry = Entry::new(Code::HiddenPlace, Action::ValueKept, reason);
            report.note(entry.at_line(line).in_field("nom").with_value(&venue.name));
        }
        seen.insert(draft.record.clone(), (line, draft.raw));
        records.push(Record {
            venue: draft.venue,
            commune: place.commune.ordinal,
            line,
            record: draft.record,
            rows_are_places: source.rows_are_places,
        });
    }
    report.about(None);
    dates::clear_shared_day(&mut records, report);
    nowhere::unplace(&mut records, reference, report);
    oddities::tell(&records, reference, report);
    records
}

/// The day on which the place was there: that of the list, unless the row was copied from another list and says its day. A
/// copy makes nothing younger.
fn attested(raw: &RawVenue, of_the_list: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let of_the_row = raw.get("x_date_attestee").and_then(|text| date::day(text, today).ok()).map(|day| day.value);
    of_the_row.or(of_the_list)
}

/// Whether a row is the example of the template: it says so of itself, in its name and once more.
fn is_example(raw: &RawVenue) -> bool {
    let says = |field: &str| raw.get(field).is_some_and(|text| fold(text).starts_with("exemple"));
    says("nom")
        && ["id", "adresse", "commune"].iter().any(|field| raw.get(field).is_some_and(|text| fold(text) == "exemple"))
}

/// The fields that identify a record of a source, when the row fills every one of them.
fn key<'r>(raw: &'r RawVenue, source: &Source) -> Option<Vec<&'r str>> {
    let fields = if source.key.is_empty() { &["id".to_owned()][..] } else { &source.key[..] };
    fields.iter().map(|field| raw.get(field)).collect()
}

/// Whether a row has no identifier of its own, and its list may do without.
fn is_made_up(raw: &RawVenue, source: &Source) -> bool {
    matches!(source.profile, Profile::Survey | Profile::AidantsConnect) && key(raw, source).is_none()
}

/// The id of a record: the columns of its key, or for surveys without ids the name, postal code and address.
fn record_id(raw: &RawVenue, source: &Source) -> Result<String, (Code, String)> {
    let id = match key(raw, source) {
        Some(plain) => plain.join("-"),
        None if is_made_up(raw, source) => {
            let texts = ["nom", "code_postal", "commune", "adresse"].map(|field| raw.get(field).unwrap_or_default());
            slug(&texts.join(" "))
        }
        None => {
            let wanted = if source.key.is_empty() { "id".to_owned() } else { source.key.join(", ") };
            return Err((Code::MissingId, format!("no id; expected {wanted} to be filled in")));
        }
    };
    let length = id.chars().count();
    if length > ID_CHARS {
        return Err((Code::LongId, format!("an id of {length} characters; expected {ID_CHARS} at most")));
    }
    if id.contains("..") || id.contains(['/', '\\', '%', '?', '#']) || id.chars().any(char::is_control) {
        return Err((
            Code::IdCharacters,
            "an id with one of / \\ % ? # or ..; it would not survive in an address".into(),
        ));
    }
    Ok(id)
}

/// The id of a venue in this project: safe in an address, stable as long as its list keeps its ids. Ids with other
/// characters than letters, digits and `._~-` are spelled in ASCII, with a checksum that keeps them apart.
fn venue_id(namespace: &str, record: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '~' | '-');
    if record.chars().all(safe) {
        return format!("{namespace}-{record}");
    }
    format!("{namespace}-{}-{}", slug(record), checksum(record))
}

/// Eight hexadecimal digits of a text.
fn checksum(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes())[..4])
}
