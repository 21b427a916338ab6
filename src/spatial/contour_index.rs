//! Which contour holds a position: boxes in an R-tree, then point in polygon, holes respected.

use std::sync::Arc;

use geo::{BoundingRect, Coord, Intersects, LineString, MultiPolygon, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::domain::{Metres, Position};

/// A contour in longitude and latitude, held once however many tables and indexes it stands in: those of France take 21 MB.
pub type Contour = Arc<MultiPolygon>;

/// Contours in longitude and latitude, each named by an ordinal. Built once, then only read.
#[derive(Debug, Clone)]
pub struct ContourIndex<Ix> {
    /// Sorted by ordinal.
    contours: Vec<(Ix, Contour)>,
    /// The box of each contour, and its rank in `contours`.
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl<Ix: Copy + Ord> ContourIndex<Ix> {
    /// Indexes contours given by ordinal. An empty contour holds nothing and is at no distance.
    #[must_use]
    pub fn new(mut contours: Vec<(Ix, Contour)>) -> Self {
        contours.retain(|(_, contour)| contour.bounding_rect().is_some());
        contours.sort_by_key(|(ordinal, _)| *ordinal);
        let boxes = contours
            .iter()
            .enumerate()
            .filter_map(|(rank, (_, contour))| {
                let bounds = contour.bounding_rect()?;
                let rectangle = Rectangle::from_corners(bounds.min().into(), bounds.max().into());
                Some(GeomWithData::new(rectangle, rank))
            })
            .collect();
        Self { contours, boxes: RTree::bulk_load(boxes) }
    }

    /// The contour that holds the position, edges included; on a shared border, the lowest ordinal.
    #[must_use]
    pub fn containing(&self, position: Position) -> Option<Ix> {
        let point = Point::new(position.lon(), position.lat());
        let rank = self
            .boxes
            .locate_in_envelope_intersecting(&AABB::from_point(point.into()))
            .map(|candidate| candidate.data)
            .filter(|&rank| self.contours[rank].1.intersects(&point))
            .min()?;
        Some(self.contours[rank].0)
    }

    /// Metres from the position to a contour, zero inside; `None` when no contour has this ordinal.
    ///
    /// Straight lines on the plane that touches the ellipsoid at the position: right to 0.1 % up to 10 km.
    #[must_use]
    pub fn distance_to(&self, ordinal: Ix, position: Position) -> Option<Metres> {
        let rank = self.contours.binary_search_by_key(&ordinal, |(ordinal, _)| *ordinal).ok()?;
        let contour = &self.contours[rank].1;
        if contour.intersects(&Point::new(position.lon(), position.lat())) {
            return Some(Metres::ZERO);
        }
        let plane = LocalPlane::at(position);
        let metres2 = contour
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .map(|ring| plane.distance2_to(ring))
            .fold(f64::INFINITY, f64::min);
        Metres::new(metres2.sqrt())
    }
}

/// Metres east and north of a position, on the plane that touches the ellipsoid there.
struct LocalPlane {
    origin: Position,
    metres_per_lon: f64,
    metres_per_lat: f64,
}

impl LocalPlane {
    /// Radii of curvature of WGS 84 along the parallel and the meridian (Snyder, *Map Projections*, 1987, 4-18, 4-20).
    fn at(origin: Position) -> Self {
        const SEMI_MAJOR_M: f64 = 6_378_137.0;
        const FLATTENING: f64 = 1.0 / 298.257_223_563;
        const ECCENTRICITY2: f64 = FLATTENING * (2.0 - FLATTENING);
        let (sin, cos) = origin.lat().to_radians().sin_cos();
        let w2 = 1.0 - ECCENTRICITY2 * sin * sin;
        let prime_vertical = SEMI_MAJOR_M / w2.sqrt();
        let meridian = prime_vertical * (1.0 - ECCENTRICITY2) / w2;
        let metres_per_lon = (prime_vertical * cos).to_radians();
        Self { origin, metres_per_lon, metres_per_lat: meridian.to_radians() }
    }

    /// Square of the distance from the origin to the nearest point of a ring, in square metres.
    fn distance2_to(&self, ring: &LineString) -> f64 {
        let mut points = ring.coords().map(|&coord| self.project(coord));
        let Some(mut from) = points.next() else { return f64::INFINITY };
        let mut nearest = f64::INFINITY;
        for to in points {
            nearest = nearest.min(distance2_to_segment(from, to));
            from = to;
        }
        nearest
    }

    fn project(&self, Coord { x: lon, y: lat }: Coord) -> [f64; 2] {
        // The short way round, across the antimeridian if need be.
        let east = (lon - self.origin.lon() + 540.0).rem_euclid(360.0) - 180.0;
        [east * self.metres_per_lon, (lat - self.origin.lat()) * self.metres_per_lat]
    }
}

/// Square of the distance from [0, 0] to a segment.
fn distance2_to_segment([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    let [dx, dy] = [bx - ax, by - ay];
    let length2 = dx * dx + dy * dy;
    let along = if length2 > 0.0 { (-(ax * dx + ay * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let [x, y] = [ax + along * dx, ay + along * dy];
    x * x + y * y
}

#[cfg(test)]
mod tests;
