//! Tests of the reader, through its door: bytes in, a table, a report or a refusal out.

mod real_files;

use super::{ReadOptions, Table, read_table};
use crate::ingest::report::{FileRefused, SourceReport};

/// Reads `bytes` and checks that every row is accounted for, whatever the outcome.
fn read(bytes: &[u8], options: &ReadOptions) -> (Result<Table, FileRefused>, SourceReport) {
    let mut report = SourceReport::new("test", options.file.clone());
    let outcome = read_table(bytes, options, &mut report);
    let rows = outcome.as_ref().map_or(0, Table::len);
    assert_eq!(report.undecided(), rows as u64, "rows read but not handed over, quarantined or blank");
    (0..rows).for_each(|_| report.publish());
    report.check().expect("the conservation law holds");
    (outcome, report)
}
