//! A table of texts: named columns, rows that know their physical line.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use polars::prelude::{BooleanChunked, DataFrame, DataType, PolarsResult, StringChunked};

use crate::ingest::report::shown;

/// Rows of text cells, over a Polars frame of String columns.
#[derive(Debug)]
pub struct Table {
    frame: DataFrame,
    names: Vec<String>,
    /// Whether somebody asked for the column by its name.
    asked: Vec<AtomicBool>,
    positions: HashMap<String, usize>,
    lines: Vec<u32>,
    /// Number of each row in its list, from 1; empty when lines tell rows apart.
    numbers: Vec<u32>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    index: usize,
}

impl Table {
    /// Binds a frame to the names of its columns and the physical lines of its rows.
    ///
    /// # Errors
    /// Polars' own, when a column is not text.
    pub(super) fn new(mut frame: DataFrame, names: Vec<String>, lines: Vec<u32>) -> PolarsResult<Self> {
        assert_eq!(frame.height(), lines.len(), "each row of the frame has its physical line");
        assert_eq!(frame.width(), names.len(), "each column of the frame has its name");
        for column in frame.columns() {
            column.str()?;
        }
        // One chunk a column: a cell is then found without a search.
        frame.rechunk_mut();
        let positions = names.iter().enumerate().map(|(position, name)| (name.clone(), position)).collect();
        let asked = names.iter().map(|_| AtomicBool::new(false)).collect();
        Ok(Self { frame, names, asked, positions, lines, numbers: Vec::new() })
    }

    /// Gives the rows the numbers they have in their list.
    pub(super) fn numbered(mut self, numbers: Vec<u32>) -> Self {
        self.numbers = numbers;
        self
    }

    /// Names of the columns, in file order (in order of first appearance for JSON).
    #[must_use]
    pub fn column_names(&self) -> &[String] {
        &self.names
    }

    /// Position of a column, from 0; for loops that would otherwise look its name up in each row.
    #[must_use]
    pub fn column_index(&self, name: &str) -> Option<usize> {
        let position = self.positions.get(name).copied()?;
        self.asked[position].store(true, Ordering::Relaxed);
        Some(position)
    }

    /// The columns that nobody has asked for so far, with their positions.
    pub fn unasked(&self) -> impl Iterator<Item = (usize, &str)> {
        let names = self.names.iter().enumerate().zip(&self.asked);
        names.filter(|(_, asked)| !asked.load(Ordering::Relaxed)).map(|((position, name), _)| (position, name.as_str()))
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The row at this index, from 0.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        (index < self.len()).then_some(Row { table: self, index })
    }

    /// Every row, in file order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.len()).map(|index| Row { table: self, index })
    }

    /// The frame behind the table, for what Polars does better than a loop. Its columns are in the order of
    /// [`column_names`](Self::column_names) but bear names of their own.
    #[must_use]
    pub fn frame(&self) -> &DataFrame {
        &self.frame
    }

    /// The rows for which `kept` is true, with their lines.
    ///
    /// # Errors
    /// Polars' own.
    pub(super) fn keep(self, kept: &[bool]) -> PolarsResult<Self> {
        let mask: BooleanChunked = kept.iter().copied().collect();
        let lines = self.lines.iter().zip(kept).filter(|(_, kept)| **kept).map(|(line, _)| *line).collect();
        let numbers = self.numbers.iter().zip(kept).filter(|(_, kept)| **kept).map(|(number, _)| *number).collect();
        Ok(Self::new(self.frame.filter(&mask)?, self.names, lines)?.numbered(numbers))
    }

    /// The cells of one column.
    pub(super) fn texts(&self, column: usize) -> &StringChunked {
        let column = &self.frame.columns()[column];
        debug_assert_eq!(column.dtype(), &DataType::String);
        column.str().expect("Table::new accepts text columns only")
    }
}

impl<'t> Row<'t> {
    /// Physical line on which the row starts, 1-based, as a text editor shows it; the row number for Parquet.
    #[must_use]
    pub fn line(self) -> u32 {
        self.table.lines[self.index]
    }

    /// What tells the row from the others in a note, beside its line: « n° 4 », its number in a JSON list, and its
    /// identifier in `id_column`. `None` when its line is enough.
    #[must_use]
    pub fn name(self, id_column: &str) -> Option<String> {
        let number = self.table.numbers.get(self.index)?;
        Some(match self.text(id_column) {
            Some(id) => format!("n° {number} (id {})", shown(id)),
            None => format!("n° {number}"),
        })
    }

    /// Index of the row in its table, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.index
    }

    /// The cell as it came, spaces included; `None` when it is empty or there is no such column.
    #[must_use]
    pub fn get(self, name: &str) -> Option<&'t str> {
        self.at(self.table.column_index(name)?)
    }

    /// The cell at a position given by [`Table::column_index`]; `None` when it is empty.
    #[must_use]
    pub fn at(self, column: usize) -> Option<&'t str> {
        self.table.texts(column).get(self.index).filter(|text| !text.is_empty())
    }

    /// The cell without the spaces around it; `None` when nothing remains.
    #[must_use]
    pub fn text(self, name: &str) -> Option<&'t str> {
        self.get(name).and_then(trimmed)
    }
}

/// A text without the spaces around it, no-break and zero-width ones included; `None` when nothing remains.
#[must_use]
pub fn trimmed(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}'));
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_knows_the_spaces_french_files_hold() {
        assert_eq!(trimmed("\u{a0}Saint-Étienne\u{202f} \t"), Some("Saint-Étienne"));
        assert_eq!(trimmed("\u{feff}id"), Some("id"));
        assert_eq!(trimmed("\u{a0}\u{200b}"), None);
    }
}
