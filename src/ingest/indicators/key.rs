//! The key of a row of an indicator: which commune it is about, in the ways statisticians write it.

use crate::domain::{CommuneCode, CommuneIx};
use crate::ingest::reference::Reference;
use crate::ingest::source::IndicatorLevel;

/// A key that leads to a commune of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The same text for the same thing: the code of the commune or of the part.
    pub id: String,
    /// The commune as it was when the row was written.
    pub code: CommuneCode,
    /// The commune of today.
    pub ordinal: CommuneIx,
    /// What had to be done to read it.
    pub adapted: Option<String>,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A commune, or a part of one.
    Commune(Key),
    /// Another territory, named.
    Other(&'static str),
    /// Nothing we know.
    Unknown,
}

/// Levels of INSEE's geographic keys (`2025-DEP-23`, Melodi, 2024) that are not communes.
const OTHER_LEVELS: [(&str, &str); 12] = [
    ("DEP", "a département"),
    ("REG", "a région"),
    ("EPCI", "an EPCI"),
    ("EPT", "an EPT"),
    ("ARR", "an arrondissement of département"),
    ("CV", "a canton"),
    ("FRANCE", "France"),
    ("FM", "métropole"),
    ("AAV2020", "an aire d’attraction"),
    ("UU2020", "an urban unit"),
    ("ZE2020", "a zone d’emploi"),
    ("BV2022", "a bassin de vie"),
];

/// Reads a key: a plain code, one that lost its leading zero, an IRIS, or one of INSEE's `2025-COM-23096`.
#[must_use]
pub fn subject(text: &str, level: IndicatorLevel, reference: &Reference) -> Subject {
    let words: Vec<&str> = text.split(['-', '_']).map(str::trim).collect();
    let (words, dated) = match words.split_first() {
        Some((year, rest)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && rest.len() >= 2 => {
            (rest, true)
        }
        _ => (&words[..], false),
    };
    let upper = |word: &str| word.to_uppercase();
    let code = match words {
        [code] if !dated => *code,
        [kind, code] if ["COM", "ARM", "COMD", "COMA", "IRIS"].contains(&upper(kind).as_str()) => *code,
        [kind, ..] => {
            let known = OTHER_LEVELS.iter().find(|(name, _)| upper(kind) == *name);
            return known.map_or(Subject::Unknown, |(_, what)| Subject::Other(what));
        }
        [] => return Subject::Unknown,
    };
    let iris = level == IndicatorLevel::Iris;
    let digits = if iris { 9 } else { 5 };
    let plain = upper(code.strip_suffix(".0").unwrap_or(code));
    let padded = format!("{plain:0>digits$}");
    if padded.len() != digits || plain.len() + 1 < digits {
        return Subject::Unknown;
    }
    let found = padded.get(..5).and_then(CommuneCode::parse);
    let Some((code, ordinal)) = found.and_then(|code| Some((code, reference.places.by_code(code)?))) else {
        return Subject::Unknown;
    };
    let adapted = (plain.len() < digits).then(|| format!("{text} had lost its leading zero; read as {padded}"));
    Subject::Commune(Key { id: padded, code, ordinal, adapted })
}
