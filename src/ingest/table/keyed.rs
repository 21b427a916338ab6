//! The rows of a list in which each row has its own identifier: totals, templates and repeats are set aside.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use super::frame::{Row, Table, trimmed};
use super::header::fold;
use crate::ingest::report::{Action, Code, Entry, SourceReport, shown};

/// Longest identifier, in characters: beyond it an identifier is several glued together.
const ID_CHARS: usize = 512;

/// The rows worth reading further, in file order; `report` receives the others.
///
/// Quarantined: a row of totals, a row of the template, a row without identifier or with an endless one, and a row that
/// repeats an identifier with other values (the first stays). Merged: a row that repeats another cell by cell.
pub fn keyed_rows<'t>(table: &'t Table, key: &str, report: &mut SourceReport) -> Vec<Row<'t>> {
    let mut first_with: HashMap<&str, Row<'t>> = HashMap::new();
    let mut kept = Vec::with_capacity(table.len());
    for row in table.rows() {
        let set_aside =
            |code, action, reason: String| Entry::new(code, action, reason).at_line(row.line()).in_field(key);
        let quarantined = |code, reason: String| set_aside(code, Action::RowQuarantined, reason);
        let id = row.text(key);
        if is_total(row, table, id) {
            report.quarantine(quarantined(Code::TotalRow, "the row holds totals, expected one item".to_owned()));
        } else if let Some(reason) = template(row, table, id) {
            report.quarantine(quarantined(Code::TemplateRow, reason));
        } else if let Some(id) = id {
            if id.chars().count() > ID_CHARS {
                let reason =
                    format!("the identifier has {} characters, expected at most {ID_CHARS}", id.chars().count());
                report.quarantine(quarantined(Code::LongId, reason).with_value(id));
                continue;
            }
            match first_with.entry(id) {
                Slot::Vacant(slot) => kept.push(*slot.insert(row)),
                Slot::Occupied(slot) => {
                    let line = slot.get().line();
                    match first_difference(*slot.get(), row, table) {
                        None => {
                            let reason = format!("the row repeats line {line} cell by cell");
                            report.merge(set_aside(Code::ExactDuplicate, Action::RowMerged, reason).with_value(id));
                        }
                        Some(column) => {
                            let reason = format!(
                                "the identifier is that of line {line}, which differs in `{}`; the first one stays",
                                shown(column)
                            );
                            report.quarantine(quarantined(Code::DuplicateId, reason).with_value(id));
                        }
                    }
                }
            }
        } else {
            report
                .quarantine(quarantined(Code::MissingId, format!("`{}` is empty, expected an identifier", shown(key))));
        }
    }
    kept
}

/// "Total" in the first cell that holds anything, and no identifier of its own.
fn is_total(row: Row<'_>, table: &Table, id: Option<&str>) -> bool {
    let says_total = |text: &str| {
        let text = fold(text);
        text == "total" || text == "totaux" || text.starts_with("total ")
    };
    let first = cells(row, table).find_map(|(_, text)| text);
    first.is_some_and(says_total) && id.is_none_or(says_total)
}

/// Why a row belongs to the template of the file: marked as such, an example, or the header again.
fn template(row: Row<'_>, table: &Table, id: Option<&str>) -> Option<String> {
    if cells(row, table).any(|(_, text)| text == Some("__ignore__")) {
        return Some("the row is marked `__ignore__`".to_owned());
    }
    if id.is_some_and(|id| matches!(fold(id).as_str(), "exemple" | "example" | "exemple de saisie")) {
        return Some("the row is the example of the template".to_owned());
    }
    let mut filled = cells(row, table).filter_map(|(name, text)| text.map(|text| (name, text))).peekable();
    let repeats_header = filled.peek().is_some() && filled.all(|(name, text)| fold(name) == fold(text));
    repeats_header.then(|| "the row repeats the header".to_owned())
}

fn first_difference<'t>(a: Row<'_>, b: Row<'_>, table: &'t Table) -> Option<&'t str> {
    let differs = |&(column, _): &(usize, &String)| a.at(column) != b.at(column);
    table.column_names().iter().enumerate().find(differs).map(|(_, name)| name.as_str())
}

fn cells<'t>(row: Row<'t>, table: &'t Table) -> impl Iterator<Item = (&'t str, Option<&'t str>)> {
    table.column_names().iter().enumerate().map(move |(column, name)| (name.as_str(), row.at(column).and_then(trimmed)))
}
