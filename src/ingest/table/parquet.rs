//! Parquet: every scalar column becomes text, under limits checked before anything is unpacked.
//!
//! Parquet has no line: rows are numbered from 1. A damaged file can be read *with other values* and no error, so a
//! checksum announced by the publisher is the only defence against that.

use std::io::Cursor;

use polars::prelude::{Column, DataFrame, DataType, ParquetReader, PolarsResult, SerReader};

use super::frame::Table;
use super::header;
use super::options::ReadOptions;
use super::panics::quietly;
use crate::ingest::report::{Code, FileRefused, SourceReport};

/// Reads a Parquet file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
    let refused = |code, message: String| FileRefused::new(&options.file, code, message);
    if bytes.len() < 12 || !bytes.ends_with(b"PAR1") {
        let message = "the file does not end as Parquet does, with `PAR1`: its end is missing".to_owned();
        return Err(refused(Code::TruncatedParquet, message).hint("fetch it again"));
    }
    let damaged = |what: String| {
        let message = format!("the file is damaged Parquet: {what}");
        refused(Code::CorruptParquet, message).hint("fetch it again")
    };
    let plainly = |error: polars::error::PolarsError| damaged(first_line(&error.to_string()));
    let panicked = |_| damaged("its reader stopped".to_owned());
    quietly(|| check_size(bytes, options)).map_err(panicked)?.map_err(plainly)??;
    let mut frame = quietly(|| ParquetReader::new(Cursor::new(bytes)).finish()).map_err(panicked)?.map_err(plainly)?;
    let raw: Vec<String> = frame.get_column_names().iter().map(ToString::to_string).collect();
    let names = header::resolve(&raw, None, options, report)?;
    let rows = frame.height();
    if rows == 0 {
        return Err(refused(Code::NoRows, "the file has no row, expected at least one".to_owned()));
    }
    let mut columns = Vec::with_capacity(names.len());
    for (position, column) in std::mem::replace(&mut frame, DataFrame::empty()).into_columns().into_iter().enumerate() {
        let dtype = column.dtype().clone();
        let text = quietly(|| as_text(&column)).map_err(panicked)?.map_err(|_| {
            let message = format!("column `{}` is of type {dtype}, expected a scalar", names[position]);
            refused(Code::ParquetSchema, message)
        })?;
        columns.push(text.with_name(position.to_string().into()));
    }
    let lines = (1..=rows as u32).collect();
    let table = DataFrame::new(rows, columns)
        .and_then(|frame| Table::new(frame, names, lines))
        .map_err(|error| refused(Code::ReaderFailure, error.to_string()))?;
    report.count_read(rows as u64);
    Ok(table)
}

/// Refuses a file whose metadata promise more than the limits. Metadata may lie; the memory limit of the process is
/// what remains then.
fn check_size(bytes: &[u8], options: &ReadOptions) -> PolarsResult<Result<(), FileRefused>> {
    let limits = options.limits;
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let metadata = reader.get_metadata()?;
    let rows = metadata.num_rows as u64;
    let unpacked: u64 = metadata.row_groups.iter().map(|group| group.total_byte_size() as u64).sum();
    let columns = metadata.schema().columns().len();
    let refused = |code, message| Ok(Err(FileRefused::new(&options.file, code, message)));
    if rows > limits.rows {
        return refused(Code::TooManyRows, format!("{rows} rows, expected at most {}", limits.rows));
    }
    if columns > limits.columns {
        return refused(Code::TooManyColumns, format!("{columns} columns, expected at most {}", limits.columns));
    }
    if unpacked > limits.unpacked_bytes {
        let message = format!("{unpacked} bytes once unpacked, expected at most {}", limits.unpacked_bytes);
        return refused(Code::TooLarge, message);
    }
    Ok(Ok(()))
}

fn as_text(column: &Column) -> PolarsResult<Column> {
    match column.dtype() {
        DataType::String => Ok(column.clone()),
        dtype if dtype.is_nested() => Err(polars::error::PolarsError::SchemaMismatch("nested".into())),
        _ => column.strict_cast(&DataType::String),
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
