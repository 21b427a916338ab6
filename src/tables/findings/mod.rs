//! What was found in a list, in French: each row and column with what was got and what was expected; as text, CSV or HTML.

mod expected;
mod render;
pub mod words;

pub use expected::expected;
pub use render::{csv, html, text};

use serde::Deserialize;

/// The outcome of a check, as the process that reads lists tells it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Outcome {
    /// Name of the file.
    pub file: String,
    /// The shape it was read by; empty when none fits.
    pub shape: String,
    /// Whether no row could be read.
    pub refused: bool,
    /// What became of each row.
    pub report: Report,
    /// What keeps rows of the national standard from being valid.
    #[serde(default)]
    pub standard: Vec<StandardFault>,
}

/// What became of the rows.
#[derive(Debug, Clone, Default, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of ingest::report::SourceReport")]
pub struct Report {
    pub rows_read: u64,
    pub published: u64,
    pub quarantined: u64,
    pub merged: u64,
    pub blank: u64,
    #[serde(default)]
    pub entries: Vec<Entry>,
}

/// One entry of a report.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of ingest::report::Entry")]
pub struct Entry {
    pub code: String,
    pub line: Option<u32>,
    #[serde(default)]
    pub record: Option<String>,
    pub field: Option<String>,
    pub value: Option<String>,
    pub reason: String,
    pub action: String,
    pub severity: String,
}

/// A column that the schema of the standard wants filled.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of ingest::doctor::StandardFault")]
pub struct StandardFault {
    pub line: u32,
    pub column: String,
    pub reason: String,
}

/// How much a finding costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The file or the row is not taken.
    Row,
    /// The value is not taken.
    Value,
    /// Taken, otherwise than it came or with a doubt.
    Remark,
}

impl Weight {
    /// As a reader reads it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Row => "ligne perdue",
            Self::Value => "valeur perdue",
            Self::Remark => "remarque",
        }
    }
}

/// One finding, in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it costs.
    pub weight: Weight,
    /// Physical line, or what tells the record from others; empty for the file as a whole.
    pub line: String,
    /// Column; empty for the row as a whole.
    pub column: String,
    /// What was got, shortened.
    pub value: String,
    /// What was found.
    pub words: String,
    /// What was expected.
    pub expected: String,
    /// What is done with it.
    pub action: String,
}

impl Outcome {
    /// Every finding, those that cost a row first, then by line.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let of_entry = |entry: &Entry| {
            let weight = match entry.action.as_str() {
                "file_refused" | "row_quarantined" => Weight::Row,
                "field_cleared" => Weight::Value,
                _ => Weight::Remark,
            };
            let line = entry.record.clone().or_else(|| entry.line.map(|line| line.to_string()));
            let finding = Finding {
                weight,
                line: line.unwrap_or_default(),
                column: entry.field.clone().unwrap_or_default(),
                value: entry.value.clone().unwrap_or_default(),
                words: words::code(&entry.code),
                expected: expected(&entry.code).to_owned(),
                action: words::action(&entry.action).to_owned(),
            };
            (weight, entry.line.unwrap_or_default(), finding)
        };
        let of_standard = |fault: &StandardFault| {
            let finding = Finding {
                weight: Weight::Remark,
                line: fault.line.to_string(),
                column: fault.column.clone(),
                value: String::new(),
                words: "colonne obligatoire du standard national non remplie".to_owned(),
                expected: wanted(&fault.column).to_owned(),
                action: "lieu publié, mais hors des lignes valides du standard".to_owned(),
            };
            (Weight::Remark, fault.line, finding)
        };
        let all = self.report.entries.iter().map(of_entry).chain(self.standard.iter().map(of_standard));
        let mut found: Vec<(Weight, u32, Finding)> = all.collect();
        found.sort_by_key(|(weight, line, _)| (*weight, *line));
        found.into_iter().map(|(_, _, finding)| finding).collect()
    }

    /// What the whole comes to, in a sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let Report { rows_read, published, quarantined, merged, blank, .. } = &self.report;
        if self.refused {
            return "Aucune ligne de ce fichier ne peut être lue.".to_owned();
        }
        format!(
            "{rows_read} lignes lues (forme : {}) : {published} lieux publiés, {merged} réunis à un autre, {quarantined} à \
             l'écart, {blank} vides.",
            self.shape
        )
    }

    /// Whether the list loses a row or a value.
    #[must_use]
    pub fn loses(&self) -> bool {
        self.refused || self.findings().iter().any(|finding| finding.weight < Weight::Remark)
    }
}

/// What the standard wants in a column.
fn wanted(column: &str) -> &'static str {
    match column {
        "pivot" => "un SIRET, un RNA ou un RIDET, de 9 à 14 caractères",
        "adresse" => "numéro et voie",
        "code_postal" => "cinq chiffres",
        "code_insee" => "le code INSEE de la commune",
        "date_maj" => "une date comme 2024-08-01",
        _ => "une valeur",
    }
}

#[cfg(test)]
mod tests;
