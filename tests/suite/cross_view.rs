//! One number everywhere: for territories of all levels, every view of a figure states what the API states of the
//! territory. On the real edition where its files are there, and always on a country made to hold every trap.

mod arrondissements;
mod nearest;
mod plans;
mod territories;
mod views;
mod words;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use mediane::atlas::{Atlas, Leaves};
use mediane::http::State;
use serde_json::Value;

use self::territories::{made_up, real};
use self::views::{Client, Figures};
use self::words::agrees;
use crate::placements::travel::with_roads;
use crate::real_edition::france;
use crate::support::{noon, serve_on_free_port};

/// What one view says of one figure of a territory, against the API.
#[derive(Debug, Default)]
struct Seen {
    /// Comparisons by view: a view that compares nothing proves nothing.
    compared: BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

impl Seen {
    /// Holds a view's figures against those of the API; names that only one of them has are not shared.
    fn compare(&mut self, view: &'static str, path: &str, reference: &Figures, told: &Figures) {
        for (name, value) in told {
            let Some(expected) = reference.get(name) else { continue };
            *self.compared.entry(view).or_default() += 1;
            if expected != value {
                self.faults.push(format!("{path}: {view} says {name} = {value:?}, the API {expected:?}"));
            }
        }
    }

    /// The same for a view that says figures in words.
    fn compare_words(&mut self, view: &'static str, path: &str, reference: &Figures, told: &[(String, String)]) {
        for (name, words) in told {
            let expected = reference.get(name).unwrap_or_else(|| panic!("{path}: {view} knows {name} alone"));
            *self.compared.entry(view).or_default() += 1;
            if !agrees(name, words, expected, &reference["reach"]) {
                self.faults.push(format!("{path}: {view} says {name} = {words}, the API {expected}"));
            }
        }
    }
}

fn compare_all(atlas: &Atlas, address: SocketAddr, places: &[(String, String)]) -> Seen {
    let client = Client::new(address);
    let counted = |venue: &&mediane::domain::Venue| venue.receives_public() && venue.location.position().is_some();
    let venue = &atlas.venues().iter().find(counted).unwrap().id;
    let mut seen = Seen::default();
    for (level, code) in places {
        let path = format!("{level}/{code}");
        let answer = client.json(&format!("/api/territories/{path}"));
        let reference = views::flat(&answer["figures"]);
        assert!(reference.len() > 50, "{path}: {} figures", reference.len());
        for subject in ["need", "access", "coverage", "equity"] {
            let question = format!("/api/{subject}?territory={path}");
            let summary = client.json(&question)["summary"][0].clone();
            seen.compare("API tables", &path, &reference, &views::at_threshold(&views::flat(&summary)));
            if level == "nation" {
                continue; // A country is no row of a table.
            }
            let question = format!("{question}&by={level}");
            for (view, told) in [
                ("CSV", client.csv(&question, code)),
                ("XLSX", client.xlsx(&question, code)),
                ("GeoJSON", client.geojson(&question, code)),
            ] {
                seen.compare(view, &path, &reference, &views::at_threshold(&told));
            }
        }
        seen.compare("what-if", &path, &reference, &plans::before(&client, &path, venue));
        // Regions and the country are plans of minutes; the figures of a plan are sums over their communes all the same.
        let denominator = answer["parameters"]["denominator"].as_str().unwrap();
        if !matches!(level.as_str(), "nation" | "regions")
            && let Some(told) = plans::plan(atlas, &path, denominator)
        {
            seen.compare("plan", &path, &reference, &told);
        }
        let page = if level == "nation" { "/territoires/france".into() } else { format!("/territoires/{path}") };
        let told = client.page(&page);
        assert!(told.len() > 50, "{path}: the page holds every figure");
        seen.compare_words("page", &path, &reference, &told);
        if level == "nation" {
            continue;
        }
        let feature = client.json(&format!("/ogc/collections/{level}/items/{code}"));
        seen.compare("OGC", &path, &reference, &views::flat(&feature["properties"]));
        if let Some(told) = client.tile(level, code, &feature["geometry"]) {
            let left_out = told.iter().filter(|(name, value)| **value == Value::Null && reference.contains_key(*name));
            assert_eq!(left_out.count(), 0, "{path}: a tile leaves out what it does not know");
            // What a tile leaves out is null in the API.
            let layers = feature["properties"].as_object().unwrap().keys();
            let whole: Figures = layers
                .filter(|name| reference.contains_key(*name))
                .map(|name| (name.clone(), told.get(name).cloned().unwrap_or(Value::Null)))
                .filter(|(name, _)| name != "communes")
                .collect();
            seen.compare("tile", &path, &reference, &whole);
        }
        let parent = &answer["parent"];
        let (above, its_code) = (parent["level"].as_str().unwrap(), parent["code"].as_str().unwrap());
        let children = client.json(&format!("/api/territories/{above}/{its_code}?children={level}"));
        let child = children["children"]["territories"].as_array().unwrap().iter().find(|c| c["code"] == code.as_str());
        if let Some(child) = child.filter(|child| child["whole"] == true) {
            seen.compare("children", &path, &reference, &views::flat(child));
        }
    }
    for (name, code, words) in client.map_rows() {
        if places.contains(&("departements".into(), code.clone())) {
            let reference = views::flat(&client.json(&format!("/api/territories/departements/{code}"))["figures"]);
            seen.compare_words("map", &format!("departements/{code}"), &reference, &[(name, words)]);
        }
    }
    seen
}

fn check(seen: &Seen) {
    eprintln!("compared: {:?}", seen.compared);
    assert!(seen.faults.is_empty(), "{} faults:\n{}", seen.faults.len(), seen.faults.join("\n"));
    for view in ["API tables", "CSV", "XLSX", "GeoJSON", "page", "OGC", "tile", "children", "map", "plan", "what-if"] {
        assert!(seen.compared.get(view).is_some_and(|count| *count >= 10), "{view} was hardly compared: {seen:?}");
    }
}

/// The country made up for this, and the address of a server on it.
fn made_up_country() -> &'static (Arc<Atlas>, SocketAddr) {
    static COUNTRY: OnceLock<(Arc<Atlas>, SocketAddr)> = OnceLock::new();
    COUNTRY.get_or_init(|| served(territories::leaves()))
}

fn made_up_address() -> SocketAddr {
    made_up_country().1
}

fn served(leaves: Leaves) -> (Arc<Atlas>, SocketAddr) {
    let atlas = Arc::new(Atlas::bind(leaves));
    let address = serve_on_free_port(State::new(Arc::clone(&atlas), noon));
    (atlas, address)
}

#[test]
fn every_view_of_a_made_up_country_states_one_number() {
    let places = made_up();
    let seen = compare_all(&made_up_country().0, made_up_address(), &places);
    check(&seen);
    // It holds what makes views disagree.
    let client = Client::new(made_up_address());
    let reach = |path: &str| client.json(&format!("/api/territories/{path}"))["figures"]["reach"].clone();
    assert_eq!(reach("communes/29083"), "unreachable");
    assert_eq!(reach("communes/87002"), "unknown");
    assert_eq!(reach("departements/23"), "reached");
}

#[test]
fn every_view_of_a_country_with_roads_states_one_number() {
    let (atlas, address) = served(with_roads(territories::leaves()));
    assert!(atlas.analysis().access.label().contains("réseau routier"));
    check(&compare_all(&atlas, address, &made_up()));
}

#[test]
fn every_view_of_the_real_edition_states_one_number() {
    let Some(france) = france() else { return };
    let places = real(&france.atlas);
    assert!(places.len() >= 40, "{places:?}");
    // As `serve` does: no visitor waits for it.
    let _ = france.atlas.figures();
    let address = serve_on_free_port(State::new(Arc::clone(&france.atlas), noon));
    check(&compare_all(&france.atlas, address, &places));
}

#[test]
fn a_view_that_says_another_number_is_told() {
    let figures = |minutes: f64| -> Figures {
        [("minutes_median".to_owned(), minutes.into()), ("reach".to_owned(), "reached".into())].into()
    };
    let mut seen = Seen::default();
    seen.compare("tile", "communes/23096", &figures(3.58), &figures(3.58));
    assert!(seen.faults.is_empty());
    seen.compare("tile", "communes/23096", &figures(3.58), &figures(3.7));
    seen.compare_words("page", "communes/23096", &figures(3.58), &[("minutes_median".into(), "3,7 min".into())]);
    assert_eq!(seen.faults.len(), 2, "{seen:?}");
    seen.compare_words("page", "communes/23096", &figures(3.58), &[("minutes_median".into(), "3,6 min".into())]);
    assert_eq!(seen.faults.len(), 2, "{seen:?}");
}
