//! The annex of a *schéma départemental*: seven dimensions, every figure that of another answer, and what is missing said.

use mediane::tables::annex::{DIMENSIONS, Extent};
use serde_json::Value;

use super::country::ask;
use super::{json, refused, rows};

const ANNEX: &str = "/api/monitoring/departements/23/annex";

fn facts(answer: &Value) -> &[Value] {
    answer["facts"].as_array().unwrap()
}

fn fact<'a>(answer: &'a Value, id: &str) -> &'a Value {
    facts(answer).iter().find(|fact| fact["fact"] == id).unwrap_or_else(|| panic!("no {id} in {answer}"))
}

#[test]
fn every_dimension_is_told_with_all_its_facts_or_says_that_nothing_is_known() {
    let annex = json(ANNEX);
    let dimensions = annex["dimensions"].as_array().unwrap();
    assert_eq!(dimensions.len(), 7);
    let expected: Vec<(&str, &str)> =
        DIMENSIONS.iter().flat_map(|dimension| dimension.facts.iter().map(|fact| (dimension.title, *fact))).collect();
    let told: Vec<(&str, &str)> = facts(&annex)
        .iter()
        .map(|fact| (fact["dimension"].as_str().unwrap(), fact["fact"].as_str().unwrap()))
        .collect();
    assert_eq!(told, expected, "a fact that a dimension names is one that somebody works out");
    for (row, dimension) in dimensions.iter().zip(&DIMENSIONS) {
        assert_eq!(row["dimension"], dimension.title);
        assert_eq!(row["dimension_missing"], dimension.missing, "what is missing is said of every one");
        assert_eq!(dimension.facts.is_empty(), dimension.extent == Extent::None, "{}", dimension.title);
    }
    assert!(dimensions[6]["dimension_facts"].is_null() && dimensions[6]["dimension_extent"] == "non calculée");
    let said = annex["sentences"][1]["sentence"].as_str().unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    assert!(said.contains("1 est calculée et 5 le sont en partie ; 1 ne l’est pas"), "{said}");
}

#[test]
fn every_number_is_one_that_another_answer_gives() {
    let annex = json(ANNEX);
    let monitoring = json("/api/monitoring/departements/23");
    let mut same = 0;
    for other in facts(&monitoring) {
        if let Some(own) = facts(&annex).iter().find(|fact| fact["fact"] == other["fact"]) {
            for name in ["number", "text", "low", "high", "unit", "of", "source", "day", "note"] {
                assert_eq!(own[name], other[name], "{name} of {}", other["fact"]);
            }
            // Away from the others of its group a title says what it is about.
            let [own, other] = [own, other].map(|fact| fact["title"].as_str().unwrap().to_lowercase());
            assert!(own.ends_with(&other), "{own}: {other}");
            same += 1;
        }
    }
    assert!(same >= 20, "{same}");
    let access = json("/api/access?territory=departements/23");
    for id in ["minutes_p90", "persons_unreachable"] {
        assert_eq!(fact(&annex, id)["number"], access["summary"][0][id], "{id}");
    }
    let week = json("/api/access/week?territory=departements/23");
    for (id, name, day, hour) in [
        ("share_open_wednesday_18", "share_open", "mercredi", 18),
        ("share_open_unknown_wednesday_18", "share_open_unknown", "mercredi", 18),
        ("share_open_saturday_10", "share_open", "samedi", 10),
        ("share_open_unknown_saturday_10", "share_open_unknown", "samedi", 10),
    ] {
        let row = rows(&week).iter().find(|row| row["weekday"] == day && row["hour"] == hour).unwrap();
        assert_eq!(fact(&annex, id)["number"], row[name], "{id}");
    }
    for (id, rank) in [("share_two_venues", 1), ("share_three_venues", 2)] {
        assert_eq!(fact(&annex, id)["number"], week["summary"][rank]["share_reached"], "{id}");
    }
    let whole = &monitoring["completeness"][0];
    for id in ["with_phone", "with_hours", "with_address", "with_services", "with_access_modes", "with_fees"] {
        assert_eq!(fact(&annex, id)["number"], whole[id], "{id}");
    }
    for id in ["completeness", "stale_share"] {
        assert_eq!(fact(&annex, id)["number"], whole[id], "{id}");
    }
    assert_eq!(annex["rows"], json("/api/monitoring/departements/23?by=epcis")["rows"]);
    assert_eq!(annex["left_out"], monitoring["left_out"]);
}

#[test]
fn the_page_says_what_the_answer_says_and_is_led_to() {
    let page = ask("/suivi/departements/23/annexe").text().unwrap().replace("&#160;", "\u{a0}");
    for dimension in DIMENSIONS {
        assert!(page.contains(&format!("id=\"{}\"", dimension.id)), "{}", dimension.id);
    }
    assert_eq!(page.matches("Ce qui manque").count(), 7);
    let median = fact(&json(ANNEX), "minutes_median")["number"].as_f64().unwrap();
    let median = format!("{median:.2}").replace('.', ",");
    assert!(page.contains(&format!("{median}\u{a0}min")), "{median}: {page}");
    assert!(ask("/suivi/departements/23").text().unwrap().contains("/suivi/departements/23/annexe"));
    assert!(!ask("/suivi").text().unwrap().contains("/annexe"), "a schéma is that of a département");
    assert_eq!(ask("/suivi/departements/999/annexe").status(), 404);
    refused("/api/monitoring/departements/999/annex", 404, "code");
    refused("/api/monitoring/departements/23/annex?table=people", 400, "table");
}

#[test]
fn it_is_taken_away_as_a_document_a_workbook_and_tables() {
    for format in ["docx", "xlsx", "csv", "csv-fr"] {
        let answer = ask(&format!("{ANNEX}?format={format}"));
        assert_eq!(answer.status(), 200, "{format}");
        assert!(answer.bytes().unwrap().len() > 1_000, "{format}");
    }
    let parts = json(&format!("{ANNEX}?format=geojson&table=rows"));
    assert_eq!(parts["type"], "FeatureCollection");
    refused(&format!("{ANNEX}?format=geojson"), 400, "format");
}
