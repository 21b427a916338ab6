//! Sorts the records of a delimited file: sound, blank, or quarantined with their line and the reason.

use super::options::ReadOptions;
use super::scan::{Fault, Lost, Record, Scanner};
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport};

/// The sound records of a file, ready for Polars.
#[derive(Debug)]
pub(super) struct Sound {
    /// A header of digits, which shields the first record from what readers do to the start of a file (byte order mark,
    /// blanks), then the records, each ended by a line feed.
    pub text: Vec<u8>,
    /// The physical line of each.
    pub lines: Vec<u32>,
}

/// What every record is measured against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub columns: u32,
    pub separator: u8,
    /// Some lines of the file may not be UTF-8.
    pub mixed: bool,
}

impl Sound {
    fn new(shape: Shape) -> Self {
        let header: Vec<String> = (0..shape.columns).map(|position| position.to_string()).collect();
        let text = header.join(char::from(shape.separator).to_string().as_str()) + "\n";
        Self { text: text.into_bytes(), lines: Vec::new() }
    }
}

/// Sorts the records after the header.
pub(super) fn sift(
    records: Scanner<'_>,
    shape: Shape,
    options: &ReadOptions,
    report: &mut SourceReport,
) -> Result<Sound, FileRefused> {
    let mut sound = Sound::new(shape);
    let (mut read, mut blanks, mut first_blank) = (0, 0, None);
    let mut quarantined = Vec::new();
    for record in records {
        let record = record.map_err(|lost| lost.refused(options))?;
        read += 1;
        if read > options.limits.rows {
            let message = format!("more than {} rows, the limit", options.limits.rows);
            let refused = FileRefused::new(&options.file, Code::TooManyRows, message).at_line(record.line);
            return Err(refused.hint("the setting is limits.rows"));
        }
        if record.is_blank(shape.separator) {
            blanks += 1;
            first_blank.get_or_insert(record.line);
            continue;
        }
        let not_utf8 = shape.mixed && std::str::from_utf8(record.bytes).is_err();
        let fault = if not_utf8 { Some(Fault::NotUtf8) } else { record.fault };
        if !record.ended && fault.is_none() {
            check_last(&record, shape.columns, options, report)?;
        }
        if fault.is_some() || record.fields != shape.columns {
            quarantined.push(quarantine(&record, fault, shape.columns));
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
    let fields = record.fields;
    let (code, reason) = match fault {
        Some(fault) => fault.explained(),
        None if fields < columns => (Code::ShortRow, format!("the row has {fields} fields, expected {columns}")),
        None => (
            Code::LongRow,
            format!("the row has {fields} fields, expected {columns}; is a value with a separator unquoted?"),
        ),
    };
    let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(record.line);
    let entry = entry.with_value(&String::from_utf8_lossy(&record.bytes[..record.bytes.len().min(1_000)]));
    match fault.and_then(Fault::column) {
        Some(column) => entry.at_column(column),
        None => entry,
    }
}

impl Fault {
    /// Position of the field at fault, 1-based.
    pub fn column(self) -> Option<u32> {
        match self {
            Self::BareQuote { column }
            | Self::TextAfterQuote { column }
            | Self::Nul { column }
            | Self::Control { column, .. } => Some(column),
            Self::NotUtf8 => None,
        }
    }

    /// The code of the fault, and the reason in words.
    pub fn explained(self) -> (Code, String) {
        match self {
            Self::BareQuote { column } => {
                (Code::InvalidQuote, format!("field {column} holds a quote but does not start with one"))
            }
            Self::TextAfterQuote { column } => (
                Code::InvalidQuote,
                format!("field {column} goes on after its closing quote; is an inner quote not doubled?"),
            ),
            Self::Nul { column } => (Code::NulByte, format!("field {column} holds a NUL byte")),
            Self::Control { column, byte } => {
                (Code::ControlCharacter, format!("field {column} holds the control character 0x{byte:02x}"))
            }
            Self::NotUtf8 => (Code::MixedEncoding, "the row is not UTF-8 while most of the file is".to_owned()),
        }
    }
}

impl Lost {
    /// The refusal of the file.
    pub fn refused(self, options: &ReadOptions) -> FileRefused {
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
