//! From nodes and ways to a road network.

use super::graph::{Arc, Graph, RoadNetwork};
use super::tags::WayRules;
use crate::access::reach::Mode;
use crate::domain::Position;
use crate::spatial::ShortLines;

/// Nodes that a patch of roads must have to be joined by travellers: fewer are mapping leftovers, or roofs and platforms.
const SMALLEST_PATCH: u32 = 50;

/// A way on which somebody may travel.
#[derive(Debug, Clone, PartialEq)]
pub struct RawWay {
    /// OpenStreetMap ids of its nodes.
    pub nodes: Vec<i64>,
    /// Who, which way, how fast.
    pub rules: WayRules,
}

/// Gathers ways, then the nodes they need, then makes a network of them.
#[derive(Debug, Clone, Default)]
pub struct RoadBuilder {
    ways: Vec<RawWay>,
    /// Ids of the nodes of the ways; sorted and unique once [`RoadBuilder::needed`] was called.
    ids: Vec<i64>,
    positions: Vec<Option<Position>>,
    blocked: Vec<bool>,
}

impl RoadBuilder {
    /// Starts from ways; other files may hold their nodes.
    #[must_use]
    pub fn new(ways: Vec<RawWay>) -> Self {
        let mut ids: Vec<i64> = ways.iter().flat_map(|way| way.nodes.iter().copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        Self { positions: vec![None; ids.len()], blocked: vec![false; ids.len()], ways, ids }
    }

    /// Whether a way needs this node.
    #[must_use]
    pub fn needs(&self, id: i64) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// Tells where a node is, and whether it stops cars. Nodes that no way needs are ignored.
    pub fn place(&mut self, id: i64, position: Position, stops_cars: StopsCars) {
        if let Ok(node) = self.ids.binary_search(&id) {
            self.positions[node] = Some(position);
            self.blocked[node] = stops_cars == StopsCars::Yes;
        }
    }

    /// Nodes of ways that nobody has placed yet: an extract is cut through ways.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.positions.iter().filter(|position| position.is_none()).count()
    }

    /// The network. Ways are cut where a node is missing.
    #[must_use]
    pub fn build(self) -> RoadNetwork {
        let mut arcs: [Vec<(u32, Arc)>; 3] = Default::default();
        // Nodes without a place get no number.
        let mut numbers = vec![u32::MAX; self.ids.len()];
        let mut positions = Vec::new();
        for (number, position) in numbers.iter_mut().zip(&self.positions) {
            if let Some(position) = position {
                *number = positions.len() as u32;
                positions.push(*position);
            }
        }
        for way in &self.ways {
            for ends in way.nodes.windows(2) {
                let [Ok(a), Ok(b)] = [ends[0], ends[1]].map(|id| self.ids.binary_search(&id)) else { continue };
                let (Some(from), Some(to)) = (self.positions[a], self.positions[b]) else { continue };
                if a == b {
                    continue;
                }
                let metres = ShortLines::from(from).distance_to(to).value();
                let closed = self.blocked[a] || self.blocked[b];
                for mode in Mode::ALL {
                    let mut add = |kmh: Option<f64>, from: usize, to: usize| {
                        if let Some(kmh) = kmh.filter(|_| mode != Mode::Car || !closed) {
                            let ms = (metres * 3600.0 / kmh).round().max(1.0) as u32;
                            arcs[mode as usize].push((numbers[from], Arc { to: numbers[to], ms }));
                        }
                    };
                    add(way.rules.along[mode as usize], a, b);
                    add(way.rules.against[mode as usize], b, a);
                }
            }
        }
        RoadNetwork::new(positions, arcs)
    }
}

impl RoadNetwork {
    /// A network of nodes and, by mode, of arcs: the node each leaves, and where it leads. Nodes are below the number of
    /// `positions`.
    #[must_use]
    pub fn new(positions: Vec<Position>, arcs: [Vec<(u32, Arc)>; 3]) -> Self {
        let forward = arcs.map(|arcs| Graph::new(positions.len(), arcs));
        Self {
            backward: forward.each_ref().map(Graph::reversed),
            patches: forward.each_ref().map(patches),
            forward,
            positions,
        }
    }
}

/// Whether a node stops cars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopsCars {
    /// A bollard, a private gate.
    Yes,
    /// They pass.
    No,
}

/// Marks the nodes of patches with few nodes, and those that no arc touches, whatever the direction of the arcs.
fn patches(graph: &Graph) -> Vec<bool> {
    let mut parent: Vec<u32> = (0..graph.nodes() as u32).collect();
    for from in 0..graph.nodes() as u32 {
        for arc in graph.from(from) {
            let (a, b) = (root(&mut parent, from), root(&mut parent, arc.to));
            parent[a.max(b) as usize] = a.min(b);
        }
    }
    let mut sizes = vec![0_u32; graph.nodes()];
    for node in 0..graph.nodes() as u32 {
        sizes[root(&mut parent, node) as usize] += 1;
    }
    (0..graph.nodes() as u32).map(|node| sizes[root(&mut parent, node) as usize] < SMALLEST_PATCH).collect()
}

/// The node that stands for the patch of another.
fn root(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        // Halves the path, so that the next climb is shorter.
        parent[node as usize] = parent[parent[node as usize] as usize];
        node = parent[node as usize];
    }
    node
}
