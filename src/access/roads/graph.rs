//! The road network: nodes with positions and, for each mode, arcs with whole milliseconds.

use crate::access::reach::Mode;
use crate::domain::Position;
use crate::spatial::sphere;

/// A way from one node to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arc {
    /// The other end.
    pub to: u32,
    /// Milliseconds it takes, at least 1.
    pub ms: u32,
}

/// The arcs of one mode in one direction, node after node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Graph {
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Graph {
    /// Sorts arcs by the node they leave; of several between the same two nodes the fastest stays.
    #[must_use]
    pub(super) fn new(nodes: usize, mut arcs: Vec<(u32, Arc)>) -> Self {
        arcs.sort_unstable();
        arcs.dedup_by_key(|(from, arc)| (*from, arc.to));
        let mut starts = vec![0; nodes + 1];
        for (from, _) in &arcs {
            starts[*from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        Self { starts, arcs: arcs.into_iter().map(|(_, arc)| arc).collect() }
    }

    /// Number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of arcs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arcs.len()
    }

    /// Whether nobody can go anywhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.arcs.is_empty()
    }

    /// The arcs that leave a node.
    #[must_use]
    pub fn from(&self, node: u32) -> &[Arc] {
        &self.arcs[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// Every arc the other way round.
    #[must_use]
    pub(super) fn reversed(&self) -> Self {
        let nodes = self.nodes();
        let turned = (0..nodes as u32)
            .flat_map(|from| self.from(from).iter().map(move |arc| (arc.to, Arc { to: from, ms: arc.ms })));
        Self::new(nodes, turned.collect())
    }
}

/// A road network. Built once by [`super::RoadBuilder`], then only read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoadNetwork {
    pub(super) positions: Vec<Position>,
    /// By mode: arcs as driven.
    pub(super) forward: [Graph; 3],
    /// By mode: the same arcs against their direction, to search from where one arrives.
    pub(super) backward: [Graph; 3],
    /// By mode: nodes of patches of road too small to be connected to anything.
    pub(super) patches: [Vec<bool>; 3],
}

impl RoadNetwork {
    /// Number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.positions.len()
    }

    /// Where a node is.
    #[must_use]
    pub fn position(&self, node: u32) -> Position {
        self.positions[node as usize]
    }

    /// The arcs of a mode, in the direction of travel.
    #[must_use]
    pub fn graph(&self, mode: Mode) -> &Graph {
        &self.forward[mode as usize]
    }

    /// The arcs of a mode, against the direction of travel.
    #[must_use]
    pub fn reversed(&self, mode: Mode) -> &Graph {
        &self.backward[mode as usize]
    }

    /// Seconds that a metre of great circle takes on the fastest road of a mode; infinite without roads.
    #[must_use]
    pub fn fastest(&self, mode: Mode) -> f64 {
        let graph = self.graph(mode);
        let pace = |from: u32, arc: &Arc| {
            let chord2 = sphere::chord2(self.position(from).unit_vector(), self.position(arc.to).unit_vector());
            f64::from(arc.ms) / 1000.0 / sphere::great_circle(chord2).value().max(0.1)
        };
        let paces = (0..graph.nodes() as u32).flat_map(|from| graph.from(from).iter().map(move |arc| pace(from, arc)));
        paces.fold(f64::INFINITY, f64::min)
    }
}
