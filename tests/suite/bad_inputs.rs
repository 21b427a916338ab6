//! The catalogue of bad inputs, run: each outcome is the one expected, or a reasoned difference of docs/bad-inputs.md.

mod auth;
mod body_json;
mod cli;
mod config;
mod geojson;
mod http_query;
mod indicators;
mod transport;
mod uploads;
mod venues;
mod venues_places;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use mediane::ingest::report::{Action, Code, Severity};
use serde_json::Value;

use super::workshop::{Workshop, rows};

/// What a case became: an outcome of the catalogue, and the codes of the report that say so, where there is a report.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Became {
    outcome: String,
    codes: Option<Vec<String>>,
}

/// What became of the cases that are asked of a running service or of the program: the status or the exit says it all.
fn told(cases: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, Became> {
    cases.into_iter().map(|(id, outcome)| (id, Became { outcome, codes: None })).collect()
}

/// Whether an outcome is one that the catalogue allows.
fn fits(expected: &str, code: &str, ours: &str) -> bool {
    let status = ours.strip_prefix("http_").and_then(|status| status.parse::<u16>().ok());
    let is_4xx = ours == "http_4xx" || status.is_some_and(|status| (400..500).contains(&status));
    match expected {
        "http_4xx" => is_4xx,
        "http_200_or_4xx" => is_4xx || status == Some(200),
        "http_200_or_3xx" => status.is_some_and(|status| (200..400).contains(&status)),
        // A warning that is not needed is no fault; a warning that is missing is.
        "accept" => ours == "accept" || ours == "accept_warn" && code == "-",
        _ => ours == expected,
    }
}

/// The cases of one surface, by id: outcome and code expected. `None`, said aloud, without the catalogue.
fn catalogue(surface: &str) -> Option<BTreeMap<String, (String, String)>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bad_inputs.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no catalogue of bad inputs beside the project");
        return None;
    };
    let cases = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let field = |case: &Value, name: &str| case[name].as_str().unwrap_or_default().to_owned();
    let of_surface = cases.filter(|case| case["surface"] == surface);
    Some(of_surface.map(|case| (field(&case, "id"), (field(&case, "outcome"), field(&case, "code")))).collect())
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bad-inputs.md")).unwrap()
}

/// The rows of the page that give reasons: the ids of the cases, what we do, why. A row may stand for several cases.
fn reasons() -> Vec<(Vec<String>, String, String)> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let is_reason = cells.len() >= 5 && cells[3].len() > 10 && cells[1].contains('-') && cells[1] != "---";
        let ids = || cells[1].split(", ").map(str::to_owned).collect();
        is_reason.then(|| (ids(), cells[2].trim_matches('`').to_owned(), cells[3].to_owned()))
    };
    page().lines().filter_map(row).collect()
}

/// The reasoned differences: id → what we do, as the page says.
fn differences() -> BTreeMap<String, String> {
    let each = reasons().into_iter().flat_map(|(ids, we, _)| ids.into_iter().map(move |id| (id, we.clone())));
    each.collect()
}

/// Builds every case as a source or an indicator of its own, after a first edition, and reads what became of each.
fn run(workshop: &Workshop, ids: &[String]) -> BTreeMap<String, Became> {
    let built = workshop.build();
    let mut became = BTreeMap::new();
    for id in ids {
        let source = id.to_lowercase();
        let refused = built.not_taken.iter().find(|not_taken| not_taken.id == source);
        let report = built.report.sources.iter().find(|report| report.id == source);
        // All cases stand in one build and speak of the same made-up places: that lists meet is no outcome of a case.
        let entries = report.map(|report| &report.entries[..]).unwrap_or_default().iter();
        let entries: Vec<_> = entries.filter(|entry| entry.code != Code::LikelyDuplicate).collect();
        let codes = Some(entries.iter().map(|entry| entry.code.as_str().to_owned()).collect());
        let cleared = entries.iter().any(|entry| entry.action == Action::FieldCleared);
        let told = entries.iter().any(|entry| entry.severity != Severity::Info || entry.action != Action::FileAdapted);
        let outcome = match (refused, report) {
            (Some(_), _) => "reject_file",
            (None, Some(report)) if report.quarantined > 0 => "quarantine_row",
            (None, Some(_)) if cleared => "field_nulled_warn",
            (None, Some(_)) if told && !entries.is_empty() => "accept_warn",
            (None, Some(_)) => "accept",
            (None, None) => "absent",
        };
        became.insert(id.clone(), Became { outcome: outcome.to_owned(), codes });
    }
    became
}

/// Compares what became of the cases with the catalogue and with the page; every difference is told at once.
fn compare(expected: &BTreeMap<String, (String, String)>, became: &BTreeMap<String, Became>) {
    let reasoned = differences();
    let mut faults = Vec::new();
    for (id, (outcome, code)) in expected {
        let ours = became.get(id);
        let said = ours.map_or_else(|| "not run".to_owned(), |ours| ours.outcome.clone());
        let as_expected = ours.is_some_and(|ours| {
            let known =
                ours.codes.as_ref().is_none_or(|codes| matches!(code.as_str(), "-" | "") || codes.contains(code));
            known && fits(outcome, code, &ours.outcome)
        });
        let codes = ours.and_then(|ours| ours.codes.as_ref());
        match reasoned.get(id) {
            Some(written) if *written == said => {}
            Some(written) => faults.push(format!("{id}: the page says {written}, it became {said} {codes:?}")),
            None if as_expected => {}
            None => faults.push(format!("{id}: expected {outcome} {code}, it became {said} {codes:?}")),
        }
    }
    assert!(faults.is_empty(), "{} differences without a reason:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_bad_list_of_venues_becomes_what_the_catalogue_says() {
    let Some(expected) = catalogue("venues_csv") else { return };
    let workshop = Workshop::of_france().list();
    workshop.build();
    let ids: Vec<String> = expected.keys().filter(|id| venues::prepare(&workshop, id)).cloned().collect();
    let mut became = run(&workshop, &ids);
    became.extend(venues::against_an_earlier_file());
    compare(&expected, &became);
}

#[test]
fn every_bad_indicator_becomes_what_the_catalogue_says() {
    let Some(expected) = catalogue("indicators") else { return };
    let workshop = Workshop::of_france().list();
    workshop.build();
    let ids: Vec<String> = expected.keys().filter(|id| indicators::prepare(&workshop, id)).cloned().collect();
    let mut became = run(&workshop, &ids);
    became.extend(indicators::against_an_earlier_file());
    compare(&expected, &became);
}

/// Runs the cases of a surface that are asked one by one.
fn one_by_one(surface: &str, case: fn(&str) -> Option<String>) {
    let Some(expected) = catalogue(surface) else { return };
    compare(&expected, &told(expected.keys().filter_map(|id| Some((id.clone(), case(id)?)))));
}

#[test]
fn every_bad_list_in_geojson_becomes_what_the_catalogue_says() {
    let Some(expected) = catalogue("boundaries_geojson") else { return };
    let workshop = Workshop::with_list();
    workshop.build();
    let ids: Vec<String> = expected.keys().filter(|id| geojson::prepare(&workshop, id)).cloned().collect();
    let mut became = run(&workshop, &ids);
    // Codes of contours are no codes of venues: what becomes of the list and of its rows is compared.
    became.values_mut().for_each(|became| became.codes = None);
    compare(&expected, &became);
}

#[test]
fn every_bad_question_gets_the_answer_of_the_catalogue() {
    one_by_one("http_query", http_query::case);
}

#[test]
fn every_bad_body_gets_the_answer_of_the_catalogue() {
    one_by_one("body_json", body_json::case);
}

#[test]
fn every_bad_token_gets_the_answer_of_the_catalogue() {
    one_by_one("auth", auth::case);
}

#[test]
fn every_bad_configuration_is_refused_as_the_catalogue_says() {
    one_by_one("config", config::case);
}

#[test]
fn every_bad_command_line_ends_as_the_catalogue_says() {
    one_by_one("cli", cli::case);
}

#[test]
fn every_bad_request_ends_as_the_catalogue_says() {
    one_by_one("http_transport", transport::case);
}

#[test]
fn every_bad_file_that_is_sent_ends_as_the_catalogue_says() {
    let Some(expected) = catalogue("upload") else { return };
    let service = uploads::Service::new();
    compare(&expected, &told(expected.keys().filter_map(|id| Some((id.clone(), service.case(id)?)))));
}

#[test]
fn every_other_case_is_on_the_page() {
    for surface in ["remote_source", "state_crash", "output"] {
        one_by_one(surface, |_| None);
    }
}

#[test]
fn every_reason_is_about_a_case_and_every_file_it_names_is_there() {
    let text = page();
    let surfaces = [
        "venues_csv",
        "indicators",
        "boundaries_geojson",
        "http_query",
        "http_transport",
        "body_json",
        "upload",
        "remote_source",
        "config",
        "cli",
        "auth",
        "state_crash",
        "output",
    ];
    let mut known = BTreeSet::new();
    for surface in surfaces {
        assert!(text.contains(&format!("`{surface}`")), "{surface}");
        let Some(cases) = catalogue(surface) else { return };
        known.extend(cases.into_keys());
    }
    let mut seen = BTreeSet::new();
    for (ids, we, why) in reasons() {
        for id in ids {
            assert!(known.contains(&id), "{id} is no case");
            assert!(seen.insert(id.clone()), "{id} has two reasons");
        }
        let files = why
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains('/') && Path::new(name).extension().is_some_and(|end| end == "rs"));
        for file in files {
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file(), "{we}: {file} is not there");
        }
    }
    assert_eq!(known.len(), 492, "the catalogue");
}

/// What a second build makes of one source, when its file changes from `before` to `after`.
fn second_build(before: &str, after: &str) -> Became {
    let workshop = Workshop::with_list();
    workshop.source("essai", "");
    workshop.file("essai.csv", before);
    workshop.file("liste.csv", rows(20, 0.05));
    workshop.build();
    workshop.file("essai.csv", after);
    run(&workshop, &["ESSAI".to_owned()]).remove("ESSAI").unwrap()
}
