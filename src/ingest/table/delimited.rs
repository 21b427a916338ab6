//! Delimited text: our scanner says which records are sound, Polars reads those and only those.

use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::{CsvParseOptions, CsvReadOptions, DataFrame, DataType, Field, PolarsResult, Schema, SerReader};

use super::encoding::{self, Decoded};
use super::frame::Table;
use super::header;
use super::options::ReadOptions;
use super::panics::quietly;
use super::scan::{Record, Scanner, fields};
use super::separator;
use super::sift::{Shape, Sound, sift};
use super::titles;
use crate::ingest::report::{Code, FileRefused, SourceReport};

/// Reads a delimited file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
    let decoded = encoding::decode(bytes, &options.file, report)?;
    let Decoded { bytes: text, mixed } = &decoded;
    refuse_lone_carriage_returns(text, options)?;
    let (body, first_line) = skip_lines(text, options)?;
    let separator = separator::find(body, first_line, options, report)?;
    let mut records = Scanner::new(body, first_line, separator, options.limits.field_bytes);
    let header = records.find(|record| !record.is_ok_and(|record| record.is_blank(separator)));
    let header = header.ok_or_else(|| {
        let message = "no line holds anything but separators, expected a header and rows";
        FileRefused::new(&options.file, Code::EmptyFile, message)
    })?;
    let header = header.map_err(|lost| lost.refused(options))?;
    let names = column_names(&header, separator, options, report).map_err(|refusal| {
        titles::blame(refusal, &separator::sample(body, first_line, separator), separator, options)
    })?;
    let shape = Shape { columns: names.len() as u32, separator, mixed: *mixed };
    let sound = sift(records, shape, options, report)?;
    drop(decoded);
    table(sound, names, separator, options)
}

/// Mac line ends of before 2001: Polars would read no row and hide the rest of the file in a column name.
fn refuse_lone_carriage_returns(text: &[u8], options: &ReadOptions) -> Result<(), FileRefused> {
    let first_line = &text[..memchr::memchr(b'\n', text).unwrap_or(text.len())];
    let first_line = first_line.strip_suffix(b"\r").unwrap_or(first_line);
    if memchr::memchr(b'\r', first_line).is_none() {
        return Ok(());
    }
    let message = "the lines end with a lone carriage return (CR), expected LF or CRLF";
    let refused = FileRefused::new(&options.file, Code::LineEnds, message).at_line(1);
    Err(refused.hint("save the file with Unix or Windows line ends"))
}

/// What follows the declared title lines, and its physical line.
fn skip_lines<'t>(text: &'t [u8], options: &ReadOptions) -> Result<(&'t [u8], u32), FileRefused> {
    let mut rest = text;
    for _ in 0..options.skip_lines {
        rest = memchr::memchr(b'\n', rest).map_or(&[][..], |end| &rest[end + 1..]);
    }
    if rest.trim_ascii().is_empty() {
        let message = format!("nothing follows the {} declared title lines, expected a header", options.skip_lines);
        return Err(FileRefused::new(&options.file, Code::NoRows, message));
    }
    Ok((rest, options.skip_lines + 1))
}

fn column_names(
    header: &Record<'_>,
    separator: u8,
    options: &ReadOptions,
    report: &mut SourceReport,
) -> Result<Vec<String>, FileRefused> {
    let refused = |code, message: String| FileRefused::new(&options.file, code, message).at_line(header.line);
    if let Some(fault) = header.fault {
        let (code, reason) = fault.explained();
        return Err(
            refused(code, format!("the header cannot be read: {reason}")).at_column(fault.column().unwrap_or(1))
        );
    }
    let cells = fields(header.bytes, separator).into_iter().map(|cell| String::from_utf8(cell.into_owned()));
    let Ok(raw) = cells.collect::<Result<Vec<String>, _>>() else {
        return Err(refused(Code::MixedEncoding, "the header is not UTF-8 while other lines are".to_owned()));
    };
    header::resolve(&raw, Some(header.line), options, report)
}

/// Hands the sound records to Polars; row i of the frame is the record of line i.
fn table(sound: Sound, names: Vec<String>, separator: u8, options: &ReadOptions) -> Result<Table, FileRefused> {
    let expected = sound.lines.len();
    let failed = |message: String| FileRefused::new(&options.file, Code::ReaderFailure, message);
    let frame = quietly(|| polars_frame(sound.text, names.len(), separator))
        .map_err(|_| failed("Polars panicked on rows our scanner accepted".to_owned()))?
        .map_err(|error| failed(format!("Polars refused rows our scanner accepted: {error}")))?;
    if frame.height() != expected {
        return Err(failed(format!("Polars read {} rows, expected {expected}", frame.height())));
    }
    Table::new(frame, names, sound.lines).map_err(|error| failed(format!("a column is not text: {error}")))
}

/// The records as a frame of String columns: no inference, no null value, no column name of the file's own.
fn polars_frame(text: Vec<u8>, columns: usize, separator: u8) -> PolarsResult<DataFrame> {
    let fields = (0..columns).map(|position| Field::new(position.to_string().into(), DataType::String));
    CsvReadOptions::default()
        .with_has_header(true)
        .with_schema(Some(Arc::new(fields.collect::<Schema>())))
        .with_infer_schema_length(Some(0))
        .with_rechunk(true)
        .with_parse_options(CsvParseOptions::default().with_separator(separator))
        .into_reader_with_file_handle(Cursor::new(text))
        .finish()
}
