//! France services that moved: an older list still has their first address, under the same name.
//!
//! A commune that has one France services by the official list has one of that name. « France services Le Bugue », rue du Jardin
//! public in a list of January 2023, is « France services du Bugue », place du 19 mars 1962 in the official list of August 2024:
//! shown as two, one of them sends people to a door that is no longer theirs.

use std::collections::BTreeMap;

use super::record::Likeness;
use super::rules::same_phone;
use super::words;
use super::{Groups, Match};
use crate::domain::CommuneIx;

/// Names from this likeness on are one name: those of one commune, whose words are left out, differ by what the office is called.
const ONE_NAME: f64 = 0.8;

/// Joins them.
pub(super) fn join(groups: &mut Groups, records: &[Likeness]) {
    let mut official: BTreeMap<CommuneIx, Vec<(usize, usize)>> = BTreeMap::new();
    for (group, members) in groups.members.iter().enumerate() {
        let decides = |&&i: &&usize| records[i].rows_are_places && records[i].traits.france_services;
        if let Some(&i) = members.iter().find(decides)
            && let Some(commune) = records[i].commune
        {
            official.entry(commune).or_default().push((group, i));
        }
    }
    let mut moved = Vec::new();
    for (group, members) in groups.members.iter().enumerate() {
        // A place that a list puts on the map is where that list says.
        let unplaced = |&i: &usize| !records[i].rows_are_places && records[i].position.is_none();
        let Some(&first) = members.first().filter(|_| members.iter().all(unplaced)) else { continue };
        let Some([(into, official)]) = records[first].commune.and_then(|c| official.get(&c)).map(Vec::as_slice) else {
            continue;
        };
        if *into < group && is_one(&records[first], &records[*official]) {
            moved.push((group, *into));
        }
    }
    for (group, into) in moved {
        let reason = "the one France services of the commune, under the same name at another address".to_owned();
        groups.fold(group, into, Match { reason, rule: "France services that moved", door: false, strength: 3.0 });
    }
}

fn is_one(older: &Likeness, official: &Likeness) -> bool {
    let (a, b) = (&older.traits, &official.traits);
    a.france_services
        && (a.mobile, a.annex, &a.designation) == (b.mobile, b.annex, &b.designation)
        && same_phone(a, b) != Some(false)
        && words::jaccard(&words::aligned(&a.name, &b.name), &b.name) >= ONE_NAME
}
