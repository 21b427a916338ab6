//! The catalogue of bad inputs, run: each outcome is the one expected, or a reasoned difference of docs/bad-inputs.md.

mod indicators;
mod venues;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mediane::ingest::report::{Action, Code, Severity};
use serde_json::Value;

use super::workshop::{Workshop, rows};

/// What a case became: an outcome of the catalogue, and the codes of the report that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Became {
    outcome: &'static str,
    codes: Vec<String>,
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

/// The reasoned differences: id → what we do, as the page says.
fn differences() -> BTreeMap<String, String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bad-inputs.md")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let reasoned = cells.len() >= 5 && cells[3].len() > 10;
        (reasoned && cells[1].contains('-')).then(|| (cells[1].to_owned(), cells[2].trim_matches('`').to_owned()))
    };
    page.lines().filter_map(row).collect()
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
        let codes = entries.iter().map(|entry| entry.code.as_str().to_owned()).collect();
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
        became.insert(id.clone(), Became { outcome, codes });
    }
    became
}

/// Compares what became of the cases with the catalogue and with the page; every difference is told at once.
fn compare(expected: &BTreeMap<String, (String, String)>, became: &BTreeMap<String, Became>) {
    let reasoned = differences();
    let mut faults = Vec::new();
    for (id, (outcome, code)) in expected {
        let ours = became.get(id);
        let said = ours.map_or_else(|| "not run".to_owned(), |ours| ours.outcome.to_owned());
        let as_expected = ours.is_some_and(|ours| {
            let named = matches!(code.as_str(), "-" | "") || ours.codes.contains(code);
            // A warning that is not needed is no fault; a warning that is missing is.
            let same = ours.outcome == outcome || outcome == "accept" && ours.outcome == "accept_warn" && code == "-";
            same && named
        });
        match reasoned.get(id) {
            Some(written) if *written == said => {}
            Some(written) => {
                faults.push(format!("{id}: the page says {written}, it became {said} {:?}", ours.map(|o| &o.codes)));
            }
            None if as_expected => {}
            None => {
                faults.push(format!("{id}: expected {outcome} {code}, it became {said} {:?}", ours.map(|o| &o.codes)));
            }
        }
    }
    assert!(faults.is_empty(), "{} differences without a reason:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_bad_list_of_venues_becomes_what_the_catalogue_says() {
    let Some(expected) = catalogue("venues_csv") else { return };
    let workshop = Workshop::with_list();
    workshop.build();
    let ids: Vec<String> = expected.keys().filter(|id| venues::prepare(&workshop, id)).cloned().collect();
    let mut became = run(&workshop, &ids);
    became.extend(venues::against_an_earlier_file());
    compare(&expected, &became);
}

#[test]
fn every_bad_indicator_becomes_what_the_catalogue_says() {
    let Some(expected) = catalogue("indicators") else { return };
    let workshop = Workshop::with_list();
    workshop.build();
    let ids: Vec<String> = expected.keys().filter(|id| indicators::prepare(&workshop, id)).cloned().collect();
    let mut became = run(&workshop, &ids);
    became.extend(indicators::against_an_earlier_file());
    compare(&expected, &became);
}

#[test]
fn every_surface_of_the_catalogue_is_on_the_page() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bad-inputs.md")).unwrap();
    for surface in [
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
    ] {
        assert!(page.contains(&format!("`{surface}`")), "{surface}");
    }
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
