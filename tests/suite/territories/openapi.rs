//! The description of the API is the API: same addresses, same parameters.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::country::ask;
use super::{header, json};

fn document() -> Value {
    json("/api/openapi.json")
}

#[test]
fn every_address_of_the_routing_table_is_described() {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/mod.rs")).unwrap();
    let routed: BTreeSet<&str> =
        table.split('"').filter(|text| text.starts_with("/api/") && !text.contains('\n')).collect();
    let document = document();
    let described: BTreeSet<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(described, routed);
    assert!(routed.len() >= 8);
    assert_eq!(document["openapi"], "3.1.0");
}

#[test]
fn every_parameter_that_a_handler_takes_is_described_and_no_other() {
    let document = document();
    for (path, item) in document["paths"].as_object().unwrap() {
        let concrete = path.replace("{level}", "communes").replace("{code}", "23096");
        let response = ask(&format!("{concrete}?zzz=1"));
        assert_eq!(response.status(), 400, "{path}");
        let problem: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
        let taken: BTreeSet<String> =
            problem["allowed"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap().to_owned()).collect();
        let resolve = |reference: &Value| {
            let pointer = reference["$ref"].as_str().unwrap().trim_start_matches('#');
            document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere")).clone()
        };
        let parameters: Vec<Value> = item["get"]["parameters"].as_array().unwrap().iter().map(resolve).collect();
        let named = |place: &str| -> BTreeSet<String> {
            let here = parameters.iter().filter(|parameter| parameter["in"] == place);
            here.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(named("query"), taken, "{path}");
        let segments: BTreeSet<String> = path.split(['{', '}']).skip(1).step_by(2).map(ToOwned::to_owned).collect();
        assert_eq!(named("path"), segments, "{path}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk(value: &Value, document: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                    assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
                }
                members.values().for_each(|value| walk(value, document));
            }
            Value::Array(items) => items.iter().for_each(|value| walk(value, document)),
            _ => {}
        }
    }
    let document = document();
    walk(&document, &document);
}

#[test]
fn what_is_answered_has_the_members_that_are_promised() {
    let document = document();
    for (path, asked, schema) in [
        ("/api/need", "/api/need", "report"),
        ("/api/equity", "/api/equity", "report"),
        ("/api/territories/{level}/{code}", "/api/territories/nation/france", "territory"),
        ("/api/access/what-if", "/api/access/what-if?close=v-centre", "difference"),
    ] {
        let promised = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert_eq!(promised["$ref"], format!("#/components/schemas/{schema}"));
        let answer = json(asked);
        for member in document["components"]["schemas"][schema]["required"].as_array().unwrap() {
            assert!(answer.get(member.as_str().unwrap()).is_some(), "{asked}: {member}");
        }
    }
}

#[test]
fn every_media_type_of_a_table_is_described() {
    let content = document()["paths"]["/api/need"]["get"]["responses"]["200"]["content"].clone();
    for format in ["json", "csv", "xlsx", "geojson"] {
        let kind = header(&ask(&format!("/api/need?format={format}")), "content-type");
        assert!(content.get(kind.split(';').next().unwrap()).is_some(), "{kind}");
    }
}
