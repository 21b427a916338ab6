//! Names and texts as they were given, and the strict reading of a single value.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::error::RequestError;
use super::fields::field_named;
use crate::domain::Level;

/// Ids in a list at most.
const MOST_IDS: usize = 10_000;

/// Values with their spelling, as a flag or an address has it.
pub(super) type Spellings<T> = &'static [(&'static str, T)];

/// Levels in the plural of addresses.
pub(super) const LEVELS: Spellings<Level> = &[
    ("regions", Level::Region),
    ("departements", Level::Departement),
    ("epcis", Level::Epci),
    ("communes", Level::Commune),
];

/// The spelling of a value.
pub(super) fn spelled<T: PartialEq>(spellings: Spellings<T>, value: &T) -> &'static str {
    spellings.iter().find(|(_, known)| known == value).map_or("", |(text, _)| text)
}

/// Given values by name of their field.
pub(super) struct Given<'p>(BTreeMap<&'static str, &'p str>);

impl<'p> Given<'p> {
    pub fn new(pairs: &'p [(String, String)]) -> Result<Self, RequestError> {
        let mut given = BTreeMap::new();
        for (name, value) in pairs {
            let Some(field) = field_named(name) else {
                return Err(RequestError::new("request", name, "no field has this name"));
            };
            if given.insert(field.name, value.trim()).is_some() {
                return Err(RequestError::new(field.name, value, "given twice; expected once"));
            }
        }
        Ok(Self(given))
    }

    pub fn text(&self, field: &'static str) -> Option<&'p str> {
        self.0.get(field).copied().filter(|text| !text.is_empty())
    }

    pub fn one_of<T: Copy>(&self, field: &'static str, spellings: Spellings<T>) -> Result<Option<T>, RequestError> {
        let Some(text) = self.text(field) else { return Ok(None) };
        let found = spellings.iter().find(|(spelling, _)| *spelling == text).map(|(_, value)| Some(*value));
        let names = || spellings.iter().map(|(spelling, _)| *spelling).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| RequestError::new(field, text, format!("expected one of {}", names())))
    }

    pub fn number<T>(&self, field: &'static str, low: T, high: T) -> Result<Option<T>, RequestError>
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let Some(text) = self.text(field) else { return Ok(None) };
        // NaN is in no range.
        let value = text.parse().ok().filter(|value| low <= *value && *value <= high);
        value.map(Some).ok_or_else(|| {
            let whole = if std::any::type_name::<T>() == "f64" { "number" } else { "whole number" };
            RequestError::new(field, text, format!("expected a {whole} between {low} and {high}"))
        })
    }

    pub fn ids(&self, field: &'static str) -> Result<Vec<String>, RequestError> {
        let texts = self.text(field).unwrap_or("").split(',').map(str::trim).filter(|id| !id.is_empty());
        let mut ids: Vec<String> = texts.map(ToOwned::to_owned).collect();
        ids.sort();
        ids.dedup();
        let few = ids.len() <= MOST_IDS;
        if few { Ok(ids) } else { Err(RequestError::new(field, ids.len(), format!("expected at most {MOST_IDS} ids"))) }
    }

    /// Refuses a field that says nothing next to what else was asked.
    pub fn only_with(&self, field: &'static str, fits: bool, what: &str) -> Result<(), RequestError> {
        match self.text(field) {
            Some(text) if !fits => Err(RequestError::new(field, text, format!("only {what}"))),
            _ => Ok(()),
        }
    }
}
