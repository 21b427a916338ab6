//! Places by distance: an R-tree over unit vectors, exact in great-circle order everywhere on Earth.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::sphere;
use crate::domain::{Metres, Position};

/// How much longer a great circle of the mean sphere can be than the geodesic between the same two places.
/// The ellipsoid is nowhere more tightly curved than along the meridian at the equator, radius a(1 − e²) = 6,335,439 m,
/// so the ratio never passes 6,371,009 / 6,335,439 = 1.005 614; the rest is for rounding.
const GREAT_CIRCLE_PER_GEODESIC: f64 = 1.005_615;

/// A place found near a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour<Ix> {
    /// Its rank in the table that was indexed.
    pub ordinal: Ix,
    /// Square of the straight line through the unit sphere, in [0, 4]: grows with the great circle.
    pub chord2: f64,
}

impl<Ix> Neighbour<Ix> {
    /// Length of the great circle on the mean sphere. It orders places; the distance to publish is
    /// [`Position::geodesic_to`].
    #[must_use]
    pub fn great_circle(self) -> Metres {
        sphere::great_circle(self.chord2)
    }

    /// No geodesic to this place, or to any that comes after it, is shorter.
    #[must_use]
    pub fn shortest_geodesic(self) -> Metres {
        Metres::new(self.great_circle().value() / GREAT_CIRCLE_PER_GEODESIC).expect("a part of a finite length")
    }
}

/// Places sorted in space. Built once, then only read.
///
/// Squared chords of unit vectors grow with the great circle, so their order is exact, across the antimeridian and at
/// the poles too. Equal chords are ordered by ordinal.
#[derive(Debug, Clone)]
pub struct PlaceIndex<Ix> {
    tree: RTree<GeomWithData<[f64; 3], Ix>>,
}

impl<Ix: Copy + Ord> PlaceIndex<Ix> {
    /// Indexes places given by ordinal. An index of some places only is built over those.
    #[must_use]
    pub fn new(positions: impl IntoIterator<Item = (Ix, Position)>) -> Self {
        let leaves = positions.into_iter().map(|(ordinal, at)| GeomWithData::new(at.unit_vector(), ordinal)).collect();
        Self { tree: RTree::bulk_load(leaves) }
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// Whether there is no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every place, the nearest first, ties by ordinal. Lazy: the first few cost little.
    pub fn nearest(&self, position: Position) -> impl Iterator<Item = Neighbour<Ix>> + '_ {
        let leaves = self.tree.nearest_neighbor_iter_with_distance_2(&position.unit_vector());
        TiesByOrdinal {
            leaves: leaves.map(|(leaf, chord2)| Neighbour { ordinal: leaf.data, chord2 }),
            next: None,
            ties: Vec::new(),
        }
    }
}

/// Puts neighbours at equal chords in order of ordinal; the tree yields them in any order.
struct TiesByOrdinal<I, Ix> {
    leaves: I,
    /// First leaf beyond the current ties.
    next: Option<Neighbour<Ix>>,
    /// Leaves at one chord, the highest ordinal first, given from the end.
    ties: Vec<Neighbour<Ix>>,
}

impl<Ix: Copy + Ord, I: Iterator<Item = Neighbour<Ix>>> Iterator for TiesByOrdinal<I, Ix> {
    type Item = Neighbour<Ix>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(tie) = self.ties.pop() {
            return Some(tie);
        }
        let first = self.next.take().or_else(|| self.leaves.next())?;
        self.next = self.leaves.next();
        while let Some(tie) = self.next.take_if(|next| next.chord2 <= first.chord2) {
            self.ties.push(tie);
            self.next = self.leaves.next();
        }
        if self.ties.is_empty() {
            return Some(first);
        }
        self.ties.push(first);
        self.ties.sort_unstable_by_key(|neighbour| std::cmp::Reverse(neighbour.ordinal));
        self.ties.pop()
    }
}

#[cfg(test)]
mod tests;
