//! A position on the ground: longitude first, always finite, always on Earth.

use std::fmt;

use geo::{Distance, Geodesic, Point};

use super::mainland;
use super::units::Metres;

/// Raw degrees with named fields, so that the axis order cannot be mistaken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}

/// A WGS 84 position. Longitude in [-180, 180], latitude in [-90, 90], both finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    lon: f64,
    lat: f64,
}

/// Why a pair of numbers is not a position in France.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PositionError {
    /// A number is NaN, infinite or beyond the globe.
    OffTheGlobe(Degrees),
    /// A place on Earth, but not in any French territory.
    OutsideFrance(Degrees),
    /// Outside France as given, inside once the two numbers trade places.
    Swapped(Degrees),
}

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OffTheGlobe(d) => write!(
                f,
                "position {},{} is not on Earth; expected longitude in [-180, 180] and latitude in [-90, 90]",
                d.lon, d.lat
            ),
            Self::OutsideFrance(d) => write!(f, "position {},{} is outside every French territory", d.lon, d.lat),
            Self::Swapped(d) => write!(f, "position {},{} is outside France; longitude comes first", d.lon, d.lat),
        }
    }
}

impl std::error::Error for PositionError {}

/// West, south, east, north of each French territory, with a margin of a few kilometres; the mainland has an outline of its own.
/// Source: extents of the communes of COG 2026, rounded outwards.
const FRENCH_TERRITORIES: [[f64; 4]; 14] = [
    [8.4, 41.2, 9.7, 43.2],         // Corse
    [-61.9, 15.7, -60.9, 16.6],     // Guadeloupe
    [-61.3, 14.3, -60.7, 15.0],     // Martinique
    [-54.7, 2.0, -51.5, 5.9],       // Guyane
    [55.1, -21.5, 55.9, -20.8],     // La Réunion
    [44.9, -13.1, 45.4, -12.5],     // Mayotte
    [-56.6, 46.6, -56.0, 47.2],     // Saint-Pierre-et-Miquelon
    [-63.0, 17.8, -62.7, 18.0],     // Saint-Barthélemy
    [-63.2, 18.0, -62.9, 18.2],     // Saint-Martin
    [-178.4, -14.5, -176.0, -13.1], // Wallis-et-Futuna
    [-155.0, -28.0, -134.0, -7.5],  // Polynésie française
    [158.0, -23.0, 168.5, -17.8],   // Nouvelle-Calédonie
    [39.0, -50.5, 78.0, -37.0],     // Terres australes
    [-109.4, 10.2, -109.1, 10.4],   // Clipperton
];

impl Position {
    /// A position anywhere on Earth.
    ///
    /// # Errors
    /// [`PositionError::OffTheGlobe`] when a number is not finite or out of range.
    ///
    /// ```
    /// use mediane::domain::{Degrees, Position};
    /// assert!(Position::in_france(Degrees { lon: 2.3522, lat: 48.8566 }).is_ok());
    /// assert!(Position::in_france(Degrees { lon: 48.8566, lat: 2.3522 }).is_err(), "longitude comes first");
    /// assert!(Position::new(Degrees { lon: 2.3522, lat: f64::NAN }).is_err());
    /// ```
    pub fn new(degrees: Degrees) -> Result<Self, PositionError> {
        let Degrees { lon, lat } = degrees;
        // NaN fails both comparisons, infinities fail one.
        if lon.abs() <= 180.0 && lat.abs() <= 90.0 {
            Ok(Self { lon, lat })
        } else {
            Err(PositionError::OffTheGlobe(degrees))
        }
    }

    /// A position in one of the French territories.
    ///
    /// # Errors
    /// Says whether the pair is off the globe, abroad, or looks swapped.
    pub fn in_france(degrees: Degrees) -> Result<Self, PositionError> {
        let position = Self::new(degrees);
        if let Ok(position) = position
            && position.is_in_france()
        {
            return Ok(position);
        }
        let swapped = Self::new(Degrees { lon: degrees.lat, lat: degrees.lon });
        if swapped.is_ok_and(Self::is_in_france) {
            return Err(PositionError::Swapped(degrees));
        }
        position.and(Err(PositionError::OutsideFrance(degrees)))
    }

    /// Degrees east of Greenwich.
    #[must_use]
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north of the equator.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Whether the position lies in the box of a French territory, or in the outline of the mainland: to some kilometres, and not
    /// to the border.
    #[must_use]
    pub fn is_in_france(self) -> bool {
        mainland::holds(self.lon, self.lat)
            || FRENCH_TERRITORIES.iter().any(|[west, south, east, north]| {
                (*west..=*east).contains(&self.lon) && (*south..=*north).contains(&self.lat)
            })
    }

    /// The position as a point of the unit sphere, `[x, y, z]`.
    #[must_use]
    pub fn unit_vector(self) -> [f64; 3] {
        let (sin_lon, cos_lon) = self.lon.to_radians().sin_cos();
        let (sin_lat, cos_lat) = self.lat.to_radians().sin_cos();
        [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
    }

    /// Length of the shortest path on the WGS 84 ellipsoid (Karney, *Algorithms for geodesics*, 2013).
    #[must_use]
    pub fn geodesic_to(self, other: Position) -> Metres {
        let metres = Geodesic.distance(Point::new(self.lon, self.lat), Point::new(other.lon, other.lat));
        Metres::new(metres).expect("a geodesic between two places on Earth has a finite length")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swapped_position_is_named_as_such() {
        let swapped = Degrees { lon: 48.8566, lat: 2.3522 };
        let error = Position::in_france(swapped).expect_err("Paris with its axes swapped is in the sea off Somalia");
        assert_eq!(error, PositionError::Swapped(swapped));
        assert!(error.to_string().contains("longitude comes first"));
    }

    #[test]
    fn numbers_that_are_no_numbers_are_refused() {
        for bad in [f64::NAN, f64::INFINITY, 181.0] {
            assert!(matches!(Position::in_france(Degrees { lon: bad, lat: 48.0 }), Err(PositionError::OffTheGlobe(_))));
        }
    }

    #[test]
    fn longitude_zero_is_a_place() {
        assert!(Position::in_france(Degrees { lon: 0.0, lat: 49.32 }).is_ok(), "Villers-sur-Mer lies on the meridian");
    }
}
