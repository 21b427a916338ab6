//! Monitoring: numbers of the programme against the raw files, parts against the whole, documents and feeds that others read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use chrono::{Months, NaiveDate};
use mediane::domain::{CommuneIx, Level};
use mediane::editions::Snapshot;
use mediane::monitoring::facts::{Fact, Ground, Told, facts, named};
use mediane::monitoring::freshness::{Age, Freshness};
use mediane::monitoring::hubs::gaps_and_overlaps;
use mediane::monitoring::lists::DatedLists;
use mediane::monitoring::posts::Posts;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::real_edition::{france, real_data};
use crate::support::{get, get_json, get_problem, header};

/// Rows of a raw file, read without any of the product's readers.
fn raw(file: &str, separator: u8) -> Vec<BTreeMap<String, String>> {
    let path = real_data().unwrap().join("venues").join(file);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_path(path).unwrap();
    let head: Vec<String> = reader.headers().unwrap().iter().map(|h| h.trim_start_matches('\u{feff}').into()).collect();
    let rows =
        reader.records().map(|row| head.iter().cloned().zip(row.unwrap().iter().map(ToOwned::to_owned)).collect());
    rows.collect()
}

fn communes(snapshot: &Snapshot, departement: &str) -> Vec<CommuneIx> {
    snapshot.atlas.communes_of(Level::Departement, departement).unwrap_or_default()
}

#[test]
fn posts_and_their_money_are_those_of_the_raw_list() {
    let Some(france) = france() else { return };
    let posts = Posts::of(&france.atlas, None).unwrap();
    assert_eq!((posts.all.posts, posts.all.structures), (3_925, 2_889));
    assert_eq!(posts.all.state_eur.round() as u64, 191_973_121);
    let mean = |funded: mediane::monitoring::posts::Funded| (funded.posts, funded.mean_eur().unwrap().round() as u64);
    assert_eq!(mean(posts.public), (2_334, 56_737));
    assert_eq!(mean(posts.private), (1_591, 37_429));
    assert_eq!(posts.unsaid.posts, 0);
    assert_eq!(posts.months.values().sum::<u32>() + posts.undated, 3_925, "every post is in a month, or has none");
}

#[test]
fn posts_by_departement_are_those_the_list_counts_there() {
    let Some(france) = france() else { return };
    let snapshot = Snapshot::new(france.atlas.clone());
    let mut expected: BTreeMap<String, u32> = BTreeMap::new();
    for row in raw("conseillers-posts-2023-04.csv", b';') {
        let posts: u32 = row["Nombre de conseillers validés par le COSELEC"].parse().unwrap();
        *expected.entry(format!("{:0>2}", row["Code département"])).or_default() += posts;
    }
    let told = |code: &str| Posts::of(&snapshot.atlas, Some(&communes(&snapshot, code))).unwrap().all.posts;
    assert_eq!((told("75"), told("93")), (82, 95));
    let differing: Vec<String> = expected
        .iter()
        .filter(|(code, _)| !communes(&snapshot, code).is_empty())
        .filter(|(code, posts)| told(code) != **posts)
        .map(|(code, posts)| format!("{code}: {posts} in the list, {} here", told(code)))
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn france_services_by_departement_and_by_list_are_those_of_the_raw_lists() {
    let Some(france) = france() else { return };
    let snapshot = Snapshot::new(france.atlas.clone());
    let lists = DatedLists::kept(&snapshot);
    let all: Vec<u32> = lists.of(None).into_iter().map(|(_, rows)| rows).collect();
    assert_eq!(all, [908, 2_683, 2_707, 2_845]);
    let mut expected: BTreeMap<String, u32> = BTreeMap::new();
    for row in raw("france-services-2024-08.csv", b',') {
        *expected.entry(row["insee_dep"].clone()).or_default() += 1;
    }
    let mut differing = Vec::new();
    for (code, rows) in &expected {
        let told = lists.of(Some(&communes(&snapshot, code))).last().map_or(0, |(_, rows)| *rows);
        if told != *rows && !communes(&snapshot, code).is_empty() {
            differing.push(format!("{code}: {rows} in the list, {told} here"));
        }
    }
    // One bus of the Eure, whose row gives its garage in Rouen.
    assert!(differing.len() <= 2, "{differing:?}");
}

#[test]
fn where_the_survey_did_not_go_persons_are_unknown_and_not_0() {
    let Some(france) = france() else { return };
    let snapshot = Snapshot::new(france.atlas.clone());
    for code in ["976", "987", "988"] {
        let communes = communes(&snapshot, code);
        let ground = Ground { level: Some(Level::Departement), code, communes: &communes };
        let told = facts(&snapshot, ground, "2024-09-01".parse().unwrap());
        for id in ["pass_desert", "france_services_beyond_30_min", "connectivity_unknown", "persons_in_need"] {
            assert_eq!(named(&told, id).unwrap().told, Told::Unknown, "{code} {id}");
        }
    }
}

#[test]
fn every_departement_has_its_hub_and_two_have_two() {
    let Some(france) = france() else { return };
    let (gaps, several) = gaps_and_overlaps(&france.atlas);
    let several: Vec<&str> = several.iter().map(|(territory, _)| territory.code.as_str()).collect();
    assert_eq!(several, ["971", "976"]);
    assert!(
        gaps.iter().all(|territory| territory.code.starts_with("97") || territory.code.starts_with("98")),
        "{gaps:?}"
    );
    assert!(gaps.iter().all(|territory| !["971", "972", "973", "974", "976"].contains(&territory.code.as_str())));
}

#[test]
fn classes_of_age_are_those_of_counting_months_one_by_one() {
    let Some(france) = france() else { return };
    for today in ["2024-09-01", "2025-02-01", "2026-11-26"] {
        let today: NaiveDate = today.parse().unwrap();
        let mut expected = [0_u32; 5];
        for venue in france.atlas.venues() {
            let newest = venue.provenance.iter().filter_map(|record| record.seen).max();
            // Whole months that have passed, counted one by one.
            let months = newest
                .filter(|day| *day <= today)
                .map(|day| (1..2_000).take_while(|n| day + Months::new(*n) <= today).count());
            let beyond = newest.is_some_and(|day| day + Months::new(18) < today);
            expected[match months {
                None => 4,
                Some(0..=5) => 0,
                Some(6..=11) => 1,
                Some(_) if beyond => 3,
                Some(_) => 2,
            }] += 1;
        }
        let found = Freshness::of(france.atlas.venues().iter(), today);
        assert_eq!(found.attested, expected, "{today}");
        assert_eq!(found.attested.iter().sum::<u32>() as usize, france.atlas.venues().len());
        assert_eq!(Age::ALL.len(), expected.len());
    }
}

#[test]
fn facts_of_departements_sum_to_those_of_the_nation_or_the_difference_has_a_line() {
    let answer = get_json("/api/monitoring/nation/france?by=departements");
    let rows = answer["rows"].as_array().unwrap();
    let facts = fact_numbers(&answer);
    let sum = |column: &str| rows.iter().filter_map(|row| row[column].as_f64()).sum::<f64>();
    assert_eq!(sum("venues") as u64, facts["venues"] as u64);
    // The venue without a commune has a line of its own, so nothing is lost.
    let all: f64 = answer["completeness"][0]["venues_all"].as_f64().unwrap();
    assert_eq!(sum("venues_all") as u64, all as u64);
    assert!(rows.iter().any(|row| row["name"] == "Sans commune connue" && row["venues_all"] == 1));
    let twice: BTreeSet<&str> = rows.iter().filter_map(|row| row["code"].as_str()).collect();
    assert_eq!(twice.len(), rows.iter().filter(|row| row["code"].is_string()).count(), "each territory once");
}

fn fact_numbers(answer: &Value) -> BTreeMap<String, f64> {
    let facts = answer["facts"].as_array().unwrap().iter();
    facts.filter_map(|fact| Some((fact["fact"].as_str()?.to_owned(), fact["number"].as_f64()?))).collect()
}

#[test]
fn what_no_list_says_is_unknown_and_says_so() {
    let answer = get_json("/api/monitoring/departements/23");
    let facts = answer["facts"].as_array().unwrap();
    let fact = |id: &str| facts.iter().find(|fact| fact["fact"] == id).unwrap_or_else(|| panic!("{id}"));
    for id in ["posts", "posts_occupied", "trained", "label_certification_pix", "charter"] {
        assert_eq!(fact(id)["number"], Value::Null, "{id} is unknown, not 0");
    }
    assert_eq!(fact("hubs")["text"], "Hubik");
    assert_eq!(
        (fact("pass_accepting")["number"].as_u64(), fact("pass_refusing")["number"].as_u64()),
        (Some(1), Some(1))
    );
    for fact in facts {
        assert!(fact["source"].as_str().is_some_and(|source| !source.is_empty()), "{fact} names its source");
    }
}

#[test]
fn a_document_says_the_same_numbers_as_the_answer() {
    let answer = get_json("/api/monitoring/epcis/200034825");
    let response = get("/api/monitoring/epcis/200034825?format=docx");
    assert!(header(&response, "content-disposition").ends_with(".docx\""));
    let bytes = response.bytes().unwrap().to_vec();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(archive.len(), 6);
    for part in 0..archive.len() {
        let mut text = String::new();
        archive.by_index(part).unwrap().read_to_string(&mut text).unwrap();
        elements(&text);
    }
    let mut document = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    for sentence in answer["sentences"].as_array().unwrap() {
        let sentence = sentence["sentence"].as_str().unwrap().replace('&', "&amp;");
        assert!(document.contains(&sentence), "{sentence}");
    }
    for row in answer["rows"].as_array().unwrap() {
        assert!(document.contains(row["name"].as_str().unwrap()));
    }
    for format in ["csv", "xlsx", "geojson"] {
        assert_eq!(get(&format!("/api/monitoring/epcis/200034825?format={format}")).status(), 200, "{format}");
    }
}

/// The elements of a well-formed document, in order; anything else ends the test.
fn elements(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Eof => return names,
            Event::Start(start) | Event::Empty(start) => {
                names.push(String::from_utf8_lossy(start.name().as_ref()).into_owned());
            }
            _ => {}
        }
    }
}

#[test]
fn a_feed_has_what_atom_asks_for() {
    let response = get("/api/changes.atom?territory=departements/23&label=france-services");
    assert!(header(&response, "content-type").starts_with("application/atom+xml"));
    let text = response.text().unwrap();
    let names = elements(&text);
    for wanted in ["feed", "id", "title", "updated", "author", "name", "link", "entry", "summary"] {
        assert!(names.iter().any(|name| name == wanted), "{wanted} in {text}");
    }
    assert!(text.contains("territory=departements/23&amp;label=france-services"), "one feed for each question: {text}");
}

#[test]
fn one_edition_alone_has_nothing_to_compare_and_says_so() {
    let answer = get_json("/api/changes?territory=departements/23");
    assert_eq!(answer["from"], answer["to"]);
    assert_eq!(answer["venues"].as_array().unwrap().len(), 0);
    assert!(answer["sentence"].as_str().unwrap().contains("rien à comparer"));
    let (status, problem) = get_problem("/api/changes?from=2020-01-01");
    assert_eq!((status, problem["param"].as_str()), (404, Some("from")));
}

#[test]
fn the_catalogue_names_what_a_portal_asks_for() {
    let catalogue = get_json("/catalog.jsonld");
    let graph = catalogue["@graph"].as_array().unwrap();
    let datasets: Vec<&Value> = graph.iter().filter(|node| node["@type"] == "dcat:Dataset").collect();
    assert!(datasets.len() >= 5);
    for dataset in datasets {
        for wanted in [
            "dct:identifier",
            "dct:title",
            "dct:description",
            "dcat:keyword",
            "dct:license",
            "dct:accrualPeriodicity",
            "dcat:landingPage",
            "dcat:distribution",
        ] {
            assert!(!dataset[wanted].is_null(), "{wanted} of {dataset}");
        }
        for form in dataset["dcat:distribution"].as_array().unwrap() {
            let form = graph.iter().find(|node| node["@id"] == form["@id"]).unwrap();
            let address = form["dcat:downloadURL"]["@id"].as_str().unwrap();
            let path = address.splitn(4, '/').nth(3).unwrap();
            // The small country of the tests has no files.
            if !path.starts_with("donnees/") {
                assert_eq!(get(&format!("/{path}")).status(), 200, "{address}");
            }
        }
    }
}

#[test]
fn pages_of_monitoring_answer_at_every_level_and_link_the_cautions() {
    for path in
        ["/suivi", "/suivi/regions/75", "/suivi/departements/23", "/suivi/epcis/200034825", "/suivi/communes/23096"]
    {
        let response = get(path);
        assert_eq!(response.status(), 200, "{path}");
        let page = response.text().unwrap();
        assert!(page.contains("/suivi/mode-d-emploi") && page.contains("format=docx"), "{path}");
    }
    for path in ["/changements", "/suivi/pass-numerique?montant=10000000", "/suivi/mode-d-emploi", "/suivi/systemes"] {
        assert_eq!(get(path).status(), 200, "{path}");
    }
    let calculator = get("/suivi/pass-numerique").text().unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    for wanted in ["de 100 000 à 200 000", "de 1 000 000 à 4 000 000", "de 0,8 % à 1,5 %"] {
        assert!(calculator.contains(wanted), "{wanted}");
    }
}

#[test]
fn every_system_of_the_plan_has_an_address_that_answers() {
    let page = get("/suivi/systemes").text().unwrap();
    for rank in 1..=13 {
        assert!(page.contains(&format!("id=\"s{rank}\"")), "S{rank}");
    }
}

#[test]
fn the_sentence_of_state_says_what_the_figures_say() {
    let Some(france) = france() else { return };
    let snapshot = Snapshot::new(france.atlas.clone());
    let all: Vec<CommuneIx> = france.atlas.communes().keys().collect();
    let ground = Ground { level: None, code: "france", communes: &all };
    let facts = facts(&snapshot, ground, "2026-11-26".parse().unwrap());
    let number = |id: &str| named(&facts, id).and_then(Fact::number).unwrap_or_else(|| panic!("{id}")) as u64;
    assert_eq!(number("posts"), 3_925);
    assert_eq!(number("persons_in_need"), 13_000_000);
    let said = number("pass_accepting") + number("pass_refusing") + number("pass_unknown");
    assert_eq!(said, number("venues"), "the venues that the figure counts");
    assert_eq!(
        named(&facts, "label_certification_pix").unwrap().told,
        Told::Unknown,
        "no list at hand names the label"
    );
    let cases: f64 = facts.iter().filter(|fact| fact.id.starts_with("connectivity_")).filter_map(Fact::number).sum();
    assert_eq!(cases as u64, number("persons_in_need"), "every person is in one case");
}
