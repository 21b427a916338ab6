//! The same place in several lists becomes one venue, and every field remembers the record it came from.
//!
//! Records join an earlier one when they carry the same identifier, or stand in the same spot under the same name. Two
//! offices of one building with different names stay apart; a missing coordinate is missing, never a distance of zero
//! (defect D9).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::text::fold_place;
use crate::domain::vocabulary::Programme;
use crate::domain::{Position, Venue};

/// Records of one place stand within this distance of each other.
const SAME_SPOT_M: f64 = 150.0;
/// Two structures of France services nearer than this are one structure.
const SAME_FRANCE_SERVICES_M: f64 = 250.0;
/// Below this distance a weaker likeness of names is enough, if address or telephone agree.
const SAME_DOOR_M: f64 = 60.0;
/// No record joins a place whose main record is farther than this: likeness must not creep along a street.
const CREEP_M: f64 = 500.0;

/// A set of words, each a number given by [`Words`]; ascending.
type WordSet = Vec<u32>;

/// Numbers for words, so that ten thousand places of one commune can be compared with each other.
#[derive(Debug, Default)]
pub struct Words(HashMap<String, u32>);

impl Words {
    fn set(&mut self, words: impl IntoIterator<Item = String>) -> WordSet {
        let mut numbers: WordSet = Vec::new();
        for word in words {
            let next = self.0.len() as u32;
            numbers.push(*self.0.entry(word).or_insert(next));
        }
        numbers.sort_unstable();
        numbers
    }
}

/// What is compared: prepared once per record.
#[derive(Debug, Clone)]
pub struct Likeness {
    source: usize,
    keys: Vec<String>,
    position: Option<Position>,
    commune: Option<u32>,
    name: WordSet,
    address: WordSet,
    phone: Option<String>,
    france_services: bool,
}

impl Likeness {
    /// Prepares a record. `position` must be its own, not that of its commune; `commune_name` is left out of the name,
    /// so that « Médiathèque » and « Médiathèque de Gap » are alike in Gap.
    #[must_use]
    pub fn new(
        source: usize,
        venue: &Venue,
        commune: Option<u32>,
        position: Option<Position>,
        record: &str,
        numbers: &mut Words,
    ) -> Self {
        let mut keys = global_keys(record);
        keys.push(venue.id.clone());
        let place = words(&venue.locality);
        let all = name_words(&venue.name);
        let name: BTreeSet<String> = all.difference(&place).cloned().collect();
        Self {
            source,
            keys,
            position,
            commune,
            name: numbers.set(if name.is_empty() { all } else { name }),
            address: numbers.set(venue.address.as_deref().map(address_words).unwrap_or_default()),
            phone: venue.phones.first().map(|phone| phone.as_str().to_owned()),
            france_services: venue.programmes.contains(&Programme::FranceServices),
        }
    }
}

/// Why a record joined another.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Sentence for the report.
    pub reason: String,
    likeness: f64,
}

/// Groups of records that are one place each, by position among the records; the first of a group leads it.
#[derive(Debug, Default)]
pub struct Groups {
    /// Members of each group, in the order given.
    pub members: Vec<Vec<usize>>,
    /// For each record that joined a group, why.
    pub joined: BTreeMap<usize, Match>,
}

/// Groups records, in the order given: earlier ones lead.
#[must_use]
pub fn group(records: &[Likeness]) -> Groups {
    let mut groups = Groups::default();
    let mut index = Index::default();
    for (i, record) in records.iter().enumerate() {
        let best = index
            .candidates(record)
            .into_iter()
            .filter(|&group| near_leader(record, &records[groups.members[group][0]]))
            .filter_map(|group| {
                let matches = groups.members[group].iter().filter_map(|&member| same(record, &records[member]));
                matches.max_by(|a, b| a.likeness.total_cmp(&b.likeness)).map(|found| (group, found))
            })
            // The likest group; of equals the earliest.
            .max_by(|(a_group, a), (b_group, b)| a.likeness.total_cmp(&b.likeness).then(b_group.cmp(a_group)));
        let group = if let Some((group, found)) = best {
            groups.members[group].push(i);
            groups.joined.insert(i, found);
            group
        } else {
            groups.members.push(vec![i]);
            groups.members.len() - 1
        };
        index.add(record, group);
    }
    groups
}

fn near_leader(record: &Likeness, leader: &Likeness) -> bool {
    match (record.position, leader.position) {
        (Some(a), Some(b)) => a.geodesic_to(b).value() <= CREEP_M || shared_key(record, leader),
        _ => true,
    }
}

fn shared_key(a: &Likeness, b: &Likeness) -> bool {
    a.keys.iter().any(|key| b.keys.contains(key))
}

/// Whether two records are one place, and how alike they are.
fn same(a: &Likeness, b: &Likeness) -> Option<Match> {
    let found = |likeness: f64, reason: String| Some(Match { reason, likeness });
    if a.source != b.source && shared_key(a, b) {
        return found(3.0, "same identifier".into());
    }
    let name = likeness(&a.name, &b.name);
    let address = likeness(&a.address, &b.address);
    let phone = a.phone.is_some() && a.phone == b.phone;
    let percent = |share: f64| (share * 100.0).round();
    let metres = match (a.position, b.position) {
        (Some(a), Some(b)) => Some(a.geodesic_to(b).value()),
        _ => None,
    };
    let Some(metres) = metres else {
        // One of the two has no place of its own: commune, name and address have to agree.
        let same_commune = a.commune.is_some() && a.commune == b.commune;
        let same_address = address >= 0.8;
        let unsaid = a.address.is_empty() || b.address.is_empty();
        let alike = name >= 0.95 && (same_address || phone || (unsaid && a.source != b.source))
            || name >= 0.6 && (same_address || phone)
            || a.france_services && b.france_services && (same_address || phone || name >= 0.6);
        return if same_commune && alike {
            found(
                name,
                format!("same commune, names alike at {} %, addresses at {} %", percent(name), percent(address)),
            )
        } else {
            None
        };
    };
    let within_one_list = a.source == b.source;
    let alike = if within_one_list {
        name >= 0.99 && metres <= SAME_DOOR_M
    } else {
        name >= 0.6 && metres <= SAME_SPOT_M
            || name >= 0.4 && metres <= SAME_DOOR_M && (phone || address >= 0.8)
            || a.france_services && b.france_services && metres <= SAME_FRANCE_SERVICES_M
    };
    if alike {
        found(1.0 + name - metres / 1000.0, format!("{} m apart, names alike at {} %", metres.round(), percent(name)))
    } else {
        None
    }
}

/// Shared words over all words; when one text holds the other, at least 0.6 (0.85 for two words or more).
fn likeness(a: &[u32], b: &[u32]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let shared = shared(a, b);
    let jaccard = shared as f64 / (a.len() + b.len() - shared) as f64;
    let smaller = a.len().min(b.len());
    if shared == smaller { jaccard.max(if smaller == 1 { 0.6 } else { 0.85 }) } else { jaccard }
}

/// How many numbers two ascending sets share.
fn shared(mut a: &[u32], mut b: &[u32]) -> usize {
    let mut count = 0;
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        count += usize::from(x == y);
        (a, b) = (&a[usize::from(x <= y)..], &b[usize::from(y <= x)..]);
    }
    count
}

/// Words that tell nothing about which place it is.
const EMPTY_WORDS: [&str; 22] = [
    "de",
    "la",
    "le",
    "les",
    "du",
    "des",
    "d",
    "l",
    "et",
    "a",
    "au",
    "aux",
    "en",
    "sur",
    "sous",
    "pour",
    "the",
    "conseiller",
    "numerique",
    "numeriques",
    "permanence",
    "commune",
];

fn words(text: &str) -> BTreeSet<String> {
    let folded = fold_place(text);
    folded.split(' ').filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word)).map(ToOwned::to_owned).collect()
}

/// The words of a name, with the many ways of saying one kind of place made one.
fn name_words(name: &str) -> BTreeSet<String> {
    let mut folded = format!(" {} ", fold_place(name));
    for (long, short) in [
        (" centre communal d action sociale ", " ccas "),
        (" hotel de ville ", " mairie "),
        (" maison france services ", " france services "),
        (" espace france services ", " france services "),
        (" france service ", " france services "),
        (" maison de services au public ", " msap "),
        (" mediatheque ", " bibliotheque "),
        (" centre socio culturel ", " centre social "),
        (" centre socioculturel ", " centre social "),
    ] {
        folded = folded.replace(long, short);
    }
    words(&folded)
}

/// The words of an address, with the kinds of street written out.
fn address_words(address: &str) -> BTreeSet<String> {
    let long = |word: &str| match word {
        "av" | "ave" => "avenue",
        "bd" | "bld" | "boul" => "boulevard",
        "r" => "rue",
        "pl" => "place",
        "all" => "allee",
        "rte" => "route",
        "imp" => "impasse",
        "ch" | "che" | "chem" => "chemin",
        "sq" => "square",
        _ => "",
    };
    words(address).into_iter().map(|word| if long(&word).is_empty() { word } else { long(&word).to_owned() }).collect()
}

/// Identifiers that are unique in the world: UUIDs and the 24 hexadecimal digits of a document store.
fn global_keys(record: &str) -> Vec<String> {
    let lower = record.to_lowercase();
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = lower.split('-').collect();
    let mut keys: Vec<String> =
        parts.iter().filter(|part| part.len() == 24 && hex(part)).map(|p| (*p).to_owned()).collect();
    for window in parts.windows(5) {
        if window.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && window.iter().all(|part| hex(part)) {
            keys.push(window.join("-"));
        }
    }
    keys
}

/// Where to look for groups that might be the same place.
#[derive(Default)]
struct Index {
    by_cell: HashMap<(i32, i32), Vec<usize>>,
    by_commune: HashMap<u32, Vec<usize>>,
    /// Groups of a commune that hold a record without a place of its own.
    unplaced: HashMap<u32, Vec<usize>>,
    by_key: HashMap<String, Vec<usize>>,
}

/// Cells of 0.01 degree, at least 450 m wide up to 66 degrees of latitude: neighbours hold everything within 250 m.
fn cell(position: Position) -> (i32, i32) {
    ((position.lon() * 100.0).floor() as i32, (position.lat() * 100.0).floor() as i32)
}

impl Index {
    fn candidates(&self, record: &Likeness) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for key in &record.keys {
            found.extend(self.by_key.get(key).into_iter().flatten());
        }
        if let Some(position) = record.position {
            let (x, y) = cell(position);
            for neighbour in (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y))) {
                found.extend(self.by_cell.get(&neighbour).into_iter().flatten());
            }
        }
        if let Some(commune) = record.commune {
            let pool = if record.position.is_some() { &self.unplaced } else { &self.by_commune };
            found.extend(pool.get(&commune).into_iter().flatten());
        }
        found
    }

    fn add(&mut self, record: &Likeness, group: usize) {
        for key in &record.keys {
            self.by_key.entry(key.clone()).or_default().push(group);
        }
        if let Some(position) = record.position {
            self.by_cell.entry(cell(position)).or_default().push(group);
        }
        if let Some(commune) = record.commune {
            self.by_commune.entry(commune).or_default().push(group);
            if record.position.is_none() {
                self.unplaced.entry(commune).or_default().push(group);
            }
        }
    }
}
