//! The programme in one territory, as tables: the same for the API, the page and the report.

mod rows;
mod series;
pub mod words;

use chrono::NaiveDate;

use super::choices::need_basis;
use super::report::Report;
use super::scope::Place;
use super::table::{Row, Table, column, number, text};
use crate::domain::Level;
use crate::features::Value;
use crate::http::State;
use crate::monitoring::facts::{Fact, Ground, Told, facts};

pub(super) use rows::table as parts;
pub use rows::{Line, lines};
pub(super) use series::left_out;
pub use series::{EditionLine, TargetLine, editions, posts_by_month, target_lines};

/// The tables of the answer, in order: JSON, XLSX and DOCX hold all of them, CSV and `GeoJSON` the one that is asked for.
pub const TABLES: [&str; 11] = [
    "rows",
    "sentences",
    "facts",
    "targets",
    "left_out",
    "freshness",
    "completeness",
    "months",
    "lists",
    "editions",
    "to_call",
];

/// Venues of the list that a hub should call first.
pub const MOST_CALLS: usize = 100;
/// Communes with most persons left out.
pub const MOST_LEFT_OUT: usize = 10;

/// A territory as monitoring sees it.
#[must_use]
pub fn ground(place: &Place) -> Ground<'_> {
    Ground { level: place.level, code: &place.code, communes: &place.communes }
}

/// The whole report of a territory on a day.
#[must_use]
pub fn report(state: &State, place: Place, by: Option<Level>, today: NaiveDate, shown: usize) -> Report {
    let atlas = &state.atlas;
    let known = facts(state, ground(&place), today);
    let mut tables = vec![rows::table(state, &place, by, today), sentences(state, &place, &known), of_facts(&known)];
    tables.push(series::targets(state, &known));
    tables.push(series::left_out(state, &place));
    tables.push(series::freshness(state, &place, today));
    tables.push(series::completeness(state, &place, today));
    tables.push(series::months(state, &place));
    tables.push(series::lists(state, &place));
    tables.push(series::editions_table(state, &place));
    tables.push(series::to_call(state, &place, today));
    let mut basis = serde_json::Map::new();
    let mut choices = vec![("territory", place.path()), ("day", today.to_string())];
    if let Ok((preset, need)) = atlas.analysis().default_need(atlas) {
        choices.push(("denominator", preset.id.to_owned()));
        basis = need_basis(preset, need);
    }
    choices.extend(by.map(|by| ("by", by.plural().to_owned())));
    Report { subject: "monitoring", place, choices, basis, tables, shown }
}

/// What is to be said first, a sentence a row.
fn sentences(state: &State, place: &Place, facts: &[Fact]) -> Table {
    let rows = words::sentences(state, place, facts).into_iter();
    let rows = rows.map(|sentence| Row { place: None, values: vec![text(sentence)] }).collect();
    Table { name: "sentences", title: "En bref", columns: vec![column("sentence")], rows }
}

fn of_facts(facts: &[Fact]) -> Table {
    let names = ["group", "fact", "title", "number", "text", "low", "high", "unit", "of", "source", "day", "note"];
    let row = |fact: &Fact| {
        let values = std::iter::once(text(fact.group.name())).chain(fact_values(fact)).collect();
        Row { place: None, values }
    };
    Table { name: "facts", title: "Faits", columns: names.map(column).into(), rows: facts.iter().map(row).collect() }
}

/// A fact from its id to its note, as tables hold it.
#[must_use]
pub(super) fn fact_values(fact: &Fact) -> Vec<Value<'static>> {
    let range = |read: fn((f64, f64)) -> f64| number(fact.range.map(read), 6);
    let said = |words: &str| if words.is_empty() { Value::Unknown } else { text(words) };
    vec![
        text(fact.id.as_str()),
        text(fact.title.as_str()),
        told(fact),
        match &fact.told {
            Told::Text(words) => text(words.as_str()),
            Told::Unreachable => text("hors d’atteinte"),
            Told::Number(..) | Told::Unknown => Value::Unknown,
        },
        range(|range| range.0),
        range(|range| range.1),
        said(fact.unit),
        said(&fact.of),
        said(&fact.source),
        fact.day.map_or(Value::Unknown, |day| text(day.to_string())),
        said(&fact.note),
    ]
}

/// The number of a fact, whole when it counts things.
fn told(fact: &Fact) -> Value<'static> {
    match fact.told {
        Told::Number(number, 0) if number >= 0.0 => Value::Integer(number as u64),
        Told::Number(number, _) => Value::Number(number),
        _ => Value::Unknown,
    }
}
