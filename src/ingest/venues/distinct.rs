//! From the records of all lists to distinct venues: which records are one place, and which labels hold.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::labels::Authorities;
use super::{Record, ambiguous};
use crate::domain::Venue;
use crate::domain::venue::Location;
use crate::domain::{AddressKind, CommuneIx};
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
        let venue = unite(venues);
        for id in ids.into_iter().filter(|id| *id != venue.id) {
            distinct.aliases.insert(id, venue.id.clone());
        }
        distinct.venues.push(venue);
    }
    distinct.venues.sort_by(|a, b| a.id.cmp(&b.id));
    distinct
}
