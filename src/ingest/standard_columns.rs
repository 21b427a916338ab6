//! The names of the columns that a list may call by their names in the national standard.

use crate::domain::standard::STANDARD;
use crate::domain::venue_field::FIELDS;

/// Names that only v0 of the standard had, and ours that are no field of a venue.
const OTHERS: [&str; 9] = [
    "courriel",
    "labels_nationaux",
    "labels_autres",
    "conditions_acces",
    "publics_accueillis",
    "accessibilite",
    "x_departement",
    "x_label_since",
    "x_label_until",
];

/// The columns that the reader knows: those of v1.0.2 in its order, our fields beside it, then the others.
pub fn standard_columns() -> impl Iterator<Item = &'static str> {
    let ours = FIELDS.iter().map(|field| field.column).filter(|column| column.starts_with("x_"));
    STANDARD.iter().map(|column| column.name).chain(ours).chain(OTHERS)
}

/// The standard's own name for a text, when it is one of its columns.
#[must_use]
pub fn standard_column(name: &str) -> Option<&'static str> {
    standard_columns().find(|column| *column == name)
}
