//! Intercommunalités as people call them: « Pays de Gex », « agglo de Castres », « communauté de communes du Val de Garonne ».

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};

use super::intercommunal_key::{KINDS, key};
use super::phrase::{Word, folded};
use super::{Meaning, Meant, Remark, index, territory, venues};

/// Fewer letters than these are a part of too many names.
const LONG: usize = 6;
/// Intercommunalités, and what else bears the name, that are offered.
const OFFERED: usize = 8;

/// The intercommunalités whose whole name was typed, or, beside « agglo » and the like, a part of it. A commune of the same name is
/// meant where nothing says otherwise.
pub fn named(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let (key, said) = key(words.iter().map(|word| word.folded.as_str()));
    let communes = || atlas.places().called(&bare(words)).into_iter().filter(|likely| likely.likeness.is_a_name());
    if key.is_empty() || !said && communes().next().is_some() {
        return None;
    }
    let whole = index::of(atlas).intercommunalities().filter(|(name, _)| *name == key).map(|(_, at)| at);
    let mut found: Vec<u32> = whole.collect();
    if found.is_empty() && said {
        found = holding(atlas, &key);
    }
    let meaning = of(atlas, found)?;
    let communes: Vec<CommuneIx> = communes().map(|likely| likely.commune).take(2).collect();
    Some(meaning.or_else_one_of(communes.into_iter().map(Meant::Commune)))
}

/// The intercommunalités whose name holds the words in a row: « Pays de Retz ». Venues of this name are offered as well.
pub fn named_in_part(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let (key, _) = key(words.iter().map(|word| word.folded.as_str()));
    if key.len() < LONG {
        return None;
    }
    let meaning = of(atlas, holding(atlas, &key))?;
    let venues = venues::named(atlas, words).map_or_else(Vec::new, |named| named.meant);
    Some(meaning.or_else_one_of(venues.into_iter().take(OFFERED)).saying(Remark::Resembles))
}

fn of(atlas: &Atlas, found: Vec<u32>) -> Option<Meaning> {
    let meant: Vec<Meant> = found.into_iter().filter_map(|at| territory::meant(atlas, Level::Epci, at)).collect();
    (!meant.is_empty()).then(|| Meaning { asks: meant.len() > 1, meant, ..Meaning::default() })
}

fn holding(atlas: &Atlas, key: &str) -> Vec<u32> {
    let wanted = format!(" {key} ");
    let holds = |name: &str| format!(" {name} ").contains(&wanted);
    index::of(atlas).intercommunalities().filter(|(name, _)| holds(name)).map(|(_, at)| at).take(OFFERED).collect()
}

/// The words without what says what they name, links kept: as a commune would be called.
fn bare(words: &[Word]) -> String {
    let says_nothing = |word: &Word| {
        let word = word.folded.as_str();
        KINDS.contains(&word) || matches!(word, "d" | "de" | "des" | "du")
    };
    let from = words.iter().take_while(|word| says_nothing(word)).count();
    let after = words[from..].iter().rev().take_while(|word| says_nothing(word)).count();
    folded(&words[from..words.len() - after])
}
