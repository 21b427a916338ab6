//! How evenly help is shared, and who is left out.

use serde_json::Value;

use super::{json, refused, rows};

const CREUSE: &str = "/api/equity?territory=departements/23&by=communes";

#[test]
fn gini_is_the_mean_difference_between_persons() {
    let answer = json("/api/equity?territory=departements/23");
    let communes = json("/api/access?territory=departements/23&by=communes");
    let known: Vec<(f64, f64)> = rows(&communes)
        .iter()
        .filter_map(|row| Some((row["hours_per_person_year"].as_f64()?, row["persons_in_need"].as_u64()? as f64)))
        .collect();
    let persons: f64 = known.iter().map(|(_, n)| n).sum();
    let mean = known.iter().map(|(hours, n)| hours * n).sum::<f64>() / persons;
    let pairs = known.iter().flat_map(|(a, n)| known.iter().map(move |(b, m)| n * m * (a - b).abs()));
    let expected = pairs.sum::<f64>() / (2.0 * persons * persons * mean);
    let summary = &answer["summary"][0];
    assert!((summary["gini"].as_f64().unwrap() - expected).abs() < 1e-4, "{summary} {expected}");
    assert!((summary["hours_per_person_year"].as_f64().unwrap() - mean).abs() < 1e-3);
}

#[test]
fn the_lorenz_curve_goes_from_nothing_to_all_below_the_diagonal() {
    let points: Vec<(f64, f64)> = json(CREUSE)["lorenz"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| (point["share_persons"].as_f64().unwrap(), point["share_hours"].as_f64().unwrap()))
        .collect();
    assert_eq!((points[0], points[100]), ((0.0, 0.0), (1.0, 1.0)));
    assert!(points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1));
    assert!(points.iter().all(|(persons, hours)| *hours <= persons + 1e-6));
}

#[test]
fn the_left_out_are_named_with_their_persons_the_most_first() {
    let answer = json("/api/equity?threshold_min=10&mode=walk");
    let list = answer["left_out"].as_array().unwrap();
    let persons: Vec<u64> = list.iter().map(|place| place["persons_left_out"].as_u64().unwrap()).collect();
    assert!(!list.is_empty() && persons.is_sorted_by(|a, b| a >= b), "{persons:?}");
    let summary = &answer["summary"][0];
    assert_eq!(summary["persons_left_out"], persons.iter().sum::<u64>());
    assert_eq!(summary["communes_left_out"], list.len());
    let coverage = json("/api/coverage?threshold_min=10&mode=walk");
    assert_eq!(coverage["summary"][0]["persons_beyond_10_min"], summary["persons_left_out"]);
    for place in list {
        assert_ne!(place["code"], "23100", "nobody is known to live there");
        assert_ne!(place["code"], "87002", "nobody knows where it is: it is in the unknown, not left out");
        assert!(place["minutes"].is_null() || place["minutes"].as_f64().unwrap() > 10.0, "{place}");
    }
}

#[test]
fn kinds_of_territories_are_told_apart_and_the_unknown_is_a_line() {
    let answer = json("/api/equity");
    let density = answer["density"].as_array().unwrap();
    let kinds: Vec<&Value> = density.iter().map(|row| &row["density"]).collect();
    assert!(kinds.contains(&&Value::Null), "23100 has no population, so no density: {kinds:?}");
    let communes: u64 = density.iter().map(|row| row["communes"].as_u64().unwrap()).sum();
    assert_eq!(communes, 9, "every commune in one kind (defect D17)");
}

#[test]
fn one_table_at_a_time_goes_into_formats_that_hold_one() {
    let csv = super::ask("/api/equity?table=lorenz&format=csv").text().unwrap();
    assert!(csv.starts_with("share_persons,share_hours,edition,parameters\r\n"), "{csv}");
    assert_eq!(csv.lines().count(), 102);
    refused("/api/equity?table=lorenz&format=geojson", 400, "format");
    assert_eq!(json("/api/equity?table=left_out&format=geojson")["type"], "FeatureCollection");
    refused("/api/equity?table=ginis", 400, "table");
}
