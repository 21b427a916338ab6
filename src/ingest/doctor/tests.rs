use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::*;
use crate::ingest::source::Source;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn checked(text: &str, file: &str) -> Checked {
    let data = data();
    let today = NaiveDate::from_ymd_opt(2024, 9, 1).unwrap();
    check(text.as_bytes(), &Given { file, source: None, data: &data, today }).unwrap()
}

const GOOD: &str = "id;nom;commune;code_postal;code_insee;adresse;latitude;longitude;date_maj\n";

#[test]
fn a_list_in_the_standard_is_known_by_its_header_and_told_row_by_row() {
    let text = format!(
        "{GOOD}1;Mairie;Guéret;23000;23096;1 rue Un;46,1706;1,8715;2024-01-15\n2;;Guéret;23000;23096;2 rue Deux;;;\n"
    );
    let checked = checked(&text, "liste.csv");
    assert_eq!((checked.shape.as_str(), checked.refused), ("standard-v1", false));
    assert_eq!((checked.report.published, checked.report.quarantined), (1, 1));
    let codes: Vec<&str> = checked.report.entries.iter().map(|entry| entry.code.as_str()).collect();
    assert!(codes.contains(&"nom_absent") && codes.contains(&"separateur_deduit"), "{codes:?}");
    let missing: Vec<&str> = checked.standard.iter().map(|fault| fault.column).collect();
    assert_eq!(missing, ["pivot"], "the row that is left has every column but one");
}

#[test]
fn a_list_nobody_knows_is_refused_with_what_was_expected() {
    let told = checked("a,b\n1,2\n", "liste.csv");
    assert!(told.refused && told.report.entries[0].code.as_str() == "colonne_manquante", "{told:?}");
    let told = checked("<!DOCTYPE html><html></html>", "liste.csv");
    assert!(told.refused && told.report.entries[0].code.as_str() == "contenu_html", "{told:?}");
}

#[test]
fn other_shapes_are_known_by_their_columns_too() {
    let text = "id_fs,lib_fs,adresse,code_postal,lib_com,insee_com,latitude,longitude\n\
                1,France services,1 rue Un,23000,Guéret,23096,46.1706,1.8715\n";
    assert_eq!(checked(text, "fs.csv").shape, "france-services");
}

#[test]
fn what_is_proposed_reads_the_list_it_was_proposed_for() {
    let list = "Nom du lieu;N° SIRET;Ville;CP;Voie;Courriel;Lundi matin;Mardi matin;Remarque\n\
                Maison;21230096700012;Guéret;23000;1 rue Un;a@exemple.fr;9h-12h;9h-12h;x\n\
                Relais;21230096700020;Guéret;23000;2 rue Deux;b@exemple.fr;9h-12h;;y\n\
                Point;21230096700038;Guéret;23000;3 rue Trois;c@exemple.fr;9h-12h;;z\n";
    let proposed = propose(list.as_bytes(), "Liste 2024.csv", &data()).unwrap();
    let source: Source = toml::from_str(&proposed).unwrap_or_else(|error| panic!("{error}\n{proposed}"));
    let column = |field: &str| source.columns.get(field).map(String::as_str);
    assert_eq!((column("nom"), column("commune")), (Some("Nom du lieu"), Some("Ville")), "{proposed}");
    assert_eq!((column("code_postal"), column("adresse")), (Some("CP"), Some("Voie")));
    assert_eq!((column("pivot"), column("courriels")), (Some("N° SIRET"), Some("Courriel")), "by name or by value");
    assert_eq!(source.joins["horaires"], ["Lundi matin", "Mardi matin"]);
    assert_eq!((source.id.as_str(), source.separator), ("liste-2024", Some(';')));
    assert!(proposed.contains("# … = \"Remarque\"   # x"), "{proposed}");
}
