//! Two small lists through `mediane build`: what becomes one card, what stays two, and what is known from another row.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use mediane::atlas::Atlas;
use mediane::domain::vocabulary::Programme;
use mediane::domain::{Flag, Withheld};
use mediane::ingest::edition::open;
use mediane::ingest::{BuildOptions, build};

const COLUMNS: &str = "id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,telephone,pivot,date_maj,dispositif_programmes_nationaux";

/// A list that has nothing to do with the other.
const ELSEWHERE: &str = "77,Autre chose,Paris,75001,75101,9 rue Saint-Honoré,48.8615,2.3400,,,,";

/// The edition of two lists of Guéret; `more` is added to the description of each.
fn edition(lists: [(&str, &str); 2]) -> (tempfile::TempDir, Atlas) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("data/sources")).unwrap();
    fs::create_dir_all(path("data/indicators")).unwrap();
    fs::create_dir_all(path("cache")).unwrap();
    let territories = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
    std::os::unix::fs::symlink(territories, path("data/territories")).unwrap();
    for (i, (rows, more)) in lists.into_iter().enumerate() {
        let id = ["aa", "bb"][i];
        let description = format!(
            "id = '{id}'\ntitle = 'Liste {id}'\npublisher = 'Essai'\nlicence = 'Licence Ouverte 2.0'\n\
             vintage = '2024-0{}-01'\nurl = ''\nfile = '{id}.csv'\nrole = 'venues'\nformat = 'csv'\npriority = {i}\n\
             profile = 'standard-v1'\n{more}\n",
            6 - i
        );
        fs::write(path(&format!("data/sources/{id}.toml")), description).unwrap();
        fs::write(path(&format!("cache/{id}.csv")), format!("{COLUMNS}\n{rows}\n")).unwrap();
    }
    let options = BuildOptions {
        roads: None,
        data: &path("data"),
        cache: &path("cache"),
        out: &path("out"),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: None,
        stop: &AtomicBool::new(false),
    };
    let built = build(&options, &|_, _, _| {}).unwrap();
    for source in &built.report.sources {
        source.check().unwrap();
    }
    let atlas = open(&path("out")).unwrap();
    (folder, atlas)
}

fn venues(first: &str, second: &str) -> usize {
    edition([(first, ""), (second, "")]).1.venues().len()
}

fn row(name: &str, address: &str, lat: f64, phone: &str) -> String {
    format!("1,{name},Guéret,23000,23096,{address},{lat},1.8715,{phone},,2024-05-02,")
}

#[test]
fn two_houses_of_one_institution_are_two_cards() {
    for (name, annex) in [
        ("Mairie de Guéret", "Mairie annexe"),
        ("Médiathèque de Guéret", "Médiathèque annexe de Guéret"),
        ("CCAS de Guéret", "CCAS"),
        ("Mission locale", "Mission locale de Guéret"),
    ] {
        let here = row(name, "1 esplanade François Mitterrand", 46.1706, "05 55 51 47 00");
        let there = row(annex, "12 rue Grancher", 46.1716, "05 55 51 47 99");
        assert_eq!(venues(&here, &there), 2, "{name} / {annex}");
    }
}

#[test]
fn two_institutions_of_one_house_are_two_cards() {
    for (one, other) in [
        ("Centre social Les Coteaux", "Centre social Jean Moulin"),
        ("Association Horizons", "Association Passerelle"),
        ("Résidence Les Tilleuls", "Résidence Voltaire"),
    ] {
        let one_row = row(one, "5 rue des Écoles", 46.1706, "05 55 10 10 10");
        let other_row = row(other, "5 rue des Écoles", 46.17063, "05 55 20 20 20");
        assert_eq!(venues(&one_row, &other_row), 2, "{one} / {other}");
    }
}

#[test]
fn several_spellings_of_one_place_are_one_card() {
    for (one, other) in [
        (("COMMUNE DE GUERET", "1 PL BONNYAUD"), ("Mairie de Guéret", "1 place Bonnyaud")),
        (("CCAS", "3 av. du Gal Leclerc"), ("Centre communal d'action sociale", "3 avenue du Général Leclerc")),
        (("Médiathèque", "10 rue Grancher"), ("Bibliothèque municipale", "10 rue Grancher, 23000 Guéret")),
    ] {
        let one_row = row(one.0, one.1, 46.1706, "");
        let other_row = row(other.0, &format!("\"{}\"", other.1), 46.1712, "05 55 20 20 20");
        assert_eq!(venues(&one_row, &other_row), 1, "{one:?} / {other:?}");
    }
}

#[test]
fn a_service_of_the_same_door_is_a_part_with_its_own_telephone() {
    let services = row("France services de Guéret", "1 place Bonnyaud", 46.1706, "05 55 10 10 10");
    let hall = row("MAIRIE DE GUERET", "1 place Bonnyaud", 46.17062, "05 55 20 20 20");
    let (_folder, atlas) = edition([(&services, ""), (&hall, "")]);
    let [venue] = atlas.venues() else { panic!("{} cards", atlas.venues().len()) };
    assert_eq!((venue.name.as_str(), venue.phone.as_deref()), ("France services de Guéret", Some("05 55 10 10 10")));
    let [part] = &venue.parts[..] else { panic!("{:?}", venue.parts) };
    assert_eq!((part.name.as_str(), part.phone.as_deref()), ("Mairie de Guéret", Some("05 55 20 20 20")));
    assert_eq!(venue.provenance[1].name, "MAIRIE DE GUERET", "the original is kept");
    assert_eq!(atlas.venue_alias("bb-1"), Some("aa-1"));
}

#[test]
fn a_label_holds_by_authority_and_age_is_that_of_the_newest_list() {
    let plain = row("Maison", "1 rue Alpha", 46.1706, "");
    let labelled = format!("{}France Services", row("Maison", "1 rue Alpha", 46.1706, ""));
    let authority = "authority = ['france-services']";
    for (first, second, current) in
        [((&plain, authority), (&labelled, ""), false), ((&labelled, authority), (&plain, ""), true)]
    {
        let (_folder, atlas) = edition([(first.0, first.1), (second.0, second.1)]);
        let [venue] = atlas.venues() else { panic!("{} cards", atlas.venues().len()) };
        assert_eq!(venue.programmes.contains(&Programme::FranceServices), current);
        assert_eq!(venue.labels.len(), 1, "{:?}", venue.labels);
        assert_eq!(venue.labels[0].current, current);
        assert_eq!(venue.attested(), NaiveDate::from_ymd_opt(2024, 6, 1));
    }
}

#[test]
fn a_record_that_is_no_place_is_kept_for_planners_unless_another_row_knows_the_place() {
    for (name, rule) in [
        ("ANCT Test", Some(Withheld::TestRecord)),
        ("TEST", Some(Withheld::TestRecord)),
        ("Essaim test agricole", None),
        ("MSA - Siège social", Some(Withheld::HeadOffice)),
        ("Direction régionale Nord Ouest", Some(Withheld::HeadOffice)),
        ("Maison du siège", None),
        ("Communauté de communes du Grand Guéret", None),
    ] {
        let (_folder, atlas) = edition([(&row(name, "1 rue A", 46.1706, ""), ""), (ELSEWHERE, "")]);
        let venue = atlas.venue("aa-1").unwrap();
        assert_eq!((venue.withheld, venue.receives_public()), (rule, rule.is_none()), "{name}");
    }
    let legal = row("Communauté de communes du Grand Guéret", "1 rue A", 46.1706, "");
    let (_folder, atlas) = edition([(&legal, "structures = true"), (ELSEWHERE, "")]);
    assert_eq!(atlas.venue("aa-1").unwrap().withheld, Some(Withheld::Employer));
    let (_folder, atlas) = edition([(&legal, "structures = true"), (&legal, "")]);
    assert_eq!((atlas.venues().len(), atlas.venues()[0].withheld), (1, None));
}

#[test]
fn a_day_that_nearly_all_rows_share_dates_the_list_and_no_venue() {
    let rows = |days: usize| -> String {
        let row = |i: usize| {
            let day = if i < days { "2021-03-15" } else { "2022-01-01" };
            format!("{i},Lieu {i} bis,Guéret,23000,23096,{i} rue A,,,,,{day},")
        };
        (0..120).map(row).collect::<Vec<_>>().join("\n")
    };
    for (days, cleared) in [(120, true), (109, true), (108, false)] {
        let (_folder, atlas) = edition([(&rows(days), ""), (ELSEWHERE, "")]);
        let dated = atlas.venues().iter().filter(|venue| venue.updated.is_some()).count();
        assert_eq!(dated < 60, cleared, "{days} of 120 rows, {dated} of {} dated", atlas.venues().len());
    }
}

#[test]
fn an_ambiguous_commune_is_known_from_siret_address_or_the_end_of_the_address() {
    // 23210 serves eight communes.
    let known = "1,Mairie,Marsac,23210,23124,2 rue de l'Église,,,,20000000800017,,\n\
                 2,Bibliothèque,Augères,23210,23010,7 rue du Puits,,,,,,";
    for (row, code) in [
        ("9,Association A,,23210,,4 rue B,,,,20000000800017,,", Some("23124")),
        ("9,Association A,,23210,,7 rue du Puits,,,,,,", Some("23010")),
        ("9,Association A,,23210,,\"4 rue B, 23210 Marsac\",,,,,,", Some("23124")),
        ("9,Association A,,23210,,4 rue de Marsac,,,,,,", None),
        ("9,Association A,,23210,,4 rue B 23000 Guéret,,,,,,", Some("23096")),
        ("9,Association A,,23200,,4 rue B 23000 Guéret,,,,,,", Some("23096")),
    ] {
        let (_folder, atlas) = edition([(known, ""), (row, "")]);
        let venue = atlas.venue("bb-9").unwrap_or_else(|| panic!("{row}: merged"));
        let ambiguous = venue.flags.contains(&Flag::AmbiguousCommune);
        assert_eq!((venue.commune.filter(|_| !ambiguous).map(|c| c.to_string()).as_deref()), code, "{row}");
    }
}

#[test]
fn a_made_up_id_loses_no_second_place() {
    let folder_rows = "nom,cp,ville,adresse,lat,lon,tel\n\
        Collectivité,23000,Guéret,22 cours Grand,46.1706,1.8715,0555101010\n\
        Collectivité,23000,Guéret,\"22, cours Grand\",46.1850,1.8900,0555202020\n";
    let survey = "[columns]\nnom = 'nom'\ncode_postal = 'cp'\ncommune = 'ville'\nadresse = 'adresse'\nlatitude = 'lat'\n\
        longitude = 'lon'\ntelephone = 'tel'\n";
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("data/sources")).unwrap();
    fs::create_dir_all(path("data/indicators")).unwrap();
    let territories = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
    std::os::unix::fs::symlink(territories, path("data/territories")).unwrap();
    let description = format!(
        "id = 'essai'\ntitle = 'Essai'\npublisher = 'Essai'\nlicence = 'Licence Ouverte 2.0'\nvintage = '2024-06-01'\n\
         url = ''\nfile = 'l.csv'\nrole = 'venues'\nformat = 'csv'\nprofile = 'survey'\n\n{survey}"
    );
    fs::write(path("data/sources/essai.toml"), description).unwrap();
    fs::write(path("l.csv"), folder_rows).unwrap();
    let options = BuildOptions {
        roads: None,
        data: &path("data"),
        cache: folder.path(),
        out: &path("out"),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: None,
        stop: &AtomicBool::new(false),
    };
    let built = build(&options, &|_, _, _| {}).unwrap();
    let report = &built.report.sources[0];
    assert_eq!((report.rows_read, report.published, report.quarantined), (2, 2, 0));
    let phones: Vec<_> = open(&path("out")).unwrap().venues().iter().filter_map(|v| v.phone.clone()).collect();
    assert_eq!(phones.len(), 2, "{phones:?}");
}
