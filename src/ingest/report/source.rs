//! The count of every row of one source, and the entries that explain it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Severity};
use super::refused::FileRefused;

/// Entries kept for one code of one source; the totals count the others.
pub const ENTRIES_PER_CODE: u64 = 1_000;

/// The whole report: one part per source, in the order they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// One report per source file.
    pub sources: Vec<SourceReport>,
    /// Why the edition was published although a breaker had tripped, in the words of who forced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced: Option<String>,
}

/// What became of the rows of one source.
///
/// The conservation law, checked by [`SourceReport::check`]: `rows_read = published + quarantined + merged + blank`.
/// The reader counts `rows_read` and `blank`; whoever decides the fate of a row counts the rest, once per row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceReport {
    /// Identifier of the source.
    pub id: String,
    /// Name of its file.
    pub file: String,
    /// Rows found in the file, blank lines included, header and declared title lines not.
    pub rows_read: u64,
    /// Rows that reached the edition.
    pub published: u64,
    /// Rows set aside, each with an entry.
    pub quarantined: u64,
    /// Rows folded into another row.
    pub merged: u64,
    /// Rows that held nothing.
    pub blank: u64,
    /// Number of errors by code, entries beyond the cap included.
    pub errors: BTreeMap<Code, u64>,
    /// Number of warnings and remarks by code, entries beyond the cap included.
    pub warnings: BTreeMap<Code, u64>,
    /// The first [`ENTRIES_PER_CODE`] entries of each code.
    pub entries: Vec<Entry>,
    /// The record that is being read, named in each entry.
    #[serde(skip)]
    pub(in crate::ingest) record: Option<String>,
}

/// The conservation law does not hold: a row was lost or counted twice. Always a defect of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imbalance {
    source: String,
    rows_read: u64,
    accounted: u64,
}

impl Report {
    /// Checks every source.
    ///
    /// # Errors
    /// The first source whose rows do not add up.
    pub fn check(&self) -> Result<(), Imbalance> {
        self.sources.iter().try_for_each(SourceReport::check)
    }
}

impl SourceReport {
    /// An empty report of a source.
    #[must_use]
    pub fn new(id: impl Into<String>, file: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            file: file.into(),
            rows_read: 0,
            published: 0,
            quarantined: 0,
            merged: 0,
            blank: 0,
            errors: BTreeMap::new(),
            warnings: BTreeMap::new(),
            entries: Vec::new(),
            record: None,
        }
    }

    /// Says which record the next entries speak of; `None` when their line tells.
    pub fn about(&mut self, record: Option<String>) {
        self.record = record;
    }

    /// Counts rows found in the file.
    pub fn count_read(&mut self, rows: u64) {
        self.rows_read += rows;
    }

    /// Counts a row as published.
    pub fn publish(&mut self) {
        self.published += 1;
    }

    /// Counts a row as blank.
    pub fn skip_blank(&mut self) {
        self.blank += 1;
    }

    /// Counts a row as quarantined and says why. Further reasons of the same row go to [`note`](Self::note).
    pub fn quarantine(&mut self, entry: Entry) {
        self.quarantined += 1;
        self.note(entry);
    }

    /// Counts a row as merged and says into which.
    pub fn merge(&mut self, entry: Entry) {
        self.merged += 1;
        self.note(entry);
    }

    /// Records a finding without deciding the fate of a row.
    pub fn note(&mut self, mut entry: Entry) {
        let totals = if entry.severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
        let total = totals.entry(entry.code).or_insert(0);
        *total += 1;
        if *total <= ENTRIES_PER_CODE {
            entry.source.clone_from(&self.id);
            entry.file.clone_from(&self.file);
            entry.record = entry.record.or_else(|| self.record.clone());
            self.entries.push(entry);
        }
    }

    /// Records that the file was refused: no row of it counts any more, and what was noted on the way stays.
    pub fn refuse(&mut self, refused: &FileRefused) {
        (self.rows_read, self.published, self.quarantined, self.merged, self.blank) = (0, 0, 0, 0, 0);
        self.note(refused.entry());
    }

    /// How many findings bear this code.
    #[must_use]
    pub fn total(&self, code: Code) -> u64 {
        self.errors.get(&code).unwrap_or(&0) + self.warnings.get(&code).unwrap_or(&0)
    }

    /// Rows whose fate is not decided yet: what the reader handed over. Zero once the source is done.
    #[must_use]
    pub fn undecided(&self) -> u64 {
        self.rows_read.saturating_sub(self.accounted())
    }

    /// Checks the conservation law.
    ///
    /// # Errors
    /// [`Imbalance`] when a row was lost or counted twice.
    pub fn check(&self) -> Result<(), Imbalance> {
        let accounted = self.accounted();
        if accounted == self.rows_read {
            Ok(())
        } else {
            Err(Imbalance { source: self.id.clone(), rows_read: self.rows_read, accounted })
        }
    }

    fn accounted(&self) -> u64 {
        self.published + self.quarantined + self.merged + self.blank
    }
}

impl fmt::Display for Imbalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, rows_read, accounted } = self;
        write!(
            f,
            "source {source}: {rows_read} rows were read but {accounted} are accounted for; \
             expected published + quarantined + merged + blank = read"
        )
    }
}

impl std::error::Error for Imbalance {}

#[cfg(test)]
mod tests {
    use super::super::entry::Action;
    use super::*;

    #[test]
    fn a_row_that_vanishes_breaks_the_conservation_law() {
        let mut report = SourceReport::new("lieux", "lieux.csv");
        report.count_read(3);
        report.publish();
        report.skip_blank();
        assert_eq!(report.undecided(), 1);
        let imbalance = report.check().expect_err("one row is missing");
        assert!(imbalance.to_string().contains("3 rows were read but 2 are accounted for"), "{imbalance}");
        report.quarantine(Entry::new(Code::ShortRow, Action::RowQuarantined, "2 fields, expected 3").at_line(4));
        report.check().expect("every row is accounted for");
    }

    #[test]
    fn entries_are_capped_but_totals_are_not() {
        let mut report = SourceReport::new("lieux", "lieux.csv");
        for line in 0..2_500 {
            report.count_read(1);
            report.quarantine(Entry::new(Code::ShortRow, Action::RowQuarantined, "too short").at_line(line));
        }
        report.note(Entry::new(Code::GuessedSeparator, Action::FileAdapted, "read with ;"));
        assert_eq!(report.total(Code::ShortRow), 2_500);
        assert_eq!(report.entries.len(), 1_001);
        report.check().expect("every row is accounted for");
    }

    #[test]
    fn the_json_report_says_what_the_issue_asks_for() {
        let mut report = SourceReport::new("lieux", "lieux.csv");
        report.count_read(1);
        report.quarantine(
            Entry::new(Code::ControlCharacter, Action::RowQuarantined, "ESC in nom").at_line(7).with_value("\x1b[31m"),
        );
        let json = serde_json::to_value(Report { sources: vec![report], forced: None }).expect("plain data");
        let source = &json["sources"][0];
        assert_eq!(source["rows_read"], 1);
        assert_eq!(source["errors"]["caractere_controle"], 1);
        assert_eq!(source["entries"][0]["line"], 7);
        assert_eq!(source["entries"][0]["action"], "row_quarantined");
        assert_eq!(source["entries"][0]["value"], "\\u{1b}[31m");
    }

    #[test]
    fn a_refused_file_counts_no_row() {
        let mut report = SourceReport::new("lieux", "lieux.csv");
        report.count_read(10);
        let refused =
            FileRefused::new("lieux.csv", Code::UnclosedQuote, "a quote is never closed").at_line(2).at_column(2);
        report.refuse(&refused);
        report.check().expect("nothing was read, nothing is missing");
        assert_eq!(refused.to_string(), "lieux.csv:2:2: a quote is never closed");
        assert_eq!(report.entries[0].line, Some(2));
    }
}
