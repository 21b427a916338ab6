//! On which land a crossing ends: that of the commune whose contour holds the end, or is nearest to it.

use geo::{Contains, Coord, MultiPolygon, Point};

use crate::access::islands::Landmass;
use crate::domain::{Commune, CommuneCode, Position};
use crate::spatial::PlaceIndex;

/// Communes whose contours are looked at: those with the nearest town halls. The pier that leads to an island may be nearer
/// to the town hall of the island than to its own.
const LOOKED_AT: usize = 12;

/// The land at an end; a commune without a contour is as far as its town hall. `None` without communes.
pub(super) fn land_at<'a>(
    end: Position,
    placed: &[&Commune],
    index: &PlaceIndex<u32>,
    contour: &impl Fn(CommuneCode) -> Option<&'a MultiPolygon>,
) -> Option<Landmass> {
    let near = index.nearest(end).take(LOOKED_AT).map(|nearest| placed[nearest.ordinal as usize]);
    let gaps = near.map(|commune| {
        let to_point = || {
            let (x, y) = commune.point.map_or((f64::INFINITY, 0.0), |at| flat(end, Coord { x: at.lon(), y: at.lat() }));
            x.hypot(y)
        };
        (contour(commune.code).map_or_else(to_point, |contour| gap(end, contour)), commune.code)
    });
    gaps.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, code)| Landmass::of(code))
}

/// Degrees of latitude between a place and a contour, on a plane around the place; 0 inside.
fn gap(at: Position, contour: &MultiPolygon) -> f64 {
    if contour.contains(&Point::new(at.lon(), at.lat())) {
        return 0.0;
    }
    let rings = contour.iter().map(|polygon| &polygon.exterior().0);
    let sides = rings.flat_map(|ring| ring.windows(2)).map(|ends| from_origin(flat(at, ends[0]), flat(at, ends[1])));
    sides.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
}

/// A corner on a plane around a place, in degrees of latitude.
fn flat(at: Position, corner: Coord) -> (f64, f64) {
    ((corner.x - at.lon()) * at.lat().to_radians().cos(), corner.y - at.lat())
}

/// How far the origin is from a side.
fn from_origin((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    let (x, y) = (bx - ax, by - ay);
    let length2 = x * x + y * y;
    let along = if length2 > 0.0 { (-(ax * x + ay * y) / length2).clamp(0.0, 1.0) } else { 0.0 };
    (ax + along * x).hypot(ay + along * y)
}
