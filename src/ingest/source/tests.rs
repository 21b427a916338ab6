//! Descriptions that must be refused, with the file and the line.

use std::fmt;
use std::path::Path;

use super::*;

/// A source nothing is wrong with.
const SOURCE: &str = "id = 'liste-2024-08'\ntitle = 'Liste'\npublisher = 'Essai'\nlicence = 'Licence Ouverte 2.0'\n\
    vintage = '2024-08-01'\nurl = ''\nfile = 'l.csv'\nrole = 'venues'\nformat = 'csv'\nseparator = ','\n\
    profile = 'survey'\ncrs = 'EPSG:2154'\n[columns]\nnom = 'n'\n[[rules]]\nfield = 'services'\ncolumns = ['c']\n\
    value = 'x'\n";

/// An indicator nothing is wrong with.
const INDICATOR: &str = "id = 'i'\ntitle = 'I'\ndefinition = ''\nunit = '%'\nworse = 'lower'\nvintage = '2021'\n\
    publisher = ''\nlicence = 'Licence Ouverte 2.0'\nurl = ''\nfile = 'i.csv'\nformat = 'csv'\nseparator = ';'\n\
    decimal = ','\nkey = 'c'\nvalue = 'v'\nminimum = 0.0\nmaximum = 100.0\nlevel = 'commune'\n";

fn refusal<T: Description + fmt::Debug>(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), text).unwrap();
    read_descriptions::<T>(folder.path()).expect_err(text).to_string()
}

#[test]
fn a_namespace_outlives_the_vintage() {
    let source: Source = toml::from_str(&SOURCE.replace("liste-2024-08", "france-services-2024-08")).unwrap();
    assert_eq!(source.namespace(), "france-services");
}

#[test]
fn what_is_right_is_read() {
    let source: Source = toml::from_str(SOURCE).unwrap();
    assert_eq!(source.crs, Crs::Lambert93);
    let indicator: IndicatorSource = toml::from_str(INDICATOR).unwrap();
    assert_eq!((indicator.worse, indicator.level), (WorseWhen::Lower, IndicatorLevel::Commune));
}

#[test]
fn a_typing_error_in_a_source_is_refused_with_its_line() {
    let cases = [
        ("id = 'liste", "titel = 'x'\nid = 'liste", "titel", 1),
        ("EPSG:2154", "EPSG:2145", "EPSG:2145", 12),
        ("EPSG:2154", "WGS84", "WGS84", 12),
        ("'survey'", "'surveys'", "surveys", 11),
        ("'venues'", "'venue'", "venue", 8),
        ("'csv'", "'xls'", "xls", 9),
        ("','", "'|'", "'|'", 10),
        ("2024-08-01", "2024-02-30", "2024-02-30", 5),
        ("2024-08-01", "01/08/2024", "01/08/2024", 5),
        ("nom = 'n'", "nmo = 'n'", "nmo", 14),
        ("nom = 'n'", "nom = 'n'\ntelefone = 't'", "`telephone`", 15),
        ("field = 'services'", "field = 'service'", "`services`", 16),
        ("Licence Ouverte 2.0", "Tous droits réservés", "Tous droits réservés", 4),
        ("'l.csv'", "'../l.csv'", "../l.csv", 7),
        ("'l.csv'", "'/etc/l.csv'", "/etc/l.csv", 7),
        ("'l.csv'", "'a/../../l.csv'", "leads out of the cache", 7),
        ("'l.csv'", "''", "leads out of the cache", 7),
        ("url = ''", "url = ''\nsha256 = 'abc'", "64 hexadecimal digits", 7),
    ];
    for (right, wrong, named, line) in cases {
        let error = refusal::<Source>(&SOURCE.replacen(right, wrong, 1));
        assert!(error.contains("a.toml") && error.contains(named), "{wrong}: {error}");
        assert!(error.contains(&format!("line {line}")), "{wrong}: {error}");
    }
}

#[test]
fn a_typing_error_in_an_indicator_is_refused_with_its_line() {
    let cases = [
        ("'lower'", "'lowr'", "lowr", 5),
        ("'lower'", "'Lower'", "Lower", 5),
        ("'commune'", "'communes'", "communes", 18),
        ("'commune'", "'epci'", "epci", 18),
        ("'2021'", "'21'", "21", 6),
        ("'2021'", "'2021-13'", "2021-13", 6),
        ("decimal = ','", "decimal = ';'", "decimal", 13),
        ("minimum = 0.0", "minimum = 200.0", "200", 16),
        ("value = 'v'", "value = 'v'\nratio = { numerator = ['a'], denominator = 'b', scale = 1.0 }", "not both", 15),
        ("maximum = 100.0", "maximun = 100.0", "maximun", 17),
    ];
    for (right, wrong, named, line) in cases {
        let error = refusal::<IndicatorSource>(&INDICATOR.replacen(right, wrong, 1));
        assert!(error.contains("a.toml") && error.contains(named), "{wrong}: {error}");
        assert!(error.contains(&format!("line {line}")), "{wrong}: {error}");
    }
}

#[test]
fn a_ratio_without_a_scale_above_zero_is_refused() {
    for scale in ["0.0", "-1.0", "nan", "inf"] {
        let ratio = format!("ratio = {{ numerator = ['a'], denominator = 'b', scale = {scale} }}");
        let error = refusal::<IndicatorSource>(&INDICATOR.replace("value = 'v'", &ratio));
        assert!(error.contains("scale") && error.contains("line 15"), "{error}");
    }
}

#[test]
fn every_description_of_the_project_is_read() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    assert!(read_descriptions::<Source>(&data.join("sources")).unwrap().len() > 20);
    let indicators = read_descriptions::<IndicatorSource>(&data.join("indicators")).unwrap();
    let closed: Vec<&str> = indicators.iter().filter(|i| !i.is_open()).map(|i| i.id.as_str()).collect();
    assert_eq!(closed, ["fragility-index"], "only what is not under an open licence is kept for checking");
}
