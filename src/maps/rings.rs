//! Rings in a tile: snapped, clipped to the tile and a margin, without repeated points.
//!
//! Nothing is simplified ring by ring: snapping is a rule of each vertex alone, so a border that two territories share
//! is still shared, vertex by vertex, and no sliver opens between them.

use super::world::{EXTENT, Local};

/// Units beyond the tile that are still drawn, so that borders cut there stay out of sight.
pub const MARGIN: i32 = 64;

const LOW: i32 = -MARGIN;
const HIGH: i32 = EXTENT + MARGIN;

/// Drops each point that equals the one before it, the first being after the last.
pub fn dedupe(ring: &mut Vec<Local>) {
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
}

/// Twice the area, positive when the ring runs clockwise on the screen (y grows downwards), as an outer ring must
/// (vector tile specification 2.1, 4.3.3.3).
#[must_use]
pub fn twice_area(ring: &[Local]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])).sum()
}

/// Cuts a ring to the tile and its margin (Sutherland & Hodgman, 1974). A ring that leaves and comes back is joined
/// along the edge of the margin, out of sight.
#[must_use]
pub fn clip(ring: Vec<Local>) -> Vec<Local> {
    let inside = |value: i32| (LOW..=HIGH).contains(&value);
    if ring.iter().all(|[x, y]| inside(*x) && inside(*y)) {
        return ring;
    }
    let sides = [(0, LOW, true), (0, HIGH, false), (1, LOW, true), (1, HIGH, false)];
    let mut clipped = sides.into_iter().fold(ring, |ring, (axis, edge, keep_above)| {
        let kept = |point: &Local| if keep_above { point[axis] >= edge } else { point[axis] <= edge };
        let mut out = Vec::with_capacity(ring.len() + 4);
        let before = ring.iter().cycle().skip(ring.len().saturating_sub(1));
        for (from, to) in before.zip(&ring) {
            if kept(from) != kept(to) {
                out.push(crossing(*from, *to, axis, edge));
            }
            if kept(to) {
                out.push(*to);
            }
        }
        out
    });
    dedupe(&mut clipped);
    clipped
}

/// Where a segment crosses an edge. The ends are put in order first, so that both neighbours of a border find the same
/// point, whichever way they run along it.
fn crossing(from: Local, to: Local, axis: usize, edge: i32) -> Local {
    let (a, b) = if from <= to { (from, to) } else { (to, from) };
    let other = 1 - axis;
    let along = f64::from(edge - a[axis]) / f64::from(b[axis] - a[axis]);
    let mut point = [edge; 2];
    point[other] = a[other] + (along * f64::from(b[other] - a[other])).round() as i32;
    point
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_inside_is_left_alone_and_one_outside_vanishes() {
        let inside = vec![[0, 0], [10, 0], [10, 10]];
        assert_eq!(clip(inside.clone()), inside);
        assert!(clip(vec![[5000, 0], [6000, 0], [6000, 10]]).is_empty());
    }

    #[test]
    fn a_ring_around_the_tile_becomes_the_tile_and_its_margin() {
        let clipped = clip(vec![[-9000, -9000], [9000, -9000], [9000, 9000], [-9000, 9000]]);
        assert_eq!(clipped.len(), 4);
        assert_eq!(twice_area(&clipped), 2 * i64::from(HIGH - LOW).pow(2));
    }

    #[test]
    fn both_neighbours_cut_their_border_at_the_same_point() {
        for (from, to) in [([100, 3], [9000, 7001]), ([-5000, 17], [300, 4000]), ([7, -999], [4096, 9999])] {
            for (axis, edge) in [(0, LOW), (0, HIGH), (1, LOW), (1, HIGH)] {
                assert_eq!(crossing(from, to, axis, edge), crossing(to, from, axis, edge));
            }
        }
    }

    #[test]
    fn the_area_of_a_clipped_ring_is_the_area_that_was_inside() {
        // The dumb twin counts unit squares of a triangle whose slope is one.
        let triangle = vec![[0, 0], [8000, 0], [0, 8000]];
        let rows = || 0..i64::from(HIGH);
        let squares: i64 = rows().map(|row| (8000 - row).min(i64::from(HIGH))).sum();
        let half_squares: i64 = rows().map(|row| i64::from(8000 - row <= i64::from(HIGH))).sum();
        assert_eq!(twice_area(&clip(triangle)), 2 * squares - half_squares);
    }

    #[test]
    fn clockwise_on_the_screen_is_positive() {
        assert_eq!(twice_area(&[[0, 0], [2, 0], [2, 2], [0, 2]]), 8);
        assert_eq!(twice_area(&[[0, 0], [0, 2], [2, 2], [2, 0]]), -8);
    }
}
