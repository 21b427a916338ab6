//! A `GeoJSON` feature becomes a row: its properties, its identifier, and the coordinates of its point as they are written.

use serde_json::value::RawValue;

use super::columns::Columns;
use super::flatten::{Cells, Unfit, flatten, members, scalar};
use super::options::ReadOptions;
use crate::ingest::report::{Action, Code, Entry, shown};

// Names no property can have in a row that was accepted, until the whole file says which public names are free.
const LON: &str = "\0lon";
const LAT: &str = "\0lat";
const ID: &str = "\0id";

/// The cells of a feature. A geometry that is not a point is noted in `entries` and left out.
pub(super) fn feature(
    raw: &RawValue,
    line: u32,
    options: &ReadOptions,
    entries: &mut Vec<Entry>,
) -> Result<Cells, Unfit> {
    if !raw.get().starts_with('{') {
        let reason = format!("got `{}`, expected a feature", shown(raw.get()));
        return Err(Unfit { code: Code::NotAnObject, field: None, reason });
    }
    let parts = parts(raw)?;
    let mut cells = match part(&parts, "properties") {
        Some(properties) => flatten(properties, options.limits.depth)?,
        None => Vec::new(),
    };
    if let Some(id) = part(&parts, "id") {
        cells.push((ID.to_owned(), scalar(id, "id")?));
    }
    let Some(geometry) = part(&parts, "geometry") else { return Ok(cells) };
    if let Some([lon, lat]) = point(geometry) {
        cells.push((LON.to_owned(), scalar(lon, "geometry")?));
        cells.push((LAT.to_owned(), scalar(lat, "geometry")?));
    } else {
        let reason = "the geometry is not a point with a longitude and a latitude";
        let entry = Entry::new(Code::UnexpectedGeometry, Action::FieldCleared, reason);
        entries.push(entry.at_line(line).in_field("geometry").with_value(geometry.get()));
    }
    Ok(cells)
}

/// Gives the coordinates and the identifier their public names: `longitude`, `latitude` and `id`, or `geometry_lon`,
/// `geometry_lat` and `feature_id` when properties bear those already.
pub(super) fn publish_names(columns: &mut Columns) {
    let taken = columns.contains("longitude") || columns.contains("latitude");
    let [lon, lat] = if taken { ["geometry_lon", "geometry_lat"] } else { ["longitude", "latitude"] };
    let id = if columns.contains("id") { "feature_id" } else { "id" };
    for (inner, public) in [(LON, lon), (LAT, lat), (ID, id)] {
        columns.rename(inner, public);
    }
}

type Parts<'a> = Vec<(String, &'a RawValue)>;

fn parts(raw: &RawValue) -> Result<Parts<'_>, Unfit> {
    members(raw).map_err(|error| Unfit { code: Code::InvalidJson, field: None, reason: error.to_string() })
}

fn part<'a>(parts: &Parts<'a>, key: &str) -> Option<&'a RawValue> {
    parts.iter().find(|(name, value)| name == key && value.get() != "null").map(|(_, value)| *value)
}

fn point(geometry: &RawValue) -> Option<[&RawValue; 2]> {
    let parts = members(geometry).ok()?;
    let coordinates: Vec<&RawValue> = serde_json::from_str(part(&parts, "coordinates")?.get()).ok()?;
    let is_number = |raw: &RawValue| raw.get().starts_with(|c: char| c == '-' || c.is_ascii_digit());
    match *coordinates {
        [lon, lat, ..] if part(&parts, "type")?.get() == "\"Point\"" && is_number(lon) && is_number(lat) => {
            Some([lon, lat])
        }
        _ => None,
    }
}
