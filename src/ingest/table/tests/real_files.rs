//! The real files, when they are there: row counts, physical lines, every cell against a dumb twin, times.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;

use super::super::{ReadOptions, Row, Table};
use super::twin::csv_crate;
use super::{options_for, rows, table};
use crate::ingest::report::Code;

/// File, rows its publisher counts, line feeds within quotes above the last row (counted by Python's `csv`).
const CSV: [(&str, u64, u32); 16] = [
    ("venues/france-services-2024-08.csv", 2_845, 39),
    ("venues/france-services-2023-10.csv", 2_707, 75),
    ("venues/france-services-2022-12.csv", 2_683, 194),
    ("venues/conseillers-posts-2023-04.csv", 2_889, 0),
    ("venues/bourgogne-franche-comte.custom.csv", 697, 0),
    ("venues/bibliotheques-2020.csv", 15_779, 0),
    ("territories/laposte-codes-postaux-2025-06.csv", 39_201, 0),
    ("indicators/insee-filosofi-2021-communes.csv", 34_909, 0),
    ("indicators/insee-rp-2017-communes.csv", 36_101, 0),
    ("indicators/insee-rp-2018-communes-2000.csv", 5_417, 0),
    ("indicators/arcep-debits-2019-communes.csv", 35_359, 0),
    ("addresses/ban-bondy-93010.csv", 8_413, 0),
    ("grid/filosofi-ales-1km-2019.csv", 806, 0),
    ("grid/filosofi-bondy-200m.csv", 164, 0),
    ("standard/exemple-valide.csv", 1, 0),
    ("standard/exemple-valide-v0.1.1.csv", 1, 0),
];

/// File, rows, rows set aside; the survey of Gironde holds one U+0002, which costs it no row.
const JSON: [(&str, u64, u64); 17] = [
    ("venues/france-services-2021-04.geojson", 908, 0),
    ("venues/conseillers-permanences-2022-12.v0.json", 4_930, 0),
    ("venues/data-inclusion-2023-01.v0.json", 3_811, 0),
    ("venues/aidants-connect-2023-01.raw.json", 3_407, 0),
    ("venues/conseillers-employers-2021-06.json", 1_450, 0),
    ("venues/nord-pas-de-calais-2023.v0.geojson", 1_741, 0),
    ("venues/paca-2023-05.v1.json", 646, 0),
    ("venues/paca-2023-05.v2.json", 646, 0),
    ("venues/charente-2023-07.v1.json", 188, 0),
    ("venues/charente-2023-07.v2.json", 188, 0),
    ("venues/auvergne-rhone-alpes-hinaura.json", 687, 0),
    ("venues/nouvelle-caledonie-2024-03.json", 90, 0),
    ("venues/regional-raw/angers.json", 63, 0),
    ("venues/regional-raw/gironde.json", 347, 0),
    ("venues/regional-raw/la-creuse.json", 91, 0),
    ("venues/regional-raw/maine-et-loire.json", 243, 0),
    ("territories/hubs-2024.json", 17, 0),
];

/// The local mirror of the official downloads, or `None` with a word on the terminal.
fn mirror() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let folder = PathBuf::from(std::env::var("MEDIANE_DATA").unwrap_or_else(|_| beside.to_owned()));
    let found = folder.is_dir();
    if !found {
        eprintln!("SKIPPED: no real data in {}; set MEDIANE_DATA", folder.display());
    }
    found.then_some(folder)
}

/// Reads a file of the mirror as its source declares it; says what was found, and in what time.
fn read_real(folder: &Path, name: &str, rows: u64, quarantined: u64) -> (Vec<u8>, ReadOptions, Table) {
    let bytes = std::fs::read(folder.join(name)).expect("a file of the mirror");
    let options = ReadOptions {
        allow_unnamed_index: name.contains("ban") || name.contains("rp-2017"),
        skip_lines: u32::from(name.contains("arcep")),
        separator: match name {
            _ if ["arcep", "filosofi-2021", "posts", "bibliotheques"].iter().any(|part| name.contains(part)) => ';',
            _ => ',',
        },
        ..options_for(name)
    };
    let start = Instant::now();
    let (table, report) = table(&bytes, &options);
    let elapsed = start.elapsed();
    let last = table.rows().last().map(Row::line);
    eprintln!(
        "{name}: {rows} rows, {quarantined} set aside, last on line {last:?}, {elapsed:.0?}, {:?}",
        report.warnings
    );
    assert_eq!((report.rows_read, report.quarantined, report.blank), (rows, quarantined, 0), "{name}");
    assert_eq!(report.total(Code::GuessedSeparator), 0, "{name}: the separator is declared");
    (bytes, options, table)
}

#[test]
fn every_real_csv_is_read_as_the_csv_crate_reads_it() {
    let Some(folder) = mirror() else { return };
    for (name, count, newlines) in CSV {
        let (bytes, options, table) = read_real(&folder, name, count, 0);
        let last = table.rows().last().map(Row::line);
        assert_eq!(last, Some(1 + options.skip_lines + count as u32 + newlines), "{name}");
        let twin = csv_crate(&bytes, options.separator as u8);
        let ours = rows(&table);
        let theirs = &twin[1 + options.skip_lines as usize..];
        assert_eq!(ours.len(), theirs.len());
        for ((line, cells), (their_line, their_cells)) in ours.iter().zip(theirs) {
            assert!(
                line == their_line && cells.iter().eq(their_cells),
                "{name}:{line}: {cells:?} is not {their_cells:?}"
            );
        }
    }
}

#[test]
fn every_real_json_is_read_as_serde_reads_it() {
    let Some(folder) = mirror() else { return };
    for (name, count, quarantined) in JSON {
        let (bytes, _, table) = read_real(&folder, name, count, quarantined);
        let whole: Value = serde_json::from_slice(&bytes).expect("JSON");
        let objects = whole.get("features").unwrap_or(&whole).as_array().expect("a list");
        let objects: Vec<&Value> = objects.iter().map(|object| object.get("properties").unwrap_or(object)).collect();
        let lines: Vec<&str> = std::str::from_utf8(&bytes).expect("UTF-8").split('\n').collect();
        assert!(
            table.rows().all(|row| lines[row.line() as usize - 1].contains('{')),
            "{name}: a line starts no object"
        );
        for (row, object) in table.rows().zip(objects) {
            for (key, value) in object.as_object().expect("an object") {
                let cell = row.get(key);
                match value {
                    Value::Null => assert_eq!(cell, None),
                    Value::String(text) => assert_eq!(cell, Some(text.as_str()).filter(|text| !text.is_empty())),
                    Value::Number(number) => {
                        // serde_json's own parsing of floats is off by one unit in the last place at times.
                        let parsed: f64 = cell.and_then(|cell| cell.parse().ok()).expect("a number");
                        let theirs = number.as_f64().expect("a number");
                        assert!((parsed - theirs).abs() <= theirs.abs() * f64::EPSILON, "{name}: {key}: {cell:?}");
                    }
                    Value::Bool(_) => assert_eq!(cell, Some(value.to_string().as_str())),
                    Value::Array(items) => {
                        let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                        assert_eq!(cell, Some(texts.join("|").as_str()));
                    }
                    Value::Object(_) => panic!("{name}: no real list nests objects"),
                }
            }
        }
    }
}

#[test]
fn the_real_parquet_keeps_its_codes_and_loses_the_space_of_a_name() {
    let Some(folder) = mirror() else { return };
    let (_, _, table) = read_real(&folder, "indicators/ifn-2020-iris.parquet", 49_427, 0);
    assert!(table.column_index("SCORE GLOBAL").is_some(), "{:?}", table.column_names());
    assert_eq!(table.row(0).and_then(|row| row.get("code_iris")), Some("010010000"));
}
