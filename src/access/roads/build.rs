//! From nodes and ways to a road network.

use super::graph::{Arc, Graph, RoadNetwork};
use super::tags::WayRules;
use crate::access::reach::Mode;
use crate::domain::{Metres, Position};
use crate::spatial::ShortLines;

/// Metres of lanes, both directions counted, that a patch of roads must have to be joined by travellers: less are mapping
/// leftovers, or roofs and platforms.
const SMALLEST_PATCH_M: f64 = 4_000.0;

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
    /// Metres between the nodes that stay on a road without junctions; `None` for all of them.
    spacing: Option<f64>,
}

impl RoadBuilder {
    /// Starts from ways; other files may hold their nodes.
    #[must_use]
    pub fn new(ways: Vec<RawWay>) -> Self {
        let mut ids: Vec<i64> = ways.iter().flat_map(|way| way.nodes.iter().copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        Self { positions: vec![None; ids.len()], blocked: vec![false; ids.len()], ways, ids, spacing: None }
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

    /// Length of a way, as far as its nodes are known.
    fn length_m(&self, way: &RawWay) -> f64 {
        let place = |id: &i64| self.ids.binary_search(id).ok().and_then(|node| self.positions[node]);
        let places: Vec<Position> = way.nodes.iter().filter_map(place).collect();
        places.windows(2).map(|ends| ShortLines::from(ends[0]).distance_to(ends[1]).value()).sum()
    }

    /// Leaves out the nodes between junctions, but for one every so many metres to join places to: as fast a network of a
    /// fraction of the nodes. Times between the nodes that stay are the same to the millisecond.
    #[must_use]
    pub fn contracted(self, spacing: Metres) -> Self {
        Self { spacing: Some(spacing.value()), ..self }
    }

    /// By node: whether it stays: a junction, the end of a way, what stops cars, the neighbour of a missing node, or what comes
    /// after so many metres without any of these.
    fn kept(&self) -> Vec<bool> {
        let Some(spacing) = self.spacing else { return vec![true; self.ids.len()] };
        let mut uses = vec![0_u8; self.ids.len()];
        for node in self.ways.iter().flat_map(|way| &way.nodes).filter_map(|id| self.ids.binary_search(id).ok()) {
            uses[node] = uses[node].saturating_add(1);
        }
        let mut kept: Vec<bool> =
            uses.iter().zip(&self.blocked).map(|(uses, blocked)| *uses != 1 || *blocked).collect();
        for way in &self.ways {
            let nodes: Vec<usize> = way.nodes.iter().filter_map(|id| self.ids.binary_search(id).ok()).collect();
            for end in [nodes.first(), nodes.last()].into_iter().flatten() {
                kept[*end] = true;
            }
            let mut since = 0.0;
            for ends in nodes.windows(2) {
                let (a, b) = (ends[0], ends[1]);
                let (Some(from), Some(to)) = (self.positions[a], self.positions[b]) else {
                    (kept[a], kept[b]) = (true, true);
                    since = 0.0;
                    continue;
                };
                since += ShortLines::from(from).distance_to(to).value();
                kept[b] |= since >= spacing;
                if kept[b] {
                    since = 0.0;
                }
            }
        }
        kept
    }

    /// The network. Ways are cut where a node is missing.
    #[must_use]
    pub fn build(self) -> RoadNetwork {
        let mut arcs: [Vec<(u32, Arc)>; 3] = Default::default();
        let kept = self.kept();
        // Nodes without a place, or between junctions, get no number.
        let mut numbers = vec![u32::MAX; self.ids.len()];
        let mut positions = Vec::new();
        for ((number, position), kept) in numbers.iter_mut().zip(&self.positions).zip(&kept) {
            if let Some(position) = position.filter(|_| *kept) {
                *number = positions.len() as u32;
                positions.push(position);
            }
        }
        for way in &self.ways {
            // A boat takes its time over the whole of its way, in proportion to the length.
            let sailing = way.rules.ferry_s.map(|seconds| f64::from(seconds) * 1000.0 / self.length_m(way).max(1.0));
            let mut run = Run::default();
            for ends in way.nodes.windows(2) {
                let [Ok(a), Ok(b)] = [ends[0], ends[1]].map(|id| self.ids.binary_search(&id)) else { continue };
                let (Some(from), Some(to)) = (self.positions[a], self.positions[b]) else {
                    run = Run::default();
                    continue;
                };
                if a == b {
                    continue;
                }
                let metres = ShortLines::from(from).distance_to(to).value();
                let closed = self.blocked[a] || self.blocked[b];
                let start = *run.start.get_or_insert(a);
                for mode in Mode::ALL {
                    let ms = |kmh: Option<f64>| {
                        let kmh = kmh.filter(|_| mode != Mode::Car || !closed)?;
                        Some((metres * sailing.unwrap_or(3600.0 / kmh)).round().max(1.0) as u32)
                    };
                    let sum = |so_far: Option<u32>, more: Option<u32>| Some(so_far?.saturating_add(more?));
                    let i = mode as usize;
                    run.along[i] = sum(run.along[i], ms(way.rules.along[i]));
                    run.against[i] = sum(run.against[i], ms(way.rules.against[i]));
                    if kept[b] {
                        let (from, to) = (numbers[start], numbers[b]);
                        arcs[i].extend(run.along[i].map(|ms| (from, Arc { to, ms })));
                        arcs[i].extend(run.against[i].map(|ms| (to, Arc { to: from, ms })));
                    }
                }
                if kept[b] {
                    run = Run::default();
                }
            }
        }
        RoadNetwork::new(positions, arcs)
    }
}

/// A piece of a way from one node that stays to the next: milliseconds so far, by mode; `None` where one may not go.
struct Run {
    start: Option<usize>,
    along: [Option<u32>; 3],
    against: [Option<u32>; 3],
}

impl Default for Run {
    fn default() -> Self {
        Self { start: None, along: [Some(0); 3], against: [Some(0); 3] }
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
            patches: forward.each_ref().map(|graph| patches(graph, &positions)),
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

/// Marks the nodes of patches with short roads, and those that no arc touches, whatever the direction of the arcs.
fn patches(graph: &Graph, positions: &[Position]) -> Vec<bool> {
    let mut parent: Vec<u32> = (0..graph.nodes() as u32).collect();
    for from in 0..graph.nodes() as u32 {
        for arc in graph.from(from) {
            let (a, b) = (root(&mut parent, from), root(&mut parent, arc.to));
            parent[a.max(b) as usize] = a.min(b);
        }
    }
    let mut metres = vec![0.0; graph.nodes()];
    for from in 0..graph.nodes() as u32 {
        let here = ShortLines::from(positions[from as usize]);
        let leaving: f64 =
            graph.from(from).iter().map(|arc| here.distance_to(positions[arc.to as usize]).value()).sum();
        metres[root(&mut parent, from) as usize] += leaving;
    }
    (0..graph.nodes() as u32).map(|node| metres[root(&mut parent, node) as usize] < SMALLEST_PATCH_M).collect()
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
