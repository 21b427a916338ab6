//! Dijkstra's algorithm, from one place or from many at once, as far as asked.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::Graph;

/// Not reached.
const FAR: u32 = u32::MAX;

/// Room for searches over one graph: cleared after each by what it touched, so that a short search is cheap in a large
/// network.
#[derive(Debug, Clone)]
pub struct Search {
    /// By node: milliseconds from the nearest source, and which one.
    labels: Vec<(u32, u32)>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(u32, u32, u32)>>,
}

/// Where a search begins: a node, the milliseconds already spent, and a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Node of the graph.
    pub node: u32,
    /// Milliseconds to get there.
    pub ms: u32,
    /// What the caller calls it.
    pub name: u32,
}

impl Search {
    /// Room for graphs of so many nodes.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { labels: vec![(FAR, FAR); nodes], touched: Vec::new(), queue: BinaryHeap::new() }
    }

    /// Searches from all sources together until it is known how near one node is.
    pub fn run_to(&mut self, graph: &Graph, sources: &[Source], target: u32) {
        self.search(graph, sources, u32::MAX - 1, Some(target));
    }

    /// Searches from all sources together, no farther than `limit` milliseconds. Until the next search, [`Search::reached`]
    /// and [`Search::at`] give what was found. Of several sources equally near, the smallest name wins.
    pub fn run(&mut self, graph: &Graph, sources: &[Source], limit: u32) {
        self.search(graph, sources, limit, None);
    }

    fn search(&mut self, graph: &Graph, sources: &[Source], limit: u32, target: Option<u32>) {
        self.queue.clear();
        for node in self.touched.drain(..) {
            self.labels[node as usize] = (FAR, FAR);
        }
        for source in sources {
            self.improve(source.node, (source.ms, source.name), limit);
        }
        while let Some(Reverse((ms, name, node))) = self.queue.pop() {
            if self.labels[node as usize] != (ms, name) {
                continue;
            }
            if target == Some(node) {
                return;
            }
            for arc in graph.from(node) {
                self.improve(arc.to, (ms.saturating_add(arc.ms), name), limit);
            }
        }
    }

    /// Nodes that the last search reached, in no order.
    #[must_use]
    pub fn reached(&self) -> &[u32] {
        &self.touched
    }

    /// Milliseconds and name of the nearest source; `None` when no source reaches the node.
    #[must_use]
    pub fn at(&self, node: u32) -> Option<(u32, u32)> {
        let label = self.labels[node as usize];
        (label.0 != FAR).then_some(label)
    }

    fn improve(&mut self, node: u32, label: (u32, u32), limit: u32) {
        let old = self.labels[node as usize];
        if label < old && label.0 <= limit && label.0 != FAR {
            if old.0 == FAR {
                self.touched.push(node);
            }
            self.labels[node as usize] = label;
            self.queue.push(Reverse((label.0, label.1, node)));
        }
    }
}
