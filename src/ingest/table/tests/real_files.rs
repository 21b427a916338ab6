//! The real files, when they are there: row counts, physical lines, times.

use std::path::PathBuf;
use std::time::Instant;

use super::super::ReadOptions;
use super::read;

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

/// File, rows of data/README.md, line of the last row when it is known from outside.
const FILES: [(&str, usize); 30] = [
    ("venues/france-services-2024-08.csv", 2_845),
    ("venues/france-services-2021-04.geojson", 908),
    ("venues/france-services-2022-12.csv", 2_683),
    ("venues/france-services-2023-10.csv", 2_707),
    ("venues/conseillers-permanences-2022-12.v0.json", 4_930),
    ("venues/data-inclusion-2023-01.v0.json", 3_811),
    ("venues/aidants-connect-2023-01.raw.json", 3_407),
    ("venues/conseillers-employers-2021-06.json", 1_450),
    ("venues/conseillers-posts-2023-04.csv", 2_889),
    ("venues/nord-pas-de-calais-2023.v0.geojson", 1_741),
    ("venues/paca-2023-05.v1.json", 646),
    ("venues/paca-2023-05.v2.json", 646),
    ("venues/charente-2023-07.v1.json", 188),
    ("venues/charente-2023-07.v2.json", 188),
    ("venues/auvergne-rhone-alpes-hinaura.json", 687),
    ("venues/nouvelle-caledonie-2024-03.json", 90),
    ("venues/bourgogne-franche-comte.custom.csv", 697),
    ("venues/regional-raw/angers.json", 63),
    ("venues/regional-raw/gironde.json", 347),
    ("venues/regional-raw/la-creuse.json", 91),
    ("venues/regional-raw/maine-et-loire.json", 243),
    ("venues/bibliotheques-2020.csv", 15_779),
    ("territories/laposte-codes-postaux-2025-06.csv", 39_201),
    ("territories/hubs-2024.json", 17),
    ("indicators/insee-filosofi-2021-communes.csv", 34_909),
    ("indicators/insee-rp-2017-communes.csv", 36_101),
    ("indicators/insee-rp-2018-communes-2000.csv", 5_417),
    ("indicators/arcep-debits-2019-communes.csv", 35_359),
    ("indicators/ifn-2020-iris.parquet", 49_427),
    ("addresses/ban-bondy-93010.csv", 8_413),
];

#[test]
fn every_real_file_gives_the_rows_its_publisher_counts() {
    let Some(folder) = mirror() else { return };
    for (name, rows) in FILES {
        let bytes = std::fs::read(folder.join(name)).expect("a file of the mirror");
        let base = match name.rsplit_once('.') {
            Some((_, "csv")) => ReadOptions::csv(name),
            Some((_, "parquet")) => ReadOptions::parquet(name),
            _ => ReadOptions::json(name),
        };
        let options = ReadOptions { allow_unnamed_index: true, skip_lines: u32::from(name.contains("arcep")), ..base };
        let start = Instant::now();
        let (outcome, report) = read(&bytes, &options);
        let elapsed = start.elapsed();
        let table = outcome.unwrap_or_else(|refused| panic!("{refused}"));
        let line = table.rows().last().map(super::super::Row::line);
        eprintln!(
            "{name}: {} rows, {} quarantined, {} blank, last on line {line:?}, {} columns, {elapsed:.0?}, {:?} {:?}",
            table.len(),
            report.quarantined,
            report.blank,
            table.column_names().len(),
            report.errors,
            report.warnings
        );
        assert_eq!(report.rows_read, rows as u64, "{name}");
    }
}
