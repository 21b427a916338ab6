//! The dumb twin: the `csv` crate and a count of line feeds agree with the scanner and Polars, cell by cell.

use super::super::ReadOptions;
use super::random::Random;
use super::{rows, table};

/// Records of a file as the `csv` crate reads them, each with its physical line.
pub fn csv_crate(text: &[u8], separator: u8) -> Vec<(u32, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text);
    let mut record = csv::ByteRecord::new();
    let mut out = Vec::new();
    while reader.read_byte_record(&mut record).expect("bytes in memory") {
        // The crate starts a record where the previous one ended: skip the blank lines between.
        let position = record.position().expect("a record that was read has a position");
        let blank = &text[position.byte() as usize..];
        let skipped = blank.iter().take_while(|&&b| b == b'\n' || b == b'\r').filter(|&&b| b == b'\n').count();
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        out.push((position.line() as u32 + skipped as u32, cells));
    }
    out
}

/// A cell that holds what French files hold, and what breaks readers.
fn cell(random: &mut Random) -> String {
    let pieces = [
        "01001",
        "2A004",
        "é",
        "L’Étape",
        "\"",
        "\"\"",
        ",",
        ";",
        "\n",
        "\r\n",
        " ",
        "48,85",
        "|",
        "\t",
        "😀",
        "#",
        "NA",
    ];
    (0..random.below(5)).map(|_| random.pick(&pieces)).collect()
}

fn quoted(cell: &str, separator: char, random: &mut Random) -> String {
    let needed = cell.contains(['"', '\n', '\r', separator]);
    if needed || random.below(4) == 0 { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[test]
fn two_thousand_random_files_are_read_as_the_csv_crate_reads_them() {
    let mut random = Random::new(1);
    let mut compared = 0;
    for _ in 0..2_000 {
        let separator = random.pick(&[',', ';', '\t']);
        let end = random.pick(&["\n", "\r\n"]);
        let columns = 1 + random.below(6);
        let header: Vec<String> = (0..columns).map(|column| format!("c{column}")).collect();
        let mut text = header.join(&separator.to_string()) + end;
        for _ in 0..=random.below(20) {
            let cells: Vec<String> = (0..columns)
                .map(|_| {
                    let cell = cell(&mut random);
                    quoted(&cell, separator, &mut random)
                })
                .collect();
            text += &cells.join(&separator.to_string());
            text += end;
        }
        // A last row that is not blank, so that the file has one.
        text += &vec!["x"; columns].join(&separator.to_string());
        text += end;
        let options = ReadOptions { separator, ..ReadOptions::csv("random.csv") };
        let (table, report) = table(text.as_bytes(), &options);
        let blank = |cells: &[String]| {
            cells
                .iter()
                .all(|cell| cell.bytes().all(|b| matches!(b, b' ' | b'\t' | b'"' | b'\r') || b == separator as u8))
        };
        let twin: Vec<(u32, Vec<String>)> = csv_crate(text.as_bytes(), separator as u8).into_iter().skip(1).collect();
        let ours = rows(&table);
        let theirs: Vec<&(u32, Vec<String>)> =
            twin.iter().filter(|(line, _)| ours.iter().any(|(ours, _)| ours == line)).collect();
        assert_eq!(ours.len(), theirs.len(), "{text:?}");
        for ((line, cells), (their_line, their_cells)) in ours.iter().zip(&theirs) {
            assert_eq!(
                (line, cells),
                (their_line, &their_cells.iter().map(String::as_str).collect::<Vec<_>>()),
                "{text:?}"
            );
        }
        assert!(twin.iter().all(|(line, cells)| blank(cells) || ours.iter().any(|(ours, _)| ours == line)), "{text:?}");
        assert_eq!(report.quarantined, 0, "a valid file has no bad row");
        compared += ours.len() * columns;
    }
    eprintln!("{compared} cells compared");
    assert!(compared > 50_000);
}
