//! JSON and `GeoJSON`: an array of objects, or a `FeatureCollection`, becomes a table that knows its physical lines.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::error::Category;
use serde_json::value::RawValue;

use super::columns::Columns;
use super::encoding::{self, BAD_BYTES, Decoded};
use super::flatten::{Cells, Unfit, flatten, members, scalar};
use super::frame::{Table, trimmed};
use super::geojson;
use super::options::ReadOptions;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport, shown};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Objects,
    Features,
}

/// Reads a JSON file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
    let Decoded { bytes, mixed } = encoding::decode(bytes, &options.file, report)?;
    // One bad byte concerns its record, not the others.
    let text = if mixed { Cow::Owned(encoding::marked(&bytes)) } else { String::from_utf8_lossy(&bytes) };
    let text = text.as_ref();
    let (records, kind) = records(text, options)?;
    if records.is_empty() {
        return Err(FileRefused::new(&options.file, Code::NoRows, "the list is empty, expected at least one object"));
    }
    if records.len() as u64 > options.limits.rows {
        let message = format!("{} rows, expected at most {}", records.len(), options.limits.rows);
        return Err(FileRefused::new(&options.file, Code::TooManyRows, message).hint("the setting is limits.rows"));
    }
    let mut columns = Columns::default();
    let (mut blanks, mut quarantined, mut notes) = (0, Vec::new(), Vec::new());
    let mut place = Place { text, at: 0, line: 1 };
    for (number, record) in (1..).zip(&records) {
        let line = place.line_of(record);
        let first_note = notes.len();
        let cells = match kind {
            _ if record.get().contains(BAD_BYTES) => Err(not_utf8()),
            Kind::Objects => flatten(record, options.limits.depth),
            Kind::Features => geojson::feature(record, line, options, &mut notes),
        };
        let name = named(number, record);
        notes[first_note..].iter_mut().for_each(|entry| entry.record = Some(name.clone()));
        match cells.and_then(refuse_repeated_names) {
            Ok(cells) if cells.iter().all(|(_, text)| text.as_deref().and_then(trimmed).is_none()) => blanks += 1,
            Ok(cells) => columns.push(line, number, cells, options)?,
            Err(unfit) => quarantined.push(quarantine(unfit, line, record).of_record(name)),
        }
    }
    if kind == Kind::Features {
        geojson::publish_names(&mut columns);
    }
    let table = columns.into_table(options, report)?;
    report.count_read(records.len() as u64);
    (0..blanks).for_each(|_| report.skip_blank());
    for entry in notes {
        report.note(entry);
    }
    for entry in quarantined {
        report.quarantine(entry);
    }
    Ok(table)
}

/// The records of a file, still unread: the elements of the array, or the features of the collection.
fn records<'t>(text: &'t str, options: &ReadOptions) -> Result<(Vec<&'t RawValue>, Kind), FileRefused> {
    let unexpected = |message: String| {
        let refused = FileRefused::new(&options.file, Code::UnexpectedContent, message);
        refused.hint("expected an array of objects or a GeoJSON FeatureCollection")
    };
    // The whole text is checked once here; later errors concern one record.
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| syntax(&error, text, options))?;
    if whole.get().starts_with('[') {
        let elements = serde_json::from_str(whole.get()).map_err(|error| syntax(&error, text, options))?;
        return Ok((elements, Kind::Objects));
    }
    if !whole.get().starts_with('{') {
        return Err(unexpected(format!("the file is the single value `{}`", shown(whole.get()))));
    }
    let members = members(whole).map_err(|error| syntax(&error, text, options))?;
    let member = |key: &str| members.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
    match (member("type").map(RawValue::get), member("features")) {
        (Some("\"FeatureCollection\""), Some(features)) if features.get().starts_with('[') => {
            let features = serde_json::from_str(features.get()).map_err(|error| syntax(&error, text, options))?;
            Ok((features, Kind::Features))
        }
        _ => {
            let keys: Vec<String> = members.iter().take(10).map(|(key, _)| format!("`{}`", shown(key))).collect();
            Err(unexpected(format!("the file is one object with the keys {}", keys.join(", "))))
        }
    }
}

fn syntax(error: &serde_json::Error, text: &str, options: &ReadOptions) -> FileRefused {
    // `-` or `1.` at the very end is a number cut short, which the parser calls invalid.
    let (last, before) = (text.lines().last().unwrap_or_default(), text.lines().count());
    let at_end = error.line() >= before && error.column() >= last.len();
    let (code, message) = if error.classify() == Category::Eof || at_end {
        (Code::TruncatedFile, "the file ends in the middle of a value".to_owned())
    } else {
        (Code::InvalidJson, format!("the text is not JSON: {error}"))
    };
    let refused = FileRefused::new(&options.file, code, message);
    refused.at_line(error.line() as u32).at_column(error.column() as u32)
}

/// The number of a record in its list, from 1, and its identifier when it has one: a list may be one single line.
fn named(number: u32, record: &RawValue) -> String {
    let id = || {
        let members = members(record).ok()?;
        let of = |members: &[(String, &RawValue)]| {
            let id = members.iter().find(|(key, _)| key.eq_ignore_ascii_case("id"))?;
            scalar(id.1, "id").ok().flatten()
        };
        let properties = members.iter().find(|(key, _)| key == "properties" || key == "fields");
        of(&members).or_else(|| of(&self::members(properties?.1).ok()?))
    };
    id().map_or_else(|| format!("n° {number}"), |id| format!("n° {number} (id {})", shown(&id)))
}

fn not_utf8() -> Unfit {
    let reason = "the record is not UTF-8 while most of the file is".to_owned();
    Unfit { code: Code::MixedEncoding, field: None, reason }
}

fn refuse_repeated_names(cells: Cells) -> Result<Cells, Unfit> {
    let mut seen = HashSet::with_capacity(cells.len());
    let repeated = cells.iter().find(|(name, _)| !seen.insert(name.as_str())).map(|(name, _)| name.clone());
    match repeated {
        None => Ok(cells),
        Some(name) => {
            let reason = format!("the key `{}` occurs twice in one object", shown(&name));
            Err(Unfit { code: Code::DuplicateKey, field: Some(name), reason })
        }
    }
}

fn quarantine(unfit: Unfit, line: u32, record: &RawValue) -> Entry {
    let entry = Entry::new(unfit.code, Action::RowQuarantined, unfit.reason).at_line(line);
    let excerpt = record.get().chars().take(1_000).map(|c| if c == BAD_BYTES { '\u{fffd}' } else { c });
    let entry = entry.with_value(&excerpt.collect::<String>());
    match unfit.field {
        Some(field) => entry.in_field(shown(&field)),
        None => entry,
    }
}

/// Where a record lies in the text. Records come in order, so each line feed is counted once.
struct Place<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Place<'_> {
    fn line_of(&mut self, record: &RawValue) -> u32 {
        // A RawValue borrowed from the text is a slice of it.
        let offset = record.get().as_ptr() as usize - self.text.as_ptr() as usize;
        self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..offset]).count() as u32;
        self.at = offset;
        self.line
    }
}
