//! A report as a workbook: one sheet per table, under the titles that a reader knows, with filters, numbers written by their
//! unit; then a sheet that says what the figures rest on and how programs call them. Codes are texts, nothing is a formula,
//! and the same question gives the same bytes.

use std::io::{self, Cursor, Seek, SeekFrom, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::Value as Json;

use super::json::context;
use super::report::Report;
use super::table::Table;
use crate::features::Value;
use crate::http::State;
use crate::http::problem::Problem;

/// Width of a column of texts, of the others, and of one with a long title, in characters.
const WIDE: f64 = 28.0;
const NARROW: f64 = 12.0;

/// How numbers are written, by what they count.
struct Formats {
    head: Format,
    count: Format,
    euros: Format,
    share: Format,
    measure: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold().set_text_wrap(),
            count: Format::new().set_num_format("#,##0"),
            euros: Format::new().set_num_format("#,##0\u{a0}\"€\""),
            share: Format::new().set_num_format("0.0%"),
            measure: Format::new().set_num_format("0.0"),
        }
    }

    /// That of a number of a unit; `None` where a number is written as it is: degrees, coefficients.
    fn of(&self, unit: &str, is_whole: bool) -> Option<&Format> {
        match unit {
            "part" => Some(&self.share),
            unit if unit.starts_with('€') => Some(&self.euros),
            "min" | "h" | "%" | "m" | "km" => Some(&self.measure),
            _ => is_whole.then_some(&self.count),
        }
    }
}

/// Writes every table.
///
/// # Errors
/// 500 when the workbook cannot be written, which no data makes happen; 503 when nobody waits for it any more.
pub(crate) fn write(report: &Report, state: &State) -> Result<Vec<u8>, Problem> {
    let written = workbook(report, state);
    state.go_on()?;
    written.map_err(|error| state.incident(report.subject, &error.to_string()))
}

fn workbook(report: &Report, state: &State) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day, that of the edition: the time of writing would make every file another one.
    let day = state.atlas.edition().as_of.unwrap_or_default();
    let created = ExcelDateTime::parse_from_str(&format!("{day}"))?;
    let title = format!("Médiane — {} — {}", report.tables[0].title, report.place.name);
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let formats = Formats::new();
    for table in &report.tables {
        fill(workbook.add_worksheet_with_low_memory()?, table, &formats, state)?;
    }
    explain(workbook.add_worksheet_with_low_memory()?, report, state)?;
    let mut file = Cursor::new(Vec::new());
    workbook.save_to_writer(&mut WhileWanted { file: &mut file, state })?;
    Ok(file.into_inner())
}

fn fill(sheet: &mut Worksheet, table: &Table, formats: &Formats, state: &State) -> Result<(), XlsxError> {
    sheet.set_name(table.title)?;
    sheet.set_freeze_panes(1, 0)?;
    let is_text = |at: usize| table.rows.iter().any(|row| matches!(row.values[at], Value::Text(_) | Value::List(_)));
    for (column, at) in table.columns.iter().zip(0..) {
        sheet.write_string_with_format(0, at, column.heading(), &formats.head)?;
        let is_wide = is_text(usize::from(at)) && column.name != "code";
        sheet.set_column_width(at, if is_wide { WIDE } else { NARROW })?;
    }
    if let (Ok(rows), Some(last)) = (u32::try_from(table.rows.len()), table.columns.len().checked_sub(1)) {
        sheet.autofilter(0, 0, rows, last as u16)?;
    }
    // A row says its own unit where a column holds things of several kinds.
    let unit_at = table.columns.iter().position(|column| column.name == "unit");
    for (row, y) in table.rows.iter().zip(1..).take_while(|_| state.is_wanted()) {
        let own = match unit_at.map(|at| &row.values[at]) {
            Some(Value::Text(unit)) => Some(unit.as_ref()),
            _ => None,
        };
        for (value, x) in row.values.iter().zip(0..) {
            let unit = own.unwrap_or(table.columns[usize::from(x)].definition.unit);
            match value {
                Value::Unknown => continue,
                Value::Text(text) => sheet.write_string(y, x, text.as_ref())?,
                Value::List(texts) => sheet.write_string(y, x, texts.join("|"))?,
                Value::Integer(number) => match formats.of(unit, true) {
                    Some(format) => sheet.write_number_with_format(y, x, *number as f64, format)?,
                    None => sheet.write_number(y, x, *number as f64)?,
                },
                Value::Number(number) => match formats.of(unit, false) {
                    Some(format) => sheet.write_number_with_format(y, x, *number, format)?,
                    None => sheet.write_number(y, x, *number)?,
                },
                Value::Flag(flag) => sheet.write_boolean(y, x, *flag)?,
            };
        }
    }
    Ok(())
}

/// A file whose writing ends with an error when nobody waits for it any more: compressing it takes most of the time.
struct WhileWanted<'a> {
    file: &'a mut Cursor<Vec<u8>>,
    state: &'a State,
}

impl Write for WhileWanted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.state.go_on().map_err(io::Error::other)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for WhileWanted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// « Paramètres »: choices, edition, sources, definitions, as pairs.
fn explain(sheet: &mut Worksheet, report: &Report, state: &State) -> Result<(), XlsxError> {
    sheet.set_name("Paramètres")?;
    sheet.set_column_width(0, WIDE)?;
    sheet.set_column_width(1, WIDE)?;
    let mut lines: Vec<[String; 3]> = vec![["address".into(), report.parameters(), String::new()]];
    for (group, value) in context(report, state) {
        match value {
            Json::Array(items) => lines.extend(items.iter().map(|item| {
                let title = item["title"].as_str().unwrap_or_default().to_owned();
                let more = ["publisher", "licence", "vintage", "url"].map(|key| plain(&item[key]));
                [format!("{group} {}", plain(&item["id"])), title, more.join(" · ")]
            })),
            Json::Object(members) => lines.extend(members.iter().map(|(name, value)| match value["text"].as_str() {
                Some(text) => {
                    let title = format!("{} ({})", plain(&value["title"]), plain(&value["unit"])).replace(" ()", "");
                    [name.clone(), title, text.to_owned()]
                }
                None => [format!("{group} {name}"), plain(value), String::new()],
            })),
            other => lines.push([group.to_owned(), plain(&other), String::new()]),
        }
    }
    for (line, y) in lines.iter().zip(0..) {
        for (text, x) in line.iter().zip(0..) {
            // A cell holds 32,767 characters at most.
            sheet.write_string(y, x, text.chars().take(32_000).collect::<String>())?;
        }
    }
    Ok(())
}

fn plain(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
