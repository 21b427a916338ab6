//! Names of communes: who bears one, whose name begins so or holds these words, whose is a slip of the finger away.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use typed_index_collections::TiSlice;

use super::letters::{Pattern, letters};
use super::sounds::sound;
use crate::domain::CommuneIx;
use crate::domain::text::fold_place;

/// Inhabitants of every commune.
type Populations = TiSlice<CommuneIx, u32>;

/// How a typed text is like the name of a commune, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The name of today.
    Same,
    /// The name of today without its article: `Havre`.
    WithoutArticle,
    /// A name of before, or of a commune that was taken in.
    Former,
    /// The first words of a longer name: `Aix`.
    FirstWords,
    /// Words of the name in their order, some left out: `Neuilly Marne`.
    Words,
    /// The beginning of the name, in the middle of a word: `Villeurb`.
    Beginning,
    /// Another spelling of the same sound: `Montobant`.
    Sound,
    /// So many slips of the finger away.
    Slips(u8),
}

impl Likeness {
    /// Whether the text names the commune as people do: nothing was completed or corrected.
    #[must_use]
    pub fn is_a_name(self) -> bool {
        self <= Self::FirstWords
    }

    /// Against the logarithm of the population: one point is worth a factor of about three.
    fn weight(self) -> f64 {
        match self {
            Self::Same => 6.0,
            Self::WithoutArticle => 5.5,
            Self::Former => 5.0,
            Self::FirstWords => 4.0,
            Self::Words => 3.5,
            Self::Beginning => 3.0,
            Self::Slips(1) => 3.2,
            Self::Sound => 2.5,
            Self::Slips(2) => 0.5,
            Self::Slips(_) => -2.0,
        }
    }
}

/// A commune that may have been meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likely {
    /// Ordinal of the commune.
    pub commune: CommuneIx,
    /// Why.
    pub likeness: Likeness,
    /// How likely: a large town is meant more often than a village. Only for comparing.
    pub score: f64,
}

/// Every name, folded.
#[derive(Debug, Default)]
pub struct Names {
    /// Sorted by text.
    names: Vec<Name>,
    /// Sounds of names, sorted: sound and name.
    sounds: Vec<(String, u32)>,
    /// Names from the shortest to the longest, each with the letters that stand in it: which may be a few slips away is read
    /// off this list alone.
    by_length: Vec<(u32, u32)>,
    /// Where the names of each length begin in it.
    lengths: Vec<usize>,
    /// Beginnings of words inside names, sorted by the text from there on: name and byte.
    inside: Vec<(u32, u32)>,
    /// By text, where the names that have it begin: reading lists asks for exact names a million times. Made at the first question.
    firsts: OnceLock<HashMap<String, u32>>,
}

#[derive(Debug)]
struct Name {
    text: String,
    commune: CommuneIx,
    likeness: Likeness,
}

const ARTICLES: [&str; 4] = ["le ", "la ", "les ", "l "];

impl Names {
    /// Adds a name, of today or of before.
    pub fn add(&mut self, name: &str, commune: CommuneIx, today: bool) {
        let text = fold_place(name);
        let likeness = if today { Likeness::Same } else { Likeness::Former };
        let bare = ARTICLES.iter().find_map(|article| text.strip_prefix(article)).filter(|_| today);
        let island = of_an_island(bare.unwrap_or(&text)).filter(|_| today);
        for short in [bare, island].into_iter().flatten() {
            self.push(short.to_owned(), commune, Likeness::WithoutArticle);
        }
        self.push(text, commune, likeness);
    }

    fn push(&mut self, text: String, commune: CommuneIx, likeness: Likeness) {
        self.names.push(Name { text, commune, likeness });
    }

    /// Sorts what was added: nothing is found before.
    pub fn sort(&mut self) {
        self.names.sort_by(|a, b| (&a.text, a.likeness, a.commune).cmp(&(&b.text, b.likeness, b.commune)));
        self.names.dedup_by(|b, a| a.text == b.text && a.commune == b.commune);
        let names = &self.names;
        let starts = |(i, name): (usize, &Name)| {
            let blanks: Vec<usize> = name.text.match_indices(' ').map(|(at, _)| at + 1).collect();
            blanks.into_iter().map(move |at| (i as u32, at as u32))
        };
        self.inside = names.iter().enumerate().flat_map(starts).collect();
        self.sounds = (0..).zip(names).map(|(i, name)| (sound(&name.text), i)).collect();
        self.sounds.sort_unstable();
        let mut order: Vec<u32> = (0..).zip(names).map(|(i, _)| i).collect();
        order.sort_by_key(|&i| names[i as usize].text.len());
        let longest = order.last().map_or(0, |&i| names[i as usize].text.len());
        let shorter = |length: usize| order.partition_point(|&i| names[i as usize].text.len() < length);
        self.lengths = (0..=longest + 1).map(shorter).collect();
        self.by_length = order.iter().map(|&i| (letters(&names[i as usize].text), i)).collect();
        self.inside.sort_by_key(|&(name, at)| (&names[name as usize].text[at as usize..], name));
        self.firsts = OnceLock::new();
    }

    /// Communes that bear exactly this folded name, of today or of before.
    pub fn same(&self, folded: &str) -> impl Iterator<Item = CommuneIx> {
        // From the last to the first, so that the first of equals stands.
        let ranked = || self.names.iter().enumerate().rev().map(|(i, name)| (name.text.clone(), i as u32));
        let firsts = self.firsts.get_or_init(|| ranked().collect());
        let start = firsts.get(folded).map_or(self.names.len(), |&first| first as usize);
        let length = self.names[start..].iter().take_while(|name| name.text == folded).count();
        let equal = &self.names[start..start + length];
        equal.iter().filter_map(|name| (name.likeness != Likeness::WithoutArticle).then_some(name.commune))
    }

    fn beginning<'a>(&'a self, folded: &str) -> impl Iterator<Item = &'a Name> + use<'a> {
        let folded = folded.to_owned();
        let start = self.names.partition_point(|name| name.text.as_str() < folded.as_str());
        self.names[start..].iter().take_while(move |name| name.text.starts_with(&folded))
    }

    /// Communes that are called so: the name, the name without its article, a name of before, the first words.
    #[must_use]
    pub fn called(&self, folded: &str, populations: &Populations) -> Vec<Likely> {
        let of = |name: &Name| {
            if name.text.len() == folded.len() {
                Some((name.commune, name.likeness))
            } else {
                let whole = name.text.as_bytes()[folded.len()] == b' ' && name.likeness == Likeness::Same;
                whole.then_some((name.commune, Likeness::FirstWords))
            }
        };
        if folded.is_empty() { Vec::new() } else { ranked(self.beginning(folded).filter_map(of), populations) }
    }

    /// Communes whose name begins so in the middle of a word, or holds these words.
    #[must_use]
    pub fn completed(&self, folded: &str, populations: &Populations) -> Vec<Likely> {
        if folded.chars().count() < 2 {
            return Vec::new();
        }
        let begun = self.beginning(folded).map(|name| (name.commune, Likeness::Beginning));
        let at = |&(name, at): &(u32, u32)| &self.names[name as usize].text[at as usize..];
        let start = self.inside.partition_point(|each| at(each) < folded);
        let inside = self.inside[start..].iter().take_while(|each| at(each).starts_with(folded));
        let inside = inside.map(|(name, _)| (self.names[*name as usize].commune, Likeness::Words));
        let mut words = folded.split(' ').filter(|word| !LINKS.contains(word));
        let some = words.next().map_or_else(Vec::new, |first| {
            let rest: Vec<&str> = words.collect();
            let holds = |name: &&Name| !rest.is_empty() && in_order(&name.text[first.len()..], &rest);
            let named = self.beginning(first).filter(holds).map(|name| (name.commune, Likeness::Words));
            named.collect()
        });
        ranked(begun.chain(inside).chain(some), populations)
    }

    /// Communes whose name sounds so, or is a few slips of the finger away, as many as the length of the text allows.
    #[must_use]
    pub fn resembling(&self, folded: &str, populations: &Populations) -> Vec<Likely> {
        let length = folded.len();
        let most = slips_allowed(length);
        let wanted = Pattern::of(folded);
        let near = |&(letters, name): &(u32, u32)| {
            if !wanted.may_be(letters, most) {
                return None;
            }
            let name = &self.names[name as usize];
            let slips = wanted.within(&name.text, most).filter(|slips| *slips > 0)?;
            if !word_by_word(folded, &name.text) {
                return None;
            }
            Some((name.commune, Likeness::Slips(slips as u8)))
        };
        let as_long = if most == 0 { &[] } else { self.of_lengths(length - most, length + most) };
        ranked(self.sounding(folded).chain(as_long.iter().filter_map(near)), populations)
    }

    /// Names of so many letters, from the shortest to the longest.
    fn of_lengths(&self, shortest: usize, longest: usize) -> &[(u32, u32)] {
        let at = |length: usize| self.lengths.get(length).copied().unwrap_or(self.by_length.len());
        &self.by_length[at(shortest)..at(longest + 1)]
    }
}

impl Names {
    fn sounding(&self, folded: &str) -> impl Iterator<Item = (CommuneIx, Likeness)> {
        let heard = sound(folded);
        let start = self.sounds.partition_point(|(sound, _)| *sound < heard);
        let long = heard.len() >= 3;
        let same = self.sounds[start..].iter().take_while(move |(sound, _)| long && *sound == heard);
        let folded = folded.to_owned();
        let same = same.map(|(_, name)| &self.names[*name as usize]).filter(move |name| name.text != folded);
        same.map(|name| (name.commune, Likeness::Sound))
    }
}

/// « Bréhat » for Île-de-Bréhat, « Molène » for Île-Molène; Saint-Denis is a town, and not its island.
fn of_an_island(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("ile ")?;
    let whose = rest.strip_prefix("de ").or_else(|| rest.strip_prefix("d "));
    whose.or_else(|| Some(rest).filter(|rest| !rest.contains(' ')))
}

/// Words that people leave out or add between the others.
pub const LINKS: [&str; 14] = ["a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les"];

/// How many slips of the finger are forgiven in a text of so many letters.
#[must_use]
pub fn slips_allowed(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=5 => 1,
        6..=11 => 2,
        _ => 3,
    }
}

/// Whether no word is another one: « Saint-Denis Paris » is no slip of Saint-Denis-Hors. Texts of other numbers of words may have
/// them joined or parted, and are not looked at.
fn word_by_word(text: &str, name: &str) -> bool {
    let count = |text: &str| text.split(' ').count();
    let near =
        |(a, b): (&str, &str)| a == b || strsim::osa_distance(a, b) <= slips_allowed(a.len().min(b.len())).max(1);
    count(text) != count(name) || text.split(' ').zip(name.split(' ')).all(near)
}

/// Whether the words begin words of the text, in this order.
fn in_order(text: &str, words: &[&str]) -> bool {
    let mut names = text.split(' ');
    words.iter().all(|word| names.any(|name| name.starts_with(word)))
}

/// Each commune once, for its best reason, the most likely first.
fn ranked(found: impl Iterator<Item = (CommuneIx, Likeness)>, populations: &Populations) -> Vec<Likely> {
    let mut found: Vec<(CommuneIx, Likeness)> = found.collect();
    found.sort_unstable();
    found.dedup_by_key(|(commune, _)| *commune);
    let score = |commune: CommuneIx, likeness: Likeness| {
        likeness.weight() + 2.0 * f64::from(populations[commune].max(1)).log10()
    };
    let mut ranked: Vec<Likely> = found
        .into_iter()
        .map(|(commune, likeness)| Likely { commune, likeness, score: score(commune, likeness) })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.commune.cmp(&b.commune)));
    ranked
}

/// The more populous first.
pub fn by_population(ordinals: &mut [CommuneIx], populations: &Populations) {
    ordinals.sort_by_key(|&i| (Reverse(populations[i]), i));
}
