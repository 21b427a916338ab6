//! Cells, encodings and hours through `mediane build`: what small lists of other shapes become, and what is said of them.

use std::fs;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use mediane::domain::{Hours, Location, Phone, Venue};
use mediane::ingest::edition::open;
use mediane::ingest::{BuildOptions, build};
use serde_json::Value;

use crate::part_of_france;

/// What a list became: its venues, and its entries in the report.
struct Outcome {
    venues: Vec<Venue>,
    entries: Vec<Value>,
}

impl Outcome {
    fn named(&self, name: &str) -> &Venue {
        self.venues.iter().find(|venue| venue.name == name).unwrap_or_else(|| panic!("no venue named {name}"))
    }

    fn has_entry(&self, code: &str, holds: impl Fn(&Value) -> bool) -> bool {
        self.entries.iter().any(|entry| entry["code"] == code && holds(entry))
    }
}

/// Builds one list of venues described by `columns` (TOML) on the real territories.
fn built(file: &str, bytes: &[u8], format: &str, profile: &str, columns: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["data/sources", "data/indicators", "cache"] {
        fs::create_dir_all(path(name)).unwrap();
    }
    part_of_france::write(&path("data/territories"));
    let source = format!(
        "id = 'essai'\ntitle = 'Essai'\npublisher = 'Essai'\nlicence = 'Licence Ouverte 2.0'\nvintage = '2024-06-01'\n\
         url = ''\nfile = '{file}'\nrole = 'venues'\nformat = '{format}'\nprofile = '{profile}'\n{columns}\n"
    );
    fs::write(path("data/sources/essai.toml"), source).unwrap();
    fs::write(path(&format!("cache/{file}")), bytes).unwrap();
    let options = BuildOptions {
        as_of: None,
        roads: None,
        undivided: true,
        data: &path("data"),
        cache: &path("cache"),
        out: &path("out"),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: Some("a small list"),
        keep: 12,
        stop: &AtomicBool::new(false),
    };
    build(&options, &|_, _, _| {}).unwrap();
    let atlas = open(&path("out")).unwrap();
    let report: Value = serde_json::from_slice(&std::fs::read(path("out").join("report.json")).unwrap()).unwrap();
    let entries = report["sources"][0]["entries"].as_array().cloned().unwrap_or_default();
    Outcome { venues: atlas.venues().raw.to_vec(), entries }
}

const CSV: &str = "id,nom,commune,code_postal,code_insee,adresse,telephone,courriels,site_web,horaires,modalites_acces,latitude,longitude\n";

/// A list in the national standard whose rows are in Guéret.
fn standard(rows: &[[&str; 7]]) -> Outcome {
    let mut text = CSV.to_owned();
    for (at, [name, address, phone, mail, site, hours, access]) in rows.iter().enumerate() {
        let cells: Vec<String> = [name, address, phone, mail, site, hours, access]
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
            .collect();
        let [name, address, rest @ ..] = &cells[..] else { unreachable!() };
        text = format!("{text}{},{name},Guéret,23000,23096,{address},{},,\n", at + 1, rest.join(","));
    }
    built("list.csv", text.as_bytes(), "csv", "standard-v1", "")
}

fn is_in_gueret(venue: &Venue) -> bool {
    let exact = matches!(venue.location, Location::Published(_) | Location::Repaired(..));
    exact
        && venue
            .location
            .position()
            .is_some_and(|p| (p.lon() - 1.8715).abs() < 1e-4 && (p.lat() - 46.1706).abs() < 1e-4)
}

#[test]
fn a_word_for_nothing_is_no_name() {
    let words = ["NULL", "nan", "[ND]", "None", "#N/A", "-"];
    let mut rows = vec![["Lieu", "#VALEUR!", "NULL", "", "", "", ""]];
    rows.extend(words.map(|word| [word, "1 rue A", "", "", "", "", ""]));
    let outcome = standard(&rows);
    assert_eq!(outcome.venues.len(), 1);
    assert_eq!((&outcome.venues[0].address, outcome.venues[0].phones.len()), (&None, 0));
    assert_eq!(outcome.entries.iter().filter(|entry| entry["code"] == "nom_absent").count(), words.len());
    assert!(outcome.has_entry("mot_vide", |entry| entry["value"] == "#VALEUR!"));
}

#[test]
fn escaped_texts_are_published_as_they_were_meant() {
    let outcome = standard(&[[
        "M&eacute;diath&egrave;que de l&#039;Horloge",
        "1 rue de l&#039;&Eacute;glise",
        "",
        "",
        "",
        "",
        "",
    ]]);
    let venue = outcome.named("Médiathèque de l'Horloge");
    assert_eq!(venue.address.as_deref(), Some("1 rue de l'Église"));
    assert!(outcome.has_entry("texte_echappe", |entry| entry["field"] == "adresse"));
}

#[test]
fn every_contact_of_a_cell_is_published() {
    let outcome = standard(&[[
        "Lieu",
        "1 rue A",
        "0555123456 (accueil) 0612345678 (conseiller)",
        "accueil@exemple.fr/contact@exemple.fr",
        "www.a-exemple.fr et www.b-exemple.fr",
        "",
        "",
    ]]);
    let venue = outcome.named("Lieu");
    assert_eq!(venue.phones.iter().map(Phone::as_str).collect::<Vec<_>>(), ["+33555123456", "+33612345678"]);
    assert_eq!(venue.emails, ["accueil@exemple.fr", "contact@exemple.fr"]);
    assert_eq!(venue.websites, ["https://www.a-exemple.fr", "https://www.b-exemple.fr"]);
    assert!(outcome.has_entry("telephone_invalide", |entry| entry["value"].as_str().unwrap().contains("accueil")));
}

#[test]
fn hours_in_french_words_are_read_in_every_list() {
    let outcome =
        standard(&[["Lieu", "1 rue A", "", "", "", "Lundi au vendredi 9h-12h", "Ce lieu n´accueille pas de public"]]);
    assert_eq!(outcome.named("Lieu").hours, Hours::Osm("Mo-Fr 09:00-12:00".into()));
    assert!(!outcome.named("Lieu").receives_public());
}

#[test]
fn hours_over_columns_of_a_survey_are_read_by_their_days() {
    let text = "id,nom,cp,ville,lundi_am,lundi_pm\n1,Lieu,23000,Guéret,09:00 - 12:00,14:00 - 17:00\n";
    let columns = "[columns]\nid = 'id'\nnom = 'nom'\ncode_postal = 'cp'\ncommune = 'ville'\n\
        [joins]\nhoraires = ['lundi_am', 'lundi_pm']";
    let outcome = built("list.csv", text.as_bytes(), "csv", "survey", columns);
    assert_eq!(outcome.named("Lieu").hours, Hours::Osm("Mo 09:00-12:00,14:00-17:00".into()));
    let text = "id,nom,cp,ville,jour,heures\n1,Lieu,23000,Guéret,mardi,14h-17h\n";
    let columns = columns.replace("'lundi_am', 'lundi_pm'", "'jour', 'heures'");
    let outcome = built("list.csv", text.as_bytes(), "csv", "survey", &columns);
    assert_eq!(outcome.named("Lieu").hours, Hours::Osm("Tu 14:00-17:00".into()));
}

#[test]
fn a_heading_on_two_lines_is_a_key_like_another() {
    let text = r#"[{"num": 1, "Nom du\nlieu": "Espace A", "cp": "23000", "ville": "Guéret"}]"#;
    let columns = "[columns]\nid = 'num'\nnom = \"Nom du\\nlieu\"\ncode_postal = 'cp'\ncommune = 'ville'";
    assert_eq!(built("list.json", text.as_bytes(), "json", "survey", columns).venues[0].name, "Espace A");
}

#[test]
fn a_pair_of_coordinates_is_read_from_any_json() {
    let places = [
        "\"geo\": [46.1706, 1.8715]",
        "\"geo\": {\"lon\": 1.8715, \"lat\": 46.1706}",
        "\"geo\": \"46.1706, 1.8715\"",
        "\"geo\": \"46.1706;1.8715\"",
        "\"geo\": \"POINT(1.8715 46.1706)\"",
    ];
    for place in places {
        let text = format!("[{{\"id\": \"1\", \"nom\": \"Lieu\", \"cp\": \"23000\", \"ville\": \"Guéret\", {place}}}]");
        let columns =
            "[columns]\nid = 'id'\nnom = 'nom'\ncode_postal = 'cp'\ncommune = 'ville'\nlatitude_longitude = 'geo'";
        let outcome = built("list.json", text.as_bytes(), "json", "survey", columns);
        assert!(is_in_gueret(outcome.named("Lieu")), "{place}: {:?}", outcome.named("Lieu").location);
    }
    let text = r#"[{"fields": {"id": "1", "nom": "Lieu", "cp": "23000", "ville": "Guéret"}, "geometry": {"type": "Point", "coordinates": [1.8715, 46.1706]}}]"#;
    let columns = "[columns]\nid = 'fields.id'\nnom = 'fields.nom'\ncode_postal = 'fields.cp'\ncommune = 'fields.ville'\n\
        latitude_longitude = 'geometry.coordinates'";
    assert!(is_in_gueret(built("list.json", text.as_bytes(), "json", "survey", columns).named("Lieu")));
}

#[test]
fn geometries_of_one_point_are_places_and_notes_name_their_feature() {
    let geometries = [
        (r#"{"type": "MultiPoint", "coordinates": [[1.8715, 46.1706]]}"#, true),
        (r#"{"type": "MultiPoint", "coordinates": [[1.8715, 46.1706], [1.8715, 46.1706]]}"#, true),
        (
            r#"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1.8715, 46.1706]}]}"#,
            true,
        ),
        (r#"{"type": "Point", "coordinates": ["1.8715", "46.1706"]}"#, true),
        (r#"{"type": "Point", "coordinates": [1.8715, 46.1706, 430.0]}"#, true),
        (r#"{"type": "Point", "coordinates": []}"#, false),
        (r#"{"type": "MultiPoint", "coordinates": [[1.8715, 46.1706], [1.88, 46.18]]}"#, false),
        (r#"{"type": "Polygon", "coordinates": [[[1.8, 46.1], [1.9, 46.1], [1.9, 46.2], [1.8, 46.1]]]}"#, false),
    ];
    let features: Vec<String> = geometries
        .iter()
        .enumerate()
        .map(|(at, (geometry, _))| {
            format!(
                r#"{{"type": "Feature", "properties": {{"id": "f{at}", "nom": "Lieu {at}", "commune": "Guéret", "code_postal": "23000", "code_insee": "23096", "adresse": "{at} rue A"}}, "geometry": {geometry}}}"#
            )
        })
        .collect();
    let text = format!(r#"{{"type": "FeatureCollection", "features": [{}]}}"#, features.join(", "));
    let outcome = built("list.geojson", text.as_bytes(), "geojson", "standard-v1", "");
    for (at, (geometry, placed)) in geometries.iter().enumerate() {
        assert_eq!(is_in_gueret(outcome.named(&format!("Lieu {at}"))), *placed, "{geometry}");
        let name = format!("n° {} (id f{at})", at + 1);
        let is_noted = outcome.has_entry("geometrie_inattendue", |entry| entry["record"] == name.as_str());
        assert_eq!(is_noted, at != 4, "{geometry}");
    }
}

#[test]
fn one_bad_byte_in_a_list_costs_one_record() {
    let record = |id: usize| {
        format!(
            r#"{{"id": "{id}", "nom": "Médiathèque {id}", "commune": "Guéret", "code_postal": "23000", "adresse": "{id} rue É", "services": "Accès internet et matériel informatique"}}"#
        )
    };
    let records: Vec<String> = (1..=40).map(record).collect();
    let mut bytes = format!("[{}]", records.join(", ")).into_bytes();
    let place = "7 rue É".as_bytes();
    let at = bytes.windows(place.len()).position(|window| window == place).unwrap() + place.len() - 2;
    bytes.splice(at..at + 2, [0xc9]);
    let outcome = built("list.json", &bytes, "json", "standard-v1", "");
    assert_eq!(outcome.venues.len(), 39);
    assert!(outcome.venues.iter().all(|venue| venue.services.len() == 1 && venue.name.starts_with("Médiathèque")));
    assert!(outcome.has_entry("encodage_mixte", |entry| entry["record"].as_str().unwrap().contains("id 7")));
}

#[test]
fn a_list_in_mac_roman_is_read_as_french() {
    let text = format!("{CSV}1,M\u{8e}diath\u{8f}que,Gu\u{8e}ret,23000,23096,1 rue,,,,,,,\n");
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let outcome = built("list.csv", &bytes, "csv", "standard-v1", "");
    assert_eq!(outcome.venues[0].name, "Médiathèque");
    assert!(outcome.has_entry("encodage_deduit", |entry| entry["value"] == "macintosh"));
}

#[test]
fn a_stray_control_character_costs_no_row() {
    let outcome = standard(&[["Espace\u{b}numérique", "1 rue A\u{2}", "", "", "", "", ""]]);
    assert_eq!(outcome.venues[0].name, "Espace numérique");
    assert!(outcome.has_entry("caractere_controle", |_| true));
}
