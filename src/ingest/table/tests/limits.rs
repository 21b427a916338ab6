//! Limits: at the limit a file is read, beyond it is refused with the place and the setting.

use super::super::{Limits, ReadOptions, load};
use super::{read, table};
use crate::ingest::report::Code;

fn refusal(bytes: &[u8], options: &ReadOptions) -> String {
    let (outcome, _) = read(bytes, options);
    outcome.map(|table| table.len()).expect_err("beyond the limit").to_string()
}

#[test]
fn five_hundred_and_twelve_columns_are_read_and_one_more_is_refused() {
    let file = |columns: usize| {
        let names: Vec<String> = (0..columns).map(|column| format!("c{column}")).collect();
        format!("{}\n{}\n", names.join(","), vec!["1"; columns].join(","))
    };
    let options = ReadOptions::csv("a.csv");
    assert_eq!(table(file(512).as_bytes(), &options).0.column_names().len(), 512);
    let refused = refusal(file(513).as_bytes(), &options);
    assert!(refused.starts_with("a.csv:1: the header has 513 columns, expected at most 512"), "{refused}");
    assert!(refusal(file(100_000).as_bytes(), &options).contains("100000 columns"));
}

#[test]
fn a_field_of_one_mebibyte_is_read_and_a_longer_one_is_refused() {
    let options = ReadOptions::csv("a.csv");
    let file = |bytes: usize, quote: &str| format!("a,b\n1,2\n1,{quote}{}{quote}\n", "x".repeat(bytes));
    assert_eq!(table(file(1 << 20, "").as_bytes(), &options).0.len(), 2);
    for quote in ["", "\""] {
        let refused = refusal(file((1 << 20) + 1, quote).as_bytes(), &options);
        assert!(refused.starts_with("a.csv:3:2: the field is longer than 1048576 bytes"), "{refused}");
    }
    let swallowed = format!("a,b\n1,\"{}", "2,3\n".repeat(1 << 20));
    assert!(refusal(swallowed.as_bytes(), &options).starts_with("a.csv:2:2: the quote opened here"));
}

#[test]
fn too_many_bytes_or_rows_are_refused_by_name() {
    let limits = Limits { rows: 2, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::csv("a.csv") };
    assert_eq!(table(b"a\n1\n2\n", &options).0.len(), 2);
    assert!(refusal(b"a\n1\n2\n3\n", &options).starts_with("a.csv:4: more than 2 rows"));
    let json = ReadOptions { limits, ..ReadOptions::json("a.json") };
    assert!(refusal(b"[{\"a\":1},{\"a\":2},{\"a\":3}]", &json).contains("3 rows, expected at most 2"));

    let limits = Limits { bytes: 6, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::csv("a.csv") };
    assert_eq!(table(b"a\n1\n2\n", &options).0.len(), 2);
    assert!(refusal(b"a\n1\n22\n", &options).contains("7 bytes, expected at most 6; the setting is limits.bytes"));
}

#[test]
fn a_file_is_never_loaded_beyond_the_limit() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), "a\n1\n2\n").expect("six bytes");
    let options = |bytes| ReadOptions { limits: Limits { bytes, ..Limits::default() }, ..ReadOptions::csv("a.csv") };
    assert_eq!(load(file.path(), &options(6)).expect("at the limit").len(), 6);
    assert_eq!(load(file.path(), &options(5)).expect_err("beyond").code, Code::TooLarge);
    let absent = load(&file.path().join("absent"), &options(5)).expect_err("no such file");
    assert_eq!(absent.code, Code::UnreadableFile);
    assert!(absent.to_string().starts_with("a.csv: the file cannot be read: "), "{absent}");
}

#[test]
fn of_forty_thousand_rows_of_thirty_columns_no_cell_is_lost() {
    let names: Vec<String> = (0..30).map(|column| format!("colonne_{column}")).collect();
    let cell = |row: usize, column: usize| format!("valeur {row} {column}");
    let mut file = names.join(",") + "\n";
    for row in 0..40_000 {
        let cells: Vec<String> = (0..30).map(|column| format!("\"{}\"", cell(row, column))).collect();
        file += &cells.join(",");
        file += "\n";
    }
    let (table, _) = table(file.as_bytes(), &ReadOptions::csv("a.csv"));
    let mut rows = 0;
    for (number, row) in table.rows().enumerate() {
        rows += 1;
        for (column, name) in names.iter().enumerate() {
            assert_eq!(row.get(name), Some(cell(number, column).as_str()));
        }
    }
    assert_eq!(rows, 40_000);
}
