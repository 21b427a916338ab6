//! A file cut anywhere: no panic, and never a value that the whole file does not hold.

use super::super::{Announced, ReadOptions};
use super::random::Random;
use super::{read, rows, table};
use crate::ingest::report::Code;

/// About 4 KB of venues: quotes, embedded newlines, accents, empty cells.
fn venues() -> Vec<u8> {
    let mut random = Random::new(7);
    let mut text = String::from("id,nom,adresse,latitude,longitude\n");
    let names = ["Médiathèque", "\"Poste, guichet \"\"A\"\"\"", "\"Espace\nnumérique\"", "", "Mairie"];
    for id in 0.. {
        if text.len() > 4_000 {
            break;
        }
        let (lat, lon) = (41_000 + random.below(9_000), random.below(9_000));
        let name = random.pick(&names);
        text = format!("{text}{id:05},{name},rue n°{id},{}.{:03},{lon}.5\n", lat / 1_000, lat % 1_000);
    }
    text.into_bytes()
}

#[test]
fn a_file_cut_at_any_byte_never_yields_a_wrong_value() {
    let whole = venues();
    let (original, _) = table(&whole, &ReadOptions::csv("venues.csv"));
    let original = rows(&original);
    let mut warned = 0;
    for length in 0..whole.len() {
        let (outcome, report) = read(&whole[..length], &ReadOptions::csv("venues.csv"));
        let Ok(cut) = outcome else { continue };
        let cut = rows(&cut);
        // What is not ended by a line feed may have lost digits nobody can miss: then, and only then, a warning says so.
        let doubtful = usize::from(report.total(Code::NoFinalNewline) == 1);
        warned += doubtful;
        let certain = cut.len() - doubtful;
        assert_eq!(cut[..certain], original[..certain], "cut at byte {length}");
        if let Some((line, cells)) = cut.get(certain) {
            let (true_line, true_cells) = &original[certain];
            let last = cells.len() - 1;
            assert_eq!((line, &cells[..last]), (true_line, &true_cells[..last]), "cut at byte {length}");
            assert!(true_cells[last].starts_with(cells[last]), "cut at byte {length}");
            assert_eq!(report.entries.last().and_then(|entry| entry.line), Some(*line));
        }
    }
    assert!(warned > 0, "some cuts fall in a last value");
}

#[test]
fn a_file_cut_at_any_byte_is_refused_when_its_size_is_announced() {
    let whole = venues();
    let announced = Announced { size: Some(whole.len() as u64), ..Announced::default() };
    let options = ReadOptions { announced, ..ReadOptions::csv("venues.csv") };
    for length in 0..whole.len() {
        let (outcome, _) = read(&whole[..length], &options);
        let code = outcome.map(|table| table.len()).expect_err("shorter than announced").code;
        assert_eq!(code, if length == 0 { Code::EmptyFile } else { Code::TruncatedFile });
    }
}

#[test]
fn json_cut_at_any_byte_is_refused() {
    let whole = super::fixture("rows_of_all_kinds.json");
    let end = whole.iter().rposition(|&b| b == b']').expect("the end of the list");
    for length in 0..=end {
        let (outcome, _) = read(&whole[..length], &ReadOptions::json("a.json"));
        let refused = outcome.map(|table| table.len()).expect_err("no closing bracket");
        assert!(matches!(refused.code, Code::TruncatedFile | Code::EmptyFile), "cut at byte {length}: {refused}");
    }
}
