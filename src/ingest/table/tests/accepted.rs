//! Files that are read, some with a warning: encodings, separators, line ends, headers.

use super::super::{ReadOptions, Row};
use super::{fixture, options_for, rows, table};
use crate::ingest::report::{Code, SourceReport};

fn warned(report: &SourceReport) -> Vec<Code> {
    report.warnings.keys().copied().collect()
}

/// Second cell of the first row, and the warnings.
fn first_name(name: &str) -> (String, Vec<Code>) {
    let (table, report) = table(&fixture(name), &options_for(name));
    assert_eq!(table.column_names()[..2], ["id", "nom"], "a mark or a space has slipped into a name");
    let row = table.row(0).expect("a row");
    (row.get("nom").expect("a name").to_owned(), warned(&report))
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_name() {
    assert_eq!(first_name("utf8_bom.csv"), ("Médiathèque".to_owned(), vec![]));
}

#[test]
fn windows_1252_is_decoded_with_a_warning() {
    let expected = "Œuvre d’Étienne €".to_owned();
    assert_eq!(first_name("windows_1252.csv"), (expected, vec![Code::GuessedEncoding]));
}

#[test]
fn utf16_is_decoded_with_a_warning_with_or_without_its_mark() {
    for name in ["utf16.csv", "utf16_without_bom.csv"] {
        assert_eq!(first_name(name), ("Médiathèque".to_owned(), vec![Code::GuessedEncoding]), "{name}");
    }
}

#[test]
fn semicolons_are_found_and_decimal_commas_kept() {
    let name = "semicolons_and_decimal_commas.csv";
    let (table, report) = table(&fixture(name), &options_for(name));
    assert_eq!(rows(&table), [(2, vec!["1", "Mairie, salle 2", "48,85", "2,35"])]);
    assert_eq!(warned(&report), [Code::GuessedSeparator]);
    let declared = ReadOptions { separator: ';', ..options_for(name) };
    assert!(super::table(&fixture(name), &declared).1.warnings.is_empty(), "a declared separator needs no warning");
}

#[test]
fn tabs_are_found_with_a_warning() {
    assert_eq!(first_name("tabs.csv"), ("Médiathèque".to_owned(), vec![Code::GuessedSeparator]));
}

#[test]
fn windows_line_ends_leave_no_carriage_return() {
    let (table, report) = table(&fixture("crlf.csv"), &options_for("crlf.csv"));
    let last: Vec<&str> = table.rows().filter_map(|row| row.get("longitude")).collect();
    assert_eq!(last, ["2.35", "4.83"]);
    assert!(report.warnings.is_empty());
}

#[test]
fn blank_lines_are_counted_and_skipped() {
    let (table, report) = table(&fixture("blank_lines.csv"), &options_for("blank_lines.csv"));
    assert_eq!(table.rows().map(Row::line).collect::<Vec<_>>(), [3, 6]);
    assert_eq!((report.rows_read, report.blank), (6, 4));
    let entry = &report.entries[0];
    assert_eq!((entry.code, entry.line), (Code::BlankLine, Some(2)));
}

#[test]
fn a_complete_last_row_without_line_end_is_read_with_a_warning() {
    let (table, report) = table(&fixture("no_final_newline.csv"), &options_for("no_final_newline.csv"));
    assert_eq!(table.len(), 2);
    assert_eq!(warned(&report), [Code::NoFinalNewline]);
    assert_eq!((report.entries[0].line, report.entries[0].column), (Some(3), Some(4)));
}

#[test]
fn variants_of_a_column_name_are_read_by_documented_ways_with_a_warning() {
    let known = ["courriels", "prenom"].map(str::to_owned).to_vec();
    let aliases = vec![("courriel".to_owned(), "courriels".to_owned())];
    let options = ReadOptions { known: Some(known), aliases, ..ReadOptions::csv("header_variants.csv") };
    let options = options.requiring(&["id", "latitude", "longitude"]);
    let (table, report) = table(&fixture("header_variants.csv"), &options);
    assert_eq!(table.column_names(), ["id", "latitude", "longitude", "courriels", "Prénom usuel"]);
    assert_eq!(report.warnings.get(&Code::RenamedColumn), Some(&4), "ID, Latitude, LONGITUDE and Courriel");
    assert_eq!(report.warnings.get(&Code::UnknownColumn), Some(&1), "Prénom usuel");
}

#[test]
fn a_variant_beside_the_official_column_keeps_its_own_name() {
    let aliases = vec![("courriel".to_owned(), "courriels".to_owned())];
    let options = ReadOptions { aliases, ..ReadOptions::csv("a.csv") }.requiring(&["courriels"]);
    let (table, report) = table(b"Courriel,courriels\nold@b.fr,new@b.fr\n", &options);
    assert_eq!(table.column_names(), ["Courriel", "courriels"]);
    assert_eq!(table.row(0).and_then(|row| row.get("courriels")), Some("new@b.fr"));
    assert!(report.warnings.is_empty());
}

#[test]
fn the_order_of_columns_does_not_matter() {
    let (one, _) = table(b"id,nom\n1,a\n", &ReadOptions::csv("a.csv"));
    let (other, _) = table(b"nom,id\na,1\n", &ReadOptions::csv("a.csv"));
    for name in ["id", "nom"] {
        assert_eq!(one.row(0).and_then(|row| row.get(name)), other.row(0).and_then(|row| row.get(name)));
    }
}

#[test]
fn mojibake_is_kept_and_reported_with_line_and_column() {
    let (table, report) = table(&fixture("double_encoded.csv"), &options_for("double_encoded.csv"));
    assert_eq!(table.row(0).and_then(|row| row.get("nom")), Some("Ã‰picerie"), "never quietly repaired");
    let places: Vec<_> = report.entries.iter().map(|entry| (entry.code, entry.line, entry.column)).collect();
    assert_eq!(places, [(Code::LikelyMojibake, Some(2), Some(2)), (Code::LikelyMojibake, Some(3), Some(3))]);
}

#[test]
fn codes_stay_texts_even_after_ten_thousand_numbers() {
    let numbers: Vec<String> = (1_001..11_001).map(|code| format!("{code:05},00")).collect();
    let file = format!("code,zeros\n{}\n2A004,NaN\n", numbers.join("\n"));
    let (table, _) = table(file.as_bytes(), &ReadOptions::csv("codes.csv"));
    assert_eq!(table.row(0).and_then(|row| row.get("code")), Some("01001"));
    assert_eq!(table.row(10_000).and_then(|row| row.get("code")), Some("2A004"));
    assert_eq!(table.row(10_000).and_then(|row| row.get("zeros")), Some("NaN"));
}

#[test]
fn names_with_quotes_emoji_and_breton_come_through_unchanged() {
    let name = "L’Étape n°1 – « Ti an Ñiverer » 😀 c'h \"Jean\"";
    let file = format!("id,nom\n1,\"{}\"\n", name.replace('"', "\"\""));
    let (table, report) = table(file.as_bytes(), &ReadOptions::csv("a.csv"));
    assert_eq!(table.row(0).and_then(|row| row.get("nom")), Some(name));
    assert!(report.warnings.is_empty());
}

#[test]
fn a_declared_title_line_and_a_declared_index_are_read() {
    let options = ReadOptions { skip_lines: 1, allow_unnamed_index: true, separator: ';', ..ReadOptions::csv("a.csv") };
    let (table, report) = table("Version bêta ; \"en l'état\n;code\n0;01001\n".as_bytes(), &options);
    assert_eq!(table.column_names(), ["", "code"]);
    assert_eq!(rows(&table), [(3, vec!["0", "01001"])]);
    assert!(report.warnings.is_empty());
}

#[test]
fn one_column_is_a_table_too() {
    let (table, report) = table(b"code\n01001\n\"\"\n\n2A004\n", &ReadOptions::csv("a.csv"));
    assert_eq!(rows(&table), [(2, vec!["01001"]), (5, vec!["2A004"])]);
    assert_eq!(report.blank, 2);
}
