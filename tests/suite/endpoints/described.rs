//! The descriptions of the API, and the table of `docs/api.md`, say what the list says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use mediane::http::endpoint::{Endpoint, Operation, Token};
use mediane::http::headers::Audience;
use mediane::service::ENDPOINTS;
use serde_json::Value;

use super::{example, operations};
use crate::support::{get, get_json};

fn described() -> impl Iterator<Item = &'static Endpoint> {
    ENDPOINTS
        .iter()
        .filter(|endpoint| Audience::of(endpoint.path) == Audience::Machines && !endpoint.path.starts_with("/ogc"))
}

/// `GET` as descriptions write it.
fn method(operation: &Operation) -> String {
    operation.verb.methods()[0].as_str().to_lowercase()
}

#[test]
fn every_address_of_the_list_is_described_and_no_other() {
    let document = get_json("/api/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    let listed: BTreeMap<&str, BTreeSet<String>> =
        described().map(|endpoint| (endpoint.path, endpoint.operations.iter().map(method).collect())).collect();
    let paths = document["paths"].as_object().unwrap();
    let told: BTreeMap<&str, BTreeSet<String>> =
        paths.iter().map(|(path, item)| (path.as_str(), item.as_object().unwrap().keys().cloned().collect())).collect();
    assert_eq!(told, listed);
    for path in ["/api/nearest", "/api/scenarios/{id}/versions", "/tiles/{layer}/{z}/{x}/{y}.mvt", "/health/ready"] {
        assert!(told.contains_key(path), "{path}");
    }
}

#[test]
fn every_parameter_body_answer_and_token_is_described_and_no_other() {
    let document = get_json("/api/openapi.json");
    for (endpoint, operation) in described().flat_map(|e| e.operations.iter().map(move |o| (e, o))) {
        let here = format!("{} {}", method(operation), endpoint.path);
        let told = &document["paths"][endpoint.path][method(operation)];
        let resolve = |reference: &Value| {
            let pointer = reference["$ref"].as_str().unwrap().trim_start_matches('#');
            document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere")).clone()
        };
        let parameters: Vec<Value> = told["parameters"].as_array().unwrap().iter().map(resolve).collect();
        let named = |place: &str| -> Vec<String> {
            let here = parameters.iter().filter(|parameter| parameter["in"] == place);
            here.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(named("query"), operation.names().collect::<Vec<_>>(), "{here}");
        let segments: Vec<&str> = endpoint.path.split(['{', '}']).skip(1).step_by(2).collect();
        assert_eq!(named("path"), segments, "{here}");
        let body = operation.body.map(|body| (body.kind, body.limit.to_string()));
        assert_eq!(told.get("requestBody").is_some(), body.is_some(), "{here}");
        if let Some((kind, limit)) = body {
            assert!(told["requestBody"]["content"].get(kind).is_some(), "{here}");
            assert!(told["requestBody"]["description"].as_str().unwrap().contains(&limit), "{here}");
        }
        let wanted: BTreeSet<String> = operation
            .answers
            .iter()
            .map(|answer| answer.status)
            .chain(operation.problems.iter().copied())
            .map(|status| status.to_string())
            .chain(["default".to_owned()])
            .collect();
        let statuses: BTreeSet<String> = told["responses"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(statuses, wanted, "{here}");
        let security = match operation.token {
            Token::Unread => Value::Null,
            Token::Welcome => serde_json::json!([{}, { "token": [] }]),
            Token::Required => serde_json::json!([{ "token": [] }]),
        };
        assert_eq!(told["security"], security, "{here}");
    }
}

#[test]
fn a_word_that_is_not_among_those_described_is_refused_with_those_that_are() {
    let document = get_json("/api/openapi.json");
    let mut compared = 0;
    for (endpoint, operation) in described().flat_map(|e| e.operations.iter().map(move |o| (e, o))) {
        if method(operation) != "get" {
            continue;
        }
        for parameter in document["paths"][endpoint.path]["get"]["parameters"].as_array().unwrap() {
            let pointer = parameter["$ref"].as_str().unwrap().trim_start_matches('#');
            let parameter = document.pointer(pointer).unwrap();
            let schema = &parameter["schema"];
            let words = schema.get("enum").or_else(|| schema["items"].get("enum")).and_then(Value::as_array);
            let Some(words) = words.filter(|words| parameter["in"] == "query" && words[0].is_string()) else {
                continue;
            };
            let name = parameter["name"].as_str().unwrap();
            // Of the nation: a commune has no parts to choose among. Only a commune has arrondissements.
            let of_commune = endpoint.path.contains("communes/{code}");
            let place = if of_commune { "communes/23096" } else { "nation/france" };
            let address = format!("{}?{name}=zzz", example(endpoint).replace("communes/23096", place));
            let response = get(&address);
            assert_eq!(response.status(), 400, "{address}");
            let problem: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
            // An address may ask first for something that is missing here.
            if problem["param"] != name {
                continue;
            }
            let words: BTreeSet<&str> = words.iter().filter_map(Value::as_str).collect();
            if let Some(allowed) = problem["allowed"].as_array() {
                assert_eq!(allowed.iter().filter_map(Value::as_str).collect::<BTreeSet<_>>(), words, "{address}");
            } else {
                // In words; but all codes of territories are not told.
                let detail = problem["detail"].as_str().unwrap();
                let are_codes = words.iter().all(|word| word.starts_with(|first: char| first.is_ascii_digit()));
                assert!(are_codes || words.iter().all(|word| detail.contains(word)), "{address}: {detail}");
            }
            compared += 1;
        }
    }
    assert!(compared >= 30, "{compared}");
}

#[test]
fn the_collections_describe_themselves_from_the_same_list() {
    let document: Value = serde_json::from_str(&get("/ogc/api").text().unwrap()).unwrap();
    let collections = get_json("/ogc/collections");
    let names = || collections["collections"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap());
    let mut listed = BTreeSet::new();
    for endpoint in ENDPOINTS.iter() {
        let Some(path) = endpoint.path.strip_prefix("/ogc").filter(|path| *path != "/") else { continue };
        let path = if path.is_empty() { "/" } else { path };
        // Without a collection in it, the same address again and again.
        listed.extend(names().map(|name| path.replace("{collection}", name)));
    }
    let told: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(told, listed);
    assert!(told.len() > 20, "{told:?}");
}

#[test]
fn every_reference_of_both_descriptions_leads_somewhere() {
    fn walk(value: &Value, document: &Value) -> usize {
        match value {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                if let Some(reference) = reference {
                    assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
                }
                usize::from(reference.is_some()) + members.values().map(|value| walk(value, document)).sum::<usize>()
            }
            Value::Array(items) => items.iter().map(|value| walk(value, document)).sum(),
            _ => 0,
        }
    }
    for path in ["/api/openapi.json", "/ogc/api"] {
        let document: Value = serde_json::from_str(&get(path).text().unwrap()).unwrap();
        assert!(walk(&document, &document) > 50, "{path}");
    }
}

const BEGINS: &str = "<!-- endpoints: written from the list in src/service.rs; `MEDIANE_REWRITE=1 cargo test --release --test suite endpoints` rewrites it -->\n";
const ENDS: &str = "<!-- end of endpoints -->\n";

#[test]
fn the_documents_list_every_address_and_no_other() {
    let mut table = String::from("\n| request | parameters | body, at most | token |\n|---|---|---|---|\n");
    for (endpoint, operation) in operations() {
        let names: Vec<String> = operation.names().map(|name| format!("`{name}`")).collect();
        let body = operation.body.map(|body| format!("{} KiB", body.limit / 1024)).unwrap_or_default();
        let token = match operation.token {
            Token::Unread => "",
            Token::Welcome => "welcome",
            Token::Required => "required",
        };
        let (method, path) = (method(operation).to_uppercase(), endpoint.path);
        writeln!(table, "| `{method} {path}` | {} | {body} | {token} |", names.join(", ")).unwrap();
    }
    table.push('\n');
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGINS).expect("docs/api.md has a place for the table");
    let (written, after) = rest.split_once(ENDS).expect("the table of docs/api.md has an end");
    if std::env::var_os("MEDIANE_REWRITE").is_some() {
        std::fs::write(&path, format!("{before}{BEGINS}{table}{ENDS}{after}")).unwrap();
        return;
    }
    assert_eq!(written, table, "docs/api.md lists other addresses than the service has");
}
