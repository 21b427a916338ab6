//! A text that is the name of a venue, with or without its town.

use crate::atlas::Atlas;
use crate::atlas::places::LINKS;
use crate::domain::VenueIx;
use crate::domain::text::fold_place;

use super::phrase::Word;
use super::{Meaning, Meant, Remark, index};

/// Venues that are offered when several bear the name.
const OFFERED: usize = 12;

/// The venues whose name and town hold every word.
pub fn named(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let index = index::of(atlas);
    let mut wanted: Vec<&str> = words.iter().map(|word| word.folded.as_str()).filter(|w| !LINKS.contains(w)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.iter().map(|word| word.len()).sum::<usize>() < 4 {
        return None;
    }
    let mut lists: Vec<&[VenueIx]> = wanted.iter().map(|word| index.venues_with(word)).collect();
    lists.sort_by_key(|list| list.len());
    let (first, others) = lists.split_first()?;
    let has_all = |venue: &&VenueIx| others.iter().all(|list| list.binary_search(venue).is_ok());
    let mut found: Vec<VenueIx> = first.iter().filter(has_all).copied().collect();
    if found.is_empty() {
        return None;
    }
    let many = found.len() > OFFERED;
    // The shorter the name, the more of it was typed.
    found.sort_by_key(|&venue| (atlas.venues()[venue].name.chars().count(), venue));
    found.truncate(OFFERED);
    let asks = found.len() > 1 || !most_of_the_name(&atlas.venues()[found[0]].name, &wanted);
    let meaning = Meaning { asks, meant: found.into_iter().map(Meant::Venue).collect(), remarks: Vec::new() };
    Some(if many { meaning.saying(Remark::ManyVenues) } else { meaning })
}

/// Whether the name begins with one of the words: « Croix-Rouge française » is meant by « Croix-Rouge », the library of a quarter
/// is not.
pub fn begins_with(name: &str, typed: &[Word]) -> bool {
    let name = fold_place(name);
    let first = name.split(' ').find(|word| !LINKS.contains(word));
    first.is_some_and(|first| typed.iter().any(|word| word.folded == first))
}

/// Whether at least half of the words of the name were typed: « La Défense » is one of six of a « Défense des exclus par
/// l'information et la formation », which is elsewhere.
fn most_of_the_name(name: &str, typed: &[&str]) -> bool {
    let name = fold_place(name);
    let words: Vec<&str> = name.split(' ').filter(|word| !LINKS.contains(word)).collect();
    let of_them = words.iter().filter(|word| typed.contains(word)).count();
    of_them * 2 >= words.len() && of_them > 0
}
