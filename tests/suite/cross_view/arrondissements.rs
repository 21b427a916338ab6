//! Arrondissements of a city: one number on every view, and their sums are the city's.

use std::sync::Arc;

use mediane::atlas::Leaves;
use mediane::domain::{Cell, CellSource, CommuneCode, District, Metres, Persons, Reading};
use mediane::http::State;
use serde_json::Value;

use super::views::{Client, Figures, at_threshold, flat};
use super::{Seen, served, territories};
use crate::real_edition::france;
use crate::support::{noon, position, serve_on_free_port, square};

const NUMBER: u32 = 5;

fn code(number: u32) -> CommuneCode {
    CommuneCode::parse(&format!("2390{number}")).unwrap()
}

/// Guéret divided into five: a square of points each, more people and older ones from west to east.
fn leaves() -> Leaves {
    let mut leaves = territories::leaves();
    let west = |number: u32| 1.7 + 0.1 * f64::from(number);
    let town = leaves.communes.iter().find(|commune| commune.code.as_str() == "23096").unwrap().clone();
    let population = town.population.unwrap().0;
    let share = |number: u32| population * number / 15 + if number == NUMBER { population % 15 } else { 0 };
    let rest = population - (1..=NUMBER).map(share).sum::<u32>();
    leaves.districts = (1..=NUMBER)
        .map(|number| District {
            code: code(number),
            name: format!("Guéret {number}e Arrondissement"),
            commune: town.code,
            postcodes: vec![format!("2300{number}")],
            population: Some(Persons(share(number) + if number == 1 { rest } else { 0 })),
            point: None,
        })
        .collect();
    leaves.district_contours =
        (1..=NUMBER).map(|number| (code(number).to_string(), square(west(number), 46.1))).collect();
    let cell = |number: u32, north: f64| Cell {
        commune: town.code,
        centre: position(west(number) + 0.05, 46.11 + north),
        side: Metres::new(1_000.0).unwrap(),
        inhabitants: f64::from(share(number)) / 2.0,
        source: CellSource::Estimate,
    };
    leaves.cells = (1..=NUMBER).flat_map(|number| [cell(number, 0.0), cell(number, 0.07)]).collect();
    for indicator in leaves.indicators.iter_mut().filter(|indicator| indicator.id == "share-65-plus") {
        // The last one lacks it, and takes that of the town.
        indicator.districts = (1..NUMBER).map(|i| (code(i), Reading::Known(f64::from(10 * i)))).collect();
    }
    leaves
}

/// Whether a figure of a territory is a sum of things.
fn adds(name: &str) -> bool {
    let interval = name.starts_with("persons_in_need_");
    name == "population"
        || name.starts_with("persons_") && !interval
        || name.starts_with("venues") && !name.contains("per_")
        || name == "posts"
}

/// The tables of need, access and coverage, in every format: they are about the arrondissement itself, and so are its points.
fn tables(client: &Client, seen: &mut Seen, (town, code): (&str, &str), reference: &Figures) {
    let path = format!("communes/{code}");
    for subject in ["need", "access", "coverage"] {
        let question = format!("/api/{subject}?territory={path}");
        let answer = client.json(&question);
        let about = &answer["territory"];
        assert_eq!(
            (&about["code"], &about["arrondissement_of"]),
            (&Value::from(code), &Value::from(town)),
            "{question}"
        );
        for table in ["rows", "summary"] {
            assert_eq!(answer[table].as_array().unwrap().len(), 1, "{question} {table}");
            seen.compare("tables", &path, reference, &flat(&answer[table][0]));
        }
        for told in [client.csv(&question, code), client.xlsx(&question, code), client.geojson(&question, code)] {
            seen.compare("tables", &path, reference, &told);
        }
    }
    let points = client.json(&format!("/api/points?territory={path}"));
    let persons = |point: &Value| point["properties"]["persons_in_need"].as_f64().unwrap_or(0.0);
    let sum: f64 = points["features"].as_array().unwrap().iter().map(persons).sum();
    assert_eq!(Some(sum), reference["persons_located"].as_f64(), "{path}: its points, and no others");
    if town == "23096" {
        return; // The made-up arrondissements are no old codes: they lead to no city.
    }
    // What has no answer of its own says whose figures these are, in every format that holds more than rows.
    let note = "pas ici pour";
    for format in ["json", "geojson"] {
        let answer = client.json(&format!("/api/equity?territory={path}&format={format}"));
        let about = &answer["territory"];
        assert_eq!((&about["replaced"], &about["replaced_by"]), (&code.into(), &town.into()), "{path} {format}");
        assert!(about["note"].as_str().unwrap().contains(note), "{path} {format}: {about}");
    }
    let venue = client.json(&format!("/api/nearest?limit=1&order=distance&commune={town}"));
    let closed = venue["features"][0]["id"].as_str().unwrap();
    let what_if = client.json(&format!("/api/access/what-if?close={closed}&territory={path}"));
    assert!(what_if["territory"]["note"].as_str().unwrap().contains(note), "{path}: {}", what_if["territory"]);
}

/// Every view of the arrondissements of a town, and their sums; those of which all is read, by their code.
fn check(client: &Client, town: &str, codes: &[&str]) {
    let whole = client.json(&format!("/api/territories/communes/{town}"));
    let all: Vec<&str> = whole["arrondissements"]["territories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["code"].as_str().unwrap())
        .collect();
    let table = format!("/api/territories/communes/{town}/arrondissements?mode=car");
    let mut seen = Seen::default();
    let mut sums = std::collections::BTreeMap::<String, f64>::new();
    let listed = |code: &str| {
        let list = client.json(&format!("/api/venues?territory=communes/{code}&format=geojson"));
        list["features"].as_array().unwrap().len()
    };
    let mut in_lists = 0;
    for code in &all {
        let path = format!("communes/{code}");
        let answer = client.json(&format!("/api/territories/{path}"));
        assert_eq!((&answer["code"], &answer["arrondissement_of"]), (&Value::from(*code), &Value::from(town)));
        assert!(answer.get("replaced_by").is_none() && answer["parent"]["code"] == town);
        // Its list holds those that receive no public too, and never those of another arrondissement.
        let own = listed(code);
        assert!(own as u64 >= answer["figures"]["venues"].as_u64().unwrap_or(0), "{path}: {own} in its list");
        in_lists += own;
        let reference = flat(&answer["figures"]);
        for (name, value) in reference.iter().filter(|(name, _)| adds(name)) {
            if let Some(value) = value.as_f64() {
                *sums.entry(name.clone()).or_default() += value;
            }
        }
        for mode in ["walk", "bicycle", "car"] {
            for within in answer["figures"]["coverage"][mode]["within"].as_array().unwrap() {
                let name = format!("{mode} {}", within["threshold_min"]);
                *sums.entry(name).or_default() += within["persons_within"].as_f64().unwrap();
            }
        }
        if codes.contains(code) {
            seen.compare("CSV", &path, &reference, &at_threshold(&client.csv(&table, code)));
            let told = client.page(&format!("/territoires/{path}"));
            assert!(told.len() > 40, "{path}: the page holds every figure");
            seen.compare_words("page", &path, &reference, &told);
            tables(client, &mut seen, (town, code), &reference);
        }
    }
    assert!(seen.faults.is_empty(), "{}", seen.faults.join("\n"));
    assert!(["CSV", "page", "tables"].iter().all(|view| seen.compared[view] >= 40 * codes.len()), "{seen:?}");
    let elsewhere = &whole["arrondissements"]["elsewhere_in_the_commune"];
    *sums.entry("venues".into()).or_default() += elsewhere["venues"].as_f64().unwrap();
    *sums.entry("posts".into()).or_default() += elsewhere["posts"].as_f64().unwrap();
    let figures = &whole["figures"];
    for (name, sum) in &sums {
        let told = match name.split_once(' ') {
            Some((mode, minutes)) => {
                let within = figures["coverage"][mode]["within"].as_array().unwrap();
                let at = within.iter().find(|within| within["threshold_min"].as_u64() == minutes.parse().ok()).unwrap();
                at["persons_within"].as_f64()
            }
            // Those of the programmes of venues that stand in none are not told apart.
            None if name.starts_with("venues_") => continue,
            None => figures[name].as_f64(),
        };
        assert_eq!(told.unwrap_or(0.0) as u64, *sum as u64, "{town}: {name}");
    }
    assert!(sums.len() > 20, "{sums:?}");
    assert!(in_lists <= listed(town), "{town}: {in_lists} in the lists of its arrondissements");
}

#[test]
fn arrondissements_of_a_made_up_town_say_one_number_and_add_up() {
    let (_, address) = served(leaves());
    let client = Client::new(address);
    check(&client, "23096", &["23901", "23902", "23903", "23904", "23905"]);
    let figure =
        |code: &str, name: &str| client.json(&format!("/api/territories/communes/{code}"))["figures"][name].clone();
    let share = |code: &str| figure(code, "share_in_need").as_f64().unwrap();
    assert!(share("23904") > share("23901"), "older people, more in need");
    let last = client.json("/api/territories/communes/23905");
    let borrowed = last["indicators_of_commune"].as_array().unwrap();
    assert!(borrowed.contains(&"share-65-plus".into()), "{borrowed:?}");
    assert_eq!(figure("23901", "rank_index"), Value::Null, "what is not known of a part is no number");
}

#[test]
fn arrondissements_of_the_real_edition_say_one_number_and_add_up() {
    let Some(france) = france() else { return };
    let client = Client::new(serve_on_free_port(State::new(Arc::clone(&france.atlas), noon)));
    check(&client, "75056", &["75101", "75115", "75116"]);
    check(&client, "69123", &["69383"]);
    check(&client, "13055", &["13203"]);
    let share = |code: &str| {
        let answer = client.json(&format!("/api/territories/communes/{code}"));
        answer["figures"]["share_in_need"].as_f64().unwrap()
    };
    // The odds are those of age and diploma: the 7e is older than the 18e, and the 2e is young and taught.
    for code in ["75119", "75120"] {
        assert!(share(code) > share("75107").max(share("75106")), "{code}");
    }
    assert!(share("75102") < 0.1 && share("13212") > 0.2);
}
