//! A report as JSON: every table, and everything it rests on.

use serde_json::{Value, json};

use super::definitions::described;
use super::figures::asked_about;
use super::report::{Report, edition, sources};
use super::table::{Row, Table};
use crate::features;
use crate::features::Lists;
use crate::http::State;
use crate::http::problem::Problem;

/// Writes it. Rows go straight into the bytes: there can be 35,000 of them.
///
/// # Errors
/// 503 when nobody waits for it any more.
pub(crate) fn write(report: &Report, state: &State) -> Result<Vec<u8>, Problem> {
    let rows: usize = report.tables.iter().map(|table| table.rows.len()).sum();
    let mut out = Vec::with_capacity(4096 + 384 * rows);
    out.push(b'{');
    member(&mut out, "subject", &report.subject.into());
    for (name, value) in context(report, state) {
        member(&mut out, name, &value);
    }
    for table in &report.tables {
        features::write_key(&mut out, table.name);
        let rows = table.rows.iter().take_while(|_| state.is_wanted());
        features::write_array(&mut out, rows, |out, row| write_row(out, table, row));
        state.go_on()?;
    }
    out.push(b'}');
    Ok(out)
}

/// The territory that was asked about and what every figure rests on, member by member. `GeoJSON` and workbooks carry the same.
pub(crate) fn context(report: &Report, state: &State) -> [(&'static str, Value); 6] {
    let mut parameters = report.basis.clone();
    for (name, value) in &report.choices {
        let asked = value.parse::<u32>().map_or_else(|_| json!(value), |number| json!(number));
        parameters.entry(*name).or_insert(asked);
    }
    let columns = report.tables.iter().flat_map(|table| &table.columns);
    [
        ("territory", Value::Object(asked_about(&state.atlas, &report.place))),
        ("parameters", Value::Object(parameters)),
        ("unknown", report.unknown(&state.atlas)),
        ("definitions", Value::Object(described(columns.map(|column| column.definition.id)))),
        ("edition", edition(state)),
        ("sources", sources(state)),
    ]
}

/// Writes one member of an object.
pub(crate) fn member(out: &mut Vec<u8>, name: &str, value: &Value) {
    features::write_key(out, name);
    serde_json::to_writer(out, value).expect("a value is always JSON, and a vector takes every byte");
}

/// Writes a row as an object.
pub(crate) fn write_row(out: &mut Vec<u8>, table: &Table, row: &Row) {
    out.push(b'{');
    for (column, value) in table.columns.iter().zip(&row.values) {
        features::write_key(out, &column.name);
        features::write_value(out, value, Lists::Array);
    }
    out.push(b'}');
}
