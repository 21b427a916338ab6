//! What all records together tell of each: which telephones are switchboards, and which communes are towns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::record::Likeness;
use super::street::Street;
use crate::domain::{CommuneIx, Phone};

/// A telephone of houses of so many streets of one list is a switchboard, or goes with a person from house to house.
const STREETS_OF_A_SWITCHBOARD: usize = 4;

/// A commune of so many records has more than one place of each kind.
const RECORDS_OF_A_TOWN: usize = 40;

/// The records, with their switchboards and towns marked.
pub(super) fn marked(records: &[Likeness]) -> Vec<Likeness> {
    let switchboards = switchboards(records);
    let mut counted: HashMap<CommuneIx, usize> = HashMap::new();
    for commune in records.iter().filter_map(|record| record.commune) {
        *counted.entry(commune).or_default() += 1;
    }
    let mut marked = records.to_vec();
    for record in &mut marked {
        let traits = &mut record.traits;
        traits.switchboards = traits.phones.iter().filter(|phone| switchboards.contains(phone)).cloned().collect();
        record.town |= record.commune.is_some_and(|commune| counted[&commune] >= RECORDS_OF_A_TOWN);
    }
    marked
}

/// A street of a commune.
type Address<'a> = (Option<CommuneIx>, &'a Street);

fn switchboards(records: &[Likeness]) -> BTreeSet<Phone> {
    let mut streets: BTreeMap<(usize, &Phone), BTreeSet<Address<'_>>> = BTreeMap::new();
    for record in records.iter().filter(|record| !record.traits.street.words.is_empty()) {
        for phone in &record.traits.phones {
            streets.entry((record.list, phone)).or_default().insert((record.commune, &record.traits.street));
        }
    }
    let many = streets.into_iter().filter(|(_, streets)| streets.len() >= STREETS_OF_A_SWITCHBOARD);
    many.map(|((_, phone), _)| phone.clone()).collect()
}
