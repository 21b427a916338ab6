//! Two small lists through `mediane build`: what becomes one card, what stays two, and what is known from another row.

use std::fs;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use mediane::atlas::Atlas;
use mediane::domain::vocabulary::Programme;
use mediane::domain::{Flag, Withheld};
use mediane::ingest::edition::open;
use mediane::ingest::{BuildOptions, build};

use crate::part_of_france;

const COLUMNS: &str = "id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,telephone,pivot,date_maj,dispositif_programmes_nationaux";

/// The edition of two lists of Guéret; `more` is added to the description of each.
fn edition(lists: [(&str, &str); 2]) -> (tempfile::TempDir, Atlas) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("data/sources")).unwrap();
    fs::create_dir_all(path("data/indicators")).unwrap();
    fs::create_dir_all(path("cache")).unwrap();
    part_of_france::write(&path("data/territories"));
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
        as_of: None,
        roads: None,
        undivided: true,
        data: &path("data"),
        cache: &path("cache"),
        out: &path("out"),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: None,
        keep: 12,
        stop: &AtomicBool::new(false),
    };
    let built = build(&options, &|_, _, _| {}).unwrap();
    for source in &built.report.sources {
        source.check().unwrap();
    }
    let atlas = open(&path("out")).unwrap();
    (folder, atlas)
}

fn row(name: &str, address: &str, lat: f64, phone: &str) -> String {
    format!("1,{name},Guéret,23000,23096,{address},{lat},1.8715,{phone},,2024-05-02,")
}

#[test]
fn a_service_of_the_same_door_is_a_part_with_its_own_telephone() {
    let services = row("France services de Guéret", "1 place Bonnyaud", 46.1706, "05 55 10 10 10");
    let hall = row("MAIRIE DE GUERET", "1 place Bonnyaud", 46.17062, "05 55 20 20 20");
    let (_folder, atlas) = edition([(&services, ""), (&hall, "")]);
    let [venue] = &atlas.venues().raw else { panic!("{} cards", atlas.venues().len()) };
    let numbers =
        |phones: &[mediane::domain::Phone]| phones.iter().map(|phone| phone.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(
        (venue.name.as_str(), numbers(&venue.phones)),
        ("France services de Guéret", vec!["+33555101010".to_owned()])
    );
    let [part] = &venue.parts[..] else { panic!("{:?}", venue.parts) };
    assert_eq!((part.name.as_str(), numbers(&part.phones)), ("Mairie de Guéret", vec!["+33555202020".to_owned()]));
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
        let [venue] = &atlas.venues().raw else { panic!("{} cards", atlas.venues().len()) };
        assert_eq!(venue.programmes.contains(&Programme::FranceServices), current);
        assert_eq!(venue.labels.len(), 1, "{:?}", venue.labels);
        assert_eq!(venue.labels[0].current, current);
        assert_eq!(venue.attested(), NaiveDate::from_ymd_opt(2024, 6, 1));
    }
}

#[test]
fn a_record_that_is_no_place_is_kept_for_planners_unless_another_row_knows_the_place() {
    let named = [
        ("ANCT Test", Some(Withheld::TestRecord)),
        ("TEST", Some(Withheld::TestRecord)),
        ("Essaim test agricole", None),
        ("MSA - Siège social", Some(Withheld::HeadOffice)),
        ("Direction régionale Nord Ouest", Some(Withheld::HeadOffice)),
        ("Maison du siège", None),
        ("Communauté de communes du Grand Guéret", None),
    ];
    let rows: Vec<String> = (1..)
        .zip(named)
        .map(|(i, (name, _))| format!("{i},{name},Guéret,23000,23096,{i} rue Alpha,46.17{i}6,1.8715,,,,"))
        .collect();
    let structures = "1,Communauté de communes du Pays Sostranien,La Souterraine,23300,23176,8 rue Beta,46.237,1.487,,,,\n\
                      2,Communauté de communes du Grand Guéret,Guéret,23000,23096,7 rue Alpha,46.1776,1.8715,,,,";
    let (_folder, atlas) = edition([(&rows.join("\n"), ""), (structures, "structures = true")]);
    for (i, (name, rule)) in (1..).zip(named) {
        let venue = atlas.venue(&format!("aa-{i}")).unwrap();
        assert_eq!((venue.withheld, venue.receives_public()), (rule, rule.is_none()), "{name}");
    }
    assert_eq!(atlas.venue("bb-1").unwrap().withheld, Some(Withheld::Employer));
    assert_eq!(atlas.venue_alias("bb-2"), Some("aa-7"), "another row knows the place: it is shown");
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
    let (_folder, atlas) = edition([(&rows(109), ""), (&rows(108), "")]);
    let dated = |list: &str| {
        let records = atlas.venues().iter().flat_map(|venue| &venue.provenance).filter(|p| p.source == list);
        records.filter(|record| record.updated.is_some()).count()
    };
    assert_eq!((dated("aa"), dated("bb")), (11, 120), "109 of 120 are more than 90 in 100, 108 are not");
}

#[test]
fn an_ambiguous_commune_is_known_from_siret_address_or_the_end_of_the_address() {
    // 23210 serves eight communes.
    let known = "1,Mairie,Marsac,23210,23124,2 rue de l'Église,,,,20000000800017,,\n\
                 2,Bibliothèque,Augères,23210,23010,7 rue du Puits,,,,,,";
    let rows = [
        ("1,Association A,,23210,,4 rue Bêta,,,,20000000800017,,", Some("23124")),
        ("2,Club B,,23210,,7 rue du Puits,,,,,,", Some("23010")),
        ("3,Foyer C,,23210,,\"5 rue Gamma, 23210 Marsac\",,,,,,", Some("23124")),
        ("4,Cercle D,,23210,,6 rue de Marsac,,,,,,", None),
        ("5,Atelier E,,23210,,8 rue Delta 23000 Guéret,,,,,,", Some("23096")),
        ("6,Comité F,,23200,,9 rue Epsilon 23000 Guéret,,,,,,", Some("23096")),
    ];
    let list: Vec<&str> = rows.iter().map(|(row, _)| *row).collect();
    let (_folder, atlas) = edition([(known, ""), (&list.join("\n"), "")]);
    for (row, code) in rows {
        let venue = atlas.venue(&format!("bb-{}", &row[..1])).unwrap_or_else(|| panic!("{row}: merged"));
        let ambiguous = venue.flags.contains(&Flag::AmbiguousCommune);
        assert_eq!(venue.commune.filter(|_| !ambiguous).map(|c| c.to_string()).as_deref(), code, "{row}");
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
    part_of_france::write(&path("data/territories"));
    let description = format!(
        "id = 'essai'\ntitle = 'Essai'\npublisher = 'Essai'\nlicence = 'Licence Ouverte 2.0'\nvintage = '2024-06-01'\n\
         url = ''\nfile = 'l.csv'\nrole = 'venues'\nformat = 'csv'\nprofile = 'survey'\n\n{survey}"
    );
    fs::write(path("data/sources/essai.toml"), description).unwrap();
    fs::write(path("l.csv"), folder_rows).unwrap();
    let options = BuildOptions {
        as_of: None,
        roads: None,
        undivided: true,
        data: &path("data"),
        cache: folder.path(),
        out: &path("out"),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: None,
        keep: 12,
        stop: &AtomicBool::new(false),
    };
    let built = build(&options, &|_, _, _| {}).unwrap();
    let report = &built.report.sources[0];
    assert_eq!((report.rows_read, report.published, report.quarantined), (2, 2, 0));
    let phones: Vec<_> = open(&path("out")).unwrap().venues().iter().flat_map(|v| v.phones.clone()).collect();
    assert_eq!(phones.len(), 2, "{phones:?}");
}
