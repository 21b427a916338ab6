//! The quality report as the build wrote it, read back as far as the pages need.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::editions::Snapshot;

/// What became of one source, without its entries.
#[derive(Debug, Deserialize)]
pub struct SourceTotals {
    /// Id of the source.
    pub id: String,
    /// Errors by code.
    #[serde(default)]
    pub errors: BTreeMap<String, u64>,
    /// Warnings and remarks by code.
    #[serde(default)]
    pub warnings: BTreeMap<String, u64>,
}

/// One finding.
#[derive(Debug, Deserialize)]
pub struct Entry {
    /// Machine code.
    pub code: String,
    /// Physical line of the file.
    pub line: Option<u32>,
    /// Number and identifier of the record, where lines do not tell records apart.
    #[serde(default)]
    pub record: Option<String>,
    /// Name of the column.
    pub field: Option<String>,
    /// The raw value, already shortened and escaped.
    pub value: Option<String>,
    /// What was expected and what was got.
    pub reason: String,
    /// What was done.
    pub action: String,
}

#[derive(Deserialize)]
struct Report<S> {
    sources: Vec<S>,
}

/// One source, its entries left unread until they are asked for.
#[derive(Deserialize)]
struct Unread<'a> {
    id: String,
    #[serde(borrow)]
    entries: &'a RawValue,
}

/// The report of an edition; empty where its files are not at hand.
#[must_use]
pub fn text(snapshot: &Snapshot) -> String {
    snapshot.text("report.json").unwrap_or_default()
}

/// The totals of every source; empty when the report is not one.
#[must_use]
pub fn totals(report_json: &str) -> Vec<SourceTotals> {
    serde_json::from_str::<Report<SourceTotals>>(report_json).map(|report| report.sources).unwrap_or_default()
}

/// The entries of one source; empty when it has none or the report is not one.
#[must_use]
pub fn entries(report_json: &str, source: &str) -> Vec<Entry> {
    let report = serde_json::from_str::<Report<Unread>>(report_json).map(|report| report.sources).unwrap_or_default();
    let unread = report.into_iter().find(|unread| unread.id == source);
    unread.and_then(|unread| serde_json::from_str(unread.entries.get()).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{"sources":[
        {"id":"a","file":"a.csv","errors":{"nom_absent":2},"warnings":{"code_perime":5},"entries":[
            {"severity":"error","code":"nom_absent","source":"a","file":"a.csv","line":3,"column":2,"field":"nom",
             "value":null,"reason":"empty","action":"row_quarantined"}]},
        {"id":"b","entries":[]}]}"#;

    #[test]
    fn totals_and_entries_are_read_by_source() {
        let totals = totals(REPORT);
        assert_eq!((totals[0].errors["nom_absent"], totals[0].warnings["code_perime"]), (2, 5));
        assert_eq!(entries(REPORT, "a")[0].line, Some(3));
        assert!(entries(REPORT, "b").is_empty() && entries(REPORT, "c").is_empty());
    }

    #[test]
    fn a_text_that_is_no_report_has_nothing_to_say() {
        assert!(super::totals("").is_empty());
        assert!(entries("[]", "a").is_empty());
    }
}
