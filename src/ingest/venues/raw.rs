//! One row of any list, as text under the field names of the national standard.

use std::collections::BTreeMap;

use crate::domain::Hours;
use crate::ingest::clean::{Doubt, Remark, cell};
use crate::ingest::report::Action;

/// A row whose fields are named as in the standard (v1 or v0) but whose values are still the text that was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawVenue {
    /// Physical line of the row.
    pub line: u32,
    fields: BTreeMap<&'static str, String>,
    /// Opening hours that were read from several columns, and what there is to say of them.
    pub hours: Option<(Hours, Vec<Remark>)>,
    /// What was changed in cells on the way here: field, and what happened.
    pub remarks: Vec<(&'static str, Remark)>,
}

impl RawVenue {
    /// A row without fields.
    #[must_use]
    pub fn new(line: u32) -> Self {
        Self { line, ..Self::default() }
    }

    /// Sets a field from a cell; blank text, and words for nothing, are no text.
    pub fn set(&mut self, field: &'static str, value: &str) {
        let cell = cell::read(value);
        self.remarks.extend(cell.remark.map(|remark| (field, remark)));
        if let Some(text) = cell.text {
            self.fields.insert(field, text.into_owned());
        }
    }

    /// Adds something to report about a cell.
    pub fn remark(&mut self, field: &'static str, piece: &str, action: Action, doubt: Option<Doubt>) {
        self.remarks.extend(doubt.map(|doubt| (field, Remark { piece: piece.to_owned(), action, doubt })));
    }

    /// Removes a field.
    pub fn clear(&mut self, field: &'static str) {
        self.fields.remove(field);
    }

    /// Adds a value to a list field, separated by `|`.
    pub fn add(&mut self, field: &'static str, value: &str) {
        let list = self.fields.entry(field).or_default();
        if !list.split('|').any(|known| known == value) {
            if !list.is_empty() {
                list.push('|');
            }
            list.push_str(value);
        }
    }

    /// The text of a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }

    /// The first of several fields that has a text, with its name.
    #[must_use]
    pub fn first(&self, fields: &[&'static str]) -> Option<(&'static str, &str)> {
        fields.iter().find_map(|field| self.get(field).map(|text| (*field, text)))
    }

    /// All that the row says, as one text.
    #[must_use]
    pub fn content(&self) -> String {
        let fields = self.fields.iter().map(|(field, text)| format!("{field}={text}"));
        let hours = self.hours.iter().filter_map(|(hours, _)| match hours {
            Hours::Osm(text) | Hours::Text(text) => Some(text.clone()),
            Hours::Unknown => None,
        });
        fields.chain(hours).collect::<Vec<_>>().join("\n")
    }

    /// Whether two rows say the same, wherever they stand.
    #[must_use]
    pub fn same_content(&self, other: &RawVenue) -> bool {
        self.fields == other.fields && self.hours == other.hours
    }
}
