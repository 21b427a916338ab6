//! Parquet: every scalar column becomes text, under limits checked before anything is unpacked.
//!
//! Parquet has no line: rows are numbered from 1. A damaged file can be read *with other values* and no error, or make
//! the decoder ask for 2^61 bytes and abort the process (12 of 20,000 flipped bits of a small file did). Against the
//! first there is only the checksum its publisher announces; against the second, that `build` is a process of its own.

use std::io::Cursor;

use polars::prelude::{ArrowDataType, DataFrame, DataType, ParquetReader, PolarsError, PolarsResult, SerReader};
use polars_arrow::datatypes::Field;

use super::frame::{Table, trimmed};
use super::geometry;
use super::header;
use super::options::ReadOptions;
use super::panics::quietly;
use super::suspects::forbidden;
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport, shown};

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
    let plainly = |error: PolarsError| damaged(first_line(&error.to_string()));
    let panicked = |_| damaged("its reader stopped".to_owned());
    let wanted = quietly(|| check_size(bytes, options)).map_err(panicked)?.map_err(plainly)??;
    let reader = || ParquetReader::new(Cursor::new(bytes)).with_projection(wanted).finish();
    let frame = quietly(reader).map_err(panicked)?.map_err(plainly)?;
    let frame = geometry::as_degrees(frame, report)
        .map_err(|error| refused(Code::ReaderFailure, first_line(&error.to_string())))?;
    let raw: Vec<String> = frame.get_column_names().iter().map(ToString::to_string).collect();
    let names = header::resolve(&raw, None, options, report)?;
    let rows = frame.height();
    if rows == 0 {
        return Err(refused(Code::NoRows, "the file has no row, expected at least one".to_owned()));
    }
    let mut columns = Vec::with_capacity(names.len());
    for (position, column) in frame.into_columns().into_iter().enumerate() {
        let text = quietly(|| column.strict_cast(&DataType::String)).map_err(panicked)?.map_err(|_| {
            let (name, dtype) = (shown(&names[position]), column.dtype());
            refused(Code::ParquetSchema, format!("column `{name}` of type {dtype} holds values that are no text"))
        })?;
        columns.push(text.with_name(position.to_string().into()));
    }
    let failed = |error: PolarsError| refused(Code::ReaderFailure, error.to_string());
    let lines = (1..=rows as u32).collect();
    let table = DataFrame::new(rows, columns).and_then(|frame| Table::new(frame, names, lines)).map_err(failed)?;
    let fates = judge(&table, options)?;
    let sound: Vec<bool> = fates.iter().map(|fate| matches!(fate, Fate::Sound)).collect();
    let table = if sound.contains(&false) { table.keep(&sound).map_err(failed)? } else { table };
    report.count_read(rows as u64);
    for fate in fates {
        match fate {
            Fate::Sound => {}
            Fate::Blank => report.skip_blank(),
            Fate::Quarantined(entry) => report.quarantine(*entry),
        }
    }
    Ok(table)
}

/// What becomes of a row.
#[derive(Clone)]
enum Fate {
    Sound,
    Blank,
    Quarantined(Box<Entry>),
}

/// Holds the cells to the same rules as those of the other formats: no control character, no endless value.
fn judge(table: &Table, options: &ReadOptions) -> Result<Vec<Fate>, FileRefused> {
    let mut fates = vec![Fate::Blank; table.len()];
    for (position, name) in table.column_names().iter().enumerate() {
        let column = position as u32 + 1;
        for ((row, text), fate) in table.rows().zip(table.texts(position).iter()).zip(&mut fates) {
            let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
            let limit = options.limits.field_bytes;
            if text.len() > limit {
                let message = format!("`{}` is longer than {limit} bytes, the limit", shown(name));
                let refused = FileRefused::new(&options.file, Code::FieldTooLong, message);
                return Err(refused.at_line(row.line()).at_column(column));
            }
            if let Some((code, what)) = forbidden(text) {
                let entry = Entry::new(code, Action::RowQuarantined, format!("`{}` holds {what}", shown(name)));
                let entry = entry.at_line(row.line()).at_column(column).in_field(name).with_value(text);
                *fate = Fate::Quarantined(Box::new(entry));
            } else if matches!(fate, Fate::Blank) && trimmed(text).is_some() {
                *fate = Fate::Sound;
            }
        }
    }
    Ok(fates)
}

/// Ranks of the columns to read; all of them when it is `None`.
type Wanted = Option<Vec<usize>>;

/// Refuses a file whose metadata promise more than the limits. Metadata may lie; the memory limit of the process is
/// what remains then.
fn check_size(bytes: &[u8], options: &ReadOptions) -> PolarsResult<Result<Wanted, FileRefused>> {
    let limits = options.limits;
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let metadata = reader.get_metadata()?;
    let rows = metadata.num_rows as u64;
    let unpacked: u64 = metadata.row_groups.iter().map(|group| group.total_byte_size() as u64).sum();
    let columns = metadata.schema().columns().len();
    let in_groups = metadata.row_groups.iter().map(|group| group.num_rows() as u64).sum::<u64>();
    let refused = |code, message| Ok(Err(FileRefused::new(&options.file, code, message)));
    if rows != in_groups {
        return refused(Code::CorruptParquet, format!("{rows} rows announced, {in_groups} in its row groups"));
    }
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
    let schema = reader.schema()?;
    // The boxes that `GeoParquet` puts beside its geometries say nothing that the geometries do not.
    let is_box = |field: &Field| field.name == "bbox" && matches!(field.dtype(), ArrowDataType::Struct(_));
    if let Some(field) = schema.iter_values().find(|field| !is_readable(field.dtype()) && !is_box(field)) {
        let message = format!(
            "column `{}` is of type {}, expected text, booleans, floats or integers of 32 or 64 bits",
            shown(&field.name),
            format!("{:?}", field.dtype()).split('(').next().unwrap_or_default()
        );
        let refused = FileRefused::new(&options.file, Code::ParquetSchema, message);
        return Ok(Err(
            refused.hint("write this column as text, a day such as 2024-12-31, and a list with | between its values")
        ));
    }
    let has_boxes = schema.iter_values().any(is_box);
    let ranks = schema.iter_values().enumerate().filter(|(_, field)| !is_box(field)).map(|(rank, _)| rank);
    Ok(Ok(has_boxes.then(|| ranks.collect())))
}

/// The types Polars was compiled with; each further one costs build time and no source known today needs it.
fn is_readable(dtype: &ArrowDataType) -> bool {
    use ArrowDataType as D;
    let is_number = matches!(dtype, D::Int32 | D::Int64 | D::UInt32 | D::UInt64 | D::Float32 | D::Float64);
    let is_text = matches!(dtype, D::Utf8 | D::LargeUtf8 | D::Utf8View | D::Binary | D::LargeBinary | D::BinaryView);
    match dtype {
        D::Dictionary(_, values, _) => is_readable(values),
        D::Null | D::Boolean => true,
        _ => is_number || is_text,
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
