//! Départements, régions and intercommunalités: asked for as such, or named after a commune.

use crate::atlas::Atlas;
use crate::atlas::places::letters::Pattern;
use crate::atlas::places::{LINKS, Likely, Likeness, slips_allowed};
use crate::domain::{CommuneIx, Level, Territory};

use super::phrase::{Word, folded};
use super::{Meaning, Meant, Remark, index, names};

/// A commune with at least so many inhabitants is meant before a territory of its name: Vienne is a town.
const A_TOWN: u32 = 10_000;

/// Words that may stand before the name of a territory.
const BEFORE: [&str; 9] =
    ["departement", "dept", "dpt", "dep", "region", "collectivite", "metropole", "territoire", "ile"];

/// One territory by its code.
pub fn by_code(atlas: &Atlas, level: Level, code: &str) -> Option<Meant> {
    let at = atlas.territories(level).binary_search_by(|territory| territory.code.as_str().cmp(code)).ok()?;
    meant(atlas, level, at as u32)
}

/// A territory of one commune is that commune: Paris, Saint-Barthélemy. One of none is nothing.
pub fn meant(atlas: &Atlas, level: Level, ordinal: u32) -> Option<Meant> {
    match atlas.territories(level)[ordinal as usize].communes.as_slice() {
        [] => None,
        [only] => Some(Meant::Commune(*only)),
        _ => Some(Meant::Territory(level, ordinal)),
    }
}

/// The département that a postal code begins with.
pub fn departement_of_postcode<'a>(atlas: &'a Atlas, code: &str) -> Option<&'a Territory> {
    let first = match code.get(..3)? {
        "200" | "201" => "2A",
        "202" => "2B",
        // Saint-Barthélemy has 97133; these are codes of the post of La Réunion.
        "977" => "974",
        overseas if overseas.starts_with("97") || overseas.starts_with("98") => overseas,
        metropolitan => &metropolitan[..2],
    };
    atlas.territory(Level::Departement, first)
}

/// `Creuse`, `la Creuse`, `département du Nord`, `région Bretagne`. With « département » or « région » before it the name
/// is that of a territory; without, a town of the same name is meant first.
pub fn asked_for(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    if let Some(numbered) = by_number(atlas, words) {
        return Some(Meaning::one(numbered));
    }
    let (named, kind) = territories(atlas, words)?;
    let territories: Vec<Meant> = named.iter().filter_map(|&(level, ordinal)| meant(atlas, level, ordinal)).collect();
    let communes = if kind { Vec::new() } else { atlas.places().called(&folded(words)) };
    let same = |likeness: Likeness| matches!(likeness, Likeness::Same | Likeness::WithoutArticle | Likeness::Former);
    let communes: Vec<CommuneIx> = communes.into_iter().filter(|l| same(l.likeness)).map(|l| l.commune).collect();
    let is_town = communes.first().is_some_and(|&commune| atlas.places().population(commune) >= A_TOWN);
    let communes = communes.into_iter().map(Meant::Commune);
    Some(if is_town {
        Meaning::default().or_else_one_of(communes.chain(territories))
    } else {
        Meaning::default().or_else_one_of(territories.into_iter().chain(communes))
    })
}

/// `le 59`, `département 13`, `Savoie (73)`: a département by its number, beside nothing or its name.
fn by_number(atlas: &Atlas, words: &[Word]) -> Option<Meant> {
    let (last, before) = words.split_last()?;
    let is_number = last.folded.len() <= 3 && last.folded.starts_with(|c: char| c.is_ascii_digit());
    let code = last.folded.to_uppercase();
    let code = if code.len() == 1 { format!("0{code}") } else { code };
    let numbered = by_code(atlas, Level::Departement, &code).filter(|_| is_number && !before.is_empty())?;
    let asks_for_it = |word: &Word| {
        matches!(word.folded.as_str(), "departement" | "dept" | "dpt" | "dep" | "le" | "du" | "dans" | "numero" | "no")
    };
    let named = || {
        territories(atlas, before).is_some_and(|(all, _)| {
            all.iter().filter_map(|&(level, ordinal)| meant(atlas, level, ordinal)).any(|named| named == numbered)
        })
    };
    // « Paris 75 » is the town: its département is one commune, and « Mayenne 53 » may be either. « Creuse 23 » is no village
    // of the Somme.
    let is_there = |town: CommuneIx| atlas.communes()[town].departement == code;
    let town = || {
        let called = atlas.places().called(&folded(before));
        called.iter().any(|likely| likely.likeness == Likeness::Same && is_there(likely.commune))
    };
    (before.iter().all(asks_for_it) || !town() && named()).then_some(numbered)
}

/// The territories that all the words name, and whether a word said that it is one.
fn territories<'a>(atlas: &'a Atlas, words: &[Word]) -> Option<(&'a [(Level, u32)], bool)> {
    let index = index::of(atlas);
    // « Bretagne région », « Creuse département »: what it is may stand after the name as well.
    let (mut said, words) = match words.split_last() {
        Some((last, before)) if !before.is_empty() && level_of(last).is_some() => (level_of(last), before),
        _ => (None, words),
    };
    for start in 0..words.len() {
        let found = index.territories(&folded(&words[start..]));
        if !found.is_empty() {
            let of_level = |level: Level| found.iter().position(|(l, _)| *l == level).map(|at| &found[at..=at]);
            let chosen = said.and_then(of_level);
            return Some((chosen.unwrap_or(found), said.is_some()));
        }
        let word = words[start].folded.as_str();
        match level_of(&words[start]) {
            Some(level) => said = Some(level),
            None if BEFORE.contains(&word) || LINKS.contains(&word) => {}
            None => return None,
        }
    }
    None
}

/// Whether all the words name a territory that a commune is in.
pub fn is_in(atlas: &Atlas, words: &[Word], commune: CommuneIx) -> bool {
    let holds = |&(level, ordinal): &(Level, u32)| {
        atlas.territories(level)[ordinal as usize].communes.binary_search(&commune).is_ok()
    };
    territories(atlas, words).is_some_and(|(named, _)| named.iter().any(holds))
}

/// What a word says that a territory is.
fn level_of(word: &Word) -> Option<Level> {
    match word.folded.as_str() {
        "region" => Some(Level::Region),
        "departement" | "dept" | "dpt" | "dep" => Some(Level::Departement),
        _ => None,
    }
}

/// `Saint-Denis de la Réunion`, `Saint-Denis (Seine-Saint-Denis)`, `Saint-Denis 93`, `93 Saint-Denis`.
pub fn named_inside(atlas: &Atlas, words: &[Word], nearly: bool) -> Option<Meaning> {
    let by_number = |word: &Word| {
        let code = word.folded.to_uppercase();
        let code = if code.len() == 1 { format!("0{code}") } else { code };
        atlas.territory(Level::Departement, &code)
    };
    let splits = (1..words.len()).map(|at| (&words[..at], &words[at..]));
    for (head, tail) in splits {
        let numbered = |part: &[Word]| if let [word] = part { by_number(word) } else { None };
        let named = |part: &[Word]| {
            // « Nantes, Loire-Atlantique, Pays de la Loire »: the smaller comes first, and the larger says no more.
            let smaller =
                |until: usize| territories(atlas, &part[until..]).and_then(|_| territories(atlas, &part[..until]));
            let named = territories(atlas, part).or_else(|| (1..part.len()).find_map(smaller));
            let &(level, ordinal) = named?.0.first()?;
            Some(&atlas.territories(level)[ordinal as usize])
        };
        let inside = [(head, numbered(tail).or_else(|| named(tail))), (tail, numbered(head))];
        for (name, territory) in inside {
            let Some(territory) = territory else { continue };
            // « Bourges Nord » is a part of Bourges, and no slip of a village of the Nord.
            let is_a_side = || territory.name == "Nord" && !atlas.places().by_name(&folded(name)).is_empty();
            if nearly && is_a_side() {
                continue;
            }
            if let Some(meaning) = names::inside(atlas, &folded(name), territory, nearly) {
                return Some(meaning);
            }
        }
    }
    None
}

/// `Centre`, `Provence-Alpes`: the first words of one territory.
pub fn first_words(atlas: &Atlas, text: &str) -> Option<Meaning> {
    let index = index::of(atlas);
    let length = text.len();
    let begins =
        |name: &str| length >= 4 && name.len() > length && name.starts_with(text) && name.as_bytes()[length] == b' ';
    let large = |of: &[(Level, u32)]| of.first().copied().filter(|(level, _)| *level != Level::Epci);
    let mut found: Vec<(Level, u32)> =
        index.territory_names().filter(|(name, _)| begins(name)).filter_map(|(_, of)| large(of)).collect();
    found.dedup();
    if found.is_empty() && length >= 4 {
        // One slip of the finger or two: « Finistaire », « Bouche du Rhône ».
        let (most, wanted) = (slips_allowed(length), Pattern::of(text));
        let near = |name: &str| wanted.near(name, most);
        let near = index.territory_names().filter_map(|(name, of)| Some((near(name)?, large(of)?)));
        let least = near.min_by_key(|(distance, _)| *distance);
        let (distance, of) = least?;
        let resembling = atlas.places().resembling(text);
        let as_near = |likely: &Likely| likely.likeness <= Likeness::Slips(distance as u8) && likely.score > 8.0;
        if distance > 1 && resembling.iter().any(as_near) {
            return None;
        }
        let others = resembling.into_iter().take(3).map(|likely| Meant::Commune(likely.commune));
        let meaning = Meaning::one(meant(atlas, of.0, of.1)?).saying(Remark::Resembles);
        return Some(meaning.or_else_one_of(others));
    }
    if found.is_empty() {
        return None;
    }
    Some(
        Meaning::default()
            .or_else_one_of(found.into_iter().filter_map(|(level, ordinal)| meant(atlas, level, ordinal))),
    )
}
