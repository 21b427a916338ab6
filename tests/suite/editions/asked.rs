//! `edition=`: that edition, or a list of those there are; and links that do not lose it.

use reqwest::blocking::{Client, Response};
use serde_json::Value;

use super::shelf::FILE;
use super::{AUGUST, SEPTEMBER, address};
use crate::support::header;

fn get(path: &str) -> Response {
    Client::new().get(format!("http://{}{path}", address())).send().unwrap()
}

/// The path naming an edition.
fn at(path: &str, edition: &str) -> String {
    format!("{path}{}edition={edition}", if path.contains('?') { '&' } else { '?' })
}

fn json(path: &str) -> Value {
    let response = get(path);
    let status = response.status();
    let text = response.text().unwrap();
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).unwrap()
}

/// Every kind of address that shows data.
const DATA: [&str; 17] = [
    "/",
    "/?lieu=gueret",
    "/lieux/v-centre",
    "/carte",
    "/carte/noms.json",
    "/territoires",
    "/planifier",
    "/et-si",
    "/definitions",
    "/donnees",
    "/donnees/fichiers/venues.parquet",
    "/api/nearest?position=1.87,46.17",
    "/ogc",
    "/ogc/collections/venues/items",
    "/tiles/venues.json",
    "/tiles/venues/14/8277/5817.mvt",
    "/layers/venues.geojson",
];

#[test]
fn every_address_answers_from_the_edition_that_is_named() {
    for path in DATA {
        for (edition, answering) in
            [(AUGUST, AUGUST), (SEPTEMBER, SEPTEMBER), ("2024-08-31", AUGUST), ("2030-01-01", SEPTEMBER)]
        {
            let response = get(&at(path, edition));
            assert!(response.status().is_success(), "{path}: {}", response.status());
            assert_eq!(header(&response, "mediane-edition"), answering, "{path} at {edition}");
            let tag = header(&response, "etag");
            let own = path.starts_with("/donnees/fichiers") || header(&response, "cache-control") == "no-store";
            assert!(own || tag.contains(answering), "{path} at {edition}: tag {tag}");
            let text = response.text().unwrap();
            let other = if answering == AUGUST { "de septembre" } else { "d'août" };
            assert!(!text.contains(other), "{path} at {edition} shows another edition");
        }
    }
}

#[test]
fn an_edition_that_is_not_there_is_a_404_with_those_there_are() {
    for path in DATA {
        for edition in ["0000000000000000", "2024-07-31", "2024-13-01"] {
            let response = get(&at(path, edition));
            assert_eq!(response.status(), 404, "{path} at {edition}");
            assert_eq!(header(&response, "content-type"), "application/problem+json");
            let problem: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
            assert_eq!((&problem["code"], &problem["param"]), (&"unknown-edition".into(), &"edition".into()));
            assert_eq!(problem["allowed"], serde_json::json!([SEPTEMBER, AUGUST]), "the newest first");
        }
    }
}

#[test]
fn a_person_who_asks_for_a_missing_edition_gets_a_page_with_the_others() {
    let url = format!("http://{}/territoires?edition=2020-01-01", address());
    let response = Client::new().get(url).header("accept", "text/html,*/*;q=0.8").send().unwrap();
    assert_eq!(
        (response.status().as_u16(), header(&response, "content-type").as_str()),
        (404, "text/html; charset=utf-8")
    );
    let page = response.text().unwrap().replace('\u{a0}', " ");
    assert!(page.contains("Aucune édition n&#39;est datée du 1er janvier 2020"), "{page}");
    assert!(page.contains(&format!("href=\"/donnees?edition={AUGUST}\"")), "{page}");
}

#[test]
fn an_edition_is_named_once_and_only_where_there_is_data() {
    for (path, code) in [
        ("/api/nearest?position=1.87,46.17&edition=a&edition=b", "repeated-parameter"),
        ("/api/nearest?position=1.87,46.17&edition=", "empty-parameter"),
        ("/health/ready?edition=2024-09-01", "unknown-parameter"),
        ("/api/openapi.json?edition=2024-09-01", "unknown-parameter"),
        ("/api/editions?edition=2024-09-01", "unknown-parameter"),
    ] {
        let response = get(path);
        assert_eq!(response.status(), 400, "{path}");
        let problem: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
        assert_eq!(problem["code"], code, "{path}");
    }
}

#[test]
fn the_editions_are_listed_the_newest_first() {
    get(&at("/api/nearest?position=1.87,46.17", AUGUST));
    let listed = json("/api/editions");
    assert_eq!(listed["current"], SEPTEMBER);
    let ids: Vec<&str> = listed["editions"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [SEPTEMBER, AUGUST]);
    let august = &listed["editions"][1];
    assert_eq!(
        (&august["as_of"], &august["current"], &august["open"]),
        (&"2024-08-01".into(), &false.into(), &true.into())
    );
}

#[test]
fn links_inside_a_page_keep_the_edition_that_was_named() {
    for path in [
        "/?lieu=gueret",
        "/lieux/v-centre",
        "/territoires",
        "/donnees",
        "/definitions",
        "/carte",
        "/planifier",
        "/et-si",
    ] {
        let page = get(&at(path, AUGUST)).text().unwrap();
        let links = page.split("<a ").skip(1).map(|link| link.split('>').next().unwrap());
        let inside = links.filter(|link| link.contains("href=\"/") || link.contains("href=\"?"));
        let lost: Vec<&str> = inside.filter(|link| !link.contains("edition=") && !link.contains("data-now")).collect();
        assert!(lost.is_empty(), "{path}: {lost:?}");
        let forms = page.matches("<form ").count();
        assert_eq!(
            page.matches("<input type=\"hidden\" name=\"edition\"").count(),
            forms - page.matches("method=\"post\"").count(),
            "{path}"
        );
        assert!(page.contains("ce n'est pas l'édition en cours"), "{path} says that it is old");
        let now = get(path).text().unwrap();
        assert!(
            !now.contains(&format!("edition={SEPTEMBER}\"")) || path == "/donnees",
            "{path}: today's links name none"
        );
    }
}

#[test]
fn links_inside_answers_keep_the_edition_that_was_named() {
    for path in [
        "/ogc",
        "/ogc/collections",
        "/ogc/collections/venues",
        "/ogc/collections/venues/items?limit=1",
        "/ogc/collections/venues/items/v-bib",
    ] {
        let document = json(&at(path, AUGUST)).to_string();
        let ours: Vec<&str> = document
            .split("\"href\":\"")
            .skip(1)
            .map(|link| link.split('"').next().unwrap())
            .filter(|link| link.contains(&address().to_string()))
            .collect();
        assert!(!ours.is_empty(), "{path}");
        assert!(ours.iter().all(|link| link.contains(&format!("edition={AUGUST}"))), "{path}: {ours:?}");
    }
    let tiles = json(&at("/tiles/venues.json", AUGUST));
    assert!(tiles["tiles"][0].as_str().unwrap().ends_with(&format!("?edition={AUGUST}")));
    let moved = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let url = format!("http://{}{}", address(), at("/ogc/collections/venues/items/v-ancien", AUGUST));
    assert!(header(&moved.get(url).send().unwrap(), "location").ends_with(&format!("/v-bib?edition={AUGUST}")));
}

#[test]
fn the_next_page_of_features_comes_from_the_same_edition() {
    let first = json("/ogc/collections/venues/items?limit=1");
    let links = first["links"].as_array().unwrap();
    let next = links.iter().find(|link| link["rel"] == "next").unwrap()["href"].as_str().unwrap();
    assert!(next.contains(&format!("edition={SEPTEMBER}")), "{next}");
    assert_eq!(Client::new().get(next).send().unwrap().status(), 200);
}

#[test]
fn a_file_can_be_taken_from_an_edition_of_old() {
    let path = format!("/donnees/fichiers/{FILE}");
    assert_eq!(get(&at(&path, AUGUST)).text().unwrap(), "d'août");
    assert_eq!(get(&path).text().unwrap(), "de septembre");
}

#[test]
fn a_tag_is_that_of_the_edition_and_a_page_not_modified_says_so() {
    let first = get("/territoires");
    let tag = header(&first, "etag");
    assert!(tag.starts_with(&format!("\"{SEPTEMBER}-")), "{tag}");
    let client = Client::new();
    let again =
        |path: &str| client.get(format!("http://{}{path}", address())).header("if-none-match", &tag).send().unwrap();
    assert_eq!(again("/territoires").status(), 304);
    assert_eq!(again(&at("/territoires", AUGUST)).status(), 200);
}
