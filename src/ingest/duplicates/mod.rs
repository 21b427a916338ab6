//! The same place in several lists becomes one venue.
//!
//! Records join an earlier one when they carry the same identifier, or when name, address, contact and position agree
//! and nothing contradicts. Two houses of one institution, and two institutions of one house, stay apart; services of
//! one door are one venue with parts; a missing coordinate is missing, never a distance of zero (defect D9).

mod crowds;
mod index;
mod moved;
mod record;
mod rules;
mod street;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use index::Index;
pub use record::Likeness;
pub use rules::Match;
pub use street::Street;

#[cfg(test)]
mod tests;

/// No record joins a place whose main record is farther than this: likeness must not creep along a road.
const CREEP_M: f64 = 3_000.0;
/// Records that are compared for one group; what more could say has been said.
const VOICES: usize = 24;

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
    let records = &crowds::marked(records)[..];
    let mut groups = Groups::default();
    let mut index = Index::new(records);
    // Of each group the records that differ in what is compared.
    let mut voices: Vec<Vec<usize>> = Vec::new();
    // Lists whose rows are places of their own, by group.
    let mut own: Vec<BTreeSet<usize>> = Vec::new();
    // Groups that one record joins alike: an account of both, which came after each had begun.
    let mut bridges: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (i, record) in records.iter().enumerate() {
        let candidates = index.candidates(i).into_iter().filter(|&group| !own[group].contains(&record.list));
        let found = candidates.filter_map(|group| joins(record, &voices[group], records).map(|found| (group, found)));
        let found: Vec<(usize, Match)> = found.collect();
        // The likest group; of equals the earliest.
        let best = found.iter().max_by(|(a, x), (b, y)| x.strength.total_cmp(&y.strength).then(b.cmp(a))).cloned();
        let group = if let Some((group, best)) = best {
            let others = found.iter().filter(|(other, _)| *other != group);
            bridges.extend(others.map(|(other, _)| (group.min(*other), group.max(*other))));
            groups.members[group].push(i);
            groups.joined.insert(i, best);
            group
        } else {
            groups.members.push(vec![i]);
            voices.push(Vec::new());
            own.push(BTreeSet::new());
            groups.members.len() - 1
        };
        if record.rows_are_places {
            own[group].insert(record.list);
        }
        let heard = |&voice: &usize| {
            let other = &records[voice];
            other.traits == record.traits && other.position == record.position && other.commune == record.commune
        };
        if voices[group].len() < VOICES && !voices[group].iter().any(heard) {
            voices[group].push(i);
        }
        index.add(i, group);
    }
    for (first, second) in bridges {
        unite(first, second, &mut groups, &mut voices, &mut own, records);
    }
    moved::join(&mut groups, records);
    groups.members.retain(|members| !members.is_empty());
    groups
}

impl Groups {
    /// Folds a group into another, whose leader it follows, for this reason; it is left empty.
    fn fold(&mut self, group: usize, into: usize, why: Match) {
        let members = std::mem::take(&mut self.members[group]);
        if let Some(&leader) = members.first() {
            self.joined.insert(leader, why);
        }
        self.members[into].extend(members);
        self.members[into].sort_unstable();
    }
}

/// Unites two groups that a later record turned out to be accounts of both of, when the leader of the second joins the first
/// as it would have, had that record come before: alike to one of its voices, and contradicting none.
fn unite(
    first: usize,
    second: usize,
    groups: &mut Groups,
    voices: &mut [Vec<usize>],
    own: &mut [BTreeSet<usize>],
    records: &[Likeness],
) {
    let Some(&leader) = groups.members[second].first() else { return };
    if groups.members[first].is_empty() || !own[first].is_disjoint(&own[second]) {
        return;
    }
    let Some(found) = joins(&records[leader], &voices[first], records) else { return };
    let main = &records[voices[first][0]];
    if voices[second].iter().any(|&voice| rules::contradict(&records[voice], main)) {
        return;
    }
    // Whoever gave an account of a service behind the door is behind it too.
    for member in groups.members[second].iter().skip(1) {
        if let Some(joined) = groups.joined.get_mut(member) {
            joined.door |= found.door;
        }
    }
    groups.fold(second, first, found);
    let heard = std::mem::take(&mut voices[second]);
    voices[first].extend(heard);
    voices[first].truncate(VOICES);
    let lists = std::mem::take(&mut own[second]);
    own[first].extend(lists);
}

/// A match with the main record this sure stands, whatever a later member says: name and address agree.
const CERTAIN: f64 = 7.0;

/// Whether a record is one of a group: like one of its records, and contradicting none; or certainly the main record.
fn joins(record: &Likeness, voices: &[usize], records: &[Likeness]) -> Option<Match> {
    let leader = &records[*voices.first()?];
    let best = voices.iter().filter_map(|&voice| rules::same(record, &records[voice]));
    let best = best.max_by(|a, b| a.strength.total_cmp(&b.strength))?;
    let identified = best.rule == "identifier";
    let certain = rules::same(record, leader).is_some_and(|found| found.strength >= CERTAIN);
    let strays = record.metres(leader).is_some_and(|metres| metres > CREEP_M);
    // What an identifier brought in against the word of the leader is an account of before, and speaks against nobody.
    let speaks = |&voice: &usize| voice == voices[0] || !rules::contradict(leader, &records[voice]);
    let contradicted = voices.iter().any(|voice| rules::contradict(record, &records[*voice]) && speaks(voice));
    (identified || certain || !strays && !contradicted).then_some(best)
}
