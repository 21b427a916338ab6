//! The exact finish: where the bound stays above the plan, a site is taken that the bound cannot decide on, and two
//! smaller questions are asked, with it and without it (branch and bound, Land and Doig 1960). Sites whose price alone
//! settles them are settled first (reduced-cost fixing).
//!
//! What was asked is kept as a tree, with the prices that settle each leaf, so that the proof can be checked.

use std::collections::BinaryHeap;

use super::dual::{Dual, Fate};
use super::model::Model;

/// Where more demand points than this would need prices for each leaf, branching settles too little to be worth it.
const MOST_DEMAND: usize = 5_000;
/// Prices kept in all: they are published with the plan.
const MOST_PRICES: usize = 1_500_000;
/// First step of the prices of a smaller question, which begin near the right ones.
const STEP: f64 = 0.25;
/// Turns that a smaller question gets, in units of one reading of the model.
const TURNS: u64 = 60;

/// One question of the tree.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node {
    /// Split on a site: the question where it is open, the question where it is closed.
    Split { site: u32, open: usize, closed: usize },
    /// Settled, or open still, with the rank of the prices that bound it.
    Leaf { prices: usize, bound: i64 },
}

/// A tree of questions that can be grown for a while, and again later.
pub(super) struct Branching<'m> {
    model: &'m Model,
    dual: Dual<'m>,
    pub tree: Vec<Node>,
    pub prices: Vec<Vec<u32>>,
    /// Leaves to split: bound, rank in the tree, fates of the sites.
    pending: BinaryHeap<(i64, usize, Vec<Fate>)>,
    /// Plans that the prices suggest.
    pub hints: Vec<Vec<u32>>,
}

/// Whether the exact finish is worth trying.
pub(super) fn is_small(model: &Model) -> bool {
    model.demand() <= MOST_DEMAND
}

impl<'m> Branching<'m> {
    /// Begins where the search for a bound ended.
    pub fn new(model: &'m Model, dual: Dual<'m>) -> Self {
        let prices = vec![dual.best_prices.clone()];
        let bound = dual.bound();
        let fates = dual.fates.clone();
        let tree = vec![Node::Leaf { prices: 0, bound }];
        Self { model, dual, tree, prices, pending: BinaryHeap::from([(bound, 0, fates)]), hints: Vec::new() }
    }

    /// The highest bound of all leaves: no plan is worth more.
    pub fn bound(&self) -> i64 {
        let leaves = self.tree.iter().filter_map(|node| match node {
            Node::Leaf { bound, .. } => Some(*bound),
            Node::Split { .. } => None,
        });
        leaves.max().unwrap_or(i64::MAX)
    }

    /// Whether nothing is left to split, or too much was kept already.
    pub fn is_done(&self, target: i64) -> bool {
        self.pending.peek().is_none_or(|(bound, ..)| *bound <= target)
            || self.prices.len() * self.model.demand() > MOST_PRICES
    }

    /// Splits the leaves with the highest bounds for so much work; leaves at or below the value of a plan are settled.
    pub fn run(&mut self, target: i64, work: u64) {
        let end = self.dual.work + work;
        while self.dual.work < end && !self.is_done(target) {
            let Some((_, leaf, fates)) = self.pending.pop() else { return };
            self.split(leaf, fates, target);
        }
    }

    fn split(&mut self, leaf: usize, fates: Vec<Fate>, target: i64) {
        let Node::Leaf { prices, .. } = self.tree[leaf] else { return };
        self.dual.fates = fates;
        self.dual.restart(&self.prices[prices].clone(), STEP);
        let leaf = self.settle_sites(leaf, prices, target);
        let Some(site) = self.dual.most_doubtful() else { return self.close_leaf(leaf) };
        let (open, closed) = self.divide(leaf, site, prices);
        let fates = self.dual.fates.clone();
        for (child, fate) in [(open, Fate::Open), (closed, Fate::Closed)] {
            self.dual.fates.clone_from(&fates);
            self.dual.fates[site as usize] = fate;
            self.bound_leaf(child, prices, target);
        }
    }

    /// Closes every site that cannot be open in a better plan, opens every site that cannot be closed. Returns the leaf
    /// that is left.
    fn settle_sites(&mut self, mut leaf: usize, prices: usize, target: i64) -> usize {
        let bound = self.dual.evaluate_best();
        let Some((least_in, most_out)) = self.dual.threshold() else { return leaf };
        for site in 0..self.model.sites() as u32 {
            if self.dual.fates[site as usize] != Fate::Free {
                continue;
            }
            let worth = self.dual.worths[site as usize];
            let inside = self.dual.is_chosen(site);
            // The bound if this site were forced to the other side.
            let other = bound - if inside { i128::from(worth - most_out) } else { i128::from(least_in - worth) };
            let other = (other >> self.dual.shift) as i64;
            if other <= target {
                let (open, closed) = self.divide(leaf, site, prices);
                let (settled, left) = if inside { (closed, open) } else { (open, closed) };
                self.tree[settled] = Node::Leaf { prices, bound: other };
                self.dual.fates[site as usize] = if inside { Fate::Open } else { Fate::Closed };
                leaf = left;
            }
        }
        leaf
    }

    /// Makes two leaves of one.
    fn divide(&mut self, leaf: usize, site: u32, prices: usize) -> (usize, usize) {
        let Node::Leaf { bound, .. } = self.tree[leaf] else { unreachable!("only leaves are divided") };
        let open = self.tree.len();
        self.tree.extend([Node::Leaf { prices, bound }; 2]);
        self.tree[leaf] = Node::Split { site, open, closed: open + 1 };
        (open, open + 1)
    }

    /// Lowers the bound of a new leaf as far as a few turns can.
    fn bound_leaf(&mut self, leaf: usize, parent: usize, target: i64) {
        let Node::Leaf { bound: before, .. } = self.tree[leaf] else { return };
        if !self.dual.is_payable() {
            self.tree[leaf] = Node::Leaf { prices: parent, bound: i64::MIN };
            return;
        }
        if self.dual.is_decided() {
            return self.close_leaf(leaf);
        }
        self.dual.restart(&self.prices[parent].clone(), STEP);
        let at_once = (self.dual.evaluate_best() >> self.dual.shift) as i64;
        if at_once <= target {
            self.tree[leaf] = Node::Leaf { prices: parent, bound: at_once };
            return;
        }
        let work = TURNS * 2 * self.model.near.items().min(40 * self.model.demand()) as u64;
        self.dual.run(target, work);
        self.hints.push(self.dual.chosen());
        let (mut prices, mut bound) = (parent, before.min(at_once));
        if self.dual.bound() < bound {
            bound = self.dual.bound();
            prices = self.prices.len();
            self.prices.push(self.dual.best_prices.clone());
        }
        self.tree[leaf] = Node::Leaf { prices, bound };
        if bound > target {
            self.pending.push((bound, leaf, self.dual.fates.clone()));
        }
    }

    /// Bounds a leaf with a single plan left by the value of that plan: at these prices no site is worth anything.
    fn close_leaf(&mut self, leaf: usize) {
        let open = |entry: &&super::model::Entry| self.dual.fates[entry.id as usize] == Fate::Open;
        let best = self.model.near.iter().map(|row| row.iter().find(open).map_or(0, |entry| entry.benefit));
        let prices: Vec<u32> = best.map(|benefit| benefit << self.dual.shift).collect();
        self.dual.restart(&prices, STEP);
        let bound = (self.dual.evaluate_best() >> self.dual.shift) as i64;
        self.hints.push(self.dual.chosen());
        self.tree[leaf] = Node::Leaf { prices: self.prices.len(), bound };
        self.prices.push(prices);
    }
}
