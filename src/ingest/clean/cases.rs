//! The failing cases that others found (`../shared/cases`), each with what it must become. A case of these kinds that is
//! not in the table fails, so that the next one is not forgotten.

use chrono::NaiveDate;

use super::{contact, coordinates, date, hours, number, url};
use crate::domain::{Hours, Phone};

/// Trial, input, outcome; several values are joined by a blank.
const CASES: &[(&str, &str, &str)] = &[
    ("T01-2", "262.262.20.12.34", "+262262201234"),
    ("T01-5", "00 262 262 20 12 34", "+262262201234"),
    ("T01-10", "01 23 45 67 89 - 06 12 34 56 78", "+33123456789 +33612345678"),
    ("T01-11", "01 23 45 67 89 et 06 12 34 56 78", "+33123456789 +33612345678"),
    ("T01-26", "0555123456 (accueil) 0612345678 (conseiller)", "+33555123456 +33612345678"),
    ("T01-4", "+262 0262 20 12 34", "+262262201234"),
    ("T01-23", "56 12 34", ""),
    ("T02-2", "Papeete: 40 46 84 00", "+68940468400"),
    (
        "E01-2",
        "accueil@mairie-exemple.fr/contact@mairie-exemple.fr",
        "accueil@mairie-exemple.fr contact@mairie-exemple.fr",
    ),
    ("E01-4", "contact@mairie-exemple.fr.", "contact@mairie-exemple.fr"),
    ("E01-6", "contact @ mairie-exemple.fr", "contact@mairie-exemple.fr"),
    ("E01-7", "Mairie <contact@mairie-exemple.fr>", "contact@mairie-exemple.fr"),
    ("E01-13", "mailto:contact@mairie-exemple.fr?subject=Bonjour", "contact@mairie-exemple.fr"),
    ("U01-1", "https://www.a-exemple.fr;https://www.b-exemple.fr", "https://www.a-exemple.fr https://www.b-exemple.fr"),
    ("U01-2", "https://www.a-exemple.fr https://www.b-exemple.fr", "https://www.a-exemple.fr https://www.b-exemple.fr"),
    ("U01-4", "www.a-exemple.fr et www.b-exemple.fr", "https://www.a-exemple.fr https://www.b-exemple.fr"),
    ("U01-5", "https://www.a-exemple.fr,", "https://www.a-exemple.fr"),
    (
        "U01-6",
        "https://web.archive.org/web/2022/https://www.a-exemple.fr/",
        "https://web.archive.org/web/2022/https://www.a-exemple.fr/",
    ),
    ("U01-9", "https:// www.a-exemple.fr", "https://www.a-exemple.fr"),
    ("U01-15", "https://https://www.a-exemple.fr", "https://www.a-exemple.fr"),
    ("G04-6", "46.1706 1.8715", "46.1706 1.8715"),
    ("G04-7", "46.1706;1.8715", "46.1706 1.8715"),
    ("G04-8", "POINT(1.8715 46.1706)", "46.1706 1.8715"),
    ("G04-12", "46.1706/1.8715", "46.1706 1.8715"),
    ("G05-1", "[46.1706,1.8715]", "46.1706 1.8715"),
    ("G05-2", "{\"lon\":1.8715,\"lat\":46.1706}", "46.1706 1.8715"),
    ("G01-1", "-5.4e-05", "-0.000054"),
    ("D01-1", "5/3/2024", "2024-03-05"),
    ("D01-3", "5/3/2024 14:22", "2024-03-05"),
    ("D01-5", "31-12-2024", "2024-12-31"),
    ("D01-6", "31.12.2024", "2024-12-31"),
    ("D01-7", "20241231", "2024-12-31"),
    ("H04-3", "Mo-Fr 09:00-17:00; PH Mo-Fr off", "Mo-Fr 09:00-17:00; PH Mo-Fr closed"),
    ("H04-7", "Mo-Sa 09:00-12:00; PH Su off", "Mo-Sa 09:00-12:00; PH Su closed"),
    ("H05-1", "Le lundi de 9h00 à 12h00 et sur rendez-vous", "Mo 09:00-12:00 || unknown \"sur rendez-vous\""),
    ("H05-2", "Lundi 9h-12h et sur rendez-vous", "Mo 09:00-12:00 || unknown \"sur rendez-vous\""),
    ("H02-20", "du lundi au samedi 9h-12h et 14h-18h, samedi 9h-12h", "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"),
    ("H04-14", "2025 Jan 01-2025 Dec 31: Mo-Fr 09:00-12:00", "2025 Jan 1-2025 Dec 31 Mo-Fr 09:00-12:00"),
    ("H04-18", "2024 Jan 01-2024 Jun 30 Mo 09:00-12:00", "2024 Jan 1-2024 Jun 30 Mo 09:00-12:00"),
    ("H04-21", "easter -2 days off; Mo-Fr 09:00-12:00", "texte"),
    ("H04-23", "Tu[1,3] 14:00-16:30", "Tu[1,3] 14:00-16:30"),
];

/// Kinds of cases whose trials are all in the table; the others are built whole, or belong to other rooms.
const KINDS: [&str; 12] = ["F2", "F16", "F18", "F20", "F24", "F26", "F38", "F40", "F42", "F50", "F52", "F56"];

fn outcome(trial: &str, input: &str) -> String {
    match trial.split_at(1).0 {
        "T" => {
            let territory = if input.starts_with("Papeete") { "987" } else { "23" };
            let read = contact::phones(input, Some(territory));
            assert!(!read.values.is_empty() || !read.remarks.is_empty(), "{trial}: lost without a note");
            read.values.iter().map(Phone::as_str).collect::<Vec<_>>().join(" ")
        }
        "E" => contact::emails(input).values.join(" "),
        "U" => url::urls(input).values.join(" "),
        "D" => date::day(input, NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()).unwrap().value.to_string(),
        "G" if trial == "G01-1" => number::coordinate(input).unwrap().value.to_string(),
        "G" => {
            let pair = coordinates::pair(input).unwrap().value;
            format!("{} {}", pair.latitude, pair.longitude)
        }
        _ => match hours::hours(input).0 {
            Hours::Osm(osm) => osm,
            Hours::Text(_) => "texte".to_owned(),
            Hours::Unknown => String::new(),
        },
    }
}

#[test]
fn every_case_that_others_found_becomes_what_it_must() {
    for (trial, input, expected) in CASES {
        assert_eq!(outcome(trial, input), *expected, "{trial}: {input}");
    }
}

#[test]
fn no_case_of_these_kinds_is_missing_from_the_table() {
    let root = std::env::var_os("MEDIANE_CASES").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(root.join("cases.jsonl")) else {
        eprintln!("SKIPPED: cases.jsonl is not in {}; set MEDIANE_CASES to check it", root.display());
        return;
    };
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let (kind, trial) = (case["id"].as_str().unwrap(), case["trial"].as_str().unwrap());
        // G06 is a whole file: see the suite.
        if KINDS.contains(&kind) && trial != "G06-1" {
            assert!(CASES.iter().any(|(known, ..)| *known == trial), "{kind} {trial} is not in the table");
        }
    }
}
