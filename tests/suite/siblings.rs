//! Siblings of the cases that others found, of the kinds that are made of whole rows and files: other inputs of one kind, each
//! with the outcome worked out by hand. Those of single cells stand in `src/ingest/clean/siblings.rs`.

use std::collections::BTreeMap;
use std::path::Path;

use mediane::domain::Venue;
use mediane::ingest::report::SourceReport;

use super::workshop::Workshop;

const HEADER: &str = "id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,dispositif_programmes_nationaux,\
    autres_formations_labels,modalites_acces\n";

/// Builds one list of rows `commune, code_postal, code_insee, adresse, programmes, labels, access`; the venues by the number
/// of their row, and what was said of the list.
fn built(rows: &[[&str; 7]]) -> (BTreeMap<usize, Venue>, SourceReport) {
    let mut text = HEADER.to_owned();
    for (at, [commune, postcode, code, address, programmes, labels, access]) in rows.iter().enumerate() {
        text = format!(
            "{text}{at},Lieu {at},{commune},{postcode},{code},\"{address}\",,,{programmes},{labels},\"{access}\"\n"
        );
    }
    let workshop = Workshop::of_france();
    workshop.source("liste", "");
    workshop.file("liste.csv", text);
    let report = workshop.build().report.sources.swap_remove(0);
    let number = |venue: &Venue| venue.name.strip_prefix("Lieu ").unwrap().parse().unwrap();
    (workshop.atlas().venues().iter().map(|venue| (number(venue), venue.clone())).collect(), report)
}

/// Kind, commune, postal code, commune code, address, and the commune of today.
const COMMUNES: &[(&str, &str, &str, &str, &str, &str)] = &[
    // Codes of overseas territories from before they changed status.
    ("F12", "", "", "97123", "", "97701"),
    ("F12", "", "", "97127", "", "97801"),
    ("F12", "", "", "98501", "", "97601"),
    ("F12", "", "", "98517", "", "97617"),
    // A postal code in the column of the commune code, which is a commune code elsewhere (VEN-117).
    ("VEN-117", "Saint-Barthélemy", "97133", "97133", "", "97701"),
    ("VEN-117", "Saint-Barthélemy", "", "97133", "", "97701"),
    ("VEN-117", "Vieux-Fort", "97141", "97133", "", "97133"),
    ("VEN-117", "Saint-Martin", "97150", "97150", "", "97801"),
    // A former name, under a code that is kept or gone; a name that several communes bore.
    ("F14", "Eternoz", "25330", "", "", "25223"),
    ("F14", "Ancenis", "44150", "", "", "44003"),
    ("F14", "Saint-Géréon", "44150", "", "", "44003"),
    ("F14", "Thenay", "41400", "", "", "41059"),
    ("F14", "Cendrieux", "24380", "", "", "24362"),
    ("F14", "BAUGE", "49150", "", "", "49018"),
    // The commune at the end of an address.
    ("F14", "", "23210", "", "15 rue de l'Église 23210 Marsac", "23124"),
    ("F14", "", "24380", "", "Le bourg, 24380 Cendrieux", "24362"),
    // An article left out or added; postal codes as they are written.
    ("article", "Mont-Dore", "98810", "", "", "98817"),
    ("article", "Mont-Dore", "63240", "", "", "63236"),
    ("article", "Havre", "76600", "", "", "76351"),
    ("postal code", "Guéret", "F-23000", "", "", "23096"),
    ("postal code", "", "FR23300", "", "", "23176"),
    ("postal code", "La Souterraine", "23000;23300", "", "", "23176"),
    ("postal code", "Bourg-en-Bresse", "1000", "", "", "01053"),
];

#[test]
fn the_commune_of_a_row_is_that_of_today() {
    let rows: Vec<[&str; 7]> = COMMUNES
        .iter()
        .map(|(_, commune, cp, code, address, _)| [*commune, *cp, *code, *address, "", "", ""])
        .collect();
    let (venues, report) = built(&rows);
    let mut faults = Vec::new();
    for (at, (kind, commune, postcode, code, address, expected)) in COMMUNES.iter().enumerate() {
        let found = venues.get(&at).and_then(|venue| venue.commune).map(|code| code.to_string());
        if found.as_deref() != Some(expected) {
            faults.push(format!("{kind} {commune} {postcode} {code} {address}: expected {expected}, found {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}\n{:#?}", report.entries);
}

/// Kind, column (0 programmes, 1 labels, 2 access), text, what the venue must be.
type Word = (&'static str, usize, &'static str, fn(&Venue) -> bool);

fn is_of(label: &str) -> impl Fn(&Venue) -> bool {
    let label = label.to_owned();
    move |venue| venue.labels.iter().any(|known| known.label == label)
}

const WORDS: &[Word] = &[
    ("F44", 1, "Pass numérique", |venue| venue.pass_numerique == Some(true)),
    ("F44", 1, "pass numerique", |venue| venue.pass_numerique == Some(true)),
    ("F44", 1, "APTIC", |venue| venue.pass_numerique == Some(true)),
    ("F44", 1, "Relais du patrimoine", |venue| venue.other_labels == ["Relais du patrimoine"]),
    ("F46", 0, "Conseiller numérique", |venue| is_of("Conseillers numériques")(venue)),
    ("F46", 0, "conseillers numeriques", |venue| is_of("Conseillers numériques")(venue)),
    ("F46", 0, "CNFS", |venue| is_of("Conseillers numériques")(venue)),
    ("F46", 0, "Aidants connect", |venue| is_of("Aidants Connect")(venue)),
    ("F48", 2, "Ce lieu n'accueille pas de public", |venue| !venue.receives_public()),
    ("F48", 2, "Ce lieu n’accueille pas de public", |venue| !venue.receives_public()),
    ("F48", 2, "ce lieu n´accueille pas de public", |venue| !venue.receives_public()),
    ("F48", 2, "Ce lieu n'accueille pas de public.", |venue| !venue.receives_public()),
    ("F48", 2, "Se présenter", |venue| venue.receives_public()),
    ("F86", 2, "Non ouvert au public", |venue| !venue.receives_public()),
    ("F86", 2, "N'accueille pas le public", |venue| !venue.receives_public()),
];

#[test]
fn words_of_the_standard_are_recognised_in_other_spellings_or_told() {
    let rows: Vec<[&str; 7]> = WORDS
        .iter()
        .map(|(_, column, text, _)| {
            let mut row = ["Guéret", "23000", "23096", "", "", "", ""];
            row[4 + column] = text;
            row
        })
        .collect();
    // Addresses apart, so that no two of them are one place.
    let addresses: Vec<String> =
        (0..rows.len()).map(|at| format!("{at} rue {}", ["Haute", "Basse", "Neuve"][at % 3])).collect();
    let rows: Vec<[&str; 7]> = rows
        .iter()
        .zip(&addresses)
        .map(|(row, address)| {
            let mut row = *row;
            row[3] = address;
            row
        })
        .collect();
    let (venues, report) = built(&rows);
    let mut faults = Vec::new();
    for (at, (kind, _, text, holds)) in WORDS.iter().enumerate() {
        let Some(venue) = venues.get(&at) else {
            faults.push(format!("{kind} {text}: merged away"));
            continue;
        };
        if !holds(venue) {
            faults.push(format!(
                "{kind} {text}: labels {:?}, others {:?}, pass {:?}, access {:?}",
                venue.labels.iter().map(|label| &label.label).collect::<Vec<_>>(),
                venue.other_labels,
                venue.pass_numerique,
                venue.access_modes
            ));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}\n{:#?}", report.entries);
}

#[test]
fn a_key_of_json_may_hold_any_blank() {
    for heading in ["Nom du\\r\\nlieu", "Nom du\\tlieu", "Nom du\\u00a0lieu", "Nom du lieu "] {
        let workshop = Workshop::new();
        // Blanks at either end of a heading are nobody's.
        let column = heading.trim_end();
        let columns = format!(
            "file = 'liste.json'\nformat = 'json'\nprofile = 'survey'\n[columns]\nid = 'num'\nnom = \"{column}\"\n\
             code_postal = 'cp'\ncommune = 'ville'\n"
        );
        workshop.source("liste", &columns);
        let list = format!(r#"[{{"num": 1, "{heading}": "Espace A", "cp": "23000", "ville": "Guéret"}}]"#);
        workshop.file("liste.json", list);
        let report = workshop.build().report.sources.swap_remove(0);
        let name = workshop.atlas().venues().raw.first().map(|venue| venue.name.clone());
        assert_eq!(name.as_deref(), Some("Espace A"), "{heading:?}: {:?}", report.entries);
    }
}

#[test]
fn a_note_about_one_record_of_json_names_it() {
    let record = |id: &str, day: &str| {
        format!(
            r#"{{"id":"{id}","nom":"Lieu {id}","commune":"Guéret","code_postal":"23000","adresse":"{id} rue A","date_maj":"{day}"}}"#
        )
    };
    let list = [record("a", "2024-01-02"), record("b", "le printemps"), record("c", "2024-03-04")].join(",");
    for (file, format, text) in [
        ("liste.json", "json", format!("[{list}]")),
        ("liste2.json", "json", format!("[{}]", list.replace("},{", "},\n{"))),
        (
            "liste.geojson",
            "geojson",
            format!(
                r#"{{"type":"FeatureCollection","features":[{}]}}"#,
                list.split("},{")
                    .map(|record| {
                        let record = record.trim_start_matches('{').trim_end_matches('}');
                        format!(r#"{{"type":"Feature","geometry":null,"properties":{{{record}}}}}"#)
                    })
                    .collect::<Vec<_>>()
                    .join(",")
            ),
        ),
    ] {
        let workshop = Workshop::new();
        workshop.source("liste", &format!("file = '{file}'\nformat = '{format}'\n"));
        workshop.file(file, text);
        let report = workshop.build().report.sources.swap_remove(0);
        let entry = report.entries.iter().find(|entry| entry.value.as_deref() == Some("le printemps"));
        let record = entry.and_then(|entry| entry.record.as_deref()).unwrap_or_default();
        assert_eq!(record, "n° 2 (id b)", "{file}: {:?}", report.entries);
    }
}

#[test]
fn an_id_that_is_none_loses_no_place() {
    for id in ["", "-", "N/A", "null"] {
        let workshop = Workshop::new();
        let columns = "profile = 'survey'\n[columns]\nid = 'id'\nnom = 'nom'\ncode_postal = 'cp'\ncommune = 'ville'\n\
            adresse = 'adresse'\n";
        workshop.source("liste", columns);
        let rows: String = ["Médiathèque,1 rue Haute", "Mairie,2 rue Basse", "Centre social,3 rue Neuve"]
            .iter()
            .map(|row| format!("{id},{row},23000,Guéret\n"))
            .collect();
        workshop.file("liste.csv", format!("id,nom,adresse,cp,ville\n{rows}"));
        let report = workshop.build().report.sources.swap_remove(0);
        assert_eq!((report.rows_read, report.published), (3, 3), "id {id:?}: {:#?}", report.entries);
    }
}

#[test]
fn a_record_that_its_list_does_not_want_used_is_kept_from_citizens() {
    let workshop = Workshop::new();
    workshop.source("liste", "");
    let cases = [
        ("Mairie FERMETURE DÉFINITIVE", "", true),
        ("Médiathèque (à supprimer)", "", true),
        ("DOUBLON Espace numérique", "", true),
        ("Centre social", "off", true),
        ("Cyber-base", "Mo-Fr 09:00-12:00", false),
    ];
    let rows: String = cases
        .iter()
        .enumerate()
        .map(|(at, (name, hours, _))| format!("{at},{name},Guéret,23000,{at} rue Haute,{hours},,\n"))
        .collect();
    workshop.file("liste.csv", format!("id,nom,commune,code_postal,adresse,horaires,latitude,longitude\n{rows}"));
    workshop.build();
    let atlas = workshop.atlas();
    assert_eq!(atlas.venues().iter().count(), cases.len());
    for (name, _, withheld) in cases {
        // Names are made readable: the number of the house tells which is which.
        let at = cases.iter().position(|(known, ..)| *known == name).unwrap();
        let address = format!("{at} rue Haute");
        let venue = atlas.venues().iter().find(|venue| venue.address.as_deref() == Some(&address)).unwrap();
        assert_eq!(venue.withheld.is_some(), withheld, "{name}: {:?}", venue.withheld);
    }
}

#[test]
fn words_for_nothing_are_no_name_no_answer_and_no_number() {
    let workshop = Workshop::new();
    let columns = "profile = 'survey'\n[columns]\nid = 'id'\nnom = 'nom'\ncode_postal = 'cp'\ncommune = 'ville'\n\
        [joins]\nadresse = ['n', 'voie']\n[[rules]]\nfield = 'services'\ncolumns = ['aide']\n\
        value = 'Aide aux démarches administratives'\n";
    workshop.source("liste", columns);
    let rows = "1,Espace A,23000,Guéret,12.0,RUE HAUTE,oui\n2,Espace B,23000,Guéret,3,RUE BASSE,NULL\n\
        3,Espace C,23000,Guéret,4,RUE NEUVE,#N/A\n4,Vide,23000,Guéret,5,RUE NEUVE,oui\n5,0,23000,Guéret,6,RUE NEUVE,oui\n";
    workshop.file("liste.csv", format!("id,nom,cp,ville,n,voie,aide\n{rows}"));
    let report = workshop.build().report.sources.swap_remove(0);
    assert_eq!((report.rows_read, report.published, report.quarantined), (5, 3, 2), "{:#?}", report.entries);
    let atlas = workshop.atlas();
    let of = |name: &str| atlas.venues().iter().find(|venue| venue.name == name).unwrap().clone();
    assert_eq!(of("Espace A").address.as_deref(), Some("12 RUE HAUTE"));
    assert_eq!(["Espace A", "Espace B", "Espace C"].map(|name| of(name).services.len()), [1, 0, 0]);
}

#[test]
fn addresses_of_two_arrondissements_stand_on_no_one_point() {
    let workshop = Workshop::of_france();
    workshop.source("liste", "");
    // The point that a geocoder gave for « Paris », in the 12th; the 12th may keep it.
    let rows = "1,Un,Paris,75010,24 rue de Paradis,48.845,2.3752\n2,Deux,Paris,75013,53 rue Nationale,48.845,2.3752\n\
        3,Trois,Paris,75012,1 rue de Lyon,48.845,2.3752\n4,Quatre,Paris,75010,2 rue de Paradis,48.8756,2.3492\n";
    let header = "id,nom,commune,code_postal,adresse,latitude,longitude\n";
    workshop.file("liste.csv", format!("{header}{rows}"));
    let report = workshop.build().report.sources.swap_remove(0);
    let atlas = workshop.atlas();
    let precision = |name: &str| {
        let venue = atlas.venues().iter().find(|venue| venue.name == name).unwrap();
        venue.location.precision()
    };
    let found = ["Un", "Deux", "Trois", "Quatre"].map(precision);
    assert_eq!(found, ["commune", "commune", "published", "published"], "{:#?}", report.entries);
}

/// Where each kind has its case and its siblings: the page says it, and forgets none.
#[test]
fn the_page_of_cases_names_every_kind() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cases.md")).unwrap();
    let root = std::env::var_os("MEDIANE_CASES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases"), Into::into);
    let Ok(text) = std::fs::read_to_string(root.join("cases.jsonl")) else {
        eprintln!("SKIPPED: cases.jsonl is not in {}", root.display());
        return;
    };
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let kind = case["id"].as_str().unwrap();
        assert!(page.contains(&format!("| {kind} |")), "{kind} is not in docs/cases.md");
    }
}
