//! Need, access, coverage, equity and what-if, on a country made to hold every trap of territories.

mod annex;
pub mod country;
mod equity;
pub mod formats;
mod openapi;
mod places;
mod sums;
mod week;
mod what_if;
mod what_if_changes;

use reqwest::blocking::Response;
use serde_json::Value;

use super::support::header;
use country::ask;

/// Asks for something that must be there.
fn json(path: &str) -> Value {
    let response = ask(path);
    let status = response.status();
    let text = response.text().unwrap();
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"))
}

/// Asks for something that must be refused about a parameter.
fn refused(path: &str, status: u16, param: &str) -> Value {
    problem(ask(path), path, status, param)
}

fn problem(response: Response, path: &str, status: u16, param: &str) -> Value {
    let got = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/problem+json", "{path}: {got}");
    let problem: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
    assert_eq!((got, problem["param"].as_str().unwrap_or_default()), (status, param), "{path}: {problem}");
    problem
}

/// The rows of a table.
fn rows(answer: &Value) -> &[Value] {
    answer["rows"].as_array().unwrap()
}

/// The row with this code; `None` is the line of what belongs nowhere.
fn row<'a>(answer: &'a Value, code: Option<&str>) -> &'a Value {
    let found = rows(answer).iter().find(|row| row["code"].as_str() == code);
    found.unwrap_or_else(|| panic!("no row {code:?} in {answer}"))
}

/// Sum of a column over all rows, the unknown adding nothing.
fn sum(answer: &Value, column: &str) -> u64 {
    rows(answer).iter().map(|row| row[column].as_u64().unwrap_or(0)).sum()
}
