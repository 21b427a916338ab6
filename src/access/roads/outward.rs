//! The fastest ways by road out of one place, found as far as they are asked for.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::graph::Graph;
use super::snap::{Snap, Snapper};
use crate::access::reach::Mode;
use crate::domain::{Position, Seconds};

/// A search out of one place that is carried on when more is asked.
#[derive(Debug)]
pub struct RoadsOutward<'a> {
    graph: &'a Graph,
    snapper: &'a Snapper,
    mode: Mode,
    /// Milliseconds to each node that was met: few of a large network are.
    labels: HashMap<u32, u32>,
    queue: BinaryHeap<Reverse<(u32, u32)>>,
    until: u32,
}

/// What is known of the way to a place by road.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByRoad {
    /// So long.
    Takes(Seconds),
    /// Longer than was looked for so far.
    Later,
    /// The place joins no road, or no road leads there.
    No,
}

impl<'a> RoadsOutward<'a> {
    pub(super) fn new(graph: &'a Graph, snapper: &'a Snapper, mode: Mode, from: Snap) -> Self {
        let (labels, queue) =
            (HashMap::from([(from.node, from.ms)]), BinaryHeap::from([Reverse((from.ms, from.node))]));
        Self { graph, snapper, mode, labels, queue, until: 0 }
    }

    /// Carries on until every node within so many milliseconds is known.
    pub fn advance(&mut self, until: u32) {
        self.until = self.until.max(until);
        while let Some(Reverse((ms, node))) = self.queue.peek().copied() {
            if ms > self.until {
                return;
            }
            self.queue.pop();
            if self.labels[&node] != ms {
                continue;
            }
            for arc in self.graph.from(node) {
                let ms = ms.saturating_add(arc.ms);
                let label = self.labels.entry(arc.to).or_insert(u32::MAX);
                if ms < *label {
                    *label = ms;
                    self.queue.push(Reverse((ms, arc.to)));
                }
            }
        }
    }

    /// What is known of the way to a place.
    #[must_use]
    pub fn to(&self, place: Position) -> ByRoad {
        let Some(snap) = self.snapper.snap(self.mode, place) else { return ByRoad::No };
        match self.labels.get(&snap.node) {
            Some(ms) if *ms <= self.until => {
                ByRoad::Takes(Seconds(ms.saturating_add(snap.ms).saturating_add(500) / 1000))
            }
            None if self.queue.is_empty() => ByRoad::No,
            _ => ByRoad::Later,
        }
    }
}
