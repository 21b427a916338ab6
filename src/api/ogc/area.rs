//! `bbox` in the system that `bbox-crs` names: a box of degrees, or one of metres, which is no box of degrees.

use geo::{BoundingRect, Intersects, LineString, Polygon, Rect};

use super::crs::{Crs, Written};
use crate::api::bounds::Bounds;
use crate::features::Geometry;
use crate::http::params::Query;
use crate::http::problem::Problem;

/// Points put on each edge of a box of metres before it is drawn in degrees: its edges are curves there.
const STEPS: u32 = 32;
/// How far, in degrees, a curve may bulge between two of those points.
const BULGE: f64 = 0.01;

/// The ground that is asked for.
#[derive(Debug)]
pub struct Area {
    /// A box of degrees that holds it.
    around: Bounds,
    /// The box itself where it is one of metres.
    planar: Option<Planar>,
}

#[derive(Debug)]
struct Planar {
    written: Written,
    sides: Rect,
    outline: Polygon,
}

impl Area {
    /// Reads `bbox` and `bbox-crs`.
    ///
    /// # Errors
    /// 400 unless there are four or six numbers in the order of the system, the lower corner first, somewhere on Earth.
    pub fn parse(query: &Query) -> Result<Option<Self>, Problem> {
        let crs = Crs::parse(query, "bbox-crs")?;
        let Some(mut numbers) = query.numbers("bbox")? else { return Ok(None) };
        if crs.is_planar() {
            return Self::planar(query, crs, &numbers).map(Some);
        }
        if crs.north_first() {
            let half = numbers.len() / 2;
            numbers.swap(0, 1);
            if numbers.len() >= 4 {
                numbers.swap(half, half + 1);
            }
        }
        Ok(Some(Self { around: Bounds::read(query, "bbox", &numbers)?, planar: None }))
    }

    fn planar(query: &Query, crs: &Crs, numbers: &[f64]) -> Result<Self, Problem> {
        let refuse = |detail: String| {
            let value = query.text("bbox").unwrap_or_default();
            Problem::parameter("invalid-bbox", "bbox", value, detail)
        };
        let (low, high) = match *numbers {
            [a, b, c, d] | [a, b, _, c, d, _] => ([a, b], [c, d]),
            _ => {
                let got = numbers.len();
                return Err(refuse(format!("`bbox` takes four numbers, or six with heights; got {got}")));
            }
        };
        if low[0] > high[0] || low[1] > high[1] {
            return Err(refuse("the lower corner comes first, then the upper one".into()));
        }
        let sides = Rect::new((low[0], low[1]), (high[0], high[1]));
        let written = crs.written();
        let ring: Option<Vec<[f64; 2]>> = edge(sides).map(|pair| written.back(pair)).collect();
        let outline = ring.map(|ring| Polygon::new(LineString::from(ring), Vec::new()));
        let drawn = outline.and_then(|outline| outline.bounding_rect().map(|around| (outline, around)));
        let Some((outline, around)) = drawn else {
            return Err(refuse("this box lies where the reference system names no place".into()));
        };
        let around = Bounds {
            west: around.min().x - BULGE,
            south: around.min().y - BULGE,
            east: around.max().x + BULGE,
            north: around.max().y + BULGE,
        };
        Ok(Self { around, planar: Some(Planar { written, sides, outline }) })
    }

    /// Whether a geometry, of which `bounds` is the box in degrees, shares a point with it. Edges belong to it.
    #[must_use]
    pub fn touch(&self, bounds: &Rect, geometry: &Geometry<'_>) -> bool {
        self.around.touch(bounds, geometry)
            && self.planar.as_ref().is_none_or(|planar| match geometry {
                Geometry::Nowhere => false,
                Geometry::Point(position) => {
                    let pair = planar.written.forward(position.lon(), position.lat());
                    pair.is_some_and(|[first, second]| planar.sides.intersects(&geo::Point::new(first, second)))
                }
                Geometry::Area(area) => area.intersects(&planar.outline),
            })
    }
}

/// The points along the four edges of a box, once around.
fn edge(sides: Rect) -> impl Iterator<Item = [f64; 2]> {
    let corners = [
        [sides.min().x, sides.min().y],
        [sides.max().x, sides.min().y],
        [sides.max().x, sides.max().y],
        [sides.min().x, sides.max().y],
    ];
    (0..4).flat_map(move |side| {
        let (from, to) = (corners[side], corners[(side + 1) % 4]);
        (0..STEPS).map(move |step| {
            let along = f64::from(step) / f64::from(STEPS);
            [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along]
        })
    })
}
