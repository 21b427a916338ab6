//! What a description may say: the values that are checked when it is read, so that a typing error is an error with a
//! line and never another meaning.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, de::Error};
use std::collections::BTreeMap;
use std::path::{Component, Path};

use crate::domain::text::fold;
use crate::ingest::standard_columns::{standard_column, standard_columns};

/// A fault that only the whole description shows: the key at fault and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key, as it is written.
    pub key: &'static str,
    /// What was got and what was expected.
    pub message: String,
}

impl Fault {
    /// A fault of one key.
    #[must_use]
    pub fn new(key: &'static str, message: impl Into<String>) -> Self {
        Self { key, message: message.into() }
    }
}

/// A description of `data/`, read from one TOML file.
pub trait Description: for<'de> Deserialize<'de> {
    /// Its id.
    fn id(&self) -> &str;

    /// What is wrong with it as a whole.
    ///
    /// # Errors
    /// The first fault.
    fn check(&self) -> Result<(), Fault>;
}

/// Fields of lists that are not venues, beside those of the standard.
const OTHER_FIELDS: [&str; 13] = [
    "latitude_longitude",
    "posts",
    "employer_type",
    "validated",
    "state_eur",
    "zrr",
    "qpv",
    "inhabitants",
    "imputed",
    "communes",
    "departement",
    "month",
    "persons",
];

/// Whether `[columns]`, `[joins]` and rules may name this field.
fn is_field(name: &str) -> bool {
    standard_column(name).is_some() || OTHER_FIELDS.contains(&name)
}

/// A field of the standard, or of the other lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Field(String);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if is_field(&name) {
            return Ok(Self(name));
        }
        let known = standard_columns().chain(OTHER_FIELDS);
        let closest = known.max_by(|a, b| strsim::jaro(&name, a).total_cmp(&strsim::jaro(&name, b)));
        Err(D::Error::custom(format!("unknown field `{name}`, expected one such as `{}`", closest.unwrap_or("nom"))))
    }
}

/// Reads the name of a field.
pub(super) fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Field::deserialize(deserializer).map(|field| field.0)
}

/// Reads a list of fields.
pub(super) fn fields<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<Field>::deserialize(deserializer)?.into_iter().map(|field| field.0).collect())
}

/// Reads a map whose keys are fields.
pub(super) fn by_field<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, V>, D::Error> {
    let map = BTreeMap::<Field, V>::deserialize(deserializer)?;
    Ok(map.into_iter().map(|(field, value)| (field.0, value)).collect())
}

/// Reads a list of texts that are looked for in folded ones.
pub(super) fn folded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<String>::deserialize(deserializer)?.iter().map(|text| fold(text)).collect())
}

/// Reads `2024-08-01`.
pub(super) fn iso_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if is_day(&text) { Ok(text) } else { Err(D::Error::custom(format!("{text:?} is no day, expected 2024-08-01"))) }
}

/// Reads `2021`, `2021-09` or `2021-09-30`.
pub(super) fn year_or_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let completed = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.clone(),
    };
    if is_day(&completed) {
        return Ok(text);
    }
    Err(D::Error::custom(format!("{text:?} is no vintage, expected 2021, 2021-09 or 2021-09-30")))
}

/// A day between the first census with communes of today's kind and the end of the century.
fn is_day(text: &str) -> bool {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    plain && text.parse::<NaiveDate>().is_ok_and(|day| (1950..2100).contains(&day.year()))
}

/// Reads the name of a file in the cache: it leads nowhere else.
pub(super) fn file_of_the_cache<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    let mut parts = Path::new(&name).components().peekable();
    if parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_))) {
        return Ok(name);
    }
    Err(D::Error::custom(format!("{name:?} leads out of the cache, expected the name of a file, such as `liste.csv`")))
}

/// Reads a separator of fields.
pub(super) fn separator<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<char>, D::Error> {
    one_of(deserializer, &[',', ';', '\t'])
}

/// Reads a decimal mark.
pub(super) fn decimal_mark<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<char>, D::Error> {
    one_of(deserializer, &[',', '.'])
}

fn one_of<'de, D: Deserializer<'de>>(deserializer: D, accepted: &[char]) -> Result<Option<char>, D::Error> {
    let got = char::deserialize(deserializer)?;
    if accepted.contains(&got) {
        return Ok(Some(got));
    }
    Err(D::Error::custom(format!("{got:?} is none of {accepted:?}")))
}

/// Reads a checksum of `DIGITS` hexadecimal digits.
pub(super) fn hex<'de, const DIGITS: usize, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?.to_ascii_lowercase();
    if text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(Some(text));
    }
    Err(D::Error::custom(format!("{text:?} is no checksum, expected {DIGITS} hexadecimal digits")))
}

/// Whether a licence lets everybody publish what is under it, by the list of open licences that French administrations
/// may choose (article D323-2-1 of the Code des relations entre le public et l'administration) and Creative Commons'.
#[must_use]
pub fn is_open(licence: &str) -> bool {
    let folded = fold(licence);
    let restricted = [" nc", " nd", "non commercial"].iter().any(|word| folded.contains(word));
    let open = [
        "licence ouverte",
        "open licence",
        "etalab",
        "odbl",
        "odc",
        "open database licen",
        "cc0",
        "cc by",
        "domaine public",
        "public domain",
        "mit",
        "apache",
    ];
    !restricted && open.iter().any(|name| folded.starts_with(name))
}

/// The physical line of a key in the text of a TOML file, for faults found after parsing.
pub(super) fn line_of(text: &str, key: &str) -> Option<usize> {
    let is_key =
        |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(is_key).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_licences_are_told_from_the_others() {
        for open in
            ["Licence Ouverte 2.0", "licence ouverte / Open Licence 2.0 (à confirmer)", "ODbL 1.0", "CC-BY-SA 4.0"]
        {
            assert!(is_open(open), "{open}");
        }
        for closed in ["", "conditions de La MedNum non vues", "CC BY-NC 4.0", "CC-BY-ND 4.0", "Tous droits réservés"]
        {
            assert!(!is_open(closed), "{closed}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_no_vintage() {
        for bad in ["2024-02-30", "2024-8-1", "01/08/2024", "20024-08-01", "1024-08-01", ""] {
            assert!(!is_day(bad), "{bad}");
        }
        assert!(is_day("2024-08-01"));
    }
}
