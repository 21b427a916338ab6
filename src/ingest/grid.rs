//! Grids of INSEE: where in their communes people live, square by square.
//!
//! Filosofi at 200 m and at 1 km: one row a square, its id, its inhabitants and the codes of its communes. Squares with
//! fewer than 11 households are imputed by the publisher, who says so; that is kept.

mod join;
mod projection;

use std::collections::HashSet;

use crate::domain::{CommuneCode, CommuneIx, Position};
use crate::ingest::clean::number;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

pub use join::join;
use projection::{Projections, Square};

use super::places::field;
use super::reference::Reference;
use super::source::Source;
use super::table::{Row, Table};

/// One square of a grid with its inhabitants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridCell {
    square: Square,
    /// Its commune.
    commune: CommuneIx,
    inhabitants: f64,
    pub origin: Origin,
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Origin {
    /// Rank of the source among the grids.
    pub source: u16,
    /// Whether the publisher imputed the number.
    pub imputed: bool,
}

impl GridCell {
    /// The same cell, of the grid of this rank.
    pub fn of_source(self, source: u16) -> Self {
        Self { origin: Origin { source, ..self.origin }, ..self }
    }
}

/// Reads the cells of a grid: one row per cell.
#[must_use]
pub fn read(table: &Table, source: &Source, reference: &Reference, report: &mut SourceReport) -> Vec<GridCell> {
    let projections = Projections::new();
    let mut seen = HashSet::new();
    let mut cells = Vec::new();
    for row in table.rows() {
        let mut refuse = |code, name: &str, value: &str, reason: &str| {
            let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(row.line()).in_field(name);
            report.quarantine(entry.with_value(value));
        };
        let id = field(row, source, "id").unwrap_or_default();
        let located = Square::parse(id).and_then(|square| Some((square, projections.centre(square)?)));
        let Some((square, centre)) = located else {
            let reason =
                "not a square of a grid in France; expected CRS3035RES200mN…E… (overseas 2972, 2975, 4467, 4471, 5490)";
            refuse(Code::InvalidValue, "id", id, reason);
            continue;
        };
        if !seen.insert(square) {
            refuse(Code::DuplicateId, "id", id, "an earlier line has this id already; the first one is kept");
            continue;
        }
        let text = field(row, source, "inhabitants").unwrap_or_default();
        let Some(inhabitants) = number::value(text, '.').filter(|persons| *persons >= 0.0) else {
            refuse(Code::InvalidValue, "inhabitants", text, "not a number of inhabitants");
            continue;
        };
        let Some(commune) = commune(row, source, centre, reference) else {
            let codes = field(row, source, "communes").unwrap_or_default();
            refuse(Code::UnknownCode, "communes", codes, "no commune with such a code; expected five characters each");
            continue;
        };
        report.publish();
        let imputed = field(row, source, "imputed").is_some_and(|text| text.trim() == "1");
        cells.push(GridCell { square, commune, inhabitants, origin: Origin { source: 0, imputed } });
    }
    cells
}

/// The commune of a cell that lies in several, whose codes are written one after the other: the one that holds its
/// centre, or the first.
fn commune(row: Row<'_>, source: &Source, centre: Position, reference: &Reference) -> Option<CommuneIx> {
    let text = field(row, source, "communes")?;
    let codes: Option<Vec<CommuneIx>> = (0..text.len())
        .step_by(5)
        .map(|at| text.get(at..at + 5).and_then(CommuneCode::parse).and_then(|code| reference.places.by_code(code)))
        .collect();
    let codes = codes?;
    if let [only] = codes[..] {
        return Some(only);
    }
    let around = reference.contour_index.containing(centre).filter(|commune| codes.contains(commune));
    around.or(codes.first().copied())
}
