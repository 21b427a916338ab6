//! A table as CSV (RFC 4180): UTF-8, numbers as programs write them, unknown as nothing. Two columns at the end say which
//! edition and which choices each row comes from, so that a file says it even after its name is lost.

use csv::{Terminator, WriterBuilder};

use super::report::Report;
use crate::features::Value;
use crate::http::State;
use crate::http::problem::Problem;

/// Writes the table that was asked for.
///
/// # Errors
/// 503 when nobody waits for it any more.
pub(crate) fn write(report: &Report, state: &State) -> Result<Vec<u8>, Problem> {
    let table = report.table();
    let (edition, parameters) = (&state.atlas.edition().id, report.parameters());
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::with_capacity(4096));
    let mut line = |fields: &mut dyn Iterator<Item = String>| {
        writer.write_record(fields).expect("every row has as many values as there are columns");
    };
    let columns = table.columns.iter().map(|column| column.name.to_string());
    line(&mut columns.chain(["edition".to_owned(), "parameters".to_owned()]));
    for row in &table.rows {
        state.go_on()?;
        line(&mut row.values.iter().map(field).chain([edition.clone(), parameters.clone()]));
    }
    Ok(writer.into_inner().expect("a vector takes every byte"))
}

fn field(value: &Value<'_>) -> String {
    match value {
        Value::Unknown => String::new(),
        Value::Text(text) => text.to_string(),
        Value::List(texts) => texts.join("|"),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
    }
}
