//! Tables of the programme: one line says one thing of one territory. Columns `level`, `code`, `measure`, then `value` for a
//! number or `text` for anything else; `theme`, `url`, `since` and `until` as needed.

use chrono::NaiveDate;

use crate::domain::{CommuneCode, Declaration, Level, Measure};

use super::clean::number::value;
use super::clean::{date, url};
use super::places::cells::amount;
use super::reference::Reference;
use super::report::{Action, Code, Entry, SourceReport};
use super::source::Source;
use super::table::{Row, Table};

/// Reads a table. A line that says nothing certain of a territory that exists is put aside.
#[must_use]
pub fn read(
    table: &Table,
    source: &Source,
    reference: &Reference,
    today: NaiveDate,
    report: &mut SourceReport,
) -> Vec<Declaration> {
    let mut lines = Vec::new();
    for row in table.rows() {
        match line(row, source, reference, today, report) {
            Ok(line) => {
                report.publish();
                lines.push(line);
            }
            Err((column, reason)) => {
                let entry = Entry::new(Code::InvalidValue, Action::RowQuarantined, reason).at_line(row.line());
                report.quarantine(entry.in_field(column).with_value(row.text(column).unwrap_or_default()));
            }
        }
    }
    lines
}

/// Column and reason of a line that cannot be read.
type Refused = (&'static str, String);

fn line(
    row: Row<'_>,
    source: &Source,
    reference: &Reference,
    today: NaiveDate,
    report: &mut SourceReport,
) -> Result<Declaration, Refused> {
    let (level, code) = territory(row, reference)?;
    let id = row.text("measure").unwrap_or_default();
    let known = || Measure::ALL.map(|(_, id, ..)| id).join(", ");
    let measure = Measure::parse(id).ok_or_else(|| ("measure", format!("expected one of {}", known())))?;
    let value =
        number(row, measure).map_err(|reason| ("value", format!("{id} takes a number, 0 or more: {reason}")))?;
    if measure.unit() == "%" && value.is_some_and(|value| value > 100.0) {
        return Err(("value", format!("{id} is a percentage, at most 100")));
    }
    // A hundred times too small, if it is one: 0.995 of the inhabitants are 99.5 %.
    if measure.unit() == "%" && value.is_some_and(|value| value > 0.0 && value <= 1.0) {
        return Err(("value", format!("{id} is a percentage, and this may be a share of 1; expected 99.5 for 0.995")));
    }
    let text = row.text("text").map(ToOwned::to_owned);
    if !measure.is_number() && text.is_none() {
        return Err(("text", format!("{id} takes a text: a title, or who signed")));
    }
    let mut day = |column: &'static str, latest: NaiveDate| -> Option<NaiveDate> {
        let text = row.text(column)?;
        let read = date::day(text, latest).ok().map(|day| day.value);
        if read.is_none() {
            let entry = Entry::new(Code::InvalidDate, Action::FieldCleared, "expected an ISO day such as 2026-01-31");
            report.note(entry.at_line(row.line()).in_field(column).with_value(text));
        }
        read
    };
    let (since, until) = (day("since", today), day("until", NaiveDate::MAX));
    let address = row.text("url").and_then(|text| url::url(text).ok()).map(|read| read.value);
    if let Some(text) = row.text("url").filter(|_| address.is_none()) {
        let entry = Entry::new(Code::InvalidUrl, Action::FieldCleared, "expected an address that begins with https://");
        report.note(entry.at_line(row.line()).in_field("url").with_value(text));
    }
    let theme = row.text("theme").map(ToOwned::to_owned);
    Ok(Declaration { level, code, measure, value, text, theme, url: address, since, until, source: source.id.clone() })
}

/// The number of a measure that is one.
fn number(row: Row<'_>, measure: Measure) -> Result<Option<f64>, &'static str> {
    if !measure.is_number() {
        return Ok(None);
    }
    let text = row.text("value").ok_or("the cell is empty")?;
    // A percentage has no thousands: a mark before three digits is that of its decimals.
    let percentage = (measure.unit() == "%").then(|| value(text, '.').or_else(|| value(text, ','))).flatten();
    match percentage {
        Some(value) if value < 0.0 => Err("it is negative"),
        Some(value) => Ok(Some(value)),
        None => amount(text).map(Some),
    }
}

/// Level and code of a territory that exists; an old commune code leads to the commune of today.
fn territory(row: Row<'_>, reference: &Reference) -> Result<(Option<Level>, String), Refused> {
    let (level, code) = (row.text("level").unwrap_or_default(), row.text("code").unwrap_or_default());
    if level == "nation" {
        return Ok((None, "france".to_owned()));
    }
    let expected = || ("level", "expected nation, regions, departements, epcis or communes".to_owned());
    let level = Level::from_plural(level).ok_or_else(expected)?;
    let unknown = || ("code", format!("no territory of the level {} has this code", level.plural()));
    if level == Level::Commune {
        let ordinal = CommuneCode::parse(code).and_then(|code| reference.places.by_code(code)).ok_or_else(unknown)?;
        return Ok((Some(level), reference.communes[ordinal].code.to_string()));
    }
    let known = reference.territories.get(&level).into_iter().flatten().any(|territory| territory.code == code);
    if known { Ok((Some(level), code.to_owned())) } else { Err(unknown()) }
}
