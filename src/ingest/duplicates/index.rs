//! Where to look for groups that might be the same place: only those that share a word, a number or a contact in one
//! commune. What a crowd shares tells nothing about which place it is, and comparing a crowd with itself takes for ever.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use super::record::Likeness;

/// Blocks of this many degrees, about a kilometre: records across a border of communes meet in them.
const BLOCK_DEGREES: f64 = 0.01;

/// A key of more records than this is no clue.
const CROWD: usize = 200;

/// Groups by what their records share.
pub struct Index {
    /// The keys of each record, without those of a crowd.
    keys: Vec<Vec<u64>>,
    groups: HashMap<u64, Vec<usize>>,
}

/// The keys of a record: hashes, since a collision only costs a comparison.
struct Keys {
    /// Equal records and global identifiers, which count however many share them.
    exact: Vec<u64>,
    shared: Vec<u64>,
}

fn keys(record: &Likeness) -> Keys {
    let hash = |kind: u8, what: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        kind.hash(&mut hasher);
        what(&mut hasher);
        hasher.finish()
    };
    let traits = &record.traits;
    let mut exact: Vec<u64> = record.keys.iter().map(|key| hash(0, &|h| key.hash(h))).collect();
    exact.push(hash(1, &|h| (record.commune, traits).hash(h)));
    let mut shared = Vec::new();
    exact.extend(record.programme.iter().map(|number| hash(8, &|h| (record.commune, number).hash(h))));
    let mut areas: Vec<(u8, i64, i64)> =
        record.commune.iter().map(|commune| (0, i64::from(commune.get()), 0)).collect();
    // Across a border the commune is no guide: of four layers of blocks, shifted by half a block, one at least holds two
    // records that are nearer than half a block.
    if let Some(position) = record.position {
        let block = |degrees: f64, shift: f64| (degrees / BLOCK_DEGREES + shift).floor() as i64;
        for (layer, [east, north]) in (1..).zip([[0.0, 0.0], [0.5, 0.0], [0.0, 0.5], [0.5, 0.5]]) {
            areas.push((layer, block(position.lon(), east), block(position.lat(), north)));
        }
    }
    for area in areas {
        let mut add = |kind: u8, text: &str| shared.push(hash(kind, &|h| (area, text).hash(h)));
        for word in &traits.name {
            // The first letters: the rest may be misspelt.
            add(2, word.get(..4).unwrap_or(word));
        }
        for word in &traits.street.words {
            add(3, word.get(..4).unwrap_or(word));
        }
        for number in &traits.street.numbers {
            add(4, number);
        }
        traits.phones.iter().for_each(|phone| add(5, phone.as_str()));
        traits.emails.iter().for_each(|mail| add(6, mail));
        traits.pivot.iter().for_each(|pivot| add(7, pivot));
    }
    Keys { exact, shared }
}

impl Index {
    /// Counts what the records share, before any is looked up.
    pub fn new(records: &[Likeness]) -> Self {
        let keys: Vec<Keys> = records.iter().map(keys).collect();
        let mut counts: HashMap<u64, usize> = HashMap::new();
        for key in keys.iter().flat_map(|keys| &keys.shared) {
            *counts.entry(*key).or_default() += 1;
        }
        let telling = |Keys { mut exact, shared }: Keys| {
            exact.extend(shared.into_iter().filter(|key| counts[key] <= CROWD));
            exact
        };
        Self { keys: keys.into_iter().map(telling).collect(), groups: HashMap::new() }
    }

    /// Groups that might be the place of the record of this rank, ascending.
    pub fn candidates(&self, record: usize) -> BTreeSet<usize> {
        let groups = self.keys[record].iter().filter_map(|key| self.groups.get(key));
        groups.flat_map(|groups| groups.iter().take(CROWD)).copied().collect()
    }

    /// Enters the record of this rank under the group it joined.
    pub fn add(&mut self, record: usize, group: usize) {
        for key in &self.keys[record] {
            let groups = self.groups.entry(*key).or_default();
            if groups.last() != Some(&group) && groups.len() <= CROWD {
                groups.push(group);
            }
        }
    }
}
