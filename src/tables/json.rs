//! A report as JSON: every table, and everything it rests on.

use serde_json::{Value, json};

use super::definitions::described;
use super::figures::named;
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
    let mut territory = named(&report.place);
    if let Some(old) = &report.place.replaced {
        territory.insert("replaced".into(), old.as_str().into());
        territory.insert("replaced_by".into(), report.place.code.as_str().into());
        // Somebody who asked for an arrondissement must not take the figures of its city for those.
        if let Some(note) = report.place.instead_of_district(&state.atlas) {
            territory.insert("note".into(), note.into());
        }
    }
    member(&mut out, "territory", &Value::Object(territory));
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

/// What every figure rests on, member by member. `GeoJSON` carries the same.
pub(crate) fn context(report: &Report, state: &State) -> [(&'static str, Value); 5] {
    let mut parameters = report.basis.clone();
    for (name, value) in &report.choices {
        let asked = value.parse::<u32>().map_or_else(|_| json!(value), |number| json!(number));
        parameters.entry(*name).or_insert(asked);
    }
    let columns = report.tables.iter().flat_map(|table| &table.columns);
    [
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
