//! Lists of posts and tables of the programme, cell by cell: what was not read is told.

use std::path::Path;
use std::sync::OnceLock;

use super::*;
use crate::ingest::declarations;
use crate::ingest::reference;
use crate::ingest::table::{ReadOptions, read_table};

fn france() -> &'static Reference {
    static REFERENCE: OnceLock<Reference> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
    REFERENCE.get_or_init(|| reference::read(&folder).unwrap())
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).unwrap()
}

fn source(role: &str, profile: &str) -> Source {
    let text = format!(
        "id = 'essai'\ntitle = ''\npublisher = ''\nlicence = 'Licence Ouverte 2.0'\nvintage = '2023-04-05'\nurl = ''\n\
         file = 'l.csv'\nrole = '{role}'\nformat = 'csv'\nprofile = '{profile}'\n"
    );
    toml::from_str(&text).unwrap()
}

fn read_posts(rows: &str) -> (Vec<Post>, SourceReport) {
    let text =
        format!("nom;commune;code_insee;code_postal;posts;validated;employer_type;pivot;state_eur;zrr;qpv\n{rows}");
    let mut report = SourceReport::new("essai", "l.csv");
    let options = ReadOptions { separator: ';', ..ReadOptions::csv("l.csv") };
    let table = read_table(text.as_bytes(), &options, &mut report).unwrap();
    let source = source("posts", "conseillers-posts");
    let posts = posts(&table, &source, &Locator::new(france()), france(), today(), &mut report);
    report.check().unwrap();
    (posts, report)
}

#[test]
fn money_flags_and_days_of_posts_are_read_or_told() {
    let (posts, report) = read_posts(
        "A;Guéret;23096;23000;2;16/06/2021;publique;1;74858;oui;non\n\
         B;Guéret;23096;23000;1;2021-06-16;Association;2;74 858 €;O;0\n\
         C;Guéret;23096;23000;1;;;3;;;\n\
         D;Guéret;23096;23000;1;06/2021;GIP;4;74.858;partiel;?\n\
         E;Guéret;23096;23000;1;NC;NC;5;-5;sans objet;NC\n",
    );
    let said: Vec<_> = posts
        .iter()
        .map(|p| (p.state_eur, p.zrr, p.qpv, p.public_employer, p.validated.map(|day| day.to_string())))
        .collect();
    let day = Some("2021-06-16".to_owned());
    assert_eq!(said[0], (Some(74_858.0), Some(true), Some(false), Some(true), day.clone()));
    assert_eq!(said[1], (Some(74_858.0), Some(true), Some(false), Some(false), day));
    assert!(said[2..].iter().all(|said| *said == (None, None, None, None, None)), "{said:?}");
    let told: Vec<(u32, &str)> = report
        .entries
        .iter()
        .filter(|entry| entry.action == Action::FieldCleared)
        .filter_map(|entry| Some((entry.line?, entry.field.as_deref()?)))
        .collect();
    for expected in [(5, "validated"), (5, "employer_type"), (5, "state_eur"), (5, "zrr"), (6, "state_eur")] {
        assert!(told.contains(&expected), "{expected:?} of {told:?}");
    }
    assert!(!told.iter().any(|(line, field)| *line < 5 && *field != "latitude"), "{told:?}");
    assert!(!told.contains(&(5, "qpv")) && !told.contains(&(6, "zrr")), "{told:?}");
}

#[test]
fn a_number_of_the_programme_is_never_a_hundred_or_a_thousand_times_too_small() {
    let read = |measure: &str, value: &str| {
        let text = format!("level;code;measure;value;text\ncommunes;23096;{measure};{value};\n");
        let mut report = SourceReport::new("essai", "l.csv");
        let options = ReadOptions { separator: ';', ..ReadOptions::csv("l.csv") };
        let table = read_table(text.as_bytes(), &options, &mut report).unwrap();
        let lines = declarations::read(&table, &source("declarations", "declarations"), france(), today(), &mut report);
        report.check().unwrap();
        assert_eq!(u64::from(lines.is_empty()), report.quarantined, "{measure} {value}");
        lines.first().and_then(|line| line.value)
    };
    for (measure, value, expected) in [
        ("mobile_4g", "99.5", Some(99.5)),
        ("mobile_4g", "99,512", Some(99.512)),
        ("mobile_4g", "0", Some(0.0)),
        ("mobile_4g", "0.995", None),
        ("mobile_4g", "1", None),
        ("mobile_4g", "101", None),
        ("envelope_eur", "900000", Some(900_000.0)),
        ("envelope_eur", "900 000 €", Some(900_000.0)),
        ("envelope_eur", "900.000", None),
        ("envelope_eur", "-5", None),
        ("posts_planned", "12", Some(12.0)),
        ("posts_planned", "1,000", None),
    ] {
        assert_eq!(read(measure, value), expected, "{measure} {value}");
    }
}
