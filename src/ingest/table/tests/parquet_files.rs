//! Parquet: scalars become texts, damaged files are refused in plain words, limits hold before anything is unpacked.

use std::io::Cursor;

use polars::prelude::{Column, DataFrame, IntoColumn, ListChunked, NamedFrom, ParquetWriter, Series};
use sha2::{Digest, Sha256};

use super::super::{Announced, Limits, ReadOptions};
use super::random::Random;
use super::{fixture, options_for, read, rows, table};
use crate::ingest::report::Code;

fn parquet(columns: Vec<Column>) -> Vec<u8> {
    let mut frame = DataFrame::new_infer_height(columns).expect("columns of one length");
    let mut out = Cursor::new(Vec::new());
    ParquetWriter::new(&mut out).finish(&mut frame).expect("memory is writable");
    out.into_inner()
}

fn sample() -> Vec<u8> {
    parquet(vec![
        Column::new("code".into(), ["01001", "2A004", "97105"]),
        Column::new("SCORE GLOBAL ".into(), [104.5, -3.25, 1e-7]),
        Column::new("population".into(), [Some(782_i64), None, Some(-1)]),
        Column::new("rural".into(), [true, false, true]),
    ])
}

#[test]
fn scalars_become_texts_and_column_names_lose_their_spaces() {
    let (table, report) = table(&sample(), &ReadOptions::parquet("ifn.parquet"));
    assert_eq!(table.column_names(), ["code", "SCORE GLOBAL", "population", "rural"]);
    let expected = [
        (1, vec!["01001", "104.5", "782", "true"]),
        (2, vec!["2A004", "-3.25", "", "false"]),
        (3, vec!["97105", "1e-7", "-1", "true"]),
    ];
    assert_eq!(rows(&table), expected);
    assert_eq!(report.total(Code::RenamedColumn), 1);
    let options = ReadOptions { trim_column_names: false, ..ReadOptions::parquet("ifn.parquet") };
    assert_eq!(super::table(&sample(), &options).0.column_names()[1], "SCORE GLOBAL ");
}

#[test]
fn a_parquet_file_cut_at_any_byte_is_refused_in_plain_words() {
    let whole = sample();
    for length in 0..whole.len() {
        let (outcome, _) = read(&whole[..length], &ReadOptions::parquet("a.parquet"));
        let refused = outcome.map(|table| table.len()).expect_err("its end is missing");
        assert!(
            matches!(refused.code, Code::TruncatedParquet | Code::CorruptParquet | Code::EmptyFile),
            "cut at byte {length}: {refused}"
        );
        assert!(!refused.to_string().contains("panic"), "{refused}");
    }
}

#[test]
fn one_flipped_bit_is_refused_when_a_checksum_is_announced() {
    let whole = sample();
    let sha256 = Sha256::digest(&whole).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let options = ReadOptions {
        announced: Announced { size: Some(whole.len() as u64), sha256: Some(sha256), ..Announced::default() },
        ..ReadOptions::parquet("a.parquet")
    };
    assert_eq!(table(&whole, &options).0.len(), 3);
    for at in (0..whole.len()).step_by(7) {
        let mut flipped = whole.clone();
        flipped[at] ^= 4;
        let (outcome, _) = read(&flipped, &options);
        assert_eq!(outcome.map(|table| table.len()).expect_err("another file").code, Code::CorruptParquet);
    }
}

#[test]
fn a_flipped_bit_ends_in_a_refusal_or_a_table_but_never_in_a_panic() {
    // Fixed bytes: other seeds and other bytes may abort the process, which nothing within it can prevent.
    let whole = fixture("scalars.parquet");
    let mut refused = 0;
    for seed in 0..1_000 {
        let mut random = Random::new(seed);
        let mut bytes = whole.clone();
        let at = random.below(bytes.len());
        bytes[at] ^= 1 << random.below(8);
        let (outcome, _) = read(&bytes, &ReadOptions::parquet("a.parquet"));
        refused += usize::from(outcome.is_err());
    }
    eprintln!("1,000 flipped bits: {refused} refused; the others cannot be told without a checksum");
    assert!(refused > 0);
}

#[test]
fn lists_are_refused_with_their_column_and_type() {
    let list: ListChunked = [Some(Series::new("".into(), [1_i32, 2]))].into_iter().collect();
    let bytes = parquet(vec![Column::new("id".into(), ["1"]), list.into_column().with_name("tags".into())]);
    let (outcome, _) = read(&bytes, &ReadOptions::parquet("a.parquet"));
    let refused = outcome.map(|table| table.len()).expect_err("no cell holds a list");
    assert_eq!(refused.code, Code::ParquetSchema);
    assert!(refused.message.contains("column `tags` is of type LargeList,"), "{refused}");
}

#[test]
fn parquet_beyond_the_limits_is_refused_before_it_is_unpacked() {
    let limited = |limits| ReadOptions { limits, ..ReadOptions::parquet("a.parquet") };
    for (limits, code) in [
        (Limits { rows: 2, ..Limits::default() }, Code::TooManyRows),
        (Limits { columns: 3, ..Limits::default() }, Code::TooManyColumns),
        (Limits { unpacked_bytes: 10, ..Limits::default() }, Code::TooLarge),
    ] {
        let (outcome, _) = read(&sample(), &limited(limits));
        assert_eq!(outcome.map(|table| table.len()).expect_err("beyond the limit").code, code);
    }
}

#[test]
fn parquet_without_rows_is_refused() {
    let bytes = parquet(vec![Column::new("id".into(), Vec::<String>::new())]);
    let (outcome, _) = read(&bytes, &ReadOptions::parquet("a.parquet"));
    assert_eq!(outcome.map(|table| table.len()).expect_err("no row").code, Code::NoRows);
}

#[test]
fn a_parquet_row_with_a_control_character_is_set_aside_and_an_empty_one_is_blank() {
    let bytes = parquet(vec![
        Column::new("id".into(), [Some("1"), Some("2"), Some(" "), Some("4")]),
        Column::new("nom".into(), [Some("Mairie"), Some("a\0b"), None, Some("Poste\n2")]),
    ]);
    let (table, report) = table(&bytes, &ReadOptions::parquet("a.parquet"));
    assert_eq!(rows(&table), [(1, vec!["1", "Mairie"]), (4, vec!["4", "Poste\n2"])]);
    assert_eq!((report.rows_read, report.quarantined, report.blank), (4, 1, 1));
    assert_eq!((report.entries[0].code, report.entries[0].line), (Code::NulByte, Some(2)));
}

// Written by pyarrow, as most publishers do.
#[test]
fn dictionaries_and_bytes_that_are_text_are_read_as_text() {
    for name in ["dictionary.parquet", "bytes_of_text.parquet"] {
        let (table, _) = table(&fixture(name), &options_for(name));
        assert_eq!(rows(&table)[..2], [(1, vec!["a"]), (2, vec!["é"])], "{name}");
    }
}

#[test]
fn types_no_cell_can_hold_are_refused_by_name() {
    for (name, message) in [
        ("dates.parquet", "dates.parquet: column `jour` is of type Date32, expected text"),
        ("structures.parquet", "structures.parquet: column `lieu` is of type Struct, expected text"),
        ("bytes_of_no_text.parquet", "bytes_of_no_text.parquet: column `nom` of type binary holds values that are no"),
    ] {
        let (outcome, _) = read(&fixture(name), &options_for(name));
        let refused = outcome.map(|table| table.len()).expect_err("no text");
        assert_eq!(refused.code, Code::ParquetSchema);
        assert!(refused.to_string().starts_with(message), "{refused}");
    }
}
