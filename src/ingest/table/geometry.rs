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
    let [lon, lat] = ["longitude", "latitude"].map(|name| own_texts(&frame, name));
    let mut frame = frame.drop(GEOMETRY)?;
    if lon.is_none() && lat.is_none() {
        for (which, name) in ["longitude", "latitude"].into_iter().enumerate() {
            frame.with_column(axis(name, points.iter().map(|point| point.map(|point| point[which].to_string()))))?;
        }
        return Ok(frame);
    }
    // A row whose columns say where it is keeps them; the others get their point, and one row takes nothing from the rest.
    let said = |texts: &Option<Vec<Option<String>>>, row: usize| texts.as_ref().and_then(|texts| texts[row].clone());
    let own: Vec<[Option<String>; 2]> = (0..points.len()).map(|row| [said(&lon, row), said(&lat, row)]).collect();
    for (which, (name, geometry)) in
        [("longitude", "geometry_lon"), ("latitude", "geometry_lat")].into_iter().enumerate()
    {
        let of_point = |row: usize| points[row].map(|point: [f64; 2]| point[which].to_string());
        let is_silent = |row: usize| own[row].iter().all(Option::is_none);
        let filled = |row: usize| if is_silent(row) { of_point(row) } else { own[row][which].clone() };
        let kept = |row: usize| if is_silent(row) { None } else { of_point(row) };
        frame.with_column(axis(name, (0..points.len()).map(filled)))?;
        frame.with_column(axis(geometry, (0..points.len()).map(kept)))?;
    }
    Ok(frame)
}

fn axis(name: &str, texts: impl Iterator<Item = Option<String>>) -> Column {
    StringChunked::from_iter_options(name.into(), texts).into_column()
}

/// The texts of a column, blank ones as none; `None` when the frame has no such column, or none that is text or number.
fn own_texts(frame: &DataFrame, name: &str) -> Option<Vec<Option<String>>> {
    let column = frame.column(name).ok()?.strict_cast(&DataType::String).ok()?;
    let texts = column.as_materialized_series().str().ok()?.iter().map(|text| text.map(ToOwned::to_owned)).collect();
    let spoken = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Some(Vec::into_iter(texts).map(spoken).collect())
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
    use polars::prelude::BinaryChunked;

    use super::*;

    #[test]
    fn one_row_that_says_where_it_is_takes_the_points_of_no_other() {
        let wkb = |axes: [f64; 2]| {
            let head = [1_u8, 1, 0, 0, 0];
            head.into_iter().chain(axes.iter().flat_map(|axis| axis.to_le_bytes())).collect::<Vec<u8>>()
        };
        let geometry = [wkb([1.5, 46.5]), wkb([1.6, 46.6])];
        let geometry = BinaryChunked::from_iter_options(GEOMETRY.into(), geometry.iter().map(|wkb| Some(&wkb[..])));
        let number = |name: &str, value: Option<f64>| Column::new(name.into(), [None, value]);
        let columns = vec![geometry.into_column(), number("longitude", Some(1.8)), number("latitude", Some(46.1))];
        let mut report = SourceReport::new("test", "a.parquet");
        let frame = as_degrees(DataFrame::new(2, columns).unwrap(), &mut report).unwrap();
        let texts = |name: &str| -> Vec<Option<String>> {
            let column = frame.column(name).unwrap().as_materialized_series().str().unwrap();
            column.iter().map(|text| text.map(ToOwned::to_owned)).collect()
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(texts("longitude"), [some("1.5"), some("1.8")]);
        assert_eq!(texts("latitude"), [some("46.5"), some("46.1")]);
        assert_eq!(texts("geometry_lon"), [None, some("1.6")]);
        assert_eq!(texts("geometry_lat"), [None, some("46.6")]);
    }

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
