//! Tests of the reader, through its door: bytes in, a table, a report or a refusal out.

mod accepted;
mod announced;
mod items;
mod json_rows;
mod keyed_rows;
mod limits;
mod mutants;
mod parquet_files;
mod quarantined;
mod random;
mod real_files;
mod refused;
mod truncation;
mod twin;

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

/// Options for a fixture, by the ending of its name.
fn options_for(name: &str) -> ReadOptions {
    match name.rsplit_once('.') {
        Some((_, "csv")) => ReadOptions::csv(name),
        Some((_, "parquet")) => ReadOptions::parquet(name),
        _ => ReadOptions::json(name),
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/");
    std::fs::read(format!("{folder}{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The table of a file that must be accepted.
fn table(bytes: &[u8], options: &ReadOptions) -> (Table, SourceReport) {
    let (outcome, report) = read(bytes, options);
    (outcome.unwrap_or_else(|refused| panic!("{refused}")), report)
}

/// Every row as its line and its cells.
fn rows(table: &Table) -> Vec<(u32, Vec<&str>)> {
    let columns = table.column_names().len();
    let cells = |row: super::Row<'_>| {
        (0..columns).map(|column| table.row(row.index()).and_then(|r| r.at(column)).unwrap_or("")).collect()
    };
    table.rows().map(|row| (row.line(), cells(row))).collect()
}
