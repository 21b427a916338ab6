//! The words of a name: its many ways of saying one kind of place made one, its commune left out, spelling forgiven.

use std::collections::BTreeSet;

use crate::domain::text::{fold_place, holds_words};

/// Words, each once, in order.
pub type Words = BTreeSet<String>;

/// Words that tell nothing about which place it is.
const EMPTY: [&str; 25] = [
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
    "un",
    "une",
    "conseiller",
    "conseillere",
    "conseillers",
    "numerique",
    "numeriques",
    "permanence",
    "ville",
];

/// Ways of saying one thing, folded, longest first where one holds another; `(found, read as)`.
const ONE_WORD: [(&str, &str); 53] = [
    ("conseiller numerique france services", "france services"),
    ("conseillers numeriques france services", "france services"),
    ("centre communal d action sociale", "ccas"),
    ("centre communal d action social", "ccas"),
    ("ctre com action sociale", "ccas"),
    ("centre intercommunal d action sociale", "cias"),
    ("hotel de ville", "mairie"),
    ("commune de", "mairie"),
    ("commune d", "mairie"),
    ("ville de", "mairie"),
    ("ville d", "mairie"),
    ("mairie de quartier", "mairie annexe"),
    ("mairie quartier", "mairie annexe"),
    ("maison de services france services", "france services"),
    ("maison france services", "france services"),
    ("maison france service", "france services"),
    ("espace france services", "france services"),
    ("espaces france services", "france services"),
    ("espaces france service", "france services"),
    ("france service", "france services"),
    ("france sevices", "france services"),
    ("maison de services au public", "france services"),
    ("maison des services au public", "france services"),
    ("mfs", "france services"),
    ("msap", "france services"),
    ("mediatheque", "bibliotheque"),
    ("bm", "bibliotheque"),
    ("centre socio culturel", "centre social"),
    ("centre socioculturel", "centre social"),
    ("centre social et culturel", "centre social"),
    ("espace public numerique", "epn"),
    ("cyber espace", "cyberespace"),
    ("communaute de communes", "cc"),
    ("communaute des communes", "cc"),
    ("communaute d agglomeration", "ca"),
    ("agglomeration", "ca"),
    ("agglo", "ca"),
    ("co working", "coworking"),
    ("maison departementale des solidarites de proximite", "mds"),
    ("maison departementale des solidarites", "mds"),
    ("maison departementale de la solidarite", "mds"),
    ("maison de la solidarite departementale", "mds"),
    ("maison des solidarites departementales", "mds"),
    ("maison des solidarites", "mds"),
    ("maison de la solidarite", "mds"),
    ("msd", "mds"),
    ("maison des jeunes et de la culture", "mjc"),
    ("maison jeunes et culture", "mjc"),
    ("conseil departemental", "departement"),
    ("dpt", "departement"),
    ("pole emploi", "france travail"),
    ("assoc", "association"),
    ("ass", "association"),
];

/// Words that name a kind of place or a part of one, not which one it is.
const KINDS: [&str; 94] = [
    "mairie",
    "mds",
    "coworking",
    "ccas",
    "cias",
    "bibliotheque",
    "france",
    "services",
    "centre",
    "social",
    "culturel",
    "maison",
    "espace",
    "poste",
    "mission",
    "locale",
    "association",
    "point",
    "relais",
    "antenne",
    "annexe",
    "epn",
    "cyber",
    "cyberbase",
    "cyberespace",
    "info",
    "accueil",
    "service",
    "departement",
    "solidarites",
    "solidarite",
    "quartier",
    "emploi",
    "site",
    "communaute",
    "communes",
    "cc",
    "ca",
    "agence",
    "pole",
    "pimms",
    "mediation",
    "bus",
    "tiers",
    "lieu",
    "fablab",
    "public",
    "publique",
    "informatique",
    "multimedia",
    "municipal",
    "municipale",
    "intercommunal",
    "intercommunale",
    "foyer",
    "residence",
    "mjc",
    "jeunes",
    "jeunesse",
    "maire",
    "deleguee",
    "local",
    "labo",
    "atelier",
    "ateliers",
    "direction",
    "general",
    "conseil",
    "departemental",
    "departementale",
    "chrs",
    "cada",
    "cph",
    "secteur",
    "travail",
    "saint",
    "sainte",
    "itinerant",
    "itinerante",
    "metropole",
    "region",
    "territoire",
    "pays",
    "syndicat",
    "ligue",
    "union",
    "federation",
    "groupe",
    "structure",
    "lieux",
    "proximite",
    "1er",
    "2eme",
    "prefecture",
];

/// Whether a word names a kind of place only.
pub fn is_kind(word: &str) -> bool {
    KINDS.contains(&word)
}

/// Folds a text to words: letters and digits part (« FAIL13 »), `@` stands for `a` (« Esp@ce »).
pub fn split(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let folded = fold_place(&text.replace('@', "a"));
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let mut part = String::new();
        for c in word.chars() {
            if part.chars().next_back().is_some_and(|last| last.is_ascii_digit() != c.is_ascii_digit()) {
                words.push(std::mem::take(&mut part));
            }
            part.push(c);
        }
        words.push(part);
    }
    words
}

/// A name as words.
pub struct NameWords {
    /// The words that tell which place it is; those of its commune where there are no others.
    pub words: Words,
    /// Whether it says anything beside the name of its commune.
    pub named: bool,
    /// First letters in order, for who is known by them: « CC Vienne et Gartempe » is `ccvg`; and those without the commune at
    /// the end, « Association pour le développement local - Villeurbanne » is `adl`.
    pub initials: [String; 2],
}

/// A bit of its own for each first letter.
fn initial(word: &str) -> u128 {
    word.bytes().next().map_or(0, |first| 1 << (first & 0x7f))
}

/// The bits of all words.
fn initials_of(words: &str) -> u128 {
    words.split(' ').fold(0, |bits, word| bits | initial(word))
}

/// The words of a name.
pub fn of_name(name: &str, locality: &str) -> NameWords {
    let mut folded = format!(" {} ", split(name).join(" "));
    // Twice: « maison de services France service » becomes one word in two steps.
    let mut initials = initials_of(&folded);
    for _ in 0..2 {
        for (found, read) in ONE_WORD {
            // Few ways begin as a word of the name does.
            if initials & initial(found) != 0 && holds_words(&folded, found) {
                folded = folded.replace(&format!(" {found} "), &format!(" {read} "));
                initials = initials_of(&folded);
            }
        }
    }
    let place: Words = split(locality).into_iter().collect();
    let all: Words = folded.split(' ').filter(|word| !word.is_empty() && !is_empty(word)).map(str::to_owned).collect();
    let own: Words = all.difference(&place).cloned().collect();
    // « Paris 10 », « LYON 3EME »: an arrondissement says no more than « somewhere in this part of town ».
    let divided = ["paris", "lyon", "marseille"].iter().any(|city| place.contains(*city) && all.contains(*city));
    let ordinal = |word: &String| {
        word.parse::<u8>().is_ok_and(|number| (1..=20).contains(&number))
            || matches!(word.as_str(), "e" | "er" | "eme" | "arrondissement")
    };
    let own = if divided && own.iter().all(ordinal) { Words::new() } else { own };
    let telling: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty() && !is_empty(word)).collect();
    let own_end = telling.iter().rposition(|word| !place.contains(*word)).map_or(0, |last| last + 1);
    let first =
        |word: &&str| if matches!(*word, "cc" | "ca") { (*word).to_owned() } else { word.chars().take(1).collect() };
    let initials = [telling.len(), own_end].map(|end| telling[..end].iter().map(first).collect::<String>());
    let named = !own.is_empty();
    NameWords { words: if named { own } else { all }, named, initials }
}

pub fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word)
}

/// Parts of a house that a letter or a number tells apart.
const PARTS: [&str; 14] = [
    "batiment", "bat", "salle", "hall", "escalier", "immeuble", "bloc", "porte", "aile", "n", "no", "numero", "niveau",
    "entree",
];

/// Numbers that names write in words, from one on.
const NUMBERS: [&str; 10] = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"];

/// What tells a name from that of its neighbour though all its words are alike: « bâtiment A », « Henri IV », « Relais deux »,
/// « n° 2 ». `None` when there is nothing of the kind.
pub fn designation(name: &str, locality: &str) -> Option<String> {
    let mut said = split(name);
    let place = split(locality);
    if !place.is_empty() && said.len() > place.len() && said.ends_with(&place) {
        said.truncate(said.len() - place.len());
    }
    let number = |word: &str| {
        let digits = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        let written = NUMBERS.iter().position(|known| *known == word).map(|at| at + 1);
        let read = if digits { word.parse().ok() } else { written };
        read.or_else(|| roman(word)).map(|number| number.to_string())
    };
    let letter =
        |word: &str| (word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase())).then(|| word.to_owned());
    let after_part = said.windows(2).find_map(|pair| {
        let [part, word] = pair else { return None };
        // « Salle l'Étoile », « salle à manger »: a small word that lost its mark.
        let is_small = matches!(word.as_str(), "a" | "d" | "l") && (part == "salle" || word != "a");
        let marked = || letter(word).filter(|_| !is_small);
        if PARTS.contains(&part.as_str()) { number(word).or_else(marked) } else { None }
    });
    let ruler =
        || said.iter().filter(|word| word.len() > 1).find_map(|word| roman(word)).map(|number| number.to_string());
    let last = || match &said[..] {
        // « C.C.A.S. » ends in a letter too.
        [.., before, last] if before.len() > 1 => number(last).or_else(|| letter(last)),
        _ => None,
    };
    after_part.or_else(ruler).or_else(last)
}

/// The number that small Roman numerals write, 2 to 39; one letter alone is none.
fn roman(word: &str) -> Option<usize> {
    let tens = word.bytes().take_while(|b| *b == b'x').count();
    let ones =
        ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"].iter().position(|known| *known == &word[tens..]);
    (word.len() > 1 && tens <= 3).then_some(10 * tens + ones?)
}

/// The words of `a`, each replaced by its near twin in `b` where it has one.
pub fn aligned(a: &Words, b: &Words) -> Words {
    let twin = |word: &String| b.iter().find(|other| one_slip_apart(word, other));
    a.iter().map(|word| if b.contains(word) { word } else { twin(word).unwrap_or(word) }.clone()).collect()
}

/// Long words, not numbers, that differ by one letter, or by two that traded places: « Lagnicourt », « Lagincourt »; or
/// words of four letters by a silent ending: « prim », « prime ».
fn one_slip_apart(a: &str, b: &str) -> bool {
    let longer_by_an_ending = |long: &str, short: &str| {
        short.len() == 4 && long.strip_prefix(short).is_some_and(|end| matches!(end, "e" | "s" | "x"))
    };
    if longer_by_an_ending(a, b) || longer_by_an_ending(b, a) {
        return true;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let letters = |word: &[u8]| word.iter().all(u8::is_ascii_alphabetic);
    if a.len().min(b.len()) < 5 || a.len().abs_diff(b.len()) > 1 || !letters(a) || !letters(b) {
        return a == b;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) if (a1, a2) == (b2, b1) && a == b => true,
        ([_, rest @ ..], shorter) | (shorter, [_, rest @ ..]) if rest == shorter => true,
        _ => false,
    }
}

/// Shared words over all words, 0 to 1.
pub fn jaccard(a: &Words, b: &Words) -> f64 {
    let shared = a.intersection(b).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// [`jaccard`]; when one text holds the other, at least 0.6 (0.85 for two words or more).
pub fn likeness(a: &Words, b: &Words) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (shared, smaller) = (a.intersection(b).count(), a.len().min(b.len()));
    let share = jaccard(a, b);
    if shared == smaller { share.max(if smaller == 1 { 0.6 } else { 0.85 }) } else { share }
}
