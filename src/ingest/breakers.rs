//! Breakers: an edition that differs too much from the last one is more likely a broken file than a changed country.

use std::collections::BTreeMap;

use super::edition::Manifest;
use super::report::{Code, FileRefused, SourceReport};

/// A list that lost more than this share of its rows is refused.
const MOST_LOST: f64 = 0.20;
/// A list of which more than this share had to be put aside is refused…
const MOST_QUARANTINED: f64 = 0.05;
/// …from this many rows on: in a short list two bad rows are a large share and no sign of anything.
const ENOUGH_QUARANTINED: u64 = 50;

/// The lists of venues that should not be published without a word from a person.
#[must_use]
pub fn tripped(reports: &[&SourceReport], previous: Option<&Manifest>) -> Vec<FileRefused> {
    let before: BTreeMap<&str, u64> = previous
        .into_iter()
        .flat_map(|manifest| &manifest.sources)
        .filter(|source| source.present)
        .map(|source| (source.id.as_str(), source.rows_read))
        .collect();
    let mut refused = Vec::new();
    for report in reports {
        if let Some(&rows) = before.get(report.id.as_str())
            && (report.rows_read as f64) < rows as f64 * (1.0 - MOST_LOST)
        {
            let message = format!("{} rows where the previous edition read {rows}", report.rows_read);
            refused.push(FileRefused::new(&report.file, Code::DropInRows, message).hint(HINT));
        }
        let quarantined = report.quarantined - report.total(Code::ExcludedRow).min(report.quarantined);
        let share = quarantined as f64 / report.rows_read.max(1) as f64;
        if quarantined >= ENOUGH_QUARANTINED && share > MOST_QUARANTINED {
            let message =
                format!("{quarantined} of {} rows had to be put aside: {}", report.rows_read, reasons(report));
            refused.push(FileRefused::new(&report.file, Code::TooManyQuarantined, message).hint(HINT));
        }
    }
    refused
}

const HINT: &str = "if it is right all the same, build with --force and the reason";

/// The most frequent reasons, with their number.
fn reasons(report: &SourceReport) -> String {
    let mut errors: Vec<_> = report.errors.iter().collect();
    errors.sort_by_key(|(code, total)| (std::cmp::Reverse(**total), **code));
    errors.iter().take(10).map(|(code, total)| format!("{code} {total}")).collect::<Vec<_>>().join(", ")
}
