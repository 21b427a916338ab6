//! Scenarios that are kept: who may read, who may change, and what never leaks.

mod forms;
mod kept;
mod refused;
mod repeated;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use mediane::atlas::Atlas;
use mediane::http::State;
use mediane::store::{Location, SqlStore};
use reqwest::Method;
use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use super::support::{header, noon, sample_leaves, serve_on_free_port};

/// A server on the small country with a store of its own, and the folder where its store lies.
struct House {
    address: SocketAddr,
    folder: PathBuf,
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        // Lives as long as the tests run, and longer: a server that never stops holds it.
        let folder = tempfile::tempdir().unwrap().keep();
        let store = SqlStore::open(&Location::Sqlite(folder.join("scenarios.sqlite"))).unwrap();
        let state = State::new(Arc::new(Atlas::bind(sample_leaves())), noon).with_store(Arc::new(store));
        House { address: serve_on_free_port(state), folder }
    })
}

pub fn url(path: &str) -> String {
    format!("http://{}{path}", house().address)
}

/// One request; headers are names and values.
pub fn ask(method: &Method, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Response {
    let request = Client::new().request(method.clone(), url(path));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body.to_string()),
        None => request,
    };
    request.send().unwrap()
}

pub fn written(title: &str, visibility: &str) -> Value {
    json!({
        "title": title, "visibility": visibility,
        "scenario": { "close": ["v-ancien"], "territory": "departements/23", "denominator": "20pc", "mode": "walk" },
    })
}

/// A scenario that was just kept: its id and its token.
pub fn created(title: &str, visibility: &str) -> (String, String) {
    let response = ask(&Method::POST, "/api/scenarios", &[], Some(&written(title, visibility)));
    assert_eq!(response.status(), 201);
    let told: Value = response.json_value();
    (told["id"].as_str().unwrap().to_owned(), told["token"].as_str().unwrap().to_owned())
}

pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// Reads JSON from whatever came back.
trait Answer {
    fn json_value(self) -> Value;
}

impl Answer for Response {
    fn json_value(self) -> Value {
        let text = self.text().unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}

/// Status and code of a problem.
fn problem(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/problem+json", "{status}");
    assert_eq!(header(&response, "cache-control"), "no-store", "{status}");
    (status, response.json_value()["code"].as_str().unwrap().to_owned())
}
