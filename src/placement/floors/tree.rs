//! The exact search: where the bound stays above the plan, a site is taken that the bound is in doubt about, and two smaller
//! questions are asked, with it and without it (branch and bound, Land and Doig 1960). First, how little can be lacking; then,
//! of the plans that lack no more, how much the best one covers. A case in which every plan lacks more needs no other bound.
//!
//! What was asked is kept as a tree with the prices that settle each leaf, so that the proof can be checked.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::asked::{Asked, Left};
use super::list::{List, Pace};
use super::weighing::{Doubt, Weighing};
use crate::placement::part::Fate;
use crate::placement::plan::{Case, Cases, Counted, Prices, Question};
use crate::placement::weighted::ONCE;

/// Prices kept in all: they are published with the plan.
const MOST_PRICES: usize = 1_500_000;
/// How long the prices of the whole are moved, and those of a smaller question, which begin near the right ones.
const AT_FIRST: Pace = Pace { step: 1.0, turns: 600, patience: 20 };
const THEN: Pace = Pace { step: 0.3, turns: 80, patience: 8 };
/// To make a smaller question takes so many times as long as to read it.
const MAKING: u64 = 4;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// How little can be lacking.
    Shortfall,
    /// How much can be covered by a plan that lacks no more than this.
    Objective { shortfall: i64 },
}

/// One question of the tree.
#[derive(Debug, Clone, Copy)]
enum Node {
    /// Split on a site: the question where it is open, the question where it is closed.
    Split { site: u32, open: usize, closed: usize },
    /// Settled, or open still: the rank of the list that bounds it, and its key.
    Leaf { list: usize, key: i64 },
}

/// A leaf to split, and where its prices begin. The highest key comes first; of equals, the last.
struct Pending {
    key: i64,
    leaf: usize,
    fates: Vec<Fate>,
    start: Rc<List>,
}

impl PartialEq for Pending {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pending {}

impl PartialOrd for Pending {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pending {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.key, self.leaf).cmp(&(other.key, other.leaf))
    }
}

/// A tree of questions that can be grown for a while, and again later.
pub(super) struct Tree<'a> {
    asked: &'a Asked,
    aim: Aim,
    shift: u32,
    nodes: Vec<Node>,
    /// Lists of prices; those that no leaf needs any more are empty.
    lists: Vec<List>,
    uses: Vec<u32>,
    kept: usize,
    pending: BinaryHeap<Pending>,
    /// Plans that the prices suggest: ranks of sites.
    pub hints: Vec<Vec<u32>>,
    work: u64,
}

impl<'a> Tree<'a> {
    pub fn new(asked: &'a Asked, aim: Aim, shift: u32) -> Self {
        let once = aim != Aim::Shortfall;
        // Nobody is credited for a floor before the prices say so; what lacks counts everywhere.
        let times = vec![if once { 0 } else { ONCE }; asked.floors.len()];
        let list = List { once, times, prices: vec![1 << shift; asked.groups()] };
        let (fates, start) = (vec![Fate::Free; asked.sites()], Rc::new(list.clone()));
        Self {
            asked,
            aim,
            shift,
            nodes: vec![Node::Leaf { list: 0, key: i64::MAX }],
            lists: vec![list],
            uses: vec![1],
            kept: 1,
            pending: BinaryHeap::from([Pending { key: i64::MAX, leaf: 0, fates, start }]),
            hints: Vec::new(),
            work: 0,
        }
    }

    /// No plan has a higher key: what it covers, or what it lacks, below 0.
    pub fn key(&self) -> i64 {
        let leaves = self.nodes.iter().filter_map(|node| match node {
            Node::Leaf { key, .. } => Some(*key),
            Node::Split { .. } => None,
        });
        leaves.max().unwrap_or(i64::MAX)
    }

    /// Whether nothing is left to split, or too much was kept already.
    pub fn is_done(&self, target: i64) -> bool {
        self.pending.peek().is_none_or(|next| next.key <= target) || self.kept * self.asked.groups() > MOST_PRICES
    }

    /// Splits the leaves with the highest keys for so much work; those at or below the target, the key of a plan, are settled.
    pub fn run(&mut self, target: i64, work: u64) {
        let end = self.work + work;
        while self.work < end && !self.is_done(target) {
            let Some(next) = self.pending.pop() else { return };
            self.look_at(next, target);
        }
    }

    fn look_at(&mut self, next: Pending, target: i64) {
        let Pending { leaf, fates, start, .. } = next;
        let Node::Leaf { list, key } = self.nodes[leaf] else { return };
        let Some(left) = self.asked.left(&fates) else {
            self.nodes[leaf] = Node::Leaf { list, key: i64::MIN };
            return;
        };
        self.work += MAKING * (left.near.items() + self.asked.groups()) as u64;
        if left.groups.is_empty() {
            return self.settle(leaf, &left);
        }
        let allowed = match self.aim {
            Aim::Shortfall => 0,
            Aim::Objective { shortfall } => shortfall,
        };
        let mut weighing = Weighing::new(self.asked, &left, self.shift, allowed, &start);
        if leaf == 0 {
            weighing.run(target, &AT_FIRST, false);
        } else if self.aim == Aim::Shortfall && key >= 0 {
            weighing.run(target, &THEN, false);
        }
        weighing.run(target, if leaf == 0 { &AT_FIRST } else { &THEN }, true);
        self.work += std::mem::take(&mut weighing.work);
        let chosen = left.sites.iter().zip(&weighing.chosen).filter(|(_, chosen)| **chosen).map(|(site, _)| *site);
        self.hints.push(left.open.iter().copied().chain(chosen).collect());
        let is_closer = weighing.key() <= key;
        if is_closer {
            self.reprice(leaf, weighing.list(), weighing.key());
        }
        if weighing.key() <= target {
            return;
        }
        if let Aim::Objective { shortfall } = self.aim
            && self.lacks_more(leaf, &left, shortfall)
        {
            return;
        }
        let mut doubts = weighing.doubts();
        if !is_closer {
            // The prices of the leaf are others: they settle nothing.
            doubts.iter_mut().for_each(|doubt| doubt.other = None);
        }
        let useful = (!weighing.is_telling()).then(|| left.useful());
        self.split(
            leaf,
            fates,
            &left,
            (&doubts, &weighing.often, useful.as_deref()),
            (target, Rc::new(weighing.start())),
        );
    }

    /// Whether every plan of a case lacks more than is allowed; then it is settled.
    fn lacks_more(&mut self, leaf: usize, left: &Left, allowed: i64) -> bool {
        let Node::Leaf { list, .. } = self.nodes[leaf] else { return false };
        let times = left.lacks.iter().map(|&lack| if lack > 0 { ONCE } else { 0 }).collect();
        let start = List { once: false, times, prices: self.lists[list].prices.clone() };
        let mut weighing = Weighing::new(self.asked, left, self.shift, 0, &start);
        let goal = -(allowed + 1);
        weighing.run(goal, &THEN, true);
        self.work += weighing.work;
        let more = weighing.key() <= goal;
        if more {
            self.reprice(leaf, weighing.list(), i64::MIN);
        }
        more
    }

    /// Bounds a case with a single plan left by what that plan is worth.
    fn settle(&mut self, leaf: usize, left: &Left) {
        self.hints.push(left.open.clone());
        let whole = 1 << self.shift;
        let prices = left.is_served.iter().map(|&served| if served { whole } else { 0 }).collect();
        let due = || left.lacks.iter().map(|&lack| if lack > 0 { ONCE } else { 0 }).collect();
        let (once, times, key) = match self.aim {
            Aim::Shortfall => (false, due(), -left.shortfall()),
            Aim::Objective { shortfall } if left.shortfall() > shortfall => (false, due(), i64::MIN),
            Aim::Objective { .. } => (true, vec![0; left.lacks.len()], left.value()),
        };
        self.reprice(leaf, List { once, times, prices }, key);
    }

    /// Another list of prices for a leaf.
    fn reprice(&mut self, leaf: usize, list: List, key: i64) {
        let Node::Leaf { list: before, .. } = self.nodes[leaf] else { return };
        self.uses[before] -= 1;
        if self.uses[before] == 0 {
            self.lists[before].prices = Vec::new();
            self.kept -= 1;
        }
        self.nodes[leaf] = Node::Leaf { list: self.lists.len(), key };
        self.lists.push(list);
        self.uses.push(1);
        self.kept += 1;
    }

    /// Gives every site its fate that has another in no better plan, and makes two leaves of what is left.
    fn split(
        &mut self,
        leaf: usize,
        mut fates: Vec<Fate>,
        left: &Left,
        (doubts, often, useful): (&[Doubt], &[f32], Option<&[i64]>),
        (target, start): (i64, Rc<List>),
    ) {
        let mut rest = leaf;
        for (&site, doubt) in left.sites.iter().zip(doubts) {
            if let Some(other) = doubt.other.filter(|other| *other <= target) {
                let fate = if doubt.is_chosen { Fate::Open } else { Fate::Closed };
                fates[site as usize] = fate;
                rest = self.divide(rest, site, fate, other);
            }
        }
        let Node::Leaf { key, .. } = self.nodes[rest] else { return };
        let free = (0..left.sites.len()).filter(|&place| fates[left.sites[place] as usize] == Fate::Free);
        // Prices that say nothing are in doubt about nothing: what matters is what a site could do for the floors.
        let in_doubt = |&place: &usize| match useful {
            Some(useful) => -useful[place],
            None => ((often[place] - 0.5).abs() * 65_536.0) as i64,
        };
        let Some(place) = free.min_by_key(in_doubt) else {
            return self.pending.push(Pending { key, leaf: rest, fates, start });
        };
        let site = left.sites[place];
        let fate = if doubts[place].is_chosen { Fate::Open } else { Fate::Closed };
        let other_fate = if doubts[place].is_chosen { Fate::Closed } else { Fate::Open };
        let other_key = doubts[place].other.map_or(key, |other| other.min(key));
        let one = self.divide(rest, site, fate, other_key);
        let Node::Split { open, closed, .. } = self.nodes[rest] else { return };
        let other = if one == open { closed } else { open };
        for (leaf, fate, key) in [(one, fate, key), (other, other_fate, other_key)] {
            let mut fates = fates.clone();
            fates[site as usize] = fate;
            self.pending.push(Pending { key, leaf, fates, start: start.clone() });
        }
    }

    /// Makes two leaves of one: the one in which the site has this fate, which is returned, and the other, which has another
    /// key.
    fn divide(&mut self, leaf: usize, site: u32, fate: Fate, other_key: i64) -> usize {
        let Node::Leaf { key, list } = self.nodes[leaf] else { unreachable!("only leaves are divided") };
        let open = self.nodes.len();
        let [one, other] = [Node::Leaf { list, key }, Node::Leaf { list, key: other_key }];
        self.nodes.extend(if fate == Fate::Open { [one, other] } else { [other, one] });
        self.nodes[leaf] = Node::Split { site, open, closed: open + 1 };
        self.uses[list] += 1;
        if fate == Fate::Open { open } else { open + 1 }
    }

    /// The proof: a list of prices for each leaf; lists that no leaf needs are left out.
    pub fn proof(&self) -> Prices {
        let mut cases = Cases { shift: self.shift, payers: self.asked.payers.clone(), ..Cases::default() };
        let mut counted = Vec::new();
        let mut ranks = vec![None; self.lists.len()];
        let mut pending = vec![0];
        while let Some(node) = pending.pop() {
            match self.nodes[node] {
                Node::Split { site, open, closed } => {
                    cases.tree.push(Case::Split { site: self.asked.site_ids[site as usize] });
                    pending.extend([closed, open]);
                }
                Node::Leaf { list, .. } => {
                    let rank = *ranks[list].get_or_insert_with(|| {
                        let List { once, times, prices } = &self.lists[list];
                        cases.prices.push(prices.clone());
                        counted.push(Counted { once: *once, times: times.clone() });
                        cases.prices.len() as u32 - 1
                    });
                    cases.tree.push(Case::Leaf { prices: rank });
                }
            }
        }
        Prices { question: Question::CaseByCase(counted), cases }
    }
}
