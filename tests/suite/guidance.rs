//! `/api/remote-channels` and `/api/resources`: help that is no place.

use serde_json::Value;

use super::support::{get, get_json};

fn ids(found: &Value, rows: &str) -> Vec<String> {
    found[rows].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_channel_says_its_number_its_price_and_the_day_it_was_published() {
    let found = get_json("/api/remote-channels");
    assert_eq!(ids(&found, "remote_channels"), ["impots", "escroqueries"]);
    let first = &found["remote_channels"][0];
    assert_eq!((&first["phone"], &first["price"]), (&"+33809401401".into(), &"as-any-call".into()));
    assert_eq!((&first["opening_hours"], &first["published"]), (&"Mo-Fr 08:30-19:00".into(), &"2024-01-03".into()));
    assert_eq!(first["overseas_phone"], Value::Null, "unknown is null");
}

#[test]
fn channels_and_resources_are_chosen_by_need() {
    assert_eq!(ids(&get_json("/api/remote-channels?need=security,pix"), "remote_channels"), ["escroqueries"]);
    assert_eq!(ids(&get_json("/api/resources?need=pix"), "resources"), ["pix"]);
    assert!(ids(&get_json("/api/resources?need=job"), "resources").is_empty());
}

#[test]
fn a_need_that_does_not_exist_is_refused_with_those_that_do() {
    let refused = get("/api/resources?need=magie");
    assert_eq!(refused.status(), 400);
    let problem: Value = serde_json::from_str(&refused.text().unwrap()).unwrap();
    assert_eq!(problem["param"], "need");
    assert!(problem.to_string().contains("procedures"), "{problem}");
}
