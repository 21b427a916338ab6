//! JSON and `GeoJSON`: an array of objects, or a `FeatureCollection`, becomes a table that knows its physical lines.

use std::collections::{HashMap, HashSet};

use polars::prelude::{DataFrame, IntoColumn, StringChunkedBuilder};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::encoding::{self, Decoded, line_of};
use super::flatten::{Cells, Unfit, flatten, members, scalar};
use super::frame::Table;
use super::header;
use super::options::ReadOptions;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport, shown};

/// Columns filled row by row; a column first met at row 40 is empty above.
struct Columns {
    positions: HashMap<String, usize>,
    names: Vec<String>,
    builders: Vec<StringChunkedBuilder>,
    /// Number of cells in each column.
    filled: Vec<usize>,
    lines: Vec<u32>,
}

/// Reads a JSON file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
    let Decoded { bytes, .. } = encoding::decode(bytes, &options.file, report)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let refused = FileRefused::new(&options.file, Code::MixedEncoding, "the line is not UTF-8 while others are");
        refused.at_line(line_of(&bytes, error.valid_up_to()))
    })?;
    let (records, kind) = records(text, options)?;
    if records.is_empty() {
        return Err(FileRefused::new(&options.file, Code::NoRows, "the list is empty, expected at least one object"));
    }
    if records.len() as u64 > options.limits.rows {
        let message = format!("{} rows, expected at most {}", records.len(), options.limits.rows);
        return Err(FileRefused::new(&options.file, Code::TooManyRows, message));
    }
    let mut columns = Columns::new();
    let (mut blanks, mut entries) = (0, Vec::new());
    let mut place = Place { text, at: 0, line: 1 };
    for record in &records {
        let line = place.line_of(record);
        let cells = match kind {
            Kind::Objects => flatten(record, options.limits.depth),
            Kind::Features => feature(record, line, options, &mut entries),
        };
        match cells.and_then(refuse_repeated_names) {
            Ok(cells) if cells.iter().all(|(_, text)| text.as_deref().is_none_or(|text| text.trim().is_empty())) => {
                blanks += 1;
            }
            Ok(cells) => columns.push(line, cells, options)?,
            Err(unfit) => entries.push(quarantine(unfit, line, record)),
        }
    }
    report.count_read(records.len() as u64);
    (0..blanks).for_each(|_| report.skip_blank());
    for entry in entries {
        if entry.action == Action::RowQuarantined { report.quarantine(entry) } else { report.note(entry) }
    }
    if kind == Kind::Features {
        columns.name_the_geometry();
    }
    columns.into_table(options, report)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Objects,
    Features,
}

/// The records of a file, still unread: the elements of the array, or the features of the collection.
fn records<'t>(text: &'t str, options: &ReadOptions) -> Result<(Vec<&'t RawValue>, Kind), FileRefused> {
    let unexpected = |message: String| {
        let refused = FileRefused::new(&options.file, Code::UnexpectedContent, message);
        refused.hint("expected an array of objects or a GeoJSON FeatureCollection")
    };
    // The whole text is checked once here; later errors concern one record.
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| syntax(&error, options))?;
    if whole.get().starts_with('[') {
        let elements = serde_json::from_str(whole.get()).map_err(|error| syntax(&error, options))?;
        return Ok((elements, Kind::Objects));
    }
    if !whole.get().starts_with('{') {
        return Err(unexpected(format!("the file is the single value `{}`", shown(whole.get()))));
    }
    let members = members(whole).map_err(|error| syntax(&error, options))?;
    let member = |key: &str| members.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
    match (member("type").map(RawValue::get), member("features")) {
        (Some("\"FeatureCollection\""), Some(features)) if features.get().starts_with('[') => {
            let features = serde_json::from_str(features.get()).map_err(|error| syntax(&error, options))?;
            Ok((features, Kind::Features))
        }
        _ => {
            let keys: Vec<String> = members.iter().take(10).map(|(key, _)| format!("`{}`", shown(key))).collect();
            Err(unexpected(format!("the file is one object with the keys {}", keys.join(", "))))
        }
    }
}

fn syntax(error: &serde_json::Error, options: &ReadOptions) -> FileRefused {
    let (code, message) = match error.classify() {
        Category::Eof => (Code::TruncatedFile, "the file ends in the middle of a value".to_owned()),
        _ => (Code::InvalidJson, format!("the text is not JSON: {error}")),
    };
    let refused = FileRefused::new(&options.file, code, message);
    refused.at_line(error.line() as u32).at_column(error.column() as u32)
}

const FEATURE_LON: &str = "\0lon";
const FEATURE_LAT: &str = "\0lat";

/// The properties of a feature and the coordinates of its point, under names no property can have.
fn feature(raw: &RawValue, line: u32, options: &ReadOptions, entries: &mut Vec<Entry>) -> Result<Cells, Unfit> {
    let not_json = |error: serde_json::Error| Unfit { code: Code::InvalidJson, field: None, reason: error.to_string() };
    if !raw.get().starts_with('{') {
        let reason = format!("got `{}`, expected a feature", shown(raw.get()));
        return Err(Unfit { code: Code::NotAnObject, field: None, reason });
    }
    let members = members(raw).map_err(not_json)?;
    let member = |key: &str| members.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
    let present = |value: &&RawValue| value.get() != "null";
    let mut cells = match member("properties").filter(present) {
        Some(properties) => flatten(properties, options.limits.depth)?,
        None => Vec::new(),
    };
    let Some(geometry) = member("geometry").filter(present) else { return Ok(cells) };
    let geometry_members =
        if geometry.get().starts_with('{') { self::members(geometry).map_err(not_json)? } else { Vec::new() };
    let part = |key: &str| geometry_members.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
    let coordinates = part("coordinates").and_then(|list| serde_json::from_str::<Vec<&RawValue>>(list.get()).ok());
    if let (Some("\"Point\""), Some([lon, lat, ..])) = (part("type").map(RawValue::get), coordinates.as_deref()) {
        cells.push((FEATURE_LON.to_owned(), scalar(lon, "geometry")?));
        cells.push((FEATURE_LAT.to_owned(), scalar(lat, "geometry")?));
    } else {
        let entry = Entry::new(Code::UnexpectedGeometry, Action::FieldCleared, "the geometry is not a point");
        entries.push(entry.at_line(line).in_field("geometry").with_value(geometry.get()));
    }
    Ok(cells)
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
    let entry = entry.with_value(&record.get().chars().take(1_000).collect::<String>());
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

impl Columns {
    fn new() -> Self {
        Self {
            positions: HashMap::new(),
            names: Vec::new(),
            builders: Vec::new(),
            filled: Vec::new(),
            lines: Vec::new(),
        }
    }

    fn push(&mut self, line: u32, cells: Cells, options: &ReadOptions) -> Result<(), FileRefused> {
        let row = self.lines.len();
        for (name, text) in cells {
            let limit = options.limits.field_bytes;
            if text.as_ref().is_some_and(|text| text.len() > limit) {
                let message = format!("`{}` is longer than {limit} bytes, the limit", shown(&name));
                return Err(FileRefused::new(&options.file, Code::FieldTooLong, message).at_line(line));
            }
            let position = if let Some(&position) = self.positions.get(&name) {
                position
            } else {
                self.add_column(name, line, options)?
            };
            self.fill(position, row);
            self.builders[position].append_option(text);
            self.filled[position] += 1;
        }
        self.lines.push(line);
        Ok(())
    }

    fn add_column(&mut self, name: String, line: u32, options: &ReadOptions) -> Result<usize, FileRefused> {
        let position = self.names.len();
        if position >= options.limits.columns {
            let message = format!("more than {} different keys, the limit", options.limits.columns);
            return Err(FileRefused::new(&options.file, Code::TooManyColumns, message).at_line(line));
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

    /// The coordinates of the points are `longitude` and `latitude`, unless the properties say so themselves.
    fn name_the_geometry(&mut self) {
        let taken = self.positions.contains_key("longitude") || self.positions.contains_key("latitude");
        let [lon, lat] = if taken { ["geometry_lon", "geometry_lat"] } else { ["longitude", "latitude"] };
        for (inner, outer) in [(FEATURE_LON, lon), (FEATURE_LAT, lat)] {
            if let Some(&position) = self.positions.get(inner) {
                outer.clone_into(&mut self.names[position]);
            }
        }
    }

    fn into_table(mut self, options: &ReadOptions, report: &mut SourceReport) -> Result<Table, FileRefused> {
        let names = header::resolve(&self.names, None, options, report)?;
        let rows = self.lines.len();
        for position in 0..names.len() {
            self.fill(position, rows);
        }
        let columns = self.builders.into_iter().map(|builder| builder.finish().into_column()).collect();
        DataFrame::new(rows, columns)
            .and_then(|frame| Table::new(frame, names, self.lines))
            .map_err(|error| FileRefused::new(&options.file, Code::ReaderFailure, error.to_string()))
    }
}
