//! Pages of features, single features.

use geojson::{FeatureCollection, GeometryValue};
use serde_json::{Value, json};

use crate::support::{get, get_json, get_problem, get_with, header, ids, url};

const VENUES: &str = "/ogc/collections/venues/items";

fn href(page: &Value, rel: &str) -> Option<String> {
    let links = page["links"].as_array().unwrap();
    let href = links.iter().find(|link| link["rel"] == rel)?["href"].as_str().unwrap();
    Some(href.strip_prefix(&url("")).expect("links stay at home").to_owned())
}

fn refused(query: &str, param: &str) -> Value {
    let (status, problem) = get_problem(&format!("{VENUES}?{query}"));
    assert_eq!((status, &problem["param"]), (400, &param.into()), "{query}: {problem}");
    problem
}

#[test]
fn a_page_is_a_geojson_collection_that_counts_itself() {
    // fc-op, fc-response, fc-links, fc-rel-type, fc-timeStamp, fc-numberMatched, fc-numberReturned
    let response = get(VENUES);
    assert_eq!(header(&response, "content-type"), "application/geo+json");
    let text = response.text().unwrap();
    let parsed: FeatureCollection = text.parse().unwrap();
    let page: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed.features.len(), 8);
    assert_eq!((&page["numberMatched"], &page["numberReturned"]), (&8.into(), &8.into()));
    assert_eq!(page["timeStamp"], "2024-09-03T12:00:00Z");
    assert_eq!(href(&page, "self").as_deref(), Some(VENUES));
    assert!(page["links"].as_array().unwrap().iter().all(|link| link["type"].is_string()));
    assert!(href(&page, "next").is_none() && href(&page, "prev").is_none());
}

#[test]
fn every_property_is_always_there_and_keeps_its_type() {
    for layer in ["venues", "communes", "departements", "hubs"] {
        let page = get_json(&format!("/ogc/collections/{layer}/items"));
        let schema = get_json(&format!("/ogc/collections/{layer}/schema"));
        let properties = schema["properties"].as_object().unwrap();
        for feature in page["features"].as_array().unwrap() {
            assert_eq!(feature["properties"].as_object().unwrap().len(), properties.len(), "{layer}");
            for (name, described) in properties {
                let value = &feature["properties"][name];
                let fits = match described["type"].as_str().unwrap() {
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_u64(),
                    "array" => value.as_array().is_some_and(|texts| texts.iter().all(Value::is_string)),
                    _ => value.is_f64(),
                };
                assert!(fits || value.is_null(), "{layer} {name}: {value}");
            }
        }
    }
}

#[test]
fn codes_are_texts_and_lists_are_arrays() {
    let venue = get_json(&format!("{VENUES}/v-centre"));
    assert_eq!(venue["properties"]["commune"], "23096");
    assert_eq!(venue["properties"]["labels"], json!(["France Services", "Conseillers numériques"]));
    assert_eq!(venue["properties"]["audiences"], Value::Null);
    assert_eq!(venue["properties"]["pass_numerique"], Value::Null);
}

#[test]
fn positions_come_in_the_system_that_is_asked_and_the_header_names_it() {
    // OGC 18-058r1: fc-crs, f-crs, Content-Crs
    let crs = |code: &str| format!("http://www.opengis.net/def/crs/{code}");
    for (code, expected) in [
        ("OGC/1.3/CRS84", [1.87, 46.17]),
        ("EPSG/0/4326", [46.17, 1.87]),
        ("EPSG/0/2154", [612_819.11, 6_563_976.29]),
        ("EPSG/0/3857", [208_167.45, 5_807_633.82]),
        ("EPSG/0/3035", [2_596_213.61, 3_693_841.00]),
    ] {
        for path in [format!("{VENUES}/v-centre?crs={}", crs(code)), format!("{VENUES}?crs={}", crs(code))] {
            let response = get(&path);
            assert_eq!(header(&response, "content-crs"), format!("<{}>", crs(code)), "{path}");
            let answer: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
            let features = answer["features"].as_array().cloned().unwrap_or_else(|| vec![answer.clone()]);
            let feature = features.iter().find(|feature| feature["id"] == "v-centre").unwrap();
            let pair: Vec<f64> = serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
            assert!((pair[0] - expected[0]).hypot(pair[1] - expected[1]) < 0.02, "{path}: {pair:?}");
        }
    }
    assert_eq!(header(&get(VENUES), "content-crs"), format!("<{}>", crs("OGC/1.3/CRS84")));
    assert_eq!(refused("crs=EPSG:27572", "crs")["code"], "unknown-crs");
    assert_eq!(get_json(&format!("{VENUES}?crs=[EPSG:2154]&limit=1"))["numberReturned"], 1);
}

#[test]
fn a_venue_without_a_place_is_listed_without_geometry() {
    let venue = get_json(&format!("{VENUES}/v-perdu"));
    assert_eq!(venue["geometry"], Value::Null, "defect D2: never null island");
    assert!(ids(&get_json(VENUES)).contains(&"v-bureau"), "planners see venues that receive no public (D11)");
}

#[test]
fn limit_cuts_pages_and_is_brought_down_to_the_maximum() {
    // fc-limit-response-1
    assert_eq!(get_json(&format!("{VENUES}?limit=3"))["numberReturned"], 3);
    assert_eq!(get_json(&format!("{VENUES}?limit=10001"))["numberReturned"], 8);
    for bad in ["0", "-1", "1.5", "abc", "99999999999999999999"] {
        refused(&format!("limit={bad}"), "limit");
    }
}

#[test]
fn following_next_reads_everything_once_and_prev_leads_back() {
    let whole = get_json(VENUES);
    let (mut path, mut read, mut pages) = (format!("{VENUES}?limit=3"), Vec::new(), Vec::new());
    loop {
        let page = get_json(&path);
        assert_eq!(page["numberMatched"], 8, "{path}");
        read.extend(ids(&page).into_iter().map(str::to_owned));
        pages.push(page.clone());
        let Some(next) = href(&page, "next") else { break };
        path = next;
    }
    assert_eq!(read, ids(&whole));
    let back = get_json(&href(&pages[2], "prev").unwrap());
    assert_eq!(ids(&back), ids(&pages[1]));
    assert_eq!(ids(&get_json(&href(&back, "prev").unwrap())), ids(&pages[0]));
}

#[test]
fn paging_keeps_the_filter() {
    let first = get_json(&format!("{VENUES}?departement=23&limit=2"));
    assert_eq!((ids(&first), &first["numberMatched"]), (vec!["v-atelier", "v-bib"], &4.into()));
    let second = get_json(&href(&first, "next").unwrap());
    assert_eq!(ids(&second), ["v-bureau", "v-centre"]);
    assert!(href(&second, "next").is_none());
}

#[test]
fn offsets_skip_and_end_where_cursors_take_over() {
    // QRY-012
    assert_eq!(ids(&get_json(&format!("{VENUES}?offset=6&limit=5"))), ["v-perdu", "v-reunion"]);
    assert!(ids(&get_json(&format!("{VENUES}?offset=10000"))).is_empty());
    refused("offset=10001", "offset");
    refused("offset=99999999999", "offset");
}

#[test]
fn a_cursor_fits_one_question_only() {
    // QRY-013
    let next = href(&get_json(&format!("{VENUES}?limit=2")), "next").unwrap();
    let cursor = next.rsplit_once("cursor=").unwrap().1;
    get_json(&format!("{VENUES}?limit=5&cursor={cursor}"));
    refused(&format!("departement=23&cursor={cursor}"), "cursor");
    refused(&format!("offset=1&cursor={cursor}"), "offset");
    for bad in ["AAAA", "2-000000000000", "99999999999999999999-1", "-1", "2"] {
        assert_eq!(refused(&format!("cursor={bad}"), "cursor")["code"], "invalid-cursor", "{bad}");
    }
}

#[test]
fn a_feature_stands_alone_with_its_links() {
    // f-op, f-success, f-links
    let response = get(&format!("{VENUES}/v-centre"));
    assert_eq!(header(&response, "content-type"), "application/geo+json");
    let feature: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
    let listed =
        get_json(VENUES)["features"].as_array().unwrap().iter().find(|f| f["id"] == "v-centre").unwrap().clone();
    assert_eq!((&feature["geometry"], &feature["properties"]), (&listed["geometry"], &listed["properties"]));
    let rels: Vec<&str> =
        feature["links"].as_array().unwrap().iter().map(|link| link["rel"].as_str().unwrap()).collect();
    assert_eq!(rels, ["self", "collection"]);
    assert_eq!(get_problem(&format!("{VENUES}/nobody")).0, 404);
    assert_eq!(get_problem(&format!("{VENUES}/v-centre?limit=1")).0, 400);
}

#[test]
fn an_id_of_old_leads_to_the_id_of_today() {
    // QRY-028, defect D8
    for (old, today) in
        [("communes/items/23999", "communes/items/23008"), ("venues/items/v-ancien", "venues/items/v-bib")]
    {
        let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let response = client.get(url(&format!("/ogc/collections/{old}"))).send().unwrap();
        assert_eq!(response.status(), 301);
        assert_eq!(header(&response, "location"), url(&format!("/ogc/collections/{today}")));
    }
}

#[test]
fn outer_rings_run_counter_clockwise_and_close() {
    let page: FeatureCollection = get("/ogc/collections/departements/items").text().unwrap().parse().unwrap();
    let mut rings = 0;
    for feature in &page.features {
        let Some(geometry) = &feature.geometry else { continue };
        let GeometryValue::MultiPolygon { coordinates } = &geometry.value else { panic!("{geometry:?}") };
        for ring in coordinates.iter().map(|polygon| &polygon[0]) {
            let twice_area: f64 = ring.windows(2).map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]).sum();
            assert!(twice_area > 0.0, "RFC 7946, 3.1.6");
            assert_eq!(ring.first(), ring.last());
            rings += 1;
        }
    }
    assert_eq!(rings, 3);
}

#[test]
fn territories_carry_their_indicators_weighted_by_population() {
    let commune = get_json("/ogc/collections/communes/items/23008");
    assert_eq!(commune["properties"]["poverty-rate"], 10.0);
    assert_eq!(commune["properties"]["share-65"], Value::Null);
    let suppressed = get_json("/ogc/collections/communes/items/87001");
    assert_eq!(suppressed["properties"]["poverty-rate"], Value::Null, "withheld is unknown, not zero");
    let creuse = get_json("/ogc/collections/departements/items/23");
    assert_eq!(creuse["properties"]["poverty-rate"], 17.5, "(10 × 1,000 + 20 × 3,000) / 4,000");
    assert_eq!(creuse["properties"]["population"], 4_000);
    assert_eq!(get_json("/ogc/collections/epcis/items/200034825")["properties"]["poverty-rate"], 17.5);
}

#[test]
fn a_hub_covers_the_ground_of_its_departements() {
    let hub = get_json("/ogc/collections/hubs/items/hubik");
    assert_eq!(hub["properties"]["departements"], json!(["23", "87"]));
    // Three squares of an L share their edges: one polygon, since two that share an edge make no valid geometry.
    assert_eq!(hub["geometry"]["coordinates"].as_array().unwrap().len(), 1);
}

#[test]
fn a_page_is_tagged_and_not_sent_twice() {
    let etag = header(&get(VENUES), "etag");
    assert!(etag.starts_with("\"0123456789abcdef-"));
    assert_eq!(get_with(VENUES, &[("if-none-match", &etag)]).status(), 304);
    assert_ne!(etag, header(&get(&format!("{VENUES}?limit=2")), "etag"));
    assert_eq!(json!(get_with(VENUES, &[("if-none-match", "\"x\"")]).status().as_u16()), 200);
}

#[test]
fn what_no_feature_can_have_is_refused_and_a_number_is_one_however_it_is_written() {
    let of_communes = |query: &str| -> Vec<String> {
        let page = get_json(&format!("/ogc/collections/communes/items?{query}"));
        ids(&page).into_iter().map(str::to_owned).collect()
    };
    let written = ["venues=1", "venues=1.0", "venues=1e0", "venues=10E-1"].map(of_communes);
    assert!(!written[0].is_empty() && written.iter().all(|ids| *ids == written[0]), "{written:?}");
    for (query, param) in [("venues=0.5", "venues"), ("venues=beaucoup", "venues"), ("venues=inf", "venues")] {
        let (status, problem) = get_problem(&format!("/ogc/collections/communes/items?{query}"));
        assert_eq!((status, &problem["param"]), (400, &param.into()), "{query}: {problem}");
    }
    for day in ["2024-03-01", "2024-03-01T00:00:00Z"] {
        assert_eq!(ids(&get_json(&format!("{VENUES}?updated={day}"))), ["v-centre"], "{day}");
    }
    for day in ["null", "2024-02-30", "01/03/2024", "2024"] {
        refused(&format!("updated={day}"), "updated");
    }
}
