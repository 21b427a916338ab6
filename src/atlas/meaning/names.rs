//! A text that is the name of a commune or of an arrondissement, or nearly.

use std::borrow::Borrow;

use crate::atlas::Atlas;
use crate::atlas::places::arrondissements::{self, ARRONDISSEMENTS, Arrondissement};
use crate::atlas::places::{LINKS, Likely, Likeness};
use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, Territory};

use super::phrase::Word;
use super::{Meaning, Meant, Remark};

/// By how much the first reading has to lead, in points of [`Likely::score`], to be answered with: a town five times as large
/// leads its namesake by 1.4, one three times as large by 0.95.
const LEAD: f64 = 0.9;
/// A guess has to lead by more.
const LEAD_OF_A_GUESS: f64 = 2.0;
/// Readings this far behind are offered, namesakes always.
const BEHIND: f64 = 4.0;
/// One slip in a name of so many letters leaves no doubt.
const LONG: usize = 9;
/// Readings offered beside the first, namesakes apart.
const OFFERED: usize = 6;
/// A commune smaller than this may be a slip of a town's name.
const SMALL: u32 = 5_000;

/// A city's name is meant by who is two slips away.
const A_CITY: u32 = 40_000;

/// The communes called so.
pub fn called(atlas: &Atlas, text: &str) -> Option<Meaning> {
    let mut likely = atlas.places().called(text);
    let first = *likely.first()?;
    // « Le Mont Dore » is also how people write Mont-Dore: offered, whoever bears the article leads.
    let bare = super::index::bare(text);
    if bare != text {
        let same = atlas.places().called(bare).into_iter().filter(|other| other.likeness == Likeness::Same);
        let behind = same.map(|other| Likely { score: other.score.min(first.score - LEAD - 0.1), ..other });
        likely.extend(behind.filter(|other| other.commune != first.commune).collect::<Vec<_>>());
        likely = sorted(likely);
    }
    // What was a commune is a village of today's, however large that is.
    let former = first.likeness == Likeness::Former;
    let inhabitants = if former { 0 } else { atlas.places().population(first.commune) };
    if inhabitants < SMALL {
        // « Tour » is a village and nearly Tours; « Provin » is one in the Nord, and is said as Provins is.
        let town = |other: &Likely| {
            let population = atlas.places().population(other.commune);
            let letter = || strsim::osa_distance(text, &fold_place(&atlas.communes()[other.commune].name)) == 1;
            let is_larger = population >= (2 * SMALL).max(2 * inhabitants);
            let is_heard = other.likeness == Likeness::Sound && is_larger && letter();
            let is_town = is_heard || other.score > first.score && population >= 4 * SMALL;
            is_town && other.commune != first.commune
        };
        let close = |other: &Likely| matches!(other.likeness, Likeness::Slips(1) | Likeness::Sound);
        let near = atlas.places().resembling(text).into_iter().filter(close);
        let near: Vec<Likely> = near.filter(town).take(2).collect();
        // The first words of a village's name are no more than « Marseilles » is of Marseille: the visitor chooses.
        let lead = if first.likeness == Likeness::FirstWords { 0.0 } else { LEAD + 0.1 };
        likely.extend(near.into_iter().map(|other| Likely { score: first.score - lead, ..other }));
    }
    let mut meaning = choice(atlas, &likely, LEAD, text.len());
    let today = fold_place(&atlas.communes()[first.commune].name);
    if first.likeness == Likeness::Former && !today.starts_with(text) {
        meaning = meaning.saying(Remark::OldName(text.to_owned()));
    }
    Some(meaning)
}

/// The communes called so in a territory; or, where that is asked for, those whose name is nearly so.
pub fn inside(atlas: &Atlas, text: &str, territory: &Territory, nearly: bool) -> Option<Meaning> {
    let inside = |likely: &Likely| territory.communes.binary_search(&likely.commune).is_ok();
    let places = atlas.places();
    if !nearly {
        let bare = super::index::bare(text);
        let written = [text, bare].into_iter().take(if bare == text { 1 } else { 2 });
        let called = sorted(written.flat_map(|name| places.called(name)).filter(inside).collect());
        return (!called.is_empty()).then(|| choice(atlas, &called, LEAD, text.len()));
    }
    let near = places.completed(text).into_iter().chain(places.resembling(text)).filter(inside).collect();
    let near = sorted(near);
    (!near.is_empty()).then(|| choice(atlas, &near, LEAD_OF_A_GUESS, text.len()).saying(Remark::Resembles))
}

/// Several words of one name, in their order: `Neuilly Marne`, `Chalon Saône`.
pub fn holding(atlas: &Atlas, text: &str) -> Option<Meaning> {
    if !text.contains(' ') {
        return None;
    }
    let holds = |likely: &Likely| likely.likeness == Likeness::Words;
    let found: Vec<Likely> = atlas.places().completed(text).into_iter().filter(holds).collect();
    (!found.is_empty()).then(|| choice(atlas, &found, LEAD, text.len()).saying(Remark::Resembles))
}

/// A town one or two slips away, when hardly anything else can have been meant.
pub fn slip_of_a_town(atlas: &Atlas, text: &str) -> Option<Meaning> {
    let near = atlas.places().resembling(text);
    let first = near.first()?;
    let long = first.likeness == Likeness::Slips(1) && text.len() >= LONG;
    let is_meant = long || atlas.places().population(first.commune) >= SMALL / 2;
    is_meant.then(|| guessed_among(atlas, text, near))?
}

/// What the text may be the beginning, some words or a misspelling of.
pub fn guessed(atlas: &Atlas, text: &str) -> Option<Meaning> {
    guessed_among(atlas, text, atlas.places().resembling(text))
}

fn guessed_among(atlas: &Atlas, text: &str, resembling: Vec<Likely>) -> Option<Meaning> {
    let near = sorted(atlas.places().completed(text).into_iter().chain(resembling).collect());
    (!near.is_empty()).then(|| choice(atlas, &near, LEAD_OF_A_GUESS, text.len()).saying(Remark::Resembles))
}

fn sorted(mut likely: Vec<Likely>) -> Vec<Likely> {
    likely.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.commune.cmp(&b.commune)));
    let mut seen = std::collections::BTreeSet::new();
    likely.retain(|each| seen.insert(each.commune));
    likely
}

/// The first, the namesakes, and whatever else is likely enough to be offered.
fn choice(atlas: &Atlas, likely: &[Likely], lead: f64, length: usize) -> Meaning {
    let first = likely[0];
    let namesake = |other: &&Likely| other.likeness <= Likeness::Former && first.likeness.is_a_name();
    let close = likely.iter().filter(|other| !namesake(other) && first.score - other.score < BEHIND).take(OFFERED);
    let mut kept: Vec<&Likely> = likely.iter().filter(namesake).chain(close).collect();
    kept.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.commune.cmp(&b.commune)));
    let asks = kept.get(1).is_some_and(|second| first.score - second.score < lead);
    let asks = asks || is_a_stretch(atlas, first, length);
    let meant = kept.into_iter().map(|each| Meant::Commune(each.commune));
    Meaning { asks, ..Meaning::one(Meant::Commune(first.commune)).or_else_one_of(meant) }
}

/// Whether a village would be taken for a text that is several slips away, or one in a short text: « Montmartre » is not
/// Montmartin, and whoever typed it is asked.
fn is_a_stretch(atlas: &Atlas, first: Likely, length: usize) -> bool {
    let slips = match first.likeness {
        Likeness::Slips(slips) => usize::from(slips),
        Likeness::Sound => 1,
        _ => return false,
    };
    let inhabitants = atlas.places().population(first.commune);
    // « Endoume » is no slip of Vendôme: two of seven letters are another word, unless of a city.
    let two_of_a_few = slips > 1 && length < LONG && inhabitants < A_CITY;
    inhabitants < SMALL && (slips > 1 || length < LONG) || two_of_a_few
}

/// The names of a commune, folded: of today, without its article, and of the communes it took in.
pub fn spellings(atlas: &Atlas, commune: CommuneIx) -> Vec<String> {
    let commune = &atlas.communes()[commune];
    let today = fold_place(&commune.name);
    let bare = super::index::bare(&today).to_owned();
    let before = atlas.places().names_before(commune.code).map(fold_place);
    [today, bare].into_iter().chain(before).collect()
}

/// `Paris 16e`, `16e arrondissement de Paris`, `Lyon III`, `Marseille premier`, `16e arrondissement`.
pub fn arrondissement<W: Borrow<Word>>(atlas: &Atlas, words: &[W]) -> Option<Meaning> {
    let written: Vec<&str> = words.iter().map(|word| word.borrow().folded.as_str()).collect();
    // Words part at hyphens: « dix-huitième » and « dix-neuf » are two of them.
    let joined = ["dix sept", "dix huit", "dix neuv", "dix neuf"].iter().fold(written.join(" "), |joined, two| {
        let one = two.replace(' ', "-");
        joined.replace(two, &one)
    });
    let texts: Vec<&str> = joined.split(' ').collect();
    let towns = ["paris", "lyon", "marseille"];
    let town = towns.into_iter().find(|town| texts.contains(town));
    // « Paris V », « Paris treize »: beside the town, what would be nothing else.
    let number_of = |word: &&str| number(word).or_else(|| town.and_then(|_| beside_a_town(word)));
    let mut numbers = texts.iter().filter_map(number_of);
    let number = numbers.next()?;
    let is_filler = |word: &&str| {
        let fill = says_arrondissement(word) || matches!(*word, "e" | "er" | "eme" | "ieme" | "me" | "no");
        // « Paris 16 sud » is one of its two offices of the post.
        let fill = fill || matches!(*word, "nord" | "sud" | "est" | "ouest" | "centre");
        fill || LINKS.contains(word) || number_of(word).is_some() || Some(*word) == town
    };
    if !texts.iter().all(is_filler) || numbers.next().is_some() {
        return None;
    }
    let known = |of: &&Arrondissement| atlas.places().by_code(arrondissements::town_code(of)).is_some();
    let Some(town) = town else {
        // « 16e arrondissement », « 3e »: the town is missing.
        let is_rank = |word: &&str| {
            word.starts_with(|c: char| c.is_ascii_digit())
                && word.ends_with(char::is_alphabetic)
                && number_of(word).is_some()
        };
        let said = texts.iter().any(|word| says_arrondissement(word) || is_rank(word));
        return if said { of_number(atlas, number) } else { None };
    };
    if let Some(found) = arrondissements::of_town(town, number) {
        return known(&found).then(|| Meaning::one(Meant::Arrondissement(found)));
    }
    let commune = atlas.places().by_name(town);
    let largest = commune.into_iter().max_by_key(|&commune| atlas.places().population(commune))?;
    let meaning = Meaning::one(Meant::Commune(largest));
    // « 75 Paris » says in which département it is.
    if atlas.communes()[largest].departement == number.to_string() {
        return Some(meaning);
    }
    Some(meaning.saying(Remark::NoSuchArrondissement(number.to_string())))
}

/// Whether a word is « arrondissement », cut short or misspelt.
fn says_arrondissement(word: &str) -> bool {
    const SHORT: [&str; 9] = ["ard", "ardt", "arr", "arrd", "arrdt", "arrond", "arrondis", "arrondt", "arrt"];
    SHORT.contains(&word) || word.len() > 8 && strsim::osa_distance(word, "arrondissement") <= 3
}

/// « Mairie du 13e »: the arrondissements of this number, beside a word that has one of each.
pub fn of_some_town(atlas: &Atlas, word: &Word) -> Option<Meaning> {
    of_number(atlas, number(&word.folded)?)
}

fn of_number(atlas: &Atlas, number: u8) -> Option<Meaning> {
    let known = |of: &&Arrondissement| atlas.places().by_code(arrondissements::town_code(of)).is_some();
    let named = ARRONDISSEMENTS.iter().filter(|each| each.number == number).filter(known);
    let meant: Vec<Meant> = named.map(Meant::Arrondissement).collect();
    (!meant.is_empty()).then(|| Meaning { asks: true, meant, ..Meaning::default() })
}

/// `V`, `treize`.
fn beside_a_town(word: &str) -> Option<u8> {
    const CARDINALS: [&str; 20] = [
        "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
        "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
    ];
    match word {
        "i" => Some(1),
        "v" => Some(5),
        "x" => Some(10),
        _ => CARDINALS.iter().position(|each| *each == word).map(|at| at as u8 + 1),
    }
}

/// `16`, `16e`, `1er`, `XVI`, `XVIe`, `seizieme`.
fn number(word: &str) -> Option<u8> {
    const ORDINALS: [&str; 20] = [
        "premier",
        "deuxieme",
        "troisieme",
        "quatrieme",
        "cinquieme",
        "sixieme",
        "septieme",
        "huitieme",
        "neuvieme",
        "dixieme",
        "onzieme",
        "douzieme",
        "treizieme",
        "quatorzieme",
        "quinzieme",
        "seizieme",
        "dix-septieme",
        "dix-huitieme",
        "dix-neuvieme",
        "vingtieme",
    ];
    const ROMAN: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx",
    ];
    let rank = |list: &[&str], word: &str| list.iter().position(|each| *each == word).map(|at| at as u8 + 1);
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ending = &word[digits.len()..];
    let ends = matches!(ending, "" | "e" | "er" | "re" | "ere" | "eme" | "ieme" | "me" | "nd" | "nde" | "d" | "de");
    if !digits.is_empty() && digits.len() <= 2 {
        return digits.parse().ok().filter(|number| ends && (1..=99).contains(number));
    }
    rank(&ORDINALS, word)
        .or_else(|| rank(&ROMAN, word).filter(|_| word.len() > 1))
        // « 10 ième »: no Roman number.
        .or_else(|| {
            let roman = word.strip_suffix("eme").or_else(|| word.strip_suffix('e')).filter(|roman| *roman != "i")?;
            rank(&ROMAN, roman)
        })
}
