//! Plans as jobs, and the page that asks for them, on a country of thirty squares.

mod compared;
pub mod country;
mod hosts;
mod jobs;
mod page;
mod refused;
pub mod travel;

use std::thread;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, Response};
use serde_json::Value;

use super::support::header;
use country::url;

const PATH: &str = "/api/placements";

fn post_to(url: &str, body: &str) -> Response {
    Client::new().post(url).header("content-type", "application/json").body(body.to_owned()).send().unwrap()
}

fn post(body: &Value) -> Response {
    post_to(&url(PATH), &body.to_string())
}

fn ask(path: &str) -> Response {
    Client::new().get(url(path)).send().unwrap()
}

fn json(response: Response) -> Value {
    let text = response.text().unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Posts a question that must be taken, and returns the path of its job.
fn begun(body: &Value) -> String {
    let response = post(body);
    let location = header(&response, "location");
    let (status, text) = (response.status().as_u16(), response.text().unwrap());
    assert_eq!(status, 202, "{body}: {text}");
    let (_, id) = location.rsplit_once('/').unwrap_or_else(|| panic!("no Location: {text}"));
    format!("{PATH}/{id}")
}

/// Asks until a job is over.
fn over(job: &str) -> Value {
    let begun = Instant::now();
    loop {
        let status = json(ask(job));
        if !matches!(status["status"].as_str(), Some("queued" | "running")) {
            return status;
        }
        assert!(begun.elapsed() < Duration::from_secs(90), "{job} never ends: {status}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The answer to a question that has one.
fn answered(body: &Value) -> Value {
    let status = over(&begun(body));
    assert_eq!(status["status"], "done", "{body}: {status}");
    status
}
