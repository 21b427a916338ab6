//! Programmes, dates and posts, against what the raw files say, row by row.

use std::collections::{BTreeMap, BTreeSet};

use super::{France, france, real_data};
use mediane::domain::vocabulary::Programme;
use mediane::domain::{Venue, Withheld};

/// The rows of a raw CSV file, read by another reader than the product's.
fn raw(file: &str, separator: u8) -> Vec<BTreeMap<String, String>> {
    let path = real_data().unwrap().join(file);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// The rows of a raw JSON list.
fn raw_json(file: &str) -> Vec<serde_json::Map<String, serde_json::Value>> {
    serde_json::from_slice(&std::fs::read(real_data().unwrap().join(file)).unwrap()).unwrap()
}

fn departement_of(code: &str) -> &str {
    if code.starts_with("97") || code.starts_with("98") { &code[..3] } else { &code[..2] }
}

fn with(france: &France, programme: Programme) -> Vec<&Venue> {
    france.atlas.venues().iter().filter(|venue| venue.programmes.contains(&programme)).collect()
}

#[test]
fn france_services_are_the_official_list_row_by_row_and_departement_by_departement() {
    let Some(france) = france() else { return };
    let rows = raw("venues/france-services-2024-08.csv", b',');
    let venues = with(france, Programme::FranceServices);
    assert_eq!((rows.len(), venues.len()), (2_845, 2_845));
    let mut of_row: BTreeMap<&str, &Venue> = BTreeMap::new();
    for venue in &venues {
        let behind: Vec<_> = venue.provenance.iter().filter(|p| p.source == "france-services-2024-08").collect();
        assert_eq!(behind.len(), 1, "{}: one row of the list stands behind each", venue.id);
        of_row.insert(&behind[0].record, venue);
    }
    let (mut listed, mut shown) = (BTreeMap::<String, u32>::new(), BTreeMap::<String, u32>::new());
    let mut elsewhere = Vec::new();
    for row in &rows {
        let venue = of_row[row["id_fs"].as_str()];
        // « Espace fermé suite à une dégradation des locaux » : the list counts it, and nobody is sent there.
        let is_closed = row["id_fs"] == "1990";
        assert_eq!(is_closed, row["commentaire"].starts_with("Espace fermé"), "{}", row["commentaire"]);
        assert_eq!(venue.withheld, is_closed.then_some(Withheld::Closed), "{}", venue.id);
        let commune = venue.commune.unwrap_or_else(|| panic!("{}: no commune", venue.id));
        let departement = departement_of(commune.as_str());
        if departement == row["insee_dep"] {
            *listed.entry(row["insee_dep"].clone()).or_default() += 1;
            *shown.entry(departement.to_owned()).or_default() += 1;
        } else {
            elsewhere.push((row["id_fs"].as_str(), row["insee_dep"].as_str(), departement.to_owned()));
            assert_eq!(departement_of(&row["insee_com"]), departement, "the row contradicts itself");
        }
    }
    assert_eq!(listed, shown);
    assert_eq!((listed["16"], listed["59"], listed["40"]), (35, 52, 20));
    // A bus of the Eure whose row gives its garage in Rouen: the only row whose two columns disagree.
    assert_eq!(elsewhere, [("1820", "27", "76".to_owned())]);
}

#[test]
fn conseillers_and_aidants_connect_are_who_their_own_list_says() {
    let Some(france) = france() else { return };
    let lists = [
        (Programme::Conseillers, "conseillers-permanences-2022-12", "venues/conseillers-permanences-2022-12.v0.json"),
        (Programme::AidantsConnect, "aidants-connect-2023-01", "venues/aidants-connect-2023-01.raw.json"),
    ];
    for (programme, source, file) in lists {
        let text = |row: &serde_json::Map<String, serde_json::Value>, key: &str| -> String {
            row.get(key).map_or_else(String::new, |value| value.as_str().map_or_else(|| value.to_string(), Into::into))
        };
        // Every distinct id of the list whose row carries the label stands behind a venue that has it.
        let labelled: BTreeSet<String> = raw_json(file)
            .iter()
            .filter(|row| programme == Programme::AidantsConnect || text(row, "labels_nationaux").contains("CNFS"))
            .map(|row| if source.starts_with("aidants") { text(row, "Data pass ID") } else { text(row, "id") })
            .map(|id| id.chars().filter(|c| !c.is_whitespace()).collect())
            .collect();
        let venues = with(france, programme);
        let behind: BTreeSet<String> = venues
            .iter()
            .flat_map(|venue| venue.provenance.iter().filter(|p| p.source == source).map(|p| p.record.clone()))
            .collect();
        let missing: Vec<_> = labelled.difference(&behind).collect();
        assert!(missing.len() < 5, "{programme:?}: {} rows lost, {missing:?}", missing.len());
        for venue in venues {
            assert!(venue.provenance.iter().any(|p| p.source == source), "{}: no row of its own list", venue.id);
        }
    }
}

#[test]
fn a_label_of_another_list_is_a_dated_fact() {
    let Some(france) = france() else { return };
    let mut facts = 0;
    for venue in france.atlas.venues() {
        for label in &venue.labels {
            let record = venue.provenance.iter().find(|p| p.source == label.source);
            assert_eq!(label.seen, record.and_then(|p| p.seen), "{}: {label:?}", venue.id);
            let programme = Programme::parse(&label.label);
            if programme == Some(Programme::FranceServices) {
                assert_eq!(label.current, label.source == "france-services-2024-08", "{}: {label:?}", venue.id);
                assert_eq!(label.since.is_some(), label.current, "{}: the list says since when", venue.id);
                facts += u32::from(!label.current);
            }
        }
    }
    assert!(facts > 500, "{facts} labels of the past");
}

#[test]
fn every_venue_is_as_old_as_the_newest_list_that_names_it() {
    let Some(france) = france() else { return };
    let vintage: BTreeMap<&str, &str> =
        france.atlas.edition().sources.iter().map(|source| (source.id.as_str(), source.vintage.as_str())).collect();
    let mut old = 0;
    for venue in france.atlas.venues() {
        let newest = venue.provenance.iter().map(|p| vintage[p.source.as_str()]).max().unwrap();
        assert_eq!(venue.attested().unwrap().to_string(), newest, "{}", venue.id);
        assert_eq!(venue.updated, venue.provenance[0].updated, "{}: the day of another record", venue.id);
        old += u32::from(newest < "2024");
    }
    let share = f64::from(old) / france.atlas.venues().len() as f64;
    assert!((0.5..0.9).contains(&share), "{share} of the venues were last seen before 2024");
    // One day for 3,407 rows is the day of the export.
    let aidants = |venue: &&Venue| venue.provenance[0].source == "aidants-connect-2023-01";
    assert!(france.atlas.venues().iter().filter(aidants).all(|venue| venue.updated.is_none()));
}

#[test]
fn posts_stand_where_their_list_counts_them() {
    let Some(france) = france() else { return };
    let rows = raw("venues/conseillers-posts-2023-04.csv", b';');
    let number = |row: &BTreeMap<String, String>| -> u32 {
        row["Nombre de conseillers validés par le COSELEC"].parse().unwrap()
    };
    let mut listed: BTreeMap<String, u32> = BTreeMap::new();
    for row in &rows {
        *listed.entry(format!("{:0>2}", row["Code département"])).or_default() += number(row);
    }
    let mut ours: BTreeMap<String, u32> = BTreeMap::new();
    let (mut posts, mut structures) = (0, 0);
    for (_, post) in france.atlas.latest_posts() {
        posts += post.posts;
        structures += 1;
        let departement = post.commune.map_or("?", |code| {
            let ordinal = france.atlas.places().by_code(code).unwrap();
            france.atlas.communes()[ordinal].departement.as_str()
        });
        *ours.entry(departement.to_owned()).or_default() += post.posts;
    }
    assert_eq!((posts, structures), (3_925, 2_889));
    assert_eq!((ours["75"], ours["93"]), (82, 95));
    // The list has no département for its three rows of Saint-Martin.
    let differ: Vec<_> = listed.iter().filter(|(code, number)| ours.get(*code) != Some(*number)).collect();
    assert_eq!(differ, [(&"00".to_owned(), &3)], "ours {ours:?}");
}

#[test]
fn what_is_no_place_of_help_is_kept_for_planners_only() {
    let Some(france) = france() else { return };
    let withheld: Vec<&Venue> = france.atlas.venues().iter().filter(|venue| venue.withheld.is_some()).collect();
    let test = withheld.iter().find(|venue| venue.name == "ANCT Test").expect("a test record of data·inclusion");
    assert_eq!(test.withheld, Some(Withheld::TestRecord));
    assert!(withheld.iter().all(|venue| !venue.receives_public()));
    assert!((20..400).contains(&withheld.len()), "{}", withheld.len());
}
