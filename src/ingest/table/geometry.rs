//! `GeoParquet`: the points of a column `geometry`, as well-known binary, become longitude and latitude as texts.

use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NewChunkedArray, PolarsResult, StringChunked};

use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// Name of the column, as the specification suggests it and every writer has it (`GeoParquet` 1.1, 2024).
const GEOMETRY: &str = "geometry";

/// The frame with its points written as degrees; a frame without binary geometries as it came. Geometries that are no
/// points are noted and left out.
pub(super) fn as_degrees(frame: DataFrame, report: &mut SourceReport) -> PolarsResult<DataFrame> {
    let Ok(column) = frame.column(GEOMETRY) else { return Ok(frame) };
    if column.dtype() != &DataType::Binary {
        return Ok(frame);
    }
    let bytes = column.as_materialized_series().binary()?.clone();
    let mut points = Vec::with_capacity(bytes.len());
    for (row, bytes) in bytes.iter().enumerate() {
        let point = bytes.and_then(point);
        if bytes.is_some() && point.is_none() {
            let reason = "the geometry is not a point with a longitude and a latitude";
            let entry = Entry::new(Code::UnexpectedGeometry, Action::FieldCleared, reason);
            report.note(entry.at_line(row as u32 + 1).in_field(GEOMETRY));
        }
        points.push(point);
    }
    let taken = frame.column("longitude").is_ok() || frame.column("latitude").is_ok();
    let [lon, lat] = if taken { ["geometry_lon", "geometry_lat"] } else { ["longitude", "latitude"] };
    let axis = |name: &str, which: usize| -> Column {
        let texts = points.iter().map(|point| point.map(|point| point[which].to_string()));
        StringChunked::from_iter_options(name.into(), texts).into_column()
    };
    let columns = [axis(lon, 0), axis(lat, 1)];
    let mut frame = frame.drop(GEOMETRY)?;
    for column in columns {
        frame.with_column(column)?;
    }
    Ok(frame)
}

/// Longitude and latitude of a point, in either byte order, with or without further axes (OGC 06-103r4, 8.2).
fn point(bytes: &[u8]) -> Option<[f64; 2]> {
    let little = match bytes.first()? {
        0 => false,
        1 => true,
        _ => return None,
    };
    let word: [u8; 4] = bytes.get(1..5)?.try_into().ok()?;
    let kind = if little { u32::from_le_bytes(word) } else { u32::from_be_bytes(word) };
    // Extended WKB marks further axes with its highest bits, ISO with thousands.
    if (kind & 0x0fff_ffff) % 1000 != 1 || kind & 0x2000_0000 != 0 {
        return None;
    }
    let number = |at: usize| {
        let bytes: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
        let number = if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) };
        number.is_finite().then_some(number)
    };
    Some([number(5)?, number(13)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_in_every_dialect_and_nothing_else_is() {
        let wkb = |kind: u32, axes: &[f64]| {
            let mut bytes = vec![1];
            bytes.extend(kind.to_le_bytes());
            bytes.extend(axes.iter().flat_map(|axis| axis.to_le_bytes()));
            bytes
        };
        assert_eq!(point(&wkb(1, &[1.5, 46.5])), Some([1.5, 46.5]));
        assert_eq!(point(&wkb(1001, &[1.5, 46.5, 400.0])), Some([1.5, 46.5]));
        assert_eq!(point(&wkb(0x8000_0001, &[1.5, 46.5, 400.0])), Some([1.5, 46.5]));
        let mut big = vec![0, 0, 0, 0, 1];
        big.extend([1.5_f64, 46.5].iter().flat_map(|axis| axis.to_be_bytes()));
        assert_eq!(point(&big), Some([1.5, 46.5]));
        let bad = [vec![], vec![1], wkb(1, &[1.5]), wkb(3, &[1.5, 46.5]), wkb(1, &[f64::NAN, 1.0]), vec![7; 21]];
        for bytes in bad {
            assert_eq!(point(&bytes), None, "{bytes:?}");
        }
    }
}
