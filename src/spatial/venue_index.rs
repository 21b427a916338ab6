//! Venues by distance: an R-tree over unit vectors, exact in great-circle order everywhere on Earth.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::sphere;
use crate::domain::{Metres, Position};

/// How much longer a great circle of the mean sphere can be than the geodesic between the same two places.
/// The ellipsoid is nowhere more tightly curved than along the meridian at the equator, radius a(1 − e²) = 6,335,439 m,
/// so the ratio never passes 6,371,009 / 6,335,439 = 1.005 614; the rest is for rounding.
const GREAT_CIRCLE_PER_GEODESIC: f64 = 1.005_615;

/// A venue found near a position. The venue is named by its ordinal, its rank in order of id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Rank of the venue in order of id.
    pub ordinal: u32,
    /// Square of the straight line through the unit sphere, in [0, 4]: grows with the great circle.
    pub chord2: f64,
}

impl Neighbour {
    /// Length of the great circle on the mean sphere. It orders venues; the distance to publish is
    /// [`Position::geodesic_to`].
    #[must_use]
    pub fn great_circle(self) -> Metres {
        sphere::great_circle(self.chord2)
    }

    /// No geodesic to this venue, or to any that comes after it, is shorter.
    #[must_use]
    pub fn shortest_geodesic(self) -> Metres {
        Metres::new(self.great_circle().value() / GREAT_CIRCLE_PER_GEODESIC).expect("a part of a finite length")
    }
}

/// What a leaf of the tree remembers beside its unit vector.
#[derive(Debug, Clone, Copy)]
struct Site {
    ordinal: u32,
    position: Position,
}

/// Venues sorted in space. Built once, then only read.
///
/// Squared chords of unit vectors grow with the great circle, so their order is exact, across the antimeridian and at
/// the poles too. Equal chords are ordered by ordinal.
#[derive(Debug, Clone)]
pub struct VenueIndex {
    tree: RTree<GeomWithData<[f64; 3], Site>>,
}

impl VenueIndex {
    /// Indexes venues given by ordinal. An index of some venues only is built over those.
    #[must_use]
    pub fn new(positions: impl IntoIterator<Item = (u32, Position)>) -> Self {
        let leaves = positions
            .into_iter()
            .map(|(ordinal, position)| GeomWithData::new(position.unit_vector(), Site { ordinal, position }))
            .collect();
        Self { tree: RTree::bulk_load(leaves) }
    }

    /// Number of venues.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// Whether there is no venue at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every venue, the nearest first, ties by ordinal. Lazy: the first few cost little.
    pub fn nearest(&self, position: Position) -> impl Iterator<Item = Neighbour> + '_ {
        self.sites_from(position).map(|(neighbour, _)| neighbour)
    }

    /// The first `wanted` venues that `keep` accepts, no farther than `radius` if there is one, the nearest first.
    ///
    /// The radius is held against the geodesic, the distance that is published.
    pub fn nearest_matching(
        &self,
        position: Position,
        wanted: usize,
        radius: Option<Metres>,
        mut keep: impl FnMut(u32) -> bool,
    ) -> Vec<Neighbour> {
        let too_far = radius.map_or(f64::INFINITY, |radius| radius.value() * GREAT_CIRCLE_PER_GEODESIC);
        self.sites_from(position)
            .take_while(|(neighbour, _)| neighbour.great_circle().value() <= too_far)
            .filter(|(_, site)| radius.is_none_or(|radius| position.geodesic_to(site.position) <= radius))
            .filter(|(neighbour, _)| keep(neighbour.ordinal))
            .map(|(neighbour, _)| neighbour)
            .take(wanted)
            .collect()
    }

    /// Every venue whose geodesic distance is at most `radius`, the nearest first.
    #[must_use]
    pub fn within(&self, position: Position, radius: Metres) -> Vec<Neighbour> {
        self.nearest_matching(position, usize::MAX, Some(radius), |_| true)
    }

    fn sites_from(&self, position: Position) -> impl Iterator<Item = (Neighbour, Site)> + '_ {
        let leaves = self.tree.nearest_neighbor_iter_with_distance_2(&position.unit_vector());
        TiesByOrdinal {
            leaves: leaves.map(|(leaf, chord2)| (Neighbour { ordinal: leaf.data.ordinal, chord2 }, leaf.data)),
            next: None,
            ties: Vec::new(),
        }
    }
}

/// Puts neighbours at equal chords in order of ordinal; the tree yields them in any order.
struct TiesByOrdinal<I> {
    leaves: I,
    /// First leaf beyond the current ties.
    next: Option<(Neighbour, Site)>,
    /// Leaves at one chord, the highest ordinal first, given from the end.
    ties: Vec<(Neighbour, Site)>,
}

impl<I: Iterator<Item = (Neighbour, Site)>> Iterator for TiesByOrdinal<I> {
    type Item = (Neighbour, Site);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(tie) = self.ties.pop() {
            return Some(tie);
        }
        let first = self.next.take().or_else(|| self.leaves.next())?;
        self.next = self.leaves.next();
        while let Some(tie) = self.next.take_if(|(next, _)| next.chord2 <= first.0.chord2) {
            self.ties.push(tie);
            self.next = self.leaves.next();
        }
        if self.ties.is_empty() {
            return Some(first);
        }
        self.ties.push(first);
        self.ties.sort_unstable_by_key(|(neighbour, _)| std::cmp::Reverse(neighbour.ordinal));
        self.ties.pop()
    }
}

#[cfg(test)]
mod tests;
