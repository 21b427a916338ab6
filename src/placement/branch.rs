//! The exact finish: where the bound stays above the plan, a site is taken that the bound cannot decide on, and two
//! smaller questions are asked, with it and without it (branch and bound, Land and Doig 1960). Sites whose price alone
//! settles them are settled first (reduced-cost fixing).
//!
//! What was asked is kept as a tree, with the prices that settle each leaf, so that the proof can be checked.

use std::collections::BinaryHeap;

use super::dual::Dual;
use super::model::Model;
use super::part::{Fate, Part};
use super::shares::Shares;

/// Where more demand points than this would need prices for each leaf, branching settles too little to be worth it.
const MOST_DEMAND: usize = 30_000;
/// Prices kept in all: they are published with the plan.
const MOST_PRICES: usize = 1_500_000;
/// First step of the prices of a smaller question, which begin near the right ones.
const STEP: f64 = 0.25;
/// Work that a smaller question gets, in readings of its prices, and turns without a better bound after which its steps
/// shrink.
const READINGS: u64 = 120;
/// Sites that one reading of a demand point's prices looks at, about.
const SITES_A_POINT: usize = 40;
const PATIENCE: u32 = 8;
/// Where there are so many demand points to a site, shares of sites are moved instead: there are far fewer of them.
const POINTS_A_SITE: usize = 8;
/// Turns that the shares of a smaller question get, and those of the whole.
const TURNS: u32 = 60;
const FIRST_TURNS: u32 = 240;
/// Parts of a share that are kept between two questions.
const WHOLE: f32 = 65_535.0;

/// One question of the tree.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node {
    /// Split on a site: the question where it is open, the question where it is closed.
    Split { site: u32, open: usize, closed: usize },
    /// Settled, or open still, with the rank of the prices that bound it.
    Leaf { prices: usize, bound: i64 },
}

/// A leaf to split: its bound, its rank in the tree, the fates of all sites, and how far each is open, in parts of
/// [`WHOLE`]. The highest bound comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pending {
    bound: i64,
    leaf: usize,
    fates: Vec<Fate>,
    shares: Vec<u16>,
}

/// A tree of questions that can be grown for a while, and again later.
pub(super) struct Branching<'m> {
    model: &'m Model,
    shift: u32,
    /// Whether shares of sites are moved, and not prices.
    by_shares: bool,
    /// What is left once the sites are settled that no case is needed for.
    core: Part,
    pub tree: Vec<Node>,
    /// Lists of prices of the whole; those that no leaf needs any more are empty.
    pub prices: Vec<Vec<u32>>,
    /// Leaves that each list bounds, and lists that bound one.
    uses: Vec<u32>,
    kept: usize,
    /// Leaves to split.
    pending: BinaryHeap<Pending>,
    /// Plans that the prices suggest, with their values.
    pub hints: Vec<(i64, Vec<u32>)>,
    /// Entries read so far.
    work: u64,
}

/// Whether the exact finish is worth trying.
pub(super) fn is_small(model: &Model) -> bool {
    model.demand() <= MOST_DEMAND
}

impl<'m> Branching<'m> {
    /// Begins where the search for a bound ended.
    pub fn new(model: &'m Model, dual: &Dual<'m>) -> Self {
        let bound = dual.bound();
        let (fates, shares) = (vec![Fate::Free; model.sites()], dual.often.iter().copied().map(parts).collect());
        Self {
            model,
            shift: dual.shift,
            by_shares: model.sites() * POINTS_A_SITE <= model.demand(),
            core: Part::whole(model),
            tree: vec![Node::Leaf { prices: 0, bound }],
            prices: vec![dual.best_prices.clone()],
            uses: vec![1],
            kept: 1,
            pending: BinaryHeap::from([Pending { bound, leaf: 0, fates, shares }]),
            hints: Vec::new(),
            work: 0,
        }
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
        self.pending.peek().is_none_or(|next| next.bound <= target) || self.kept * self.model.demand() > MOST_PRICES
    }

    /// Splits the leaves with the highest bounds for so much work; leaves at or below the value of a plan are settled.
    pub fn run(&mut self, target: i64, work: u64) {
        let end = self.work + work;
        while self.work < end && !self.is_done(target) {
            let Some(next) = self.pending.pop() else { return };
            self.look_at(next, target);
            if self.hints.last().is_some_and(|(value, _)| *value > target) {
                // Whoever searches for plans should know before more is split.
                return;
            }
        }
    }

    /// Lowers the bound of a leaf as far as a few turns can, settles the sites that its prices settle, and splits it on the
    /// one that they are most in doubt about.
    fn look_at(&mut self, next: Pending, target: i64) {
        let Pending { leaf, fates, mut shares, .. } = next;
        let Node::Leaf { prices, .. } = self.tree[leaf] else { return };
        // To make a part takes several times as long as to read it.
        self.work += 4 * self.core.model.near.items() as u64;
        let Some(part) = self.core.narrowed(&fates) else {
            self.tree[leaf] = Node::Leaf { prices, bound: i64::MIN };
            return;
        };
        let start = part.lowered(self.model, &self.prices[prices], self.shift);
        let mut dual = Dual::at(&part.model, self.shift, start, STEP);
        let now = if self.by_shares {
            let before: Vec<f32> = part.sites.iter().map(|&site| f32::from(shares[site as usize]) / WHOLE).collect();
            let mut climb = Shares::at(&part.model, &before);
            dual.settle();
            climb.run(&mut dual, target, if leaf == 0 { FIRST_TURNS } else { TURNS });
            climb.into_best()
        } else {
            let reading = part.model.near.items().min(SITES_A_POINT * part.model.demand()) as u64;
            dual.run(target, READINGS * reading, PATIENCE);
            dual.often.clone()
        };
        let chosen = dual.chosen().into_iter().map(|site| part.sites[site as usize]);
        self.hints.push((dual.value_of_chosen(), part.open.iter().copied().chain(chosen).collect()));
        self.reprice(leaf, part.raised(&dual.best_prices, self.shift), dual.bound());
        if dual.bound() > target {
            part.sites.iter().zip(&now).for_each(|(&site, &share)| shares[site as usize] = parts(share));
            self.split(Pending { bound: dual.bound(), leaf, fates, shares }, &mut dual, &part, target);
        }
        self.work += dual.work;
    }

    /// Another list of prices for a leaf.
    fn reprice(&mut self, leaf: usize, list: Vec<u32>, bound: i64) {
        let Node::Leaf { prices, .. } = self.tree[leaf] else { return };
        self.uses[prices] -= 1;
        if self.uses[prices] == 0 {
            self.prices[prices] = Vec::new();
            self.kept -= 1;
        }
        self.tree[leaf] = Node::Leaf { prices: self.prices.len(), bound };
        self.prices.push(list);
        self.uses.push(1);
        self.kept += 1;
    }

    /// Closes every site that cannot be open in a better plan, opens every site that cannot be closed, and makes two leaves
    /// of what is left.
    fn split(&mut self, of: Pending, dual: &mut Dual, part: &Part, target: i64) {
        let Pending { leaf, mut fates, shares, .. } = of;
        let bound = dual.evaluate_best();
        let threshold = dual.threshold();
        // The bound if this site were forced to the other side of those that are chosen.
        let other = |dual: &Dual, site: u32| {
            let (least_in, most_out) = threshold?;
            let worth = dual.worths[site as usize];
            let less = if dual.is_chosen(site) { worth - most_out } else { least_in - worth };
            Some(((bound - i128::from(less)) >> self.shift) as i64)
        };
        let others: Vec<Option<i64>> = (0..part.model.sites() as u32).map(|site| other(dual, site)).collect();
        let mut rest = leaf;
        for (site, other) in (0..).zip(&others) {
            if let Some(other) = other.filter(|other| *other <= target) {
                let fate = if dual.is_chosen(site) { Fate::Open } else { Fate::Closed };
                fates[part.sites[site as usize] as usize] = fate;
                rest = self.divide(rest, part.sites[site as usize], fate, other);
            }
        }
        if leaf == 0
            && let Some(core) = self.core.narrowed(&fates)
        {
            self.core = core;
        }
        let free = |site: u32| fates[part.sites[site as usize] as usize] == Fate::Free;
        let doubt = |site: &u32| shares[part.sites[*site as usize] as usize].abs_diff(parts(0.5));
        let doubtful = (0..part.model.sites() as u32).filter(|&site| free(site)).min_by_key(doubt);
        let Some(site) = doubtful else { return self.close_leaf(rest, &fates) };
        let Node::Leaf { bound, .. } = self.tree[rest] else { return };
        let fate = if dual.is_chosen(site) { Fate::Open } else { Fate::Closed };
        let other_fate = if dual.is_chosen(site) { Fate::Closed } else { Fate::Open };
        let other_bound = others[site as usize].map_or(bound, |other| other.min(bound));
        let place = part.sites[site as usize];
        let one = self.divide(rest, place, fate, other_bound);
        let Node::Split { open, closed, .. } = self.tree[rest] else { return };
        let other = if one == open { closed } else { open };
        for (child, fate, bound) in [(one, fate, bound), (other, other_fate, other_bound)] {
            let mut fates = fates.clone();
            fates[place as usize] = fate;
            self.pending.push(Pending { bound, leaf: child, fates, shares: shares.clone() });
        }
    }

    /// Makes two leaves of one: the one in which the site has this fate, which is returned, and the other, which has
    /// another bound.
    fn divide(&mut self, leaf: usize, site: u32, fate: Fate, other_bound: i64) -> usize {
        let Node::Leaf { bound, prices } = self.tree[leaf] else { unreachable!("only leaves are divided") };
        let open = self.tree.len();
        let [one, other] = [Node::Leaf { prices, bound }, Node::Leaf { prices, bound: other_bound }];
        self.tree.extend(if fate == Fate::Open { [one, other] } else { [other, one] });
        self.tree[leaf] = Node::Split { site, open, closed: open + 1 };
        self.uses[prices] += 1;
        if fate == Fate::Open { open } else { open + 1 }
    }

    /// Bounds a leaf with a single plan left by the value of that plan: everybody pays what it brings.
    fn close_leaf(&mut self, leaf: usize, fates: &[Fate]) {
        let Node::Leaf { prices, .. } = self.tree[leaf] else { return };
        match self.core.narrowed(fates) {
            None => self.tree[leaf] = Node::Leaf { prices, bound: i64::MIN },
            Some(part) => {
                self.hints.push((part.model.base, part.open.clone()));
                self.reprice(leaf, part.raised(&vec![0; part.model.demand()], self.shift), part.model.base);
            }
        }
    }
}

/// A share in parts of [`WHOLE`].
fn parts(share: f32) -> u16 {
    (share * WHOLE) as u16
}
