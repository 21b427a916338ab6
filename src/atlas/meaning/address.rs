//! A commune at one end of a longer text: an address, « mairie de Bondy ».

use crate::atlas::Atlas;
use crate::atlas::places::{LINKS, Likeness};

use super::phrase::{Phrase, Word, folded, written};
use super::{Meaning, Meant, Remark, names};

/// Words that begin the name of a street or of a place in a town.
const STREETS: [&str; 34] = [
    "rue",
    "avenue",
    "av",
    "ave",
    "bd",
    "boulevard",
    "boul",
    "place",
    "pl",
    "impasse",
    "imp",
    "chemin",
    "che",
    "allee",
    "allees",
    "route",
    "rte",
    "quai",
    "cours",
    "square",
    "sq",
    "passage",
    "lotissement",
    "lot",
    "residence",
    "res",
    "faubourg",
    "fg",
    "esplanade",
    "promenade",
    "rond",
    "sentier",
    "gare",
    "pont",
];

/// The commune that the text ends with, else begins with.
pub fn commune_at_an_end(atlas: &Atlas, phrase: &Phrase) -> Option<Meaning> {
    let words = &phrase.words;
    let is_number = |word: &Word| word.folded.starts_with(|c: char| c.is_ascii_digit());
    let street = words.iter().position(|word| is_number(word) || STREETS.contains(&word.folded.as_str()));
    let mut only_a_street = None;
    for at in 1..words.len() {
        let (left, name) = words.split_at(at);
        // « du mans » would be Le Mans, and is no name.
        if LINKS.contains(&name[0].folded.as_str()) && !begins_with_article(&name[0]) {
            continue;
        }
        let Some(found) = exactly(atlas, name) else { continue };
        // « 12 avenue de Paris » ends with the name of an avenue; « mairie de Bondy » with that of a town.
        let after_link = LINKS.contains(&left[left.len() - 1].folded.as_str()) && !name[0].after_a_pause;
        let in_street = street.is_some_and(|street| street < at);
        if in_street && (after_link || STREETS.contains(&left[left.len() - 1].folded.as_str())) {
            only_a_street.get_or_insert(found);
            continue;
        }
        // « Mairie de » says no more than « Mairie ».
        let last = left.iter().rposition(|word| !LINKS.contains(&word.folded.as_str())).map_or(at, |last| last + 1);
        return Some(found.saying(Remark::LeftOut(written(&left[..last]))));
    }
    for at in (1..words.len()).rev() {
        let (name, left) = words.split_at(at);
        let ends = left[0].after_a_pause || street == Some(at);
        if let Some(found) = ends.then(|| exactly(atlas, name)).flatten() {
            return Some(found.saying(Remark::LeftOut(written(left))));
        }
    }
    if let Some(found) = only_a_street {
        return Some(Meaning { asks: true, ..found }.saying(Remark::StreetOnly));
    }
    // The town may be misspelt, the street hardly matters.
    (1..words.len()).filter(|_| street.is_some()).find_map(|at| {
        let (left, name) = words.split_at(at);
        let text = folded(name);
        let near = atlas.places().resembling(&text);
        let near =
            near.iter().find(|near| near.likeness == Likeness::Slips(1) && near.score > 8.0 && text.len() > 4)?;
        let meaning = Meaning::one(Meant::Commune(near.commune)).saying(Remark::Resembles);
        Some(meaning.saying(Remark::LeftOut(written(left))))
    })
}

/// « Ouessant, le bourg », « Sarliac centre »: the middle of a commune, in the words of those who live there.
pub fn its_middle(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let (last, before) = words.split_last()?;
    if !matches!(last.folded.as_str(), "bourg" | "centre" | "village") {
        return None;
    }
    let named = before.iter().rposition(|word| !LINKS.contains(&word.folded.as_str()))?;
    let (name, left) = words.split_at(named + 1);
    Some(names::called(atlas, &folded(name))?.saying(Remark::LeftOut(written(left))))
}

/// « 6 rue de la Mairie »: a street that stands in every other commune is no misspelt village.
pub fn only_a_street(phrase: &Phrase) -> Option<Meaning> {
    let mut words = phrase.words.iter().skip_while(|word| word.folded.starts_with(|c: char| c.is_ascii_digit()));
    let street = words.next().is_some_and(|word| STREETS.contains(&word.folded.as_str())) && words.next().is_some();
    street.then(|| Meaning { asks: true, ..Meaning::default() }.saying(Remark::StreetOnly))
}

/// « Béziers sud », « Cajarc sur Lot »: the commune that the text begins with, when nothing else was understood.
pub fn commune_first(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    (1..words.len()).rev().find_map(|at| {
        let (name, left) = words.split_at(at);
        Some(exactly(atlas, name)?.saying(Remark::LeftOut(written(left))))
    })
}

fn begins_with_article(word: &Word) -> bool {
    matches!(word.folded.as_str(), "le" | "la" | "les" | "l")
}

/// What these words name, and no less than all of it.
fn exactly(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    if let Some(found) = names::arrondissement(atlas, words) {
        return Some(found);
    }
    let text = folded(words);
    let likely = atlas.places().called(&text);
    let whole =
        likely.iter().any(|l| matches!(l.likeness, Likeness::Same | Likeness::Former | Likeness::WithoutArticle));
    let large = likely.first().is_some_and(|l| atlas.places().population(l.commune) >= 20_000 && text.len() >= 3);
    (whole || large).then(|| names::called(atlas, &text))?
}
