//! What a row says of where somebody is, on what basis we believe it, or why we cannot.

use std::fmt;

use super::number::number;
use crate::domain::{Degrees, Position, PositionError};

/// The fields of a row that may place it, as text; empty when the file has no such column.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clues<'a> {
    /// Degrees east, a point or a comma before the decimals.
    pub longitude: &'a [u8],
    /// Degrees north, likewise.
    pub latitude: &'a [u8],
    /// Code of the commune.
    pub commune: &'a [u8],
    /// Postal code.
    pub postcode: &'a [u8],
}

/// What a row was placed by, from the most to the least precise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Its own longitude and latitude.
    Position,
    /// The point of its commune.
    Commune,
    /// The point of its postal code.
    Postcode,
}

impl Basis {
    /// The word in the output column; `far` of a venue that is the nearest and not near.
    #[must_use]
    pub fn told(self, far: bool) -> &'static str {
        match (self, far) {
            (Self::Position, false) => "position",
            (Self::Commune, false) => "commune",
            (Self::Postcode, false) => "postcode",
            (Self::Position, true) => "far:position",
            (Self::Commune, true) => "far:commune",
            (Self::Postcode, true) => "far:postcode",
        }
    }
}

/// Why a row has no nearest venue. The text follows `unknown:` in the output column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unplaced<'a> {
    /// Every clue is empty.
    NoClue,
    /// One of the two numbers is there, the other, named here, is not.
    Missing(&'static str),
    /// The number named here is no number.
    NotANumber(&'static str, &'a [u8]),
    /// The position is abroad.
    OutsideFrance,
    /// The position would be in France with its numbers the other way round.
    Swapped,
    /// The numbers are no degrees but metres in the projection of the national maps.
    Lambert93,
    /// The numbers are no degrees at all.
    OffTheGlobe,
    /// No commune has this code.
    UnknownCommune(&'a [u8]),
    /// No commune has this postal code.
    UnknownPostcode(&'a [u8]),
    /// The row is not as wide as the header.
    FieldCount {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// There is no venue to be near to.
    NoVenue,
}

impl fmt::Display for Unplaced<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NoClue => write!(f, "no position, commune or postcode"),
            Self::Missing(which) => write!(f, "{which} is empty"),
            Self::NotANumber(which, text) => write!(f, "{which} {} is not a number", Excerpt(text)),
            Self::OutsideFrance => write!(f, "outside France"),
            Self::Swapped => write!(f, "longitude comes first"),
            Self::Lambert93 => write!(f, "metres in Lambert-93, expected degrees"),
            Self::OffTheGlobe => write!(f, "not on Earth, expected degrees"),
            Self::UnknownCommune(code) => write!(f, "commune {}", Excerpt(code)),
            Self::UnknownPostcode(code) => write!(f, "postcode {}", Excerpt(code)),
            Self::FieldCount { found: 1, expected } => write!(f, "row has 1 field, expected {expected}"),
            Self::FieldCount { found, expected } => write!(f, "row has {found} fields, expected {expected}"),
            Self::NoVenue => write!(f, "no venue"),
        }
    }
}

/// The beginning of a field, on one line.
struct Excerpt<'a>(&'a [u8]);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = String::from_utf8_lossy(self.0);
        let mut shown = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        shown.by_ref().take(30).try_for_each(|c| write!(f, "{c}"))?;
        if shown.next().is_some() { write!(f, "…") } else { Ok(()) }
    }
}

/// The position that two fields spell; `None` when both are empty.
pub(super) fn position<'a>(longitude: &'a [u8], latitude: &'a [u8]) -> Option<Result<Position, Unplaced<'a>>> {
    match (longitude.is_empty(), latitude.is_empty()) {
        (true, true) => return None,
        (true, false) => return Some(Err(Unplaced::Missing("longitude"))),
        (false, true) => return Some(Err(Unplaced::Missing("latitude"))),
        (false, false) => {}
    }
    let Some(lon) = number(longitude) else { return Some(Err(Unplaced::NotANumber("longitude", longitude))) };
    let Some(lat) = number(latitude) else { return Some(Err(Unplaced::NotANumber("latitude", latitude))) };
    Some(Position::in_france(Degrees { lon, lat }).map_err(|error| match error {
        PositionError::OutsideFrance(_) => Unplaced::OutsideFrance,
        PositionError::Swapped(_) => Unplaced::Swapped,
        PositionError::OffTheGlobe(_) if is_lambert93(lon, lat) || is_lambert93(lat, lon) => Unplaced::Lambert93,
        PositionError::OffTheGlobe(_) => Unplaced::OffTheGlobe,
    }))
}

/// Whether two numbers look like metres in the projection of the national maps (extent of EPSG:2154, rounded outwards).
fn is_lambert93(east: f64, north: f64) -> bool {
    (0.0..=1_300_000.0).contains(&east) && (6_000_000.0..=7_200_000.0).contains(&north)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bad_position_has_its_reason() {
        let reason = |lon: &str, lat: &str| {
            let placed = position(lon.as_bytes(), lat.as_bytes()).expect("not empty");
            placed.expect_err("a bad position").to_string()
        };
        assert_eq!(reason("48.8566", "2.3522"), "longitude comes first");
        assert_eq!(reason("-3.7", "40.4"), "outside France");
        assert_eq!(reason("652469.02", "6862035.26"), "metres in Lambert-93, expected degrees");
        assert_eq!(reason("NaN", "48.8"), "not on Earth, expected degrees");
        assert_eq!(reason("1e400", "48.8"), "not on Earth, expected degrees");
        assert_eq!(reason("", "48.8"), "longitude is empty");
        assert_eq!(reason("2.3", "n/a"), "latitude n/a is not a number");
        assert!(position(b"", b"").is_none());
    }
}
