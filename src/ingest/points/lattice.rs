//! A lattice of small squares inside the contour of a commune, in metres around its centre.

use std::collections::BTreeMap;

use geo::{Contains, InteriorPoint, LineString, MultiPolygon, Point};

use crate::domain::{Degrees, Position};
use crate::ingest::squares::{Joined, Rule, Sample, rounded};

/// Sides of the squares of the lattice, in metres: four minutes on foot.
pub const STEP_M: f64 = 250.0;
/// Squares join into squares of at most two to this power of them on a side: 2 km.
const LEVELS: u32 = 3;
/// Metres in a degree of latitude, on the sphere of the house.
const METRES_PER_DEGREE: f64 = 111_195.0;

/// Metres east and north of an origin: good for the width of a commune.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    origin: Position,
    east: f64,
}

impl Plane {
    /// A plane around a place.
    pub fn around(origin: Position) -> Self {
        Self { origin, east: METRES_PER_DEGREE * origin.lat().to_radians().cos() }
    }

    /// Degrees to metres.
    pub fn metres(&self, lon: f64, lat: f64) -> [f64; 2] {
        [(lon - self.origin.lon()) * self.east, (lat - self.origin.lat()) * METRES_PER_DEGREE]
    }

    /// Metres to degrees.
    pub fn degrees(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.origin.lon() + x / self.east, self.origin.lat() + y / METRES_PER_DEGREE]
    }
}

/// The squares whose middle lies inside a contour.
#[derive(Debug)]
pub struct Lattice {
    /// The plane they lie in; its origin is the middle of one of them.
    pub plane: Plane,
    /// Row by row.
    pub samples: Vec<Sample>,
}

impl Lattice {
    /// Between the first and the second crossing of a row with the contour is inside, and so on (even-odd rule).
    pub fn inside(contour: &MultiPolygon, centre: Position) -> Self {
        let plane = Plane::around(centre);
        let mut rows: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
        let rings = contour.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        for line in rings.flat_map(LineString::lines) {
            let ([x1, y1], [x2, y2]) = (plane.metres(line.start.x, line.start.y), plane.metres(line.end.x, line.end.y));
            // A row belongs to an edge from its lower end on, its upper end excluded: each crossing counts once.
            let rows_of = (y1.min(y2) / STEP_M).ceil() as i32..(y1.max(y2) / STEP_M).ceil() as i32;
            for row in rows_of {
                let y = f64::from(row) * STEP_M;
                rows.entry(row).or_default().push(x1 + (x2 - x1) * (y - y1) / (y2 - y1));
            }
        }
        let mut samples = Vec::new();
        for (row, mut crossings) in rows {
            crossings.sort_by(f64::total_cmp);
            for ends in crossings.chunks_exact(2) {
                let columns = (ends[0] / STEP_M).ceil() as i32..=(ends[1] / STEP_M).floor() as i32;
                samples.extend(columns.map(|column| Sample { at: [column, row], persons: 0.0 }));
            }
        }
        Self { plane, samples }
    }

    /// Metres east and north of the centre.
    pub fn metres(sample: &Sample) -> [f64; 2] {
        sample.at.map(|steps| f64::from(steps) * STEP_M)
    }

    /// Joins squares: one of two kilometres is divided as long as it holds more than `most` persons. The centre of the
    /// commune is in the middle of one of these.
    pub fn squares(&self, most: f64) -> Vec<Joined> {
        let rule = Rule { side_m: STEP_M, levels: LEVELS, offset: 1 << (LEVELS - 1), most };
        rule.join(self.samples.iter().copied())
    }

    /// The middle of a square, rounded to 0.00001°, a metre.
    pub fn position(&self, square: &Joined) -> Option<Position> {
        let [lon, lat] = self.plane.degrees(square.at.map(|steps| f64::from(steps) * STEP_M)).map(rounded);
        Position::new(Degrees { lon, lat }).ok()
    }
}

/// A position inside a contour: the one that is wished, or one in its middle.
pub fn inside_of(contour: &MultiPolygon, wished: Position) -> Position {
    if contour.contains(&Point::new(wished.lon(), wished.lat())) {
        return wished;
    }
    let inside = contour.interior_point();
    inside.and_then(|at| Position::new(Degrees { lon: at.x(), lat: at.y() }).ok()).unwrap_or(wished)
}
