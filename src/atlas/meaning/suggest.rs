//! What a text that is still being typed may become.

use crate::atlas::Atlas;
use crate::atlas::places::arrondissements::ARRONDISSEMENTS;

use super::phrase::Phrase;
use super::{Meaning, Meant, islands, read};

/// The readings of a text that is not finished, the most likely first.
#[must_use]
pub fn suggest(atlas: &Atlas, text: &str, limit: usize) -> Vec<Meant> {
    let text = text.trim();
    if text.chars().count() < 2 {
        return Vec::new();
    }
    let places = atlas.places();
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() < 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let departement = read(atlas, &digits).meant;
        let codes =
            places.postcodes_beginning(&digits).filter_map(|(code, _)| read(atlas, code).meant.into_iter().next());
        let meaning = Meaning::default().or_else_one_of(departement).or_else_one_of(codes.take(limit));
        return first(meaning, limit);
    }
    let mut meaning = Meaning::default().or_else_one_of(read(atlas, text).meant);
    if let [Meant::Postcode(_, communes)] = meaning.meant.as_slice() {
        let communes = communes.clone();
        meaning = meaning.or_else_one_of(communes.into_iter().map(Meant::Commune));
    }
    let phrase = Phrase::read(atlas, text);
    let folded = phrase.folded();
    if phrase.code.is_none() {
        let completed = places.completed(&folded).into_iter().map(|likely| Meant::Commune(likely.commune));
        meaning = meaning.or_else_one_of(completed.take(limit));
        let town = ARRONDISSEMENTS.iter().filter(|each| {
            let name = each.name().to_lowercase();
            folded.len() >= 4 && (name.starts_with(&folded) || each.town.to_lowercase() == folded)
        });
        let known = |meant: &Meant| meaning.meant.first().is_some_and(|first| first != meant);
        let town: Vec<Meant> = town.map(Meant::Arrondissement).filter(known).collect();
        meaning = meaning.or_else_one_of(town);
    }
    first(meaning, limit)
}

/// An island and the commune it is a part of, in words that, typed, read back to both; `None` when the text is no island of it.
#[must_use]
pub fn island_of(atlas: &Atlas, text: &str, meant: &Meant) -> Option<String> {
    let Meant::Commune(commune) = meant else { return None };
    let phrase = Phrase::read(atlas, text);
    let is_its_own = islands::is_one(&phrase.folded()) && read(atlas, text).meant.first() == Some(meant);
    is_its_own.then(|| format!("{}, {}", text.trim(), atlas.communes()[*commune].name))
}

fn first(mut meaning: Meaning, limit: usize) -> Vec<Meant> {
    meaning.meant.truncate(limit);
    meaning.meant
}
