//! Each site names who could receive its post, or says why nobody is known.

use serde_json::{Value, json as value};

use super::{answered, ask, begun, json, over};

fn asked(more: &Value) -> Value {
    let mut asked = value!({ "territory": "departements/23", "posts": 6, "radius_km": 9, "demand": "population" });
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

#[test]
fn every_site_has_a_host_or_says_why_it_has_none() {
    for more in [value!({}), value!({ "candidates": "communes" }), value!({ "least_inhabitants": 1_500 })] {
        let sites = answered(&asked(&more))["answer"]["sites"].clone();
        let sites = sites.as_array().unwrap();
        assert!(!sites.is_empty());
        for site in sites {
            assert_ne!(site["host"].is_null(), site["host_missing"].is_null(), "{site}");
            assert_eq!(site["host"].is_null(), site["host_kind"].is_null(), "{site}");
            assert_eq!(site["price_eur"], 50_000, "{site}");
        }
    }
}

#[test]
fn a_village_below_the_floor_has_no_town_hall_to_propose() {
    let names = |least: u32| -> Vec<(String, u64)> {
        let sites = answered(&asked(&value!({ "least_inhabitants": least })))["answer"]["sites"].clone();
        let name = |site: &Value| (site["name"].as_str().unwrap().to_owned(), site["inhabitants"].as_u64().unwrap());
        sites.as_array().unwrap().iter().map(name).collect()
    };
    let large = names(1_500);
    let halls = large.iter().filter(|(name, _)| name.starts_with("Mairie de "));
    assert!(halls.clone().count() > 0 && halls.clone().all(|(_, inhabitants)| *inhabitants >= 1_500), "{large:?}");
    assert_ne!(names(0), large);
}

#[test]
fn one_list_of_columns_makes_every_format() {
    let job = begun(&asked(&value!({})));
    let status = over(&job);
    let of_json: Vec<String> = status["answer"]["sites"][0].as_object().unwrap().keys().cloned().collect();
    let csv = ask(&format!("{job}?format=csv")).text().unwrap();
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let map = json(ask(&format!("{job}?format=geojson")));
    for name in of_json {
        assert!(header.contains(&name.as_str()), "{name} is not in {header:?}");
        assert!(map["features"][0]["properties"].get(&name).is_some(), "{name}");
        assert!(status["answer"]["definitions"].get(&name).is_some(), "{name} is not defined");
    }
    let page = ask("/planifier?territory=departements/23&posts=6&radius_km=9&demand=population").text().unwrap();
    assert!(page.contains("Qui accueille, qui appeler") && page.contains("Prix d"), "{page}");
}
