//! Title lines above the header: how to recognise them, and where the header seems to be.

use super::header::fold;
use super::options::ReadOptions;
use super::scan::{Record, fields};
use crate::ingest::report::{Code, FileRefused};

/// A header is looked for in this many first records.
const LOOKED_AT: usize = 20;

/// Refuses a file whose first record has another width than its rows, when a header stands between them.
pub(super) fn refuse_narrow_title(
    records: &[Record<'_>],
    separator: u8,
    options: &ReadOptions,
) -> Result<(), FileRefused> {
    let Some((first, rest)) = records.split_first() else { return Ok(()) };
    let Some(usual) = usual_width(records).filter(|&usual| first.fields < usual) else { return Ok(()) };
    let mut wide = rest.iter().take(LOOKED_AT).filter(|record| record.fields == usual);
    match wide.next().filter(|record| looks_like_a_header(record, separator)) {
        Some(header) => Err(refused(options, first, header)),
        None => Ok(()),
    }
}

/// Blames the titles rather than the header, when the record taken for a header was refused with `refused` and a later
/// one is a better header.
pub(super) fn blame(refusal: FileRefused, records: &[Record<'_>], separator: u8, options: &ReadOptions) -> FileRefused {
    let Some((first, rest)) = records.split_first() else { return refusal };
    let mut rest = rest.iter().take(LOOKED_AT);
    let header = match refusal.code {
        // A title padded with separators: nearly all of its "names" are empty.
        Code::UnnamedColumn if is_mostly_empty(first, separator) => rest
            .find(|record| !is_mostly_empty(record, separator))
            .filter(|record| looks_like_a_header(record, separator)),
        Code::MissingColumn => {
            let known = required_columns(first, separator, options);
            rest.find(|record| required_columns(record, separator, options) > known)
        }
        _ => None,
    };
    header.map_or(refusal, |header| refused(options, first, header))
}

fn refused(options: &ReadOptions, first: &Record<'_>, header: &Record<'_>) -> FileRefused {
    let message = format!("line {} is no header, expected the names of the columns", first.line);
    let hint = format!("line {} looks like the header: declare skip_lines = {}", header.line, header.line - 1);
    FileRefused::new(&options.file, Code::TitleLines, message).at_line(first.line).hint(hint)
}

/// The most frequent number of fields, the larger one on a tie; `None` when rows have one field.
fn usual_width(records: &[Record<'_>]) -> Option<u32> {
    let mut widths: Vec<u32> = records.iter().map(|record| record.fields).collect();
    widths.sort_unstable();
    let (_, usual) = widths.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).max()?;
    (usual > 1).then_some(usual)
}

/// Every field is a name, all are different, none is a number.
fn looks_like_a_header(record: &Record<'_>, separator: u8) -> bool {
    let names = texts(record, separator);
    let is_name = |name: &String| {
        !name.is_empty() && !name.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit())
    };
    names.iter().all(is_name) && (1..names.len()).all(|i| !names[..i].contains(&names[i]))
}

fn is_mostly_empty(record: &Record<'_>, separator: u8) -> bool {
    let names = texts(record, separator);
    names.iter().filter(|name| name.is_empty()).count() * 2 > names.len()
}

/// How many of the required columns a record names.
fn required_columns(record: &Record<'_>, separator: u8, options: &ReadOptions) -> usize {
    let names: Vec<String> = texts(record, separator).iter().map(|name| fold(name)).collect();
    options.required.iter().filter(|column| names.contains(&fold(column))).count()
}

fn texts(record: &Record<'_>, separator: u8) -> Vec<String> {
    fields(record.bytes, separator).iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect()
}
