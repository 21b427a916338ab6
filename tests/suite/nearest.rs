//! `/api/nearest`: the question of the house; every way to ask it wrongly is in `nearest/refused.rs`.

mod refused;

use geojson::FeatureCollection;
use serde_json::Value;

use super::support::{get, get_json, get_with, header, ids};

const GUERET: &str = "/api/nearest?position=1.87,46.17";

fn asked(more: &str) -> Value {
    get_json(&format!("{GUERET}&{more}"))
}

#[test]
fn venues_come_nearest_first_with_their_distance() {
    let found = get_json(GUERET);
    assert_eq!(ids(&found), ["v-centre", "v-bib", "v-atelier", "v-hub", "v-mairie"]);
    let distances: Vec<f64> =
        found["features"].as_array().unwrap().iter().map(|f| f["properties"]["distance_m"].as_f64().unwrap()).collect();
    assert!(distances.is_sorted() && distances[0] == 0.0, "{distances:?}");
    assert!((7_900.0..8_100.0).contains(&distances[2]), "0.1° of longitude at 46° north is 7.7 km: {distances:?}");
}

#[test]
fn the_answer_is_geojson_and_says_what_is_known_of_each_venue() {
    let response = get(GUERET);
    assert_eq!(header(&response, "content-type"), "application/geo+json");
    let collection: FeatureCollection = response.text().unwrap().parse().unwrap();
    let property = |i: usize, name: &str| collection.features[i].properties.as_ref().unwrap()[name].clone();
    assert_eq!(property(0, "name"), "Maison \"France Services\"");
    assert_eq!(property(0, "hours_osm"), "Mo-Fr 09:00-12:00");
    assert_eq!(property(0, "hours_text"), Value::Null);
    assert_eq!(property(0, "labels"), serde_json::json!(["France Services", "Conseillers numériques"]));
    assert_eq!(property(0, "audiences"), serde_json::json!([]));
    assert_eq!(property(1, "hours_text"), "sur rendez-vous");
    assert_eq!(property(4, "location_precision"), "commune");
    assert_eq!(property(4, "flags"), serde_json::json!(["no-coordinates"]));
}

#[test]
fn coordinates_have_six_decimals() {
    let found = asked("label=&limit=5".trim_start_matches("label=&"));
    assert_eq!(found["features"][1]["geometry"]["coordinates"], serde_json::json!([1.88, 46.171_235]));
}

#[test]
fn citizens_are_not_sent_where_no_public_is_received() {
    assert!(!ids(&asked("limit=100")).contains(&"v-bureau"), "defect D11");
}

#[test]
fn a_venue_without_a_place_is_never_near() {
    assert!(!ids(&asked("limit=100")).contains(&"v-perdu"), "defect D2");
}

#[test]
fn a_day_keeps_the_venues_known_to_open_on_it() {
    assert_eq!(ids(&asked("open_on=mercredi&limit=100")), ["v-centre"]);
    assert!(ids(&asked("open_on=samedi&limit=100")).is_empty(), "unknown hours are no open Saturday");
    assert_eq!(ids(&asked("open_on=samedi,vendredi&limit=100")), ["v-centre"]);
}

#[test]
fn filters_keep_what_fits() {
    for (filter, expected) in [
        ("label=france-services", vec!["v-centre"]),
        ("label=France%20Services", vec!["v-centre"]),
        ("label=conseillers-numeriques,aidants-connect", vec!["v-centre"]),
        ("support=langues-etrangeres", vec!["v-bib", "v-atelier"]),
        ("support=langues-etrangeres-anglais", vec!["v-atelier"]),
        ("fee=gratuit", vec!["v-centre"]),
        ("fee=gratuit,gratuit-sous-condition", vec!["v-centre", "v-bib"]),
        ("support_mode=dans-un-atelier-collectif", vec!["v-atelier"]),
        ("pass_numerique=true", vec!["v-bib"]),
        ("pass_numerique=false", vec!["v-atelier"]),
        ("departement=87", vec!["v-hub", "v-mairie"]),
        ("epci=200034825&service=aide-aux-demarches-administratives", vec!["v-centre", "v-bib", "v-atelier"]),
        ("region=04", vec!["v-reunion"]),
        ("region=75&departement=87,974", vec!["v-hub", "v-mairie"]),
        ("within_m=1000", vec!["v-centre", "v-bib"]),
        ("limit=1", vec!["v-centre"]),
    ] {
        assert_eq!(ids(&asked(filter)), expected, "{filter}");
    }
}

#[test]
fn an_audience_finds_those_who_receive_everyone_too() {
    assert_eq!(ids(&asked("audience=seniors")), ["v-centre", "v-bib", "v-hub", "v-mairie", "v-reunion"]);
}

#[test]
fn a_commune_stands_for_its_own_point() {
    let found = get_json("/api/nearest?commune=23008&limit=1");
    assert_eq!(found["origin"]["given"], "commune");
    assert_eq!(found["origin"]["position"], serde_json::json!([1.95, 46.15]));
    assert_eq!(found["origin"]["commune"], serde_json::json!({"code": "23008", "name": "Ajain"}));
    assert_eq!(ids(&found), ["v-atelier"]);
}

#[test]
fn an_old_commune_code_is_answered_and_named_with_its_successor() {
    let found = get_json("/api/nearest?commune=23999");
    assert_eq!(found["origin"]["replaced"], "23999");
    assert_eq!(found["origin"]["replaced_by"], "23008");
}

#[test]
fn a_postal_code_stands_for_its_most_populous_commune_and_lists_the_others() {
    let found = get_json("/api/nearest?postcode=23000&limit=1");
    assert_eq!(found["origin"]["commune"]["code"], "23096");
    let sharing = found["origin"]["communes_of_postcode"].as_array().unwrap();
    assert_eq!(sharing.iter().map(|c| c["code"].as_str().unwrap()).collect::<Vec<_>>(), ["23096", "23008"]);
}

#[test]
fn candidates_are_found_like_venues() {
    let found = asked("layer=candidates");
    assert_eq!(ids(&found), ["bib-1"]);
    assert_eq!(found["features"][0]["properties"]["kind"], "library");
    assert!(ids(&asked("layer=candidates&within_m=10")).is_empty());
}

#[test]
fn the_hub_is_that_of_the_commune_and_the_venue_that_is_one_is_measured() {
    for query in ["position=1.85,46.15", "commune=23096"] {
        let found = get_json(&format!("/api/nearest?layer=hubs&{query}"));
        assert_eq!(ids(&found), ["hubik"], "{query}");
        assert_eq!(found["nearest_venue"]["id"], "v-hub", "{query}");
        assert!(found["nearest_venue"]["properties"]["distance_m"].as_f64().unwrap() > 1_000.0);
    }
    assert!(ids(&get_json("/api/nearest?layer=hubs&position=55.45,-20.88")).is_empty(), "no hub covers 974 here");
}

#[test]
fn the_answer_is_tagged_with_the_edition_and_not_sent_twice() {
    let first = get(GUERET);
    let etag = header(&first, "etag");
    assert!(etag.starts_with("\"0123456789abcdef-"), "{etag}");
    assert_ne!(etag, header(&get(&format!("{GUERET}&limit=3")), "etag"), "another question is another answer");
    for held in [etag.clone(), format!("\"other\", W/{etag}"), "*".to_owned()] {
        let again = get_with(GUERET, &[("if-none-match", &held)]);
        assert_eq!(again.status(), 304, "{held}");
        assert_eq!(header(&again, "etag"), etag);
        assert!(again.bytes().unwrap().is_empty());
    }
    assert_eq!(get_with(GUERET, &[("if-none-match", "\"old\"")]).status(), 200);
}
