//! From places to the nodes of a network.

use super::graph::RoadNetwork;
use crate::access::reach::{ByMode, Mode};
use crate::domain::{Metres, Position};
use crate::spatial::PlaceIndex;

/// A place farther than that from any road is not reached by road.
const FARTHEST_M: f64 = 1_000.0;
/// Between a place and the road one walks, on detours.
const WALK_KMH: f64 = 4.5;
const DETOUR: f64 = 1.3;
/// Seconds that a metre of that takes.
pub(super) const PACE: f64 = DETOUR * 3.6 / WALK_KMH;

/// Where a place joins the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snap {
    /// The node.
    pub node: u32,
    /// Milliseconds between the place and the node.
    pub ms: u32,
}

/// Finds the node that a place joins: the nearest one in a straight line on which the mode can go somewhere.
#[derive(Debug, Clone)]
pub struct Snapper {
    indexes: ByMode<PlaceIndex<u32>>,
}

impl Snapper {
    /// Indexes the nodes of a network, mode by mode, patches of road left out.
    #[must_use]
    pub fn new(network: &RoadNetwork) -> Self {
        let of = |mode: Mode| {
            let joined = network.patches[mode as usize].iter().map(|patch| !patch);
            let nodes = (0..).zip(&network.positions).zip(joined);
            PlaceIndex::new(nodes.filter(|(_, joined)| *joined).map(|((node, position), _)| (node, *position)))
        };
        Self { indexes: ByMode::of(of) }
    }

    /// The nodes of a mode within so many metres of a place, the nearest first.
    pub fn around(&self, mode: Mode, place: Position, within: Metres) -> impl Iterator<Item = u32> {
        let near = self.indexes[mode].nearest(place).take_while(move |near| near.great_circle() <= within);
        near.map(|near| near.ordinal)
    }

    /// The node, or `None` when the place is more than a kilometre from the roads of the mode.
    #[must_use]
    pub fn snap(&self, mode: Mode, place: Position) -> Option<Snap> {
        let farthest = Metres::new(FARTHEST_M)?;
        let nearest = self.indexes[mode].nearest(place).next()?;
        let metres = nearest.great_circle();
        (metres <= farthest)
            .then(|| Snap { node: nearest.ordinal, ms: (metres.value() * PACE * 1000.0).round() as u32 })
    }
}
