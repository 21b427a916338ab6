//! Contours as SVG paths: snapped to a grid, so that neighbours still share their border, and written in whole numbers.

use std::fmt::Write;

use crate::maps::shapes::Shape;
use crate::maps::world::World;

/// Area, in square units, below which a territory has no room for a number.
const ROOM: i64 = 900;
/// Side of the dot that stands for a territory too small to draw.
const DOT: i32 = 3;

/// A rectangle of the world, drawn on a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    west: f64,
    north: f64,
    scale: f64,
    /// Width of the drawing, in units of its grid.
    pub width: u32,
    /// Height of the drawing.
    pub height: u32,
}

/// A contour, drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The `d` of a `path`.
    pub d: String,
    /// Where a number can stand, if there is room for one.
    pub label: Option<(i32, i32)>,
}

/// Units from the west and north sides.
pub type Point = (i32, i32);

impl Window {
    /// The smallest window around some shapes, its longer side of so many units. `None` without a shape.
    #[must_use]
    pub fn around<'s>(shapes: impl Iterator<Item = &'s Shape> + Clone, longest: u32) -> Option<Self> {
        let corner = |pick: fn(&World) -> u32, index: usize| shapes.clone().map(move |s| pick(&s.around[index]));
        let (west, east) = (corner(|w| w.x, 0).min()?, corner(|w| w.x, 1).max()?);
        let (north, south) = (corner(|w| w.y, 0).min()?, corner(|w| w.y, 1).max()?);
        let (wide, high) = (f64::from(east - west), f64::from(south - north));
        let scale = f64::from(longest) / wide.max(high).max(1.0);
        let side = |length: f64| (length * scale).ceil().max(1.0) as u32;
        Some(Self { west: f64::from(west), north: f64::from(north), scale, width: side(wide), height: side(high) })
    }

    /// Where a place falls on the grid; outside of the window for one beyond its sides.
    #[must_use]
    pub fn snap(&self, place: World) -> Point {
        let to_grid = |place: u32, edge: f64| ((f64::from(place) - edge) * self.scale).round() as i32;
        (to_grid(place.x, self.west), to_grid(place.y, self.north))
    }

    /// Draws a shape; one that vanishes between two lines of the grid stays as a dot.
    #[must_use]
    pub fn draw(&self, shape: &Shape) -> Outline {
        let mut d = String::new();
        let mut largest: (i64, Vec<Point>) = (0, Vec::new());
        for polygon in &shape.polygons {
            for (rank, ring) in polygon.iter().enumerate() {
                let ring = corners(ring.iter().map(|place| self.snap(*place)));
                let area = twice_area(&ring).abs();
                if area == 0 {
                    if rank == 0 {
                        break; // Its holes are holes in nothing.
                    }
                    continue;
                }
                write_ring(&mut d, &ring);
                if rank == 0 && area > largest.0 {
                    largest = (area, ring);
                }
            }
        }
        if d.is_empty()
            && let Some(place) = shape.polygons.iter().flatten().flatten().next()
        {
            let (x, y) = self.snap(*place);
            let _ = write!(d, "M{} {}h{DOT}v{DOT}h-{DOT}z", x - DOT / 2, y - DOT / 2);
        }
        Outline { d, label: label(&largest.1, largest.0) }
    }
}

/// The points where a ring turns: repeated points and those on a straight run are left out, which changes no border.
fn corners(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut ring: Vec<Point> = Vec::new();
    for point in points {
        if ring.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = ring[..]
            && turn(before, last, point) == 0
            && (last.0 - before.0).signum() == (point.0 - last.0).signum()
            && (last.1 - before.1).signum() == (point.1 - last.1).signum()
        {
            ring.pop();
        }
        ring.push(point);
    }
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

fn turn(a: Point, b: Point, c: Point) -> i64 {
    let step = |from: Point, to: Point| (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
    let ((x1, y1), (x2, y2)) = (step(a, b), step(b, c));
    x1 * y2 - x2 * y1
}

fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

fn cross((a, b): (Point, Point)) -> i64 {
    i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)
}

fn twice_area(ring: &[Point]) -> i64 {
    sides(ring).map(cross).sum()
}

fn write_ring(d: &mut String, ring: &[Point]) {
    let _ = write!(d, "M{} {}l", ring[0].0, ring[0].1);
    for pair in ring.windows(2) {
        let (x, y) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        // A minus sign separates as well as a space does.
        let gap = |number: i32| if number < 0 { "" } else { " " };
        let _ = write!(d, "{}{x}{}{y}", gap(x), gap(y));
    }
    d.push('z');
}

/// The centroid of the largest ring, when the ring is large and holds it.
fn label(ring: &[Point], twice: i64) -> Option<Point> {
    if twice / 2 < ROOM {
        return None;
    }
    let sum = |axis: fn(Point) -> i32| -> i64 {
        sides(ring).map(|(a, b)| i64::from(axis(a) + axis(b)) * cross((a, b))).sum()
    };
    let signed = twice_area(ring);
    let centre = ((sum(|p| p.0) / (3 * signed)) as i32, (sum(|p| p.1) / (3 * signed)) as i32);
    holds(ring, centre).then_some(centre)
}

/// Whether a ring holds a point, by the number of sides to its east.
fn holds(ring: &[Point], (x, y): Point) -> bool {
    let to_the_east = |(a, b): &(Point, Point)| {
        (a.1 > y) != (b.1 > y)
            && f64::from(x) < f64::from(b.0 - a.0) * f64::from(y - a.1) / f64::from(b.1 - a.1) + f64::from(a.0)
    };
    sides(ring).filter(to_the_east).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(rings: &[&[(u32, u32)]]) -> Shape {
        let ring = |ring: &&[(u32, u32)]| ring.iter().map(|&(x, y)| World { x, y }).collect::<Vec<World>>();
        let polygon: Vec<Vec<World>> = rings.iter().map(ring).collect();
        let points = || polygon.iter().flatten();
        let low = World { x: points().map(|p| p.x).min().unwrap(), y: points().map(|p| p.y).min().unwrap() };
        let high = World { x: points().map(|p| p.x).max().unwrap(), y: points().map(|p| p.y).max().unwrap() };
        Shape { row: 0, discs: false, around: [low, high], polygons: vec![polygon] }
    }

    #[test]
    fn a_square_is_four_corners_and_has_room_for_a_number() {
        let square = shape(&[&[(0, 0), (500, 0), (1_000, 0), (1_000, 1_000), (0, 1_000)]]);
        let window = Window::around([&square].into_iter(), 100).unwrap();
        assert_eq!((window.width, window.height), (100, 100));
        let outline = window.draw(&square);
        assert_eq!(outline.d, "M0 0l 100 0 0 100-100 0z");
        assert_eq!(outline.label, Some((50, 50)));
    }

    #[test]
    fn neighbours_draw_the_border_they_share_alike() {
        let west = shape(&[&[(0, 0), (333, 1), (341, 497), (337, 1_000), (0, 1_000)]]);
        let east = shape(&[&[(333, 1), (1_000, 0), (1_000, 1_000), (337, 1_000), (341, 497)]]);
        let window = Window::around([&west, &east].into_iter(), 60).unwrap();
        let snapped = [(333, 1), (341, 497), (337, 1_000)].map(|(x, y)| window.snap(World { x, y }));
        for shape in [&west, &east] {
            let drawn: Vec<Point> = shape.polygons[0][0].iter().map(|place| window.snap(*place)).collect();
            assert!(snapped.iter().all(|corner| drawn.contains(corner)));
        }
    }

    #[test]
    fn what_is_too_small_to_draw_stays_as_a_dot() {
        let large = shape(&[&[(0, 0), (100_000, 0), (100_000, 100_000)]]);
        let tiny = shape(&[&[(50_000, 10), (50_001, 10), (50_001, 11)]]);
        let window = Window::around([&large, &tiny].into_iter(), 100).unwrap();
        let outline = window.draw(&tiny);
        assert!(outline.d.starts_with('M') && outline.d.ends_with('z'), "{}", outline.d);
        assert_eq!(outline.label, None);
    }

    #[test]
    fn the_number_of_a_crescent_does_not_stand_outside_it() {
        let crescent = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 90), (90, 90), (90, 10), (0, 10)];
        assert_eq!(label(&crescent, twice_area(&crescent).abs()), None);
    }
}
