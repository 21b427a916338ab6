//! Delimited text: our scanner says which records are sound, Polars reads those and only those.

use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::{CsvParseOptions, CsvReadOptions, DataFrame, DataType, Field, PolarsResult, Schema, SerReader};

use super::encoding::{self, Decoded};
use super::frame::Table;
use super::header;
use super::options::ReadOptions;
use super::panics::quietly;
use super::scan::{Fault, Lost, Record, Scanner, fields};
use super::separator;
use super::titles;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport};

/// The sound records of a file, ready for Polars.
#[derive(Debug, Default)]
struct Sound {
    /// The records, each ended by a line feed.
    text: Vec<u8>,
    /// The physical line of each.
    lines: Vec<u32>,
}

/// Reads a delimited file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
    let decoded = encoding::decode(bytes, &options.file, report)?;
    let Decoded { bytes: text, mixed } = &decoded;
    refuse_lone_carriage_returns(text, options)?;
    let (body, first_line) = skip_lines(text, options)?;
    let separator = separator::find(body, first_line, options, report)?;
    let mut records = Scanner::new(body, first_line, separator, options.limits.field_bytes);
    let header = records.find(|record| !record.is_ok_and(|record| record.is_blank(separator)));
    let header = header.expect("a blank file was refused by its first bytes").map_err(|lost| lost.refused(options))?;
    let names = column_names(&header, separator, options, report)
        .map_err(|refused| blame_titles(refused, body, &header, separator, options))?;
    let sound = sift(records, names.len() as u32, separator, *mixed, options, report)?;
    drop(decoded);
    frame(sound, names, separator, options)
}

/// Mac line ends of before 2001: Polars would read no row and hide the rest of the file in a column name.
fn refuse_lone_carriage_returns(text: &[u8], options: &ReadOptions) -> Result<(), FileRefused> {
    let first_line = &text[..memchr::memchr(b'\n', text).unwrap_or(text.len())];
    let first_line = first_line.strip_suffix(b"\r").unwrap_or(first_line);
    if memchr::memchr(b'\r', first_line).is_none() {
        return Ok(());
    }
    let message = "the lines end with a lone carriage return (CR), expected LF or CRLF";
    Err(FileRefused::new(&options.file, Code::LineEnds, message)
        .at_line(1)
        .hint("save the file with Unix or Windows line ends"))
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
    let cells = fields(header.bytes, separator);
    let text = |cell: &[u8]| String::from_utf8(cell.to_vec());
    let Ok(raw) = cells.iter().map(|cell| text(cell)).collect::<Result<Vec<String>, _>>() else {
        return Err(refused(Code::MixedEncoding, "the header is not UTF-8 while other lines are".to_owned()));
    };
    if let Some(fault) = header.fault {
        let (code, reason) = fault.explained();
        return Err(
            refused(code, format!("the header cannot be read: {reason}")).at_column(fault.column().unwrap_or(1))
        );
    }
    header::resolve(&raw, Some(header.line), options, report)
}

/// A header that cannot be one, above a line that looks like one, is a title.
fn blame_titles(
    refused: FileRefused,
    body: &[u8],
    header: &Record<'_>,
    separator: u8,
    options: &ReadOptions,
) -> FileRefused {
    if !matches!(refused.code, Code::UnnamedColumn | Code::DuplicateColumn | Code::MissingColumn) {
        return refused;
    }
    let likely = titles::likely_header(&separator::sample(body, options.skip_lines + 1, separator), separator);
    likely.map_or(refused, |line| titles::refused(options, header.line, line))
}

/// Sorts the records after the header: sound, blank, quarantined.
fn sift(
    records: Scanner<'_>,
    columns: u32,
    separator: u8,
    mixed: bool,
    options: &ReadOptions,
    report: &mut SourceReport,
) -> Result<Sound, FileRefused> {
    let mut sound = Sound::default();
    let (mut read, mut blanks, mut first_blank) = (0, 0, None);
    let mut quarantined = Vec::new();
    for record in records {
        let record = record.map_err(|lost| lost.refused(options))?;
        read += 1;
        if read > options.limits.rows {
            let message = format!("more than {} rows, the limit", options.limits.rows);
            return Err(FileRefused::new(&options.file, Code::TooManyRows, message).at_line(record.line));
        }
        if record.is_blank(separator) {
            blanks += 1;
            first_blank.get_or_insert(record.line);
            continue;
        }
        let not_utf8 = mixed && std::str::from_utf8(record.bytes).is_err();
        let fault = if not_utf8 { Some(Fault::NotUtf8) } else { record.fault };
        if !record.ended && fault.is_none() {
            check_last(&record, columns, options, report)?;
        }
        if fault.is_some() || record.fields != columns {
            quarantined.push(quarantine(&record, fault, columns));
            continue;
        }
        sound.text.extend_from_slice(record.bytes);
        sound.text.push(b'\n');
        sound.lines.push(record.line);
    }
    if read == blanks {
        let message = "the file has a header and no row, expected at least one";
        return Err(FileRefused::new(&options.file, Code::NoRows, message));
    }
    report.count_read(read);
    (0..blanks).for_each(|_| report.skip_blank());
    if let Some(line) = first_blank {
        let reason = format!("{blanks} lines hold nothing, the first of them here");
        report.note(Entry::new(Code::BlankLine, Action::LineSkipped, reason).at_line(line));
    }
    for entry in quarantined {
        report.quarantine(entry);
    }
    Ok(sound)
}

/// The last row, when its line is not ended: short of fields it was cut; complete it may still have lost the end of its
/// last value, which only the announced size can tell.
fn check_last(
    record: &Record<'_>,
    columns: u32,
    options: &ReadOptions,
    report: &mut SourceReport,
) -> Result<(), FileRefused> {
    if record.fields < columns {
        let message = format!("the file ends in the middle of a row: {} fields, expected {columns}", record.fields);
        let refused = FileRefused::new(&options.file, Code::TruncatedFile, message).at_line(record.line);
        return Err(refused.at_column(record.fields).hint("fetch it again"));
    }
    let announced = options.announced.size.is_some() || options.announced.sha256.is_some();
    if !announced && !record.bytes.ends_with(b"\"") {
        let reason = "the last line is not ended; its last value may have been cut, and no announced size can tell";
        let entry = Entry::new(Code::NoFinalNewline, Action::ValueKept, reason).at_line(record.line);
        report.note(entry.at_column(record.fields));
    }
    Ok(())
}

fn quarantine(record: &Record<'_>, fault: Option<Fault>, columns: u32) -> Entry {
    let Record { fields, .. } = record;
    let (code, reason) = match fault {
        Some(fault) => fault.explained(),
        None if *fields < columns => (Code::ShortRow, format!("the row has {fields} fields, expected {columns}")),
        None => (Code::LongRow, format!("the row has {fields} fields, expected {columns}; is a separator unquoted?")),
    };
    let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(record.line);
    let entry = entry.with_value(&String::from_utf8_lossy(&record.bytes[..record.bytes.len().min(1_000)]));
    match fault.and_then(Fault::column) {
        Some(column) => entry.at_column(column),
        None => entry,
    }
}

impl Fault {
    fn column(self) -> Option<u32> {
        match self {
            Self::BareQuote { column }
            | Self::TextAfterQuote { column }
            | Self::Nul { column }
            | Self::Control { column, .. } => Some(column),
            Self::NotUtf8 => None,
        }
    }

    fn explained(self) -> (Code, String) {
        match self {
            Self::BareQuote { column } => {
                (Code::InvalidQuote, format!("field {column} holds a quote but does not start with one"))
            }
            Self::TextAfterQuote { column } => {
                (Code::InvalidQuote, format!("field {column} goes on after its closing quote; is a quote not doubled?"))
            }
            Self::Nul { column } => (Code::NulByte, format!("field {column} holds a NUL byte")),
            Self::Control { column, byte } => {
                (Code::ControlCharacter, format!("field {column} holds the control character 0x{byte:02x}"))
            }
            Self::NotUtf8 => (Code::MixedEncoding, "the line is not UTF-8 while most of the file is".to_owned()),
        }
    }
}

impl Lost {
    fn refused(self, options: &ReadOptions) -> FileRefused {
        let (code, line, column, message) = match self {
            Self::UnclosedQuote { line, column } => {
                (Code::UnclosedQuote, line, column, "the quote opened here is not closed on its row".to_owned())
            }
            Self::FieldTooLong { line, column } => {
                let message = format!("the field is longer than {} bytes, the limit", options.limits.field_bytes);
                (Code::FieldTooLong, line, column, message)
            }
        };
        FileRefused::new(&options.file, code, message).at_line(line).at_column(column).hint("is a quote missing?")
    }
}

fn frame(sound: Sound, names: Vec<String>, separator: u8, options: &ReadOptions) -> Result<Table, FileRefused> {
    let expected = sound.lines.len();
    let failed = |message: String| FileRefused::new(&options.file, Code::ReaderFailure, message);
    let frame = quietly(|| polars_frame(&sound.text, names.len(), separator))
        .map_err(|_| failed("Polars panicked on rows our scanner accepted".to_owned()))?
        .map_err(|error| failed(format!("Polars refused rows our scanner accepted: {error}")))?;
    if frame.height() != expected {
        return Err(failed(format!("Polars read {} rows, expected {expected}", frame.height())));
    }
    Table::new(frame, names, sound.lines).map_err(|error| failed(format!("a column is not text: {error}")))
}

/// The records as a frame of String columns: no inference, no null value, no header of the file's own.
fn polars_frame(records: &[u8], columns: usize, separator: u8) -> PolarsResult<DataFrame> {
    let fields = (0..columns).map(|position| Field::new(format!("{position}").into(), DataType::String));
    let schema: Schema = fields.collect();
    if records.is_empty() {
        return Ok(DataFrame::empty_with_schema(&schema));
    }
    // A header of digits shields the first record from what readers do to the start of a file (BOM, comments, blanks).
    let header: Vec<String> = (0..columns).map(|position| position.to_string()).collect();
    let mut text = header.join(char::from(separator).to_string().as_str()).into_bytes();
    text.reserve(records.len() + 1);
    text.push(b'\n');
    text.extend_from_slice(records);
    CsvReadOptions::default()
        .with_has_header(true)
        .with_schema(Some(Arc::new(schema)))
        .with_infer_schema_length(Some(0))
        .with_rechunk(true)
        .with_parse_options(CsvParseOptions::default().with_separator(separator))
        .into_reader_with_file_handle(Cursor::new(text))
        .finish()
}
