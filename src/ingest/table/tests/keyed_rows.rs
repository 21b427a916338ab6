//! Rows with an identifier: totals, templates, absences and repeats are told apart.

use super::super::{ReadOptions, Row, keyed_rows, read_table};
use super::{fixture, options_for};
use crate::ingest::report::{Code, SourceReport};

fn keyed(bytes: &[u8], options: &ReadOptions) -> (Vec<u32>, SourceReport) {
    let mut report = SourceReport::new("test", options.file.clone());
    let table = read_table(bytes, options, &mut report).expect("a sound file");
    let lines: Vec<u32> = keyed_rows(&table, "id", &mut report).into_iter().map(Row::line).collect();
    for _ in &lines {
        report.publish();
    }
    report.check().expect("the conservation law holds");
    (lines, report)
}

#[test]
fn totals_templates_absences_and_repeats_are_told_apart() {
    let name = "total_template_and_repeats.csv";
    let (lines, report) = keyed(&fixture(name), &options_for(name));
    assert_eq!(lines, [2, 3]);
    let found: Vec<_> = report.entries.iter().map(|entry| (entry.line.unwrap_or(0), entry.code)).collect();
    let expected = [
        (4, Code::ExactDuplicate),
        (5, Code::DuplicateId),
        (6, Code::MissingId),
        (7, Code::TemplateRow),
        (8, Code::TemplateRow),
        (9, Code::TotalRow),
    ];
    assert_eq!(found, expected);
    assert_eq!((report.merged, report.quarantined), (1, 5));
    assert!(report.entries[1].reason.contains("line 3, which differs in `nom`"), "{}", report.entries[1].reason);
}

#[test]
fn an_endless_identifier_is_set_aside() {
    let file = format!("id,nom\n{},Mairie\n{},Poste\n", "é".repeat(512), "é".repeat(513));
    let (lines, report) = keyed(file.as_bytes(), &ReadOptions::csv("a.csv"));
    assert_eq!(lines, [2]);
    assert_eq!((report.total(Code::LongId), report.entries[0].line), (1, Some(3)));
}

#[test]
fn a_venue_whose_name_starts_with_total_is_no_total() {
    let (lines, _) = keyed(b"nom,id\nTotal Energies,7\nTotal,\n", &ReadOptions::csv("a.csv"));
    assert_eq!(lines, [2]);
}
