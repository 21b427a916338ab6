//! Squares of statistical grids: which projection, how wide, and where on Earth.

use crate::domain::{Degrees, Position};
use crate::spatial::projection::{self, Projection};

/// Projections of the grids of INSEE, by EPSG code (registry of the IOGP; *Données carroyées : documentation*, INSEE,
/// 2022). Europe is the grid of INSPIRE (regulation EU 1089/2010, annex II.2); overseas each territory has its own.
const PROJECTIONS: [(u32, &str); 6] = [
    (3035, projection::LAEA_EUROPE),
    (2975, projection::REUNION),
    (5490, projection::ANTILLES),
    (2972, projection::GUYANE),
    (4471, projection::MAYOTTE),
    (4467, projection::SAINT_PIERRE_ET_MIQUELON),
];

/// A square in metres of its projection. An id such as `CRS3035RES1000mN2341000E3842000` holds all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Square {
    /// EPSG code.
    pub crs: u32,
    /// Length of the sides.
    pub side: u32,
    /// Northing and easting of the south-west corner.
    pub north: u32,
    pub east: u32,
}

impl Square {
    /// Reads an id.
    pub fn parse(id: &str) -> Option<Self> {
        let (crs, rest) = id.strip_prefix("CRS")?.split_once("RES")?;
        let (side, corner) = rest.split_once("mN")?;
        let (north, east) = corner.split_once('E')?;
        let whole = |text: &str| -> Option<u32> {
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        };
        let square = Self { crs: whole(crs)?, side: whole(side)?, north: whole(north)?, east: whole(east)? };
        ((1..=100_000).contains(&square.side) && PROJECTIONS.iter().any(|(crs, _)| *crs == square.crs))
            .then_some(square)
    }
}

/// From metres of the grids to degrees.
pub struct Projections(Vec<(u32, Projection)>);

impl Projections {
    pub fn new() -> Self {
        Self(PROJECTIONS.map(|(crs, definition)| (crs, Projection::new(definition))).into())
    }

    /// The centre of a square.
    pub fn centre(&self, square: Square) -> Option<Position> {
        let half = f64::from(square.side) / 2.0;
        self.at(square.crs, f64::from(square.east) + half, f64::from(square.north) + half)
    }

    /// A place in metres east and north.
    pub fn at(&self, crs: u32, east: f64, north: f64) -> Option<Position> {
        let (_, projection) = self.0.iter().find(|(known, _)| *known == crs)?;
        let [lon, lat] = projection.degrees([east, north])?;
        Position::in_france(Degrees { lon, lat }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_read_from_its_id_and_nothing_else() {
        let square = Square { crs: 3035, side: 200, north: 2_891_800, east: 3_770_600 };
        assert_eq!(Square::parse("CRS3035RES200mN2891800E3770600"), Some(square));
        let bad = [
            "",
            "CRS3035RES200m",
            "CRS2154RES200mN1E1",
            "CRS3035RES0mN1E1",
            "CRS3035RES200mN1E-1",
            "CRS3035RES2mN1E1x",
        ];
        bad.iter().for_each(|bad| assert_eq!(Square::parse(bad), None, "{bad}"));
    }

    #[test]
    fn the_projection_agrees_with_published_points() {
        // IOGP Guidance Note 7-2 (2019), example of Lambert azimuthal equal area: 50° N, 5° E.
        // It is in Belgium: what is farther from France than its outline has no place here, so the plane is asked itself.
        let projections = Projections::new();
        let (_, projection) = projections.0.iter().find(|(crs, _)| *crs == 3035).unwrap();
        let [lon, lat] = projection.degrees([3_962_799.45, 2_999_718.85]).unwrap();
        assert!((lon - 5.0).abs() < 1e-7 && (lat - 50.0).abs() < 1e-7, "{lon} {lat}");
    }

    #[test]
    fn squares_of_bondy_and_of_the_islands_are_where_they_should_be() {
        let centre = |id: &str| Projections::new().centre(Square::parse(id).unwrap()).unwrap();
        let near = |at: Position, lon: f64, lat: f64| (at.lon() - lon).abs() < 0.05 && (at.lat() - lat).abs() < 0.05;
        assert!(near(centre("CRS3035RES200mN2892000E3770800"), 2.48, 48.90));
        // Saint-Denis de La Réunion and Fort-de-France, from their town halls.
        assert!(
            near(centre("CRS2975RES200mN7689000E338800"), 55.45, -20.88),
            "{:?}",
            centre("CRS2975RES200mN7689000E338800")
        );
        assert!(
            near(centre("CRS5490RES200mN1615000E707400"), -61.07, 14.60),
            "{:?}",
            centre("CRS5490RES200mN1615000E707400")
        );
    }
}
