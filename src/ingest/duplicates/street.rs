//! Number and street of an address, and whether two of them are one.

use std::collections::BTreeSet;

use super::words::{self, Words};

/// What an address says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Street {
    /// House numbers; « 7-9 » has two.
    pub numbers: BTreeSet<String>,
    /// Words of the street.
    pub words: Words,
    /// Of these, all but the kinds of way.
    proper: Words,
}

/// How two addresses stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Streets {
    /// One street, and no two numbers that differ.
    Same,
    /// One street, other numbers; or perhaps one street.
    Near,
    /// Two streets.
    Other,
    /// One of the two says nothing.
    Unknown,
}

const WAYS: [&str; 16] = [
    "rue",
    "avenue",
    "place",
    "boulevard",
    "allee",
    "route",
    "impasse",
    "chemin",
    "square",
    "cours",
    "quai",
    "lieu",
    "dit",
    "lotissement",
    "esplanade",
    "mail",
];

/// Words that mean the middle of a village, and no street of it.
const SOMEWHERE: [&str; 7] = ["bourg", "village", "principale", "rue", "centre", "lieu", "dit"];

const REPEATS: [&str; 5] = ["bis", "ter", "quater", "b", "c"];

fn written_out(word: &str) -> &str {
    match word {
        "av" | "ave" => "avenue",
        "bd" | "bld" | "boul" => "boulevard",
        "r" => "rue",
        "pl" => "place",
        "all" => "allee",
        "rte" => "route",
        "imp" => "impasse",
        "ch" | "che" | "chem" => "chemin",
        "sq" => "square",
        "crs" => "cours",
        "qu" => "quai",
        "fg" => "faubourg",
        "res" => "residence",
        "mal" | "mar" => "marechal",
        "gal" | "gen" => "general",
        "dr" => "docteur",
        "pdt" | "pres" => "president",
        "sgt" => "sergent",
        "cdt" => "commandant",
        "cne" => "capitaine",
        "lt" => "lieutenant",
        "prof" => "professeur",
        word => word,
    }
}

fn is_number(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

impl Street {
    /// Reads an address; what follows a postal code, and the name of the commune at the end, are no street.
    pub fn read(address: &str, locality: &str) -> Self {
        let mut words: Vec<String> = words::split(address).iter().map(|word| written_out(word).to_owned()).collect();
        if let Some(at) = words.iter().position(|word| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit())) {
            words.truncate(if at == 0 { words.len() } else { at });
        }
        if let Some(at) = words.iter().position(|word| matches!(word.as_str(), "cedex" | "bp" | "cs"))
            && at > 0
        {
            words.truncate(at);
        }
        let place = words::split(locality);
        if !place.is_empty() && words.ends_with(&place) {
            words.truncate(words.len() - place.len());
        }
        let mut numbers = BTreeSet::new();
        // Numbers that open the address, and any number before a kind of street.
        let opening = words.iter().take_while(|w| is_number(w) || REPEATS.contains(&w.as_str()) || *w == "a").count();
        for (i, word) in words.iter().enumerate().filter(|(_, word)| is_number(word)) {
            let mut after = words[i + 1..].iter().skip_while(|word| REPEATS.contains(&word.as_str()));
            if i < opening || after.next().is_some_and(|word| WAYS.contains(&word.as_str())) {
                numbers.insert(word.clone());
            }
        }
        let silent = |word: &str| {
            words::is_empty(word) || is_number(word) || REPEATS.contains(&word) || word.len() == 1 || word == "cedex"
        };
        let words: Words = words.into_iter().filter(|word| !silent(word)).collect();
        // « Le bourg » is the middle of the village, wherever that is.
        let somewhere = words.iter().all(|word| SOMEWHERE.contains(&word.as_str()));
        let words = if somewhere { Words::new() } else { words };
        let proper = words.iter().filter(|word| !WAYS.contains(&word.as_str())).cloned().collect();
        Self { numbers, words, proper }
    }

    /// Whether it names a street and not a place: « Maison de pays ».
    pub fn has_way(&self) -> bool {
        self.words.iter().any(|word| WAYS.contains(&word.as_str()))
    }

    fn is_a_place(&self) -> bool {
        !self.has_way()
    }

    /// Whether the kinds of way differ: « rue Pasteur » and « avenue Pasteur » may be two ways of one town.
    pub fn another_way(&self, other: &Self) -> bool {
        let ways = |street: &Self| street.words.len() > street.proper.len();
        let shared = || self.words.iter().any(|word| WAYS.contains(&word.as_str()) && other.words.contains(word));
        ways(self) && ways(other) && !shared()
    }

    /// Whether both give a house number and one is shared, in what may be one street, or both name the same place; `beside` is
    /// how they stand to each other.
    pub fn same_house(&self, other: &Self, beside: Streets) -> bool {
        let numbered = !self.numbers.is_disjoint(&other.numbers) && beside != Streets::Other;
        numbered || (self.is_a_place() && self.words.len() > 1 && self == other)
    }

    /// How two addresses of one commune stand to each other.
    pub fn beside(&self, other: &Self) -> Streets {
        if self.words.is_empty() || other.words.is_empty() {
            return Streets::Unknown;
        }
        let (mine, theirs) = (&self.proper, &other.proper);
        let whole = words::likeness(&words::aligned(&self.words, &other.words), &other.words);
        let alike = if mine.is_empty() || theirs.is_empty() {
            words::likeness(&self.words, &other.words)
        } else {
            words::likeness(&words::aligned(mine, theirs), theirs).max(whole)
        };
        let numbered = !self.numbers.is_empty() && !other.numbers.is_empty();
        // « 34 rue du Bias », « 34 rue du Biais »: a slip in a word too short to forgive it elsewhere.
        let slipped = || match (Vec::from_iter(mine).as_slice(), Vec::from_iter(theirs).as_slice()) {
            ([a], [b]) => a.len().min(b.len()) >= 4 && strsim::osa_distance(a, b) == 1,
            _ => false,
        };
        if alike < 0.5 && numbered && !self.numbers.is_disjoint(&other.numbers) && slipped() {
            return Streets::Same;
        }
        if alike < 0.5 {
            Streets::Other
        } else if numbered {
            if self.numbers.is_disjoint(&other.numbers) { Streets::Near } else { Streets::Same }
        } else if alike >= 0.6 {
            Streets::Same
        } else {
            Streets::Near
        }
    }
}
