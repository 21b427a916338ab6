//! Venues as `GeoParquet` 1.1: points as well-known binary with a box beside each (`covering`), rows in the order of their
//! places, so that whoever asks for a corner of the map reads a few row groups. Licence and attribution are in the file.
//!
//! Polars was compiled without structures, which the boxes are; its writer of Parquet takes them all the same, one level below.

use polars::prelude::PolarsResult;
use polars_arrow::array::{Array, BinaryArray, Float64Array, StructArray, Utf8Array};
use polars_arrow::bitmap::Bitmap;
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field};
use polars_arrow::record_batch::RecordBatchT;
use polars_parquet::write::{
    CompressionOptions, FileWriter, KeyValue, StatisticsOptions, Version, WriteOptions, get_dtype_encoding,
    row_group_iter, to_parquet_schema,
};

use super::wkb;
use crate::atlas::{Atlas, EditionInfo};
use crate::domain::standard::{Cell, Column, EXTENSION, Kind, STANDARD};
use crate::domain::{Position, Venue, VenueIx};

/// Rows of a group: some 200 kB, a département or two.
const GROUP: usize = 1024;
/// The sides of a box, in the order of its members.
const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// Writes these venues of an edition, by their ordinals.
///
/// # Errors
/// What the writer says; no data makes it happen.
pub fn geoparquet(atlas: &Atlas, venues: &[VenueIx]) -> Result<Vec<u8>, String> {
    let mut rows: Vec<&Venue> = venues.iter().map(|&venue| &atlas.venues()[venue]).collect();
    rows.sort_by_key(|venue| (venue.location.own().map_or(u64::MAX, place), &venue.id));
    write(&rows, atlas.edition()).map_err(|error| error.to_string())
}

fn columns() -> impl Iterator<Item = &'static Column> {
    STANDARD.iter().chain(&EXTENSION)
}

fn write(rows: &[&Venue], edition: &EditionInfo) -> PolarsResult<Vec<u8>> {
    let options = WriteOptions {
        statistics: StatisticsOptions::default(),
        version: Version::V1,
        compression: CompressionOptions::Snappy,
        data_page_size: None,
    };
    let schema: ArrowSchema = fields().into_iter().map(|field| (field.name.clone(), field)).collect();
    let parquet = to_parquet_schema(&schema)?;
    let encodings: Vec<_> = schema.iter_values().map(|field| get_dtype_encoding(&field.dtype)).collect();
    let mut writer = FileWriter::try_new(Vec::new(), schema.clone(), options)?;
    let schema = std::sync::Arc::new(schema);
    for group in rows.chunks(GROUP) {
        let batch = RecordBatchT::try_new(group.len(), schema.clone(), arrays(group))?;
        let pages = row_group_iter(batch, encodings.clone().into(), parquet.fields().to_vec(), options);
        writer.write(group.len() as u64, pages)?;
    }
    let metadata = metadata(rows, edition).into_iter();
    writer.end(Some(metadata.map(|(key, value)| KeyValue { key: key.to_owned(), value: Some(value) }).collect()))?;
    Ok(writer.into_inner())
}

fn fields() -> Vec<Field> {
    let dtype = |kind| match kind {
        Kind::Text => ArrowDataType::LargeUtf8,
        Kind::Degrees => ArrowDataType::Float64,
    };
    let mut fields: Vec<Field> = columns().map(|c| Field::new(c.name.into(), dtype(c.kind), true)).collect();
    fields.push(Field::new("geometry".into(), ArrowDataType::LargeBinary, true));
    fields.push(Field::new("bbox".into(), ArrowDataType::Struct(sides()), true));
    fields
}

fn sides() -> Vec<Field> {
    SIDES.iter().map(|side| Field::new((*side).into(), ArrowDataType::Float64, true)).collect()
}

fn arrays(rows: &[&Venue]) -> Vec<Box<dyn Array>> {
    let mut arrays: Vec<Box<dyn Array>> = Vec::new();
    for column in columns() {
        let cells = rows.iter().map(|venue| (column.read)(venue));
        arrays.push(match column.kind {
            Kind::Text => {
                let texts = cells.map(|cell| match cell {
                    Cell::Text(text) => Some(text.into_owned()),
                    Cell::Degrees(_) | Cell::Unknown => None,
                });
                texts.collect::<Utf8Array<i64>>().boxed()
            }
            Kind::Degrees => {
                let degrees = cells.map(|cell| match cell {
                    Cell::Degrees(degrees) => Some(degrees),
                    Cell::Text(_) | Cell::Unknown => None,
                });
                degrees.collect::<Float64Array>().boxed()
            }
        });
    }
    let points: Vec<Option<Position>> = rows.iter().map(|venue| venue.location.own()).collect();
    arrays.push(points.iter().map(|point| point.map(wkb::point)).collect::<BinaryArray<i64>>().boxed());
    let side = |of: fn(Position) -> f64| points.iter().map(|point| point.map(of)).collect::<Float64Array>().boxed();
    let corners = vec![side(Position::lon), side(Position::lat), side(Position::lon), side(Position::lat)];
    let known: Bitmap = points.iter().map(Option::is_some).collect();
    arrays.push(StructArray::new(ArrowDataType::Struct(sides()), points.len(), corners, Some(known)).boxed());
    arrays
}

/// What the file says of itself: how its places are written, and whose they are.
fn metadata(rows: &[&Venue], edition: &EditionInfo) -> Vec<(&'static str, String)> {
    let covering = SIDES.map(|side| (side.to_owned(), serde_json::json!(["bbox", side])));
    let mut geometry = serde_json::json!({
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "covering": { "bbox": serde_json::Map::from_iter(covering) },
    });
    let points: Vec<Position> = rows.iter().filter_map(|venue| venue.location.own()).collect();
    if !points.is_empty() {
        let (low, high) = (f64::INFINITY, f64::NEG_INFINITY);
        let bounds = points.iter().fold([low, low, high, high], |[w, s, e, n], point| {
            [w.min(point.lon()), s.min(point.lat()), e.max(point.lon()), n.max(point.lat())]
        });
        geometry["bbox"] = serde_json::json!(bounds);
    }
    let geo = serde_json::json!({
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": { "geometry": geometry },
    });
    vec![
        ("geo", geo.to_string()),
        ("standard", "LaMednum/standard-mediation-num v1.0.2".to_owned()),
        ("edition", edition.id.clone()),
        ("licence", edition.licence_of_venues()),
        ("attribution", edition.attribution_of_venues()),
    ]
}

/// The rank of a place along Morton's curve: places that are near are mostly near in it.
fn place(position: Position) -> u64 {
    let cell = |degrees: f64, range: f64| ((degrees / range + 0.5) * f64::from(u32::MAX)) as u32;
    let spread = |number: u32| (0..32).fold(0_u64, |bits, bit| bits | (u64::from(number >> bit & 1) << (2 * bit)));
    spread(cell(position.lon(), 360.0)) | spread(cell(position.lat(), 180.0)) << 1
}
