//! Files made to exhaust the machine end one process, are named, and take nothing away. Through the program, as a person
//! starts it.

use std::fs::{self, File};
use std::process::{Command, Output};

use polars::prelude::{Column, DataFrame, ParquetWriter};

use super::workshop::{Workshop, rows};

fn build(workshop: &Workshop, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mediane"));
    command.args(["build", "--undivided", "--today", "2024-09-01"]);
    for (name, folder) in [("--data", "data"), ("--cache", "cache"), ("--out", "out")] {
        command.arg(name).arg(workshop.path(folder));
    }
    command.args(more).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A Parquet file of some hundred kilobytes that holds `columns` million numbers, all the same: 8 MB a column once
/// unpacked, whatever its metadata say.
fn parquet_bomb(workshop: &Workshop, name: &str, columns: usize) {
    let keys: Vec<&str> = ["23096"].into_iter().cycle().take(1_000_000).collect();
    let mut all = vec![Column::new("CODGEO".into(), keys)];
    let same = vec![1_i64; 1_000_000];
    let column = Column::new("V".into(), same);
    all.extend((0..columns).map(|i| column.clone().with_name(format!("V{i}").into())));
    let mut frame = DataFrame::new(1_000_000, all).unwrap();
    let path = workshop.path("cache").join(name);
    ParquetWriter::new(File::create(&path).unwrap()).finish(&mut frame).unwrap();
    let bytes = fs::metadata(path).unwrap().len();
    assert!(bytes < 4 << 20, "{bytes} bytes are no small file");
}

fn with_indicator() -> Workshop {
    let workshop = Workshop::with_list();
    workshop.indicator("taux", "");
    workshop.file("taux.csv", "CODGEO;V\n23096;12\n");
    workshop
}

#[test]
fn a_parquet_bomb_ends_the_process_that_reads_it_and_the_edition_in_force_keeps_its_values() {
    let workshop = with_indicator();
    let first = build(&workshop, &[]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    // The description changes its format as the publisher does; the file of before is still what stands in.
    workshop.source("bombe", "format = 'parquet'\nfile = 'bombe.parquet'\n");
    parquet_bomb(&workshop, "bombe.parquet", 120);
    let second = build(&workshop, &["--memory", "600"]);
    let words = said(&second);
    assert_eq!(second.status.code(), Some(6), "{words}");
    assert!(words.contains("bombe.parquet") && words.contains("600 MiB"), "{words}");
    let atlas = workshop.atlas();
    assert!(atlas.indicator("taux").is_some());
    assert_eq!(atlas.venues().len(), 20);
    let bomb = atlas.edition().sources.iter().find(|source| source.id == "bombe").unwrap();
    assert_eq!(bomb.refused.as_deref(), Some("memoire_depassee"));
}

#[test]
fn a_first_build_ended_by_a_bomb_publishes_nothing_and_names_it() {
    let workshop = with_indicator();
    workshop.source("bombe", "format = 'parquet'\nfile = 'bombe.parquet'\n");
    parquet_bomb(&workshop, "bombe.parquet", 120);
    let output = build(&workshop, &["--memory", "600"]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(3), "{words}");
    assert!(words.contains("bombe.parquet"), "{words}");
    assert!(!workshop.path("out/current").exists());
}

#[test]
fn a_sparse_file_of_five_gigabytes_is_refused_before_it_is_read() {
    let workshop = Workshop::with_list();
    assert_eq!(build(&workshop, &[]).status.code(), Some(0));
    File::create(workshop.path("cache/liste.csv")).unwrap().set_len(5 << 30).unwrap();
    let output = build(&workshop, &[]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(6), "{words}");
    assert!(words.contains("liste.csv") && words.contains("the limit"), "{words}");
    assert_eq!(workshop.atlas().venues().len(), 20);
}

#[test]
fn a_gzip_bomb_among_the_addresses_is_refused_at_its_first_line() {
    let workshop = Workshop::with_list();
    let list = rows(20, 0.0) + "v,Sans coordonnées,Guéret,23000,23096,3 rue de Paris,,,\n";
    workshop.file("liste.csv", list);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..512 {
        std::io::Write::write_all(&mut packed, &zeros).unwrap();
    }
    workshop.file("addresses/adresses-23.csv.gz", packed.finish().unwrap());
    let output = build(&workshop, &["--memory", "600"]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(6), "{words}");
    assert!(words.contains("adresses-23.csv.gz") && words.contains("longer than"), "{words}");
    assert_eq!(workshop.atlas().venues().len(), 21);
}

#[test]
fn limits_that_even_the_territories_exceed_say_what_was_being_done() {
    let workshop = Workshop::with_list();
    let output = build(&workshop, &["--memory", "256", "--seconds", "600"]);
    let words = said(&output);
    // Small as it is, the list may fit into 256 MiB; what must not be is a death without a word.
    assert!(output.status.success() || words.contains("256 MiB"), "{words}");
}
