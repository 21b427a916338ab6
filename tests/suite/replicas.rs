//! Several processes on one store: a plan posted to one is followed, read and withdrawn at the other, and outlives the process
//! that searches for it.

mod ended;
mod shared;

#[allow(dead_code, reason = "the tests of the store use all of it")]
#[path = "../../src/store/tests/cluster.rs"]
mod cluster;

use std::time::Duration;

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json as value};

use super::running::until;
use super::support::header;
use cluster::{Cluster, programs};

const PATH: &str = "/api/placements";

/// A `PostgreSQL` of this test's own; none where none is installed, which is said.
fn postgres() -> Option<Cluster> {
    let Some(programs) = programs() else {
        eprintln!("SKIPPED: no PostgreSQL under /usr/lib/postgresql");
        return None;
    };
    Cluster::start(programs).map_err(|error| eprintln!("SKIPPED: PostgreSQL did not start: {error}")).ok()
}

/// A question about the plain that a search answers in these seconds, proven or not.
fn question(posts: u32, seconds: u32, rounds: u32) -> Value {
    value!({
        "posts": posts, "radius_km": 3.4, "demand": "population", "candidates": "communes", "existing": "none",
        "seconds": seconds, "rounds": rounds,
    })
}

fn post(server: &str, body: &Value) -> Response {
    let client = Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
    let request = client.post(format!("http://{server}{PATH}")).header("content-type", "application/json");
    request.body(body.to_string()).send().unwrap()
}

/// Posts a question that must be taken: its id and the key that withdraws it.
fn begun(server: &str, body: &Value) -> (String, String) {
    let response = post(server, body);
    let status = response.status();
    let text = response.text().unwrap();
    assert_eq!(status, 202, "{text}");
    let job: Value = serde_json::from_str(&text).unwrap();
    (job["id"].as_str().unwrap().to_owned(), job["key"].as_str().unwrap().to_owned())
}

fn text(server: &str, path: &str) -> String {
    let response = reqwest::blocking::get(format!("http://{server}{path}")).unwrap();
    let status = response.status();
    let text = String::from_utf8_lossy(&response.bytes().unwrap()).into_owned();
    assert_eq!(status, 200, "{path}: {text}");
    text
}

fn job(server: &str, id: &str) -> Value {
    serde_json::from_str(&text(server, &format!("{PATH}/{id}"))).unwrap()
}

/// The job once it stands so.
fn job_when(server: &str, id: &str, longest: u64, status: &str) -> Value {
    let seen = until(Duration::from_secs(longest), || Some(job(server, id)).filter(|job| job["status"] == status));
    seen.unwrap_or_else(|| panic!("not {status} after {longest} s: {}", job(server, id)))
}

fn withdrawn(server: &str, id: &str, key: &str) -> (u16, Value) {
    let response = Client::new().delete(format!("http://{server}{PATH}/{id}")).bearer_auth(key).send().unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().unwrap()).unwrap())
}
