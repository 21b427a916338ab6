//! One venue from several records of it: the first record that knows a field gives it, lists are united. A record that
//! is another service of the same door adds to the lists and becomes a part; its telephone and hours stay its own.

use crate::domain::label::Withheld;
use crate::domain::readable::readable_name;
use crate::domain::text::fold_place;
use crate::domain::unnamed;
use crate::domain::venue::{Hours, Location, Part, Provenance, Venue};
use crate::domain::venue_field::{FIELDS, Merge, Reach};

use super::clean::hours::normal;
use super::clean::together;

/// Unites records of one place, each with whether it is another service of the door; the first leads. Each record must
/// carry its own provenance, without fields.
#[must_use]
pub fn unite(records: Vec<(Venue, bool)>) -> Venue {
    let (mut records, doors): (Vec<Venue>, Vec<bool>) = records.into_iter().unzip();
    // Of the service itself, not of its neighbours behind the door.
    let own = |i: usize| !doors[i];
    let mut sources: Vec<Provenance> = records.iter().flat_map(|record| record.provenance.clone()).collect();
    // The best location wins: coordinates of its own before the point of the commune.
    let best = records.iter().enumerate().min_by_key(|(i, venue)| (rank(venue.location), *i)).map_or(0, |(i, _)| i);
    let (location, flags) = (records[best].location, records[best].flags.clone());
    let mut venue = records[0].clone();
    venue.location = location;
    venue.flags = flags;
    credit(&mut sources, best, "location", location != Location::Unknown);
    // A place that one list leaves without a name has that of the next.
    let named = (0..records.len()).find(|&i| own(i) && !unnamed::stands_in(&records[i].name)).unwrap_or(0);
    venue.name.clone_from(&records[named].name);
    credit(&mut sources, named, "nom", true);

    let first_commune = records.iter().position(|record| record.commune.is_some());
    if let Some(i) = first_commune {
        venue.commune = records[i].commune;
        credit(&mut sources, i, "code_insee", true);
    }
    for field in &FIELDS {
        let speaks = |i: &usize| match (field.merge, field.reach) {
            (Merge::Leading, _) => *i == 0,
            (_, Reach::Door) => true,
            (_, Reach::Service) => own(*i),
        };
        field.clear(&mut venue);
        for i in (0..records.len()).filter(speaks) {
            let given = field.add(&mut venue, &records[i]);
            credit(&mut sources, i, field.column, given);
            if given && field.merge == Merge::First {
                break;
            }
        }
    }
    // The locality goes with the commune.
    if let Some(i) = first_commune {
        venue.locality.clone_from(&records[i].locality);
    }
    for i in hours(&records, &doors, &mut venue) {
        credit(&mut sources, i, "horaires", true);
    }
    venue.labels = records.iter_mut().flat_map(|record| std::mem::take(&mut record.labels)).collect();
    venue.labels.sort();
    venue.labels.dedup();
    venue.withheld = withheld(&records, &doors);
    venue.parts = parts(&records, &doors);
    venue.name = readable_name(&venue.name, &venue.locality);
    venue.services.sort();
    venue.programmes.sort();
    venue.provenance = sources;
    venue
}

/// Gives a place the hours of the first account that has any, and those that other rows of the same list add; the records they
/// come from. A list whose row says the very same hours is the same list, copied, unless it is older: what it says beside
/// them may be over.
fn hours(records: &[Venue], doors: &[bool], venue: &mut Venue) -> Vec<usize> {
    let speaks = |i: &usize| {
        let withheld =
            matches!(records[*i].withheld, Some(Withheld::Closed | Withheld::Refused | Withheld::TestRecord));
        !doors[*i] && (!withheld || records.len() == 1)
    };
    let known = |wanted: fn(&Hours) -> bool| {
        let of = |speaks: &dyn Fn(&usize) -> bool| (0..records.len()).find(|i| speaks(i) && wanted(&records[*i].hours));
        of(&speaks).or_else(|| of(&|i| !doors[*i]))
    };
    let is_read = |hours: &Hours| matches!(hours, Hours::Osm(_));
    let Some(first) = known(is_read).or_else(|| known(|hours| matches!(hours, Hours::Text(_)))) else {
        return Vec::new();
    };
    venue.hours = records[first].hours.clone();
    let list = |i: usize| records[i].provenance.first().map(|account| account.source.as_str());
    let is_of_list = |i: usize| {
        let copied = |j: usize| {
            let same = list(j) == list(i) && records[j].hours == records[first].hours;
            // A copy holds several lists: only what has the name of the row that was copied is a row of the same one.
            same && !doors[j]
                && fold_place(&records[i].name) == fold_place(&records[j].name)
                && records[j].attested() >= records[first].attested()
        };
        list(i) == list(first) || (0..records.len()).any(copied)
    };
    let mut given = vec![first];
    for i in (0..records.len()).filter(|i| *i != first && speaks(i) && is_of_list(*i)) {
        // One without a day is no newer account.
        let older = records[i].updated < records[first].updated;
        if let Some(joined) = together::added(&venue.hours, &records[i].hours, older) {
            venue.hours = normal(joined);
            given.push(i);
        }
    }
    given
}

/// Why a place is kept from citizens. One good account of it outweighs an account of its head office; only a newer one
/// outweighs the word that it is closed.
fn withheld(records: &[Venue], doors: &[bool]) -> Option<Withheld> {
    let own = || records.iter().zip(doors).filter(|(_, is_door)| !**is_door).map(|(record, _)| record);
    let newest = |closed: bool| {
        let told = own().filter(|record| (record.withheld == Some(Withheld::Closed)) == closed);
        told.map(Venue::attested).max()
    };
    if let Some(closed) = newest(true)
        && newest(false).is_none_or(|open| open <= closed)
    {
        return Some(Withheld::Closed);
    }
    if records.iter().any(|record| record.withheld.is_none()) { None } else { records.first()?.withheld }
}

/// The services of other names behind the door, each once.
fn parts(records: &[Venue], doors: &[bool]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (record, _) in records.iter().zip(doors).filter(|(_, door)| **door) {
        let name = readable_name(&record.name, &record.locality);
        let again = |part: &&mut Part| fold_place(&part.name) == fold_place(&name);
        if let Some(part) = parts.iter_mut().find(again) {
            if part.phones.is_empty() {
                part.phones.clone_from(&record.phones);
            }
            let same_list = record.provenance.first().is_some_and(|account| account.source == part.source);
            if (same_list || part.hours == Hours::Unknown)
                && let Some(joined) = together::added(&part.hours, &record.hours, false)
            {
                part.hours = normal(joined);
            }
            part.services.extend(&record.services);
            part.services.sort();
            part.services.dedup();
            continue;
        }
        parts.push(Part {
            id: record.id.clone(),
            name,
            phones: record.phones.clone(),
            hours: record.hours.clone(),
            services: record.services.clone(),
            source: record.provenance.first().map(|p| p.source.clone()).unwrap_or_default(),
        });
    }
    parts
}

fn rank(location: Location) -> u8 {
    match location {
        Location::Published(_) => 0,
        Location::Repaired(..) => 1,
        Location::Address(..) => 2,
        Location::Commune(_) => 3,
        Location::Unknown => 4,
    }
}

fn credit(sources: &mut [Provenance], record: usize, field: &str, given: bool) {
    if given && let Some(source) = sources.get_mut(record) {
        source.fields.push(field.into());
    }
}
