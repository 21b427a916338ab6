//! From the records of all lists to distinct venues: which records are one place, and which labels hold.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::labels::Authorities;
use super::{Record, ambiguous};
use crate::domain::venue::{Location, Provenance};
use crate::domain::{AddressKind, CommuneIx};
use crate::domain::{Hours, Venue};
use crate::ingest::duplicates::{Likeness, group};
use crate::ingest::merge::unite;
use crate::ingest::reference::Reference;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// Distinct venues, and the ids that lead to them.
#[derive(Debug, Default)]
pub struct Distinct {
    /// Venues, ascending by id.
    pub venues: Vec<Venue>,
    /// Ids of merged records → id of the venue they joined.
    pub aliases: BTreeMap<String, String>,
}

/// What is known beside the records themselves.
#[derive(Debug)]
pub struct Knowledge<'a> {
    /// Which lists decide about programmes.
    pub authorities: &'a Authorities,
    /// Communes of establishments, from lists that are no list of venues.
    pub sirets: &'a BTreeMap<String, std::collections::BTreeSet<CommuneIx>>,
    /// The reference territories.
    pub reference: &'a Reference,
    /// The day of the build.
    pub today: NaiveDate,
}

/// Unites the records of all lists. `lists` come in the order of their priority, each with its report, in which every
/// record is now counted as published or merged.
#[must_use]
pub fn distinct(mut lists: Vec<(Vec<Record>, &mut SourceReport)>, knowledge: &Knowledge<'_>) -> Distinct {
    ambiguous::settle(&mut lists, knowledge.sirets, knowledge.reference);
    let mut records: Vec<Option<Record>> = Vec::new();
    let mut likenesses = Vec::new();
    let mut reports = Vec::new();
    let mut list_of = Vec::new();
    for (list, (rows, report)) in lists.into_iter().enumerate() {
        for mut record in rows {
            let own = match record.venue.location {
                Location::Published(position) | Location::Repaired(position, _) => Some(position),
                // A street is no place to compare by: only a house is.
                Location::Address(position, found) if found.kind == AddressKind::HouseNumber => Some(position),
                Location::Address(..) | Location::Commune(_) | Location::Unknown => None,
            };
            let places = record.rows_are_places;
            likenesses.push(Likeness::new(list, places, &record.venue, record.commune, own, &record.record));
            knowledge.authorities.settle(&mut record.venue, knowledge.today);
            list_of.push(list);
            records.push(Some(record));
        }
        reports.push(report);
    }
    let groups = group(&likenesses);
    let mut leaders: Vec<usize> = (0..records.len()).collect();
    for members in &groups.members {
        for &member in members {
            leaders[member] = members[0];
        }
    }
    for (i, record) in records.iter().enumerate() {
        let report: &mut SourceReport = reports[list_of[i]];
        let Some(record) = record else { continue };
        if let Some(joined) = groups.joined.get(&i) {
            let leader = records[leaders[i]].as_ref().map_or("", |leader| leader.venue.id.as_str());
            let code = if joined.rule == "identifier" { Code::ExactDuplicate } else { Code::LikelyDuplicate };
            let what = if joined.door { "same door as" } else { "same place as" };
            let entry = Entry::new(code, Action::RowMerged, format!("{what} {leader}: {}", joined.reason));
            report.merge(entry.at_line(record.line).in_field("nom").with_value(&record.venue.name));
        } else {
            report.publish();
        }
    }
    let mut distinct = Distinct::default();
    for members in groups.members {
        let door = |i: &usize| groups.joined.get(i).is_some_and(|joined| joined.door);
        let venues: Vec<(Venue, bool)> =
            members.iter().filter_map(|i| Some((records[*i].take()?.venue, door(i)))).collect();
        let ids: Vec<String> = venues.iter().map(|(venue, _)| venue.id.clone()).collect();
        let hours: Vec<Told> =
            venues.iter().filter(|(_, door)| !door).filter_map(|(venue, _)| Told::by(venue)).collect();
        let mut venue = unite(newest_first(venues));
        tell_hours(&venue, &hours, &mut reports);
        knowledge.authorities.doubt_its_name(&mut venue);
        for id in ids.into_iter().filter(|id| *id != venue.id) {
            distinct.aliases.insert(id, venue.id.clone());
        }
        distinct.venues.push(venue);
    }
    distinct.venues.sort_by(|a, b| a.id.cmp(&b.id));
    distinct
}

/// The hours that one row gave.
struct Told {
    source: String,
    line: u32,
    hours: Hours,
}

impl Told {
    fn by(venue: &Venue) -> Option<Self> {
        let account = venue.provenance.first().filter(|_| venue.hours != Hours::Unknown)?;
        Some(Self { source: account.source.clone(), line: account.line, hours: venue.hours.clone() })
    }
}

/// Says of each row that is one place with another what became of its hours, where they are not those that are shown.
fn tell_hours(venue: &Venue, rows: &[Told], reports: &mut [&mut SourceReport]) {
    let gives = |account: &Provenance| account.fields.iter().any(|field| &**field == "horaires");
    let list = venue.provenance.iter().find(|account| gives(account)).map(|account| account.source.clone());
    let of_several = venue.provenance.iter().filter(|account| gives(account)).count() > 1;
    for row in rows.iter().filter(|row| row.hours != venue.hours) {
        let own = |account: &&Provenance| account.source == row.source && account.line == row.line;
        let Some(account) = venue.provenance.iter().find(own) else { continue };
        let Some(report) = reports.iter_mut().find(|report| report.id == row.source) else { continue };
        let (Hours::Osm(said) | Hours::Text(said)) = &row.hours else { continue };
        let (code, action, reason) = if gives(account) && of_several {
            let (Hours::Osm(shown) | Hours::Text(shown)) = &venue.hours else { continue };
            let reason = format!("several rows are this place; the hours of all of them hold: {shown}");
            (Code::RepairedHours, Action::ValueRepaired, reason)
        } else if gives(account) || list.as_ref() != Some(&row.source) {
            // Lists have their order; of the accounts that others give, the merge of the row is told.
            continue;
        } else {
            let reason = "another row is this place; its hours are wider, or newer, and hold".to_owned();
            (Code::LikelyDuplicate, Action::FieldCleared, reason)
        };
        report.note(Entry::new(code, action, reason).at_line(row.line).in_field("horaires").with_value(said));
    }
}

/// Of the accounts that one list gives of a service, the newest speaks first, under the id that the first had: whoever follows
/// a place finds it again. Lists keep their order, and services behind the door stay behind it.
fn newest_first(mut records: Vec<(Venue, bool)>) -> Vec<(Venue, bool)> {
    let Some(id) = records.first().map(|(venue, _)| venue.id.clone()) else { return records };
    let list = |venue: &Venue| venue.provenance.first().map(|account| account.source.clone());
    let mut from = 0;
    while from < records.len() {
        let to = records[from..].iter().position(|(venue, _)| list(venue) != list(&records[from].0));
        let to = to.map_or(records.len(), |length| from + length);
        records[from..to].sort_by_key(|(venue, door)| (*door, std::cmp::Reverse(venue.updated)));
        from = to;
    }
    if let Some((venue, _)) = records.first_mut() {
        venue.id = id;
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: &str, source: &str, day: Option<&str>, hours: &str) -> (Venue, bool) {
        let mut venue = Venue::new(id.to_owned(), "Relais".to_owned());
        venue.updated = day.and_then(|day| day.parse().ok());
        venue.hours = Hours::Osm(hours.to_owned());
        venue.provenance = vec![Provenance {
            source: source.to_owned(),
            record: id.to_owned(),
            line: 1,
            name: venue.name.clone(),
            seen: None,
            updated: venue.updated,
            fields: Vec::new(),
        }];
        (venue, false)
    }

    #[test]
    fn the_newest_account_of_one_list_gives_its_hours_under_the_first_id() {
        let [old, new] = ["2022-07-07", "2022-11-26"].map(Some);
        let told = |records: Vec<(Venue, bool)>| {
            let venue = unite(newest_first(records));
            let Hours::Osm(hours) = venue.hours else { panic!("no hours") };
            (venue.id, hours)
        };
        let first = || account("a-1", "a", old, "Mo 12:00-14:00");
        let of = |id: &str, hours: &str| (id.to_owned(), hours.to_owned());
        assert_eq!(told(vec![first(), account("a-2", "a", new, "Mo 13:00-15:00")]), of("a-1", "Mo 13:00-15:00"));
        assert_eq!(told(vec![first(), account("b-2", "b", new, "Mo 13:00-15:00")]), of("a-1", "Mo 12:00-14:00"));
        assert_eq!(told(vec![first(), account("a-2", "a", None, "Mo 13:00-15:00")]), of("a-1", "Mo 12:00-14:00"));
        let door = (account("a-2", "a", new, "Mo 13:00-15:00").0, true);
        assert_eq!(told(vec![first(), door]), of("a-1", "Mo 12:00-14:00"));
    }
}
