//! The polygons that some lines enclose, by walking around each face: nothing is computed, so nothing is rounded.
//!
//! The lines meet only at their ends, an even number at each ([`super::snap`]). A face is a piece of ground in one part; its
//! outer ring and its holes are simple and touch in single places at most, which is what the rules of OGC call valid
//! (*Simple feature access*, 1.2.1, 6.1.11).

use std::cmp::Ordering;
use std::collections::HashSet;

use super::rings::twice_area;
use super::snap::{Line, Pixel};

/// The polygons between lines, which are sorted: the outer ring, clockwise on the screen, then the holes.
#[must_use]
pub fn polygons(lines: &[Line]) -> Vec<Vec<Vec<Pixel>>> {
    let mut polygons: Vec<Vec<Vec<Pixel>>> = Vec::new();
    let mut holes = Vec::new();
    for walk in walks(lines) {
        let mut rings = simple(&walk);
        rings.sort_by_key(|ring| std::cmp::Reverse(twice_area(ring)));
        if twice_area(&rings[0]) > 0 {
            polygons.push(rings);
        } else {
            holes.append(&mut rings);
        }
    }
    // The smallest first: the first that has a hole inside is the one it belongs to.
    polygons.sort_by_key(|polygon| twice_area(&polygon[0]));
    for hole in holes {
        let middle = [hole[0][0] + hole[1][0], hole[0][1] + hole[1][1]];
        if let Some(polygon) = polygons.iter_mut().find(|polygon| holds(&polygon[0], middle)) {
            polygon.push(hole);
        }
    }
    polygons.reverse();
    polygons
}

/// Every walk around a face inside, the face on the right as the screen shows it.
fn walks(lines: &[Line]) -> Vec<Vec<Pixel>> {
    // Each line both ways, by where it begins and then by direction.
    let mut ways: Vec<Line> = lines.iter().flat_map(|[a, b]| [[*a, *b], [*b, *a]]).collect();
    ways.sort_unstable_by(|one, other| one[0].cmp(&other[0]).then_with(|| around(*one, *other)));
    let rank = |way: Line| ways.binary_search_by(|other| other[0].cmp(&way[0]).then_with(|| around(*other, way))).ok();
    let mut walked = vec![false; ways.len()];
    let mut walks = Vec::new();
    for first in 0..ways.len() {
        if walked[first] {
            continue;
        }
        let mut walk = Vec::new();
        let mut here = first;
        while !walked[here] {
            walked[here] = true;
            walk.push(ways[here][0]);
            let [from, to] = ways[here];
            // The next way out, turning from the one that leads back.
            let Some(back) = rank([to, from]) else { break };
            let begins = ways[..back].partition_point(|way| way[0] < to);
            let ends = back + ways[back..].partition_point(|way| way[0] == to);
            here = if back == begins { ends - 1 } else { back - 1 };
        }
        if is_inside(lines, &walk) {
            walks.push(walk);
        }
    }
    walks
}

/// The order of two lines around the place where both begin, by direction.
fn around(one: Line, other: Line) -> Ordering {
    let away = |[a, b]: Line| [i64::from(b[0]) - i64::from(a[0]), i64::from(b[1]) - i64::from(a[1])];
    let ([ax, ay], [bx, by]) = (away(one), away(other));
    let half = |x: i64, y: i64| y < 0 || (y == 0 && x < 0);
    half(ax, ay).cmp(&half(bx, by)).then_with(|| (ay * bx).cmp(&(ax * by)))
}

/// Whether the face beside a walk is ground: by the lines that one meets on the way out of it.
fn is_inside(lines: &[Line], walk: &[Pixel]) -> bool {
    let next = walk.iter().cycle().skip(1);
    let Some((from, to)) = walk.iter().zip(next).find(|(from, to)| from[0] != to[0]) else {
        return false;
    };
    let middle = [from[0] + to[0], from[1] + to[1]];
    let itself = [*from.min(to), *from.max(to)];
    let met = lines.iter().filter(|line| **line != itself && is_beyond(**line, middle)).count();
    // The face lies where y grows when the walk goes east; else the line walked on is met too.
    (met + usize::from(to[0] < from[0])) % 2 == 1
}

/// Whether a line is met when one goes from a place, in half pixels, to where y grows.
fn is_beyond([a, b]: Line, [x, y]: [i32; 2]) -> bool {
    let [ax, ay, bx, by] = [a[0], a[1], b[0], b[1]].map(|value| 2 * i64::from(value));
    let (x, y) = (i64::from(x), i64::from(y));
    let turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    (ax > x) != (bx > x) && (turn < 0) == (bx > ax)
}

/// Whether a ring has a place inside, in half pixels.
fn holds(ring: &[Pixel], place: [i32; 2]) -> bool {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).filter(|(a, b)| is_beyond([**a, **b], place)).count() % 2 == 1
}

/// Takes a walk apart where it comes back to a place.
fn simple(walk: &[Pixel]) -> Vec<Vec<Pixel>> {
    let mut rings = Vec::new();
    let mut open: Vec<Pixel> = Vec::with_capacity(walk.len());
    let mut on: HashSet<Pixel> = HashSet::with_capacity(walk.len());
    for place in walk {
        if !on.insert(*place)
            && let Some(start) = open.iter().rposition(|before| before == place)
        {
            let ring = open.split_off(start);
            for left in &ring[1..] {
                on.remove(left);
            }
            rings.push(ring);
        }
        open.push(*place);
    }
    rings.push(open);
    rings
}

#[cfg(test)]
mod tests {
    use geo::{Area, LineString, MultiPolygon, Polygon, Validation};

    use super::*;
    use crate::maps::snap;

    fn drawn(polygons: &[Vec<Vec<Pixel>>]) -> MultiPolygon {
        let line = |ring: &Vec<Pixel>| ring.iter().map(|[x, y]| (f64::from(*x), f64::from(*y))).collect::<LineString>();
        let polygon = |rings: &Vec<Vec<Pixel>>| Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect());
        polygons.iter().map(polygon).collect()
    }

    /// The lines around some squares of a board.
    fn board(side: i32, is_ground: impl Fn(i32, i32) -> bool) -> Vec<Line> {
        let ground = |x: i32, y: i32| (0..side).contains(&x) && (0..side).contains(&y) && is_ground(x, y);
        let mut lines = Vec::new();
        for x in 0..=side {
            for y in 0..=side {
                if ground(x, y) != ground(x - 1, y) {
                    lines.push([[x, y], [x, y + 1]]);
                }
                if ground(x, y) != ground(x, y - 1) {
                    lines.push([[x, y], [x + 1, y]]);
                }
            }
        }
        lines.sort_unstable();
        lines
    }

    #[test]
    fn whatever_squares_are_ground_the_polygons_are_valid_and_cover_as_many() {
        for seed in 0..200_u64 {
            let is_ground = |x: i32, y: i32| {
                let mixed = (seed * 1000 + (x * 17 + y) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                (mixed >> 40) % 5 < 3
            };
            let count = (0..12).flat_map(|x| (0..12).map(move |y| (x, y))).filter(|(x, y)| is_ground(*x, *y)).count();
            let covered = drawn(&polygons(&board(12, is_ground)));
            covered.check_validation().unwrap_or_else(|fault| panic!("{seed}: {fault}"));
            assert!((covered.unsigned_area() - count as f64).abs() < 1e-9, "{seed}");
        }
    }

    #[test]
    fn an_island_in_a_lake_is_a_polygon_of_its_own() {
        let square = |low: i32, high: i32, x: i32, y: i32| (low..high).contains(&x) && (low..high).contains(&y);
        let land = polygons(&board(9, |x, y| !square(2, 7, x, y) || square(4, 5, x, y)));
        assert_eq!(land.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(land[0].iter().map(|ring| twice_area(ring)).collect::<Vec<_>>(), [162, -50]);
    }

    #[test]
    fn ground_that_touches_in_a_corner_is_two_polygons_and_a_lake_that_touches_the_shore_a_hole() {
        let corners = polygons(&board(2, |x, y| x == y));
        assert_eq!(corners.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
        // Seen from the land the lake and the sea touch in one corner.
        let shore = polygons(&board(3, |x, y| (x, y) != (1, 1) && (x, y) != (2, 2)));
        assert_eq!(shore.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
        assert_eq!(shore[0].iter().map(|ring| twice_area(ring)).sum::<i64>(), 14);
    }

    #[test]
    fn rings_that_cross_each_other_anyhow_become_valid_polygons() {
        let mut state = 11_u64;
        let mut number = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i64 % 3000
        };
        for trial in 0..100 {
            let rings = (0..3).map(|_| (0..10).map(|_| [number(), number()]).collect()).collect();
            let covered = drawn(&polygons(&snap::bounds(&[rings], 6)[0]));
            covered.check_validation().unwrap_or_else(|fault| panic!("{trial}: {fault}"));
        }
    }

    #[test]
    fn no_lines_are_no_polygons() {
        assert!(polygons(&[]).is_empty());
    }
}
