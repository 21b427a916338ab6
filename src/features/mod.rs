//! The only writer of `GeoJSON` (RFC 7946): longitude first, six decimals, outer rings counter-clockwise.
//!
//! Bytes are written straight into the answer: building a tree of JSON values first costs more than the search itself.

use std::borrow::Cow;
use std::io::Write;

use geo::winding_order::WindingOrder;
use geo::{LineString, MultiPolygon, Winding};

use crate::domain::Position;

/// Decimals of a degree: 11 cm on the ground.
const PLACES: u32 = 6;

/// A property of a feature. What is unknown is `null`, never a default.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nobody said.
    Unknown,
    /// A text, a code, a day.
    Text(Cow<'a, str>),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// A number of things.
    Integer(u64),
    /// A measure.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Unknown, Self::from)
    }
}

/// How several texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// As a JSON array.
    Array,
    /// As a JSON array, `null` when it is empty: GDAL and QGIS guess types from the first features, and nothing can be
    /// guessed from an empty array.
    ArrayOrNull,
}

/// Where a feature is.
#[derive(Debug, Clone)]
pub enum Geometry<'a> {
    /// Not known.
    Nowhere,
    /// At a point.
    Point(Position),
    /// Ground.
    Area(&'a MultiPolygon),
}

/// Writes a JSON text.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        serde_json::to_writer(out, text).expect("a text is always JSON, and a vector takes every byte");
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Writes a number rounded to some decimals, without zeros at its end.
pub fn write_decimal(out: &mut Vec<u8>, number: f64, places: u32) {
    let scale = 10_i64.pow(places);
    let scaled = (number * scale as f64).round() as i64;
    if scaled < 0 {
        out.push(b'-');
    }
    let (whole, fraction) =
        (scaled.unsigned_abs() / scale.unsigned_abs(), scaled.unsigned_abs() % scale.unsigned_abs());
    write_digits(out, whole, 1);
    if fraction > 0 {
        out.push(b'.');
        write_digits(out, fraction, places as usize);
        out.truncate(out.trim_ascii_zeros());
    }
}

trait TrimZeros {
    fn trim_ascii_zeros(&self) -> usize;
}

impl TrimZeros for Vec<u8> {
    /// Length once the zeros at the end are gone.
    fn trim_ascii_zeros(&self) -> usize {
        self.iter().rposition(|byte| *byte != b'0').map_or(0, |last| last + 1)
    }
}

/// Writes at least `width` digits, zeros first.
fn write_digits(out: &mut Vec<u8>, mut number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    while number > 0 || digits.len() - start < width {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.extend_from_slice(&digits[start..]);
}

/// Writes a property's value.
pub fn write_value(out: &mut Vec<u8>, value: &Value<'_>, lists: Lists) {
    match value {
        Value::Unknown => out.extend_from_slice(b"null"),
        Value::Text(text) => write_text(out, text),
        Value::List(texts) if lists == Lists::ArrayOrNull && texts.is_empty() => out.extend_from_slice(b"null"),
        Value::List(texts) => write_array(out, texts.iter(), |out, text| write_text(out, text)),
        Value::Integer(number) => write!(out, "{number}").expect("a vector takes every byte"),
        // Shortest text that reads back equal; always with a decimal mark, so that clients see a real number.
        Value::Number(number) => serde_json::to_writer(out, number).expect("a vector takes every byte"),
        Value::Flag(true) => out.extend_from_slice(b"true"),
        Value::Flag(false) => out.extend_from_slice(b"false"),
    }
}

/// Writes `[…]`.
pub fn write_array<T>(out: &mut Vec<u8>, items: impl Iterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (i, item) in items.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}

/// Writes `"key":`, after a comma unless it is the first of its object.
pub fn write_key(out: &mut Vec<u8>, key: &str) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    write_text(out, key);
    out.push(b':');
}

/// Writes `[lon,lat]`.
pub fn write_position(out: &mut Vec<u8>, position: Position) {
    write_pair(out, [position.lon(), position.lat()], PLACES);
}

fn write_pair(out: &mut Vec<u8>, [first, second]: [f64; 2], places: u32) {
    out.push(b'[');
    write_decimal(out, first, places);
    out.push(b',');
    write_decimal(out, second, places);
    out.push(b']');
}

/// How positions are written: in degrees unless told otherwise.
#[derive(Clone, Copy)]
pub struct Coordinates<'a> {
    /// From longitude and latitude to the two numbers written, in their order; `None` where they cannot be told.
    pub of: &'a dyn Fn(f64, f64) -> Option<[f64; 2]>,
    /// Decimals of both.
    pub places: u32,
}

impl Coordinates<'static> {
    /// Longitude, latitude.
    pub const DEGREES: Self = Self { of: &|lon, lat| Some([lon, lat]), places: PLACES };
}

impl std::fmt::Debug for Coordinates<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Coordinates").field("places", &self.places).finish_non_exhaustive()
    }
}

/// Writes a geometry, `null` for nowhere.
pub fn write_geometry(out: &mut Vec<u8>, geometry: &Geometry<'_>) {
    write_geometry_in(out, geometry, Coordinates::DEGREES);
}

/// The same in other coordinates; `null` too for what they cannot tell.
pub fn write_geometry_in(out: &mut Vec<u8>, geometry: &Geometry<'_>, coordinates: Coordinates<'_>) {
    let start = out.len();
    if write_told(out, geometry, coordinates).is_none() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

fn write_told(out: &mut Vec<u8>, geometry: &Geometry<'_>, coordinates: Coordinates<'_>) -> Option<()> {
    match geometry {
        Geometry::Point(position) => {
            out.extend_from_slice(br#"{"type":"Point","coordinates":"#);
            write_pair(out, (coordinates.of)(position.lon(), position.lat())?, coordinates.places);
            out.push(b'}');
        }
        Geometry::Area(area) if !area.0.is_empty() => {
            let mut told = Some(());
            out.extend_from_slice(br#"{"type":"MultiPolygon","coordinates":"#);
            write_array(out, area.iter(), |out, polygon| {
                let outer = std::iter::once((polygon.exterior(), WindingOrder::CounterClockwise));
                let holes = polygon.interiors().iter().map(|hole| (hole, WindingOrder::Clockwise));
                write_array(out, outer.chain(holes), |out, (ring, order)| {
                    told = told.and(write_ring(out, ring, order, coordinates));
                });
            });
            told?;
            out.push(b'}');
        }
        Geometry::Nowhere | Geometry::Area(_) => out.extend_from_slice(b"null"),
    }
    Some(())
}

/// Writes a feature up to the first of its properties.
pub fn open_feature(out: &mut Vec<u8>, id: &str, geometry: &Geometry<'_>) {
    open_feature_in(out, id, geometry, Coordinates::DEGREES);
}

/// The same in other coordinates.
pub fn open_feature_in(out: &mut Vec<u8>, id: &str, geometry: &Geometry<'_>, coordinates: Coordinates<'_>) {
    out.extend_from_slice(br#"{"type":"Feature","id":"#);
    write_text(out, id);
    out.extend_from_slice(br#","geometry":"#);
    write_geometry_in(out, geometry, coordinates);
    out.extend_from_slice(br#","properties":{"#);
}

/// Writes a ring in the order that is asked (RFC 7946, 3.1.6), whichever way it runs.
fn write_ring(out: &mut Vec<u8>, ring: &LineString, order: WindingOrder, coordinates: Coordinates<'_>) -> Option<()> {
    let mut told = Some(());
    let pair = |out: &mut Vec<u8>, coord: &geo::Coord| match (coordinates.of)(coord.x, coord.y) {
        Some(pair) => write_pair(out, pair, coordinates.places),
        None => told = None,
    };
    if ring.winding_order().is_none_or(|found| found == order) {
        write_array(out, ring.coords(), pair);
    } else {
        write_array(out, ring.coords().rev(), pair);
    }
    told
}

#[cfg(test)]
mod tests;
