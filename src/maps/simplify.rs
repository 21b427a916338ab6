//! Which vertices a map from afar can do without, decided once for a border that territories share.
//!
//! Vertices go in the order of the triangle they make with their neighbours, the smallest first (Visvalingam & Whyatt,
//! *Line generalisation by repeated elimination of points*, 1993). A vertex where borders meet never goes; another goes only
//! when nothing lies in its triangle and the two neighbours are not joined already: lines that did not cross still do not
//! cross, and no territory vanishes. So every border is simplified once, for both sides, at every zoom.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::world::World;

/// Bits of the side of a cell in which vertices are looked for: some six hundred metres at the equator.
const CELL_BITS: u32 = 16;
const NOBODY: u32 = u32::MAX;

/// For each vertex of each ring the area, in square units of the world, below which a map shows it; infinite for one that
/// always stays. Vertices whose area passes `limit` are not looked at, and stay.
#[must_use]
pub fn weights(rings: &[&[World]], limit: f64) -> Vec<Vec<f32>> {
    let mut net = Net::of(rings);
    net.thin(limit);
    let weight = |place: &World| net.weights[net.known[place] as usize];
    rings.iter().map(|ring| ring.iter().map(weight).collect()).collect()
}

/// All borders together: each place once, with those that it is joined to.
struct Net {
    known: HashMap<World, u32>,
    places: Vec<World>,
    /// The two neighbours of a place that is no junction.
    neighbours: Vec<[u32; 2]>,
    /// Places where borders meet or end.
    junction: Vec<bool>,
    /// Lines between two junctions.
    between_junctions: HashSet<(u32, u32)>,
    weights: Vec<f32>,
    cells: HashMap<(u32, u32), Vec<u32>>,
}

impl Net {
    fn of(rings: &[&[World]]) -> Self {
        let mut net = Self {
            known: HashMap::new(),
            places: Vec::new(),
            neighbours: Vec::new(),
            junction: Vec::new(),
            between_junctions: HashSet::new(),
            weights: Vec::new(),
            cells: HashMap::new(),
        };
        for ring in rings {
            let ids: Vec<u32> = ring.iter().map(|place| net.id(*place)).collect();
            for (i, &here) in ids.iter().enumerate() {
                let next = ids[(i + 1) % ids.len()];
                if here != next {
                    net.join(here, next);
                    net.join(next, here);
                }
            }
        }
        for id in 0..net.places.len() {
            net.junction[id] |= net.neighbours[id].contains(&NOBODY);
        }
        for ring in rings {
            for (i, here) in ring.iter().enumerate() {
                let [here, next] = [here, &ring[(i + 1) % ring.len()]].map(|place| net.known[place]);
                if net.junction[here as usize] && net.junction[next as usize] {
                    net.between_junctions.insert((here.min(next), here.max(next)));
                }
            }
        }
        net
    }

    fn id(&mut self, place: World) -> u32 {
        let next = self.places.len() as u32;
        let id = *self.known.entry(place).or_insert(next);
        if id == next {
            self.places.push(place);
            self.neighbours.push([NOBODY; 2]);
            self.junction.push(false);
            self.weights.push(f32::INFINITY);
            self.cells.entry(cell(place)).or_default().push(id);
        }
        id
    }

    /// Notes that a line leads from one place to another.
    fn join(&mut self, from: u32, to: u32) {
        let neighbours = &mut self.neighbours[from as usize];
        if neighbours.contains(&to) {
            return;
        }
        match neighbours.iter_mut().find(|neighbour| **neighbour == NOBODY) {
            Some(free) => *free = to,
            None => self.junction[from as usize] = true,
        }
    }

    fn thin(&mut self, limit: f64) {
        let mut latest = vec![0_u32; self.places.len()];
        let mut queue = BinaryHeap::new();
        for id in 0..self.places.len() as u32 {
            if !self.junction[id as usize] {
                queue.push(Reverse((self.area(id), id, 0)));
            }
        }
        let mut reached = 0;
        while let Some(Reverse((area, id, turn))) = queue.pop() {
            if f64::from_bits(area) > limit {
                break;
            }
            if turn != latest[id as usize] || !self.may_go(id) {
                continue;
            }
            // Never less than what went before, so that every zoom shows a state that there was.
            reached = area.max(reached);
            self.weights[id as usize] = f64::from_bits(reached) as f32;
            for neighbour in self.remove(id) {
                if !self.junction[neighbour as usize] {
                    latest[neighbour as usize] += 1;
                    queue.push(Reverse((self.area(neighbour), neighbour, latest[neighbour as usize])));
                }
            }
        }
    }

    /// The area of the triangle of a place and its neighbours, as bits, which sort as the number does.
    fn area(&self, id: u32) -> u64 {
        let [a, c] = self.neighbours[id as usize].map(|neighbour| self.places[neighbour as usize]);
        (turn(a, self.places[id as usize], c).unsigned_abs() as f64 / 2.0).to_bits()
    }

    fn may_go(&self, id: u32) -> bool {
        let [a, c] = self.neighbours[id as usize];
        if self.joined(a, c) {
            return false;
        }
        let corners = [a, id, c].map(|corner| self.places[corner as usize]);
        let [west, east] = [corners.iter().map(|p| p.x).min(), corners.iter().map(|p| p.x).max()];
        let [north, south] = [corners.iter().map(|p| p.y).min(), corners.iter().map(|p| p.y).max()];
        let cells = |low: Option<u32>, high: Option<u32>| {
            low.unwrap_or_default() >> CELL_BITS..=high.unwrap_or_default() >> CELL_BITS
        };
        let mut inside = cells(west, east).flat_map(|x| cells(north, south).map(move |y| (x, y)));
        !inside.any(|cell| {
            let here = self.cells.get(&cell).into_iter().flatten();
            here.filter(|other| ![a, id, c].contains(other)).any(|other| holds(corners, self.places[*other as usize]))
        })
    }

    fn joined(&self, a: u32, c: u32) -> bool {
        match (self.junction[a as usize], self.junction[c as usize]) {
            (false, _) => self.neighbours[a as usize].contains(&c),
            (_, false) => self.neighbours[c as usize].contains(&a),
            _ => self.between_junctions.contains(&(a.min(c), a.max(c))),
        }
    }

    /// Takes a place out of its line; the two that are joined instead.
    fn remove(&mut self, id: u32) -> [u32; 2] {
        let [a, c] = self.neighbours[id as usize];
        for (here, there) in [(a, c), (c, a)] {
            if let Some(neighbour) = self.neighbours[here as usize].iter_mut().find(|neighbour| **neighbour == id) {
                *neighbour = there;
            }
        }
        if self.junction[a as usize] && self.junction[c as usize] {
            self.between_junctions.insert((a.min(c), a.max(c)));
        }
        if let Some(cell) = self.cells.get_mut(&cell(self.places[id as usize])) {
            cell.retain(|other| *other != id);
        }
        [a, c]
    }
}

fn cell(place: World) -> (u32, u32) {
    (place.x >> CELL_BITS, place.y >> CELL_BITS)
}

/// Twice the signed area of a triangle.
fn turn(a: World, b: World, c: World) -> i128 {
    let [ax, ay] = [i128::from(a.x), i128::from(a.y)];
    (i128::from(b.x) - ax) * (i128::from(c.y) - ay) - (i128::from(b.y) - ay) * (i128::from(c.x) - ax)
}

/// Whether a triangle holds a place, its border included.
fn holds([a, b, c]: [World; 3], place: World) -> bool {
    let turns = [turn(a, b, place), turn(b, c, place), turn(c, a, place)];
    !(turns.iter().any(|turn| *turn > 0) && turns.iter().any(|turn| *turn < 0))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "areas of whole numbers are whole or half")]
mod tests {
    use super::*;

    fn at(x: u32, y: u32) -> World {
        World { x, y }
    }

    /// Squares of a board whose borders wander, the same on both sides: `rings[row * side + column]`.
    fn board(side: u32) -> Vec<Vec<World>> {
        const STEPS: u32 = 8;
        let mut seed = 7_u64;
        let mut wander: HashMap<(u32, u32), (u32, u32)> = HashMap::new();
        let mut place = |x: u32, y: u32| {
            let (dx, dy) = *wander.entry((x, y)).or_insert_with(|| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((seed >> 33) as u32 % 90_000, (seed >> 13) as u32 % 90_000)
            });
            at((x + 1) * 100_000 + dx, (y + 1) * 100_000 + dy)
        };
        let squares = (0..side).flat_map(|y| (0..side).map(move |x| (x * STEPS, y * STEPS)));
        squares
            .map(|(x, y)| {
                let mut ring = Vec::new();
                ring.extend((0..STEPS).map(|i| (x + i, y)));
                ring.extend((0..STEPS).map(|i| (x + STEPS, y + i)));
                ring.extend((0..STEPS).map(|i| (x + STEPS - i, y + STEPS)));
                ring.extend((0..STEPS).map(|i| (x, y + STEPS - i)));
                ring.into_iter().map(|(x, y)| place(x, y)).collect()
            })
            .collect()
    }

    fn crosses([a, b]: [World; 2], [c, d]: [World; 2]) -> bool {
        let side = |p, q, r| turn(p, q, r).signum();
        side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }

    #[test]
    fn borders_stay_shared_and_never_cross_at_any_area() {
        let board = board(4);
        let rings: Vec<&[World]> = board.iter().map(Vec::as_slice).collect();
        let weights = weights(&rings, f64::INFINITY);
        let mut known: HashMap<World, f32> = HashMap::new();
        for (place, weight) in board.iter().flatten().zip(weights.iter().flatten()) {
            assert_eq!(known.entry(*place).or_insert(*weight), weight, "one weight on both sides");
        }
        let mut left = Vec::new();
        for area in [0.0, 1e8, 1e9, 5e9, 2e10, 1e12] {
            let kept: Vec<Vec<World>> =
                board.iter().map(|ring| ring.iter().copied().filter(|place| known[place] > area).collect()).collect();
            let lines: HashSet<[World; 2]> = kept
                .iter()
                .flat_map(|ring| (0..ring.len()).map(|i| [ring[i], ring[(i + 1) % ring.len()]]))
                .map(|[a, b]| if a < b { [a, b] } else { [b, a] })
                .collect();
            let lines: Vec<_> = lines.into_iter().collect();
            for (i, one) in lines.iter().enumerate() {
                for other in &lines[..i] {
                    assert!(!crosses(*one, *other), "{one:?} crosses {other:?} at {area}");
                }
            }
            assert!(kept.iter().all(|ring| ring.len() >= 3), "no square vanishes at {area}");
            left.push(kept.iter().map(Vec::len).sum::<usize>());
        }
        assert!(left.is_sorted_by(|more, less| more >= less) && left[5] < left[0] / 3, "{left:?}");
    }

    #[test]
    fn an_island_keeps_three_corners_and_a_place_in_the_triangle_keeps_its_vertex() {
        let island = [at(0, 0), at(50, 1), at(100, 0), at(100, 100), at(0, 100)];
        let alone = weights(&[&island], f64::INFINITY);
        assert_eq!(alone[0].iter().filter(|weight| weight.is_infinite()).count(), 3);
        // The same island in a bay whose mouth would close over it.
        let bay = [at(1000, 0), at(1500, 900), at(2000, 0), at(2000, 2000), at(1000, 2000)];
        let inside = [at(1490, 100), at(1510, 100), at(1500, 120)];
        assert_eq!(weights(&[&bay], 460_000.0)[0][1], 450_000.0);
        let weights = weights(&[&bay, &inside], 460_000.0);
        assert!(weights[0][1].is_infinite(), "{weights:?}");
    }

    #[test]
    fn a_limit_leaves_what_is_larger() {
        let ring = [at(0, 0), at(50, 1), at(100, 0), at(100, 100), at(0, 100)];
        let weights = weights(&[&ring], 60.0);
        assert_eq!(weights[0], [f32::INFINITY, 50.0, f32::INFINITY, f32::INFINITY, f32::INFINITY]);
    }
}
