//! One clause of French words about when: « Ouvert le 1er samedi du mois », « fermé le mercredi après-midi ». What each word
//! means, and whether every word of it is known.

use std::cell::RefCell;
use std::sync::LazyLock;

use super::once::{Known, once};
use super::weekly::Half;
use crate::domain::hours::{MONTHS, WEEKDAYS};
use crate::domain::text::fold;

/// A word that says when, or what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// 0 is Monday.
    Day(usize),
    /// Which of these days in a month; -1 is the last.
    Rank(i8),
    /// Odd (1) or even (2) weeks.
    Weeks(u8),
    /// « un samedi sur deux », « deux samedis par mois »: some of them, and not which.
    Some,
    Half(Half),
    /// Minutes from midnight.
    Time(u32),
    Opens,
    Closes,
    /// 1 is January.
    Month(u32),
    Vacations,
    Summer,
    /// A number that is none of these: of a day of a month, of a street.
    Number(u32),
    /// A year, from 2000 to 2099.
    Year(i32),
    /// « 26/12 »: day and month.
    Date(u32, u32),
    /// « du mois », « de chaque mois ».
    OfMonth,
    /// « uniquement », « seulement ».
    Only,
    /// Words that add nothing.
    Filler,
    /// Any other.
    Unknown,
}

/// Ranks in a month, folded.
const RANKS: [(i8, &[&str]); 6] = [
    (1, &["1er", "1ers", "1ere", "1eres", "premier", "premiers", "premiere"]),
    (2, &["2e", "2eme", "2emes", "2nd", "2ieme", "deuxieme", "deuxiemes", "second", "seconds"]),
    (3, &["3e", "3eme", "3emes", "3ieme", "troisieme", "troisiemes"]),
    (4, &["4e", "4eme", "4emes", "4ieme", "quatrieme", "quatriemes"]),
    (5, &["5e", "5eme", "5ieme", "cinquieme"]),
    (-1, &["dernier", "derniers"]),
];
const OPENS: [&str; 9] =
    ["ouvert", "ouverte", "ouverts", "ouvertes", "ouverture", "ouvertures", "ouvre", "ouvrent", "ouvrons"];
const CLOSES: [&str; 8] = ["ferme", "fermee", "fermes", "fermees", "fermeture", "fermetures", "fermons", "ferment"];
const FILLERS: [&str; 41] = [
    "le",
    "la",
    "les",
    "l",
    "de",
    "du",
    "des",
    "d",
    "en",
    "et",
    "a",
    "au",
    "aux",
    "un",
    "une",
    "est",
    "sont",
    "sera",
    "tous",
    "toutes",
    "tout",
    "toute",
    "chaque",
    "attention",
    "structure",
    "espace",
    "site",
    "lieu",
    "france",
    "services",
    "service",
    "maison",
    "public",
    "pendant",
    "durant",
    "egalement",
    "aussi",
    "notre",
    "votre",
    "jour",
    "quotidienne",
];

thread_local! {
    /// The words of clauses and names: each is asked for several things.
    static WORDS: Known<Vec<Word>> = RefCell::default();
}

/// The words of a clause in order.
#[must_use]
pub fn words(clause: &str) -> Vec<Word> {
    once(&WORDS, clause, || words_of(clause))
}

fn words_of(clause: &str) -> Vec<Word> {
    let folded = format!(" {} ", fold(clause).replace(['\'', '’'], " "));
    let folded = folded.replace(" a ete ", " est ").replace("apres midi", "apresmidi").replace("aprem ", "apresmidi ");
    let some = ["sur deux", "sur 2", "par mois", "dans le mois", "quinzaine", "15 jours", "quinze jours", "1/2"]
        .iter()
        .find(|phrase| folded.contains(**phrase) && folded.contains(&format!(" {phrase}")));
    let text = some.map_or_else(|| folded.clone(), |phrase| folded.replace(phrase, " ∃ "));
    let pieces: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || ",;.()!\"«»".contains(c)).filter(|piece| !piece.is_empty()).collect();
    let mut read: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let next = pieces.get(at + 1).copied().unwrap_or_default();
        let (word, length) = match (pieces[at].trim_matches(':'), next) {
            ("semaine" | "semaines" | "sem", next) if next.starts_with("impaire") => (Word::Weeks(1), 2),
            ("semaine" | "semaines" | "sem", next) if next.starts_with("paire") => (Word::Weeks(2), 2),
            ("du" | "de" | "chaque", "mois") => (Word::OfMonth, 2),
            ("de", "chaque") if pieces.get(at + 2) == Some(&"mois") => (Word::OfMonth, 3),
            ("semaine" | "semaines" | "", _) => (Word::Filler, 1),
            (piece, _) => (word(piece), 1),
        };
        // « 9h/12h », « matin/après-midi ».
        if word == Word::Unknown && pieces[at].contains(['/', '-', '&']) {
            read.extend(pieces[at].split(['/', '-', '&']).filter(|part| !part.is_empty()).map(self::word));
        } else {
            read.push(word);
        }
        at += length;
    }
    if some.is_some() {
        // « Un samedi sur deux », « 2 samedis par mois »: the count says no more.
        read.iter_mut().filter(|word| matches!(word, Word::Number(1..=3))).for_each(|word| *word = Word::Filler);
    }
    read
}

/// The months, folded.
pub(super) static FOLDED_MONTHS: LazyLock<[String; 12]> = LazyLock::new(|| MONTHS.map(fold));

fn word(piece: &str) -> Word {
    let singular = piece.strip_suffix('s').unwrap_or(piece);
    if let Some(day) = WEEKDAYS.iter().position(|day| *day == singular) {
        return Word::Day(day);
    }
    if let Some((rank, _)) = RANKS.iter().find(|(_, spellings)| spellings.contains(&piece)) {
        return Word::Rank(*rank);
    }
    if let Some(month) = FOLDED_MONTHS.iter().position(|month| month == piece) {
        return Word::Month(month as u32 + 1);
    }
    match piece {
        "∃" => Word::Some,
        "matin" | "matins" | "matinee" | "matinees" => Word::Half(Half::Morning),
        "apresmidi" | "apresmidis" => Word::Half(Half::Afternoon),
        "vacances" => Word::Vacations,
        "ete" | "estival" | "estivale" | "estivaux" | "estivales" => Word::Summer,
        "uniquement" | "seulement" | "exclusivement" => Word::Only,
        "midi" => Word::Time(12 * 60),
        _ if OPENS.contains(&piece) => Word::Opens,
        _ if CLOSES.contains(&piece) => Word::Closes,
        _ if FILLERS.contains(&piece) || piece == "scolaire" || piece == "scolaires" => Word::Filler,
        _ => number(piece),
    }
}

fn number(piece: &str) -> Word {
    if let Some((day, month)) = date(piece) {
        return Word::Date(day, month);
    }
    let time = |hour: &str, minute: &str| {
        let (hour, minute) =
            (hour.parse::<u32>().ok()?, if minute.is_empty() { 0 } else { minute.parse::<u32>().ok()? });
        (hour <= 24 && minute < 60).then_some(Word::Time(hour * 60 + minute))
    };
    if let Some(time) = piece.split_once(['h', ':']).and_then(|(hour, minute)| time(hour, minute)) {
        return time;
    }
    match piece.parse::<u32>() {
        Ok(year @ 2000..=2099) => Word::Year(year as i32),
        Ok(number) => Word::Number(number),
        Err(_) => Word::Unknown,
    }
}

/// `26/12`, `26/12/2024`: the year is told by [`year_of`].
fn date(piece: &str) -> Option<(u32, u32)> {
    let parts: Vec<u32> = piece.split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [day @ 1..=31, month @ 1..=12] | [day @ 1..=31, month @ 1..=12, _] => Some((day, month)),
        _ => None,
    }
}

/// The year that a clause names, if it names one: « 26 juillet 2024 », `25/06/24`.
#[must_use]
pub fn year_of(clause: &str) -> Option<i32> {
    let pieces = clause.split(|c: char| c.is_whitespace() || ",;.()!:".contains(c));
    let mut years = pieces.filter_map(|piece| {
        let last = piece.rsplit('/').next().unwrap_or_default();
        let year: i32 = last.parse().ok()?;
        match (last.len(), piece.matches('/').count()) {
            (4, _) => Some(year).filter(|year| (2000..2100).contains(year)),
            (2, 2) => Some(2000 + year),
            _ => None,
        }
    });
    years.next_back()
}
