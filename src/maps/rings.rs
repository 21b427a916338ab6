//! Rings around a tile: cut to the tile and its margin.

use super::world::EXTENT;

/// Units beyond the tile that are still drawn, so that borders cut there stay out of sight.
pub const MARGIN: i32 = 64;

/// A place as whole units of the world, from the north-west corner of a tile.
pub type Fine = [i64; 2];

/// Twice the area, positive when the ring runs clockwise on the screen (y grows downwards), as an outer ring must
/// (vector tile specification 2.1, 4.3.3.3).
#[must_use]
pub fn twice_area(ring: &[[i32; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])).sum()
}

/// Cuts a ring to the tile and its margin (Sutherland & Hodgman, 1974); `unit` is the world's units across one of the
/// tile. A ring that leaves and comes back is joined along the edge of the margin, out of sight, and runs there twice.
#[must_use]
pub fn clip(ring: Vec<Fine>, unit: i64) -> Vec<Fine> {
    let (low, high) = (i64::from(-MARGIN) * unit, i64::from(EXTENT + MARGIN) * unit);
    let inside = |value: i64| (low..=high).contains(&value);
    if ring.iter().all(|[x, y]| inside(*x) && inside(*y)) {
        return ring;
    }
    let sides = [(0, low, true), (0, high, false), (1, low, true), (1, high, false)];
    sides.into_iter().fold(ring, |ring, (axis, edge, keep_above)| {
        let kept = |point: &Fine| if keep_above { point[axis] >= edge } else { point[axis] <= edge };
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
    })
}

/// Where a segment crosses an edge. The ends are put in order first, so that both neighbours of a border find the same
/// point, whichever way they run along it.
fn crossing(from: Fine, to: Fine, axis: usize, edge: i64) -> Fine {
    let (a, b) = if from <= to { (from, to) } else { (to, from) };
    let other = 1 - axis;
    let along = i128::from(edge - a[axis]) * i128::from(b[other] - a[other]);
    let mut point = [edge; 2];
    point[other] = a[other] + along.div_euclid(i128::from(b[axis] - a[axis])) as i64;
    point
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOW: i64 = -(MARGIN as i64);
    const HIGH: i64 = (EXTENT + MARGIN) as i64;

    fn twice_area_of_cut(ring: Vec<Fine>) -> i64 {
        twice_area(&clip(ring, 1).into_iter().map(|[x, y]| [x as i32, y as i32]).collect::<Vec<_>>())
    }

    #[test]
    fn a_ring_inside_is_left_alone_and_one_outside_vanishes() {
        let inside = vec![[0, 0], [10, 0], [10, 10]];
        assert_eq!(clip(inside.clone(), 1), inside);
        assert!(clip(vec![[5000, 0], [6000, 0], [6000, 10]], 1).is_empty());
    }

    #[test]
    fn a_ring_around_the_tile_becomes_the_tile_and_its_margin() {
        let around = vec![[-9000, -9000], [9000, -9000], [9000, 9000], [-9000, 9000]];
        assert_eq!(twice_area_of_cut(around), 2 * (HIGH - LOW).pow(2));
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
        let squares: i64 = (0..HIGH).map(|row| (8000 - row).min(HIGH)).sum();
        let half_squares: i64 = (0..HIGH).map(|row| i64::from(8000 - row <= HIGH)).sum();
        assert_eq!(twice_area_of_cut(triangle), 2 * squares - half_squares);
    }

    #[test]
    fn an_outer_ring_is_clockwise_on_the_screen() {
        assert!(twice_area(&[[0, 0], [10, 0], [10, 10], [0, 10]]) > 0);
    }
}
