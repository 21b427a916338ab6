//! A `GeoJSON` feature becomes a row: its properties, its identifier, and the coordinates of its point as they are written.

use serde_json::value::RawValue;

use super::columns::Columns;
use super::flatten::{Cells, Unfit, flatten, members, scalar};
use super::options::ReadOptions;
use crate::ingest::report::{Action, Code, Entry, shown};

// Names no property can have in a row that was accepted, for what its properties say too.
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
        let id = scalar(id, "id")?;
        let name = name_for(&mut cells, ["id"], [ID])[0];
        cells.push((name.to_owned(), id));
    }
    let Some(geometry) = part(&parts, "geometry") else { return Ok(cells) };
    if geometry.get().starts_with('{') {
        self::parts(geometry)?;
    }
    match point(geometry) {
        Point::One([lon, lat], remark) => {
            let names = name_for(&mut cells, ["longitude", "latitude"], [LON, LAT]);
            cells.extend(names.map(ToOwned::to_owned).into_iter().zip([Some(lon), Some(lat)]));
            if let Some(reason) = remark {
                let entry = Entry::new(Code::UnexpectedGeometry, Action::ValueRepaired, reason);
                entries.push(entry.at_line(line).in_field("geometry").with_value(geometry.get()));
            }
        }
        Point::None(reason) => {
            let entry = Entry::new(Code::UnexpectedGeometry, Action::FieldCleared, reason);
            entries.push(entry.at_line(line).in_field("geometry").with_value(geometry.get()));
        }
    }
    Ok(cells)
}

/// The public names of what a feature says beside its properties, unless its properties say one of them themselves: then
/// the inner names. One feature with a latitude of its own takes nothing from the others.
fn name_for<const N: usize>(
    cells: &mut Cells,
    public: [&'static str; N],
    inner: [&'static str; N],
) -> [&'static str; N] {
    let is_own = |name: &str| public.contains(&name);
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if cells.iter().any(|(name, text)| is_own(name) && says(text)) {
        return inner;
    }
    cells.retain(|(name, _)| !is_own(name));
    public
}

/// Gives the coordinates and the identifier of features whose properties say their own a public name: `geometry_lon`,
/// `geometry_lat` and `feature_id`.
pub(super) fn publish_names(columns: &mut Columns) {
    for (inner, public) in [(LON, "geometry_lon"), (LAT, "geometry_lat"), (ID, "feature_id")] {
        columns.rename(inner, public);
    }
}

type Parts<'a> = Vec<(String, &'a RawValue)>;

fn parts(raw: &RawValue) -> Result<Parts<'_>, Unfit> {
    let members =
        members(raw).map_err(|error| Unfit { code: Code::InvalidJson, field: None, reason: error.to_string() })?;
    let again = (1..members.len()).find(|&at| members[..at].iter().any(|(name, _)| *name == members[at].0));
    match again.map(|at| members[at].0.clone()) {
        // Of two nobody can tell which was meant.
        Some(name) => {
            let reason = format!("`{name}` is given twice, expected once");
            Err(Unfit { code: Code::DuplicateKey, field: Some(name), reason })
        }
        None => Ok(members),
    }
}

fn part<'a>(parts: &Parts<'a>, key: &str) -> Option<&'a RawValue> {
    parts.iter().find(|(name, value)| name == key && value.get() != "null").map(|(_, value)| *value)
}

/// What a geometry says of one place.
enum Point {
    /// Longitude and latitude as they are written, and what is odd about them.
    One([String; 2], Option<&'static str>),
    /// Why there is no one place.
    None(&'static str),
}

/// Reads a point, or a geometry that holds one point and nothing else. The crate `geojson` would read the numbers as
/// floats, and `2.350` would come out as another text than the publisher's.
fn point(geometry: &RawValue) -> Point {
    const NO_POINT: Point = Point::None("the geometry is not a point with a longitude and a latitude");
    let Ok(parts) = members(geometry) else { return NO_POINT };
    let kind = part(&parts, "type").map(RawValue::get).unwrap_or_default();
    let positions: Vec<&RawValue> = match (kind, part(&parts, "coordinates"), part(&parts, "geometries")) {
        ("\"Point\"", Some(position), _) => vec![position],
        ("\"MultiPoint\"", Some(list), _) => match serde_json::from_str(list.get()) {
            Ok(list) => list,
            Err(_) => return NO_POINT,
        },
        ("\"GeometryCollection\"", _, Some(list)) => {
            let list: Vec<&RawValue> = serde_json::from_str(list.get()).unwrap_or_default();
            return match list[..] {
                [only] if !only.get().contains("GeometryCollection") => match point(only) {
                    Point::One(position, _) => {
                        Point::One(position, Some("a collection of one point; read as the point"))
                    }
                    none @ Point::None(_) => none,
                },
                _ => NO_POINT,
            };
        }
        _ => return NO_POINT,
    };
    let mut read = positions.into_iter().map(position);
    let Some(Some((first, is_text))) = read.next() else { return NO_POINT };
    if !read.all(|other| other.is_some_and(|(other, _)| other == first)) {
        return Point::None("the geometry holds several points, expected one");
    }
    let remark = match kind {
        "\"Point\"" if !is_text => None,
        "\"Point\"" => Some("coordinates written as texts; read as numbers"),
        _ => Some("a list of one point; read as the point"),
    };
    Point::One(first, remark)
}

/// The first two numbers of a position, and whether they were written as texts.
fn position(raw: &RawValue) -> Option<([String; 2], bool)> {
    let numbers: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
    let [lon, lat, ..] = numbers[..] else { return None };
    let is_text = lon.get().starts_with('"');
    let number = |raw: &RawValue| {
        let text = scalar(raw, "geometry").ok().flatten()?;
        let is_number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && text.parse::<f64>().is_ok();
        is_number.then_some(text)
    };
    Some(([number(lon)?, number(lat)?], is_text))
}
