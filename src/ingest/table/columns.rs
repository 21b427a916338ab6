//! Columns filled row by row, from rows that do not all have the same keys.

use std::collections::HashMap;

use polars::prelude::{DataFrame, IntoColumn, StringChunkedBuilder};

use super::flatten::Cells;
use super::frame::Table;
use super::header;
use super::options::ReadOptions;
use crate::ingest::report::{Code, FileRefused, SourceReport, shown};

/// Columns in order of first appearance; one first met at row 40 is empty above.
#[derive(Default)]
pub(super) struct Columns {
    positions: HashMap<String, usize>,
    names: Vec<String>,
    builders: Vec<StringChunkedBuilder>,
    /// Number of cells in each column.
    filled: Vec<usize>,
    lines: Vec<u32>,
    /// Number of each row in its list, from 1.
    numbers: Vec<u32>,
}

impl Columns {
    /// Adds a row.
    ///
    /// # Errors
    /// Refuses the file when a value is too long or the columns are too many.
    pub fn push(&mut self, line: u32, number: u32, cells: Cells, options: &ReadOptions) -> Result<(), FileRefused> {
        let row = self.lines.len();
        for (name, text) in cells {
            let limit = options.limits.field_bytes;
            if text.as_ref().is_some_and(|text| text.len() > limit) {
                let message = format!("`{}` is longer than {limit} bytes, the limit", shown(&name));
                return Err(FileRefused::new(&options.file, Code::FieldTooLong, message).at_line(line));
            }
            let position = match self.positions.get(&name) {
                Some(&position) => position,
                None => self.add(name, line, options)?,
            };
            self.fill(position, row);
            self.builders[position].append_option(text);
            self.filled[position] += 1;
        }
        self.lines.push(line);
        self.numbers.push(number);
        Ok(())
    }

    /// Gives a column its public name.
    pub fn rename(&mut self, name: &str, public: &str) {
        if let Some(&position) = self.positions.get(name) {
            public.clone_into(&mut self.names[position]);
        }
    }

    /// The table of the rows pushed.
    ///
    /// # Errors
    /// Refuses the file when its columns are not those the options demand.
    pub fn into_table(mut self, options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
        let names = header::resolve(&self.names, None, options, report)?;
        let rows = self.lines.len();
        for position in 0..names.len() {
            self.fill(position, rows);
        }
        let columns = self.builders.into_iter().map(|builder| builder.finish().into_column()).collect();
        DataFrame::new(rows, columns)
            .and_then(|frame| Table::new(frame, names, self.lines))
            .map(|table| table.numbered(self.numbers))
            .map_err(|error| FileRefused::new(&options.file, Code::ReaderFailure, error.to_string()))
    }

    fn add(&mut self, name: String, line: u32, options: &ReadOptions) -> Result<usize, FileRefused> {
        let position = self.names.len();
        if position >= options.limits.columns {
            let message = format!("more than {} different keys, the limit", options.limits.columns);
            let refused = FileRefused::new(&options.file, Code::TooManyColumns, message).at_line(line);
            return Err(refused.hint("the setting is limits.columns"));
        }
        self.builders.push(StringChunkedBuilder::new(position.to_string().into(), 0));
        self.filled.push(0);
        self.names.push(name.clone());
        self.positions.insert(name, position);
        Ok(position)
    }

    /// Completes a column with nulls up to this row.
    fn fill(&mut self, position: usize, row: usize) {
        for _ in self.filled[position]..row {
            self.builders[position].append_null();
        }
        self.filled[position] = self.filled[position].max(row);
    }
}
