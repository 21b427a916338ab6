//! The first plan: the site that adds most, again and again. Gains only shrink, so most are never counted again
//! (lazy evaluation, Minoux 1978; Leskovec et al., *Cost-effective outbreak detection*, 2007).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::model::Model;
use super::open::Open;

/// A gain that was right once, and now is at most too high.
#[derive(Debug, PartialEq)]
pub(super) struct Promise {
    pub rate: f64,
    pub site: u32,
}

impl Eq for Promise {}

impl Ord for Promise {
    /// The highest rate first, then the lowest rank.
    fn cmp(&self, other: &Self) -> Ordering {
        self.rate.total_cmp(&other.rate).then(other.site.cmp(&self.site))
    }
}

impl PartialOrd for Promise {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Opens sites until the means are spent or nobody gains. Where prices differ, the better of two plans is taken: by gain,
/// and by gain per euro.
pub(super) fn greedy(model: &Model) -> Open<'_> {
    let mut by_gain = Open::new(model);
    fill(&mut by_gain, |gain, _| gain);
    if model.even_count().is_some() {
        return by_gain;
    }
    let mut by_rate = Open::new(model);
    fill(&mut by_rate, |gain, price| gain / price);
    if by_rate.value > by_gain.value { by_rate } else { by_gain }
}

/// Opens sites until a plan is worth so much, or nothing more helps; then those close without which it still is.
pub(super) fn greedy_until(model: &Model, goal: i64) -> Open<'_> {
    let mut open = Open::new(model);
    fill_until(&mut open, goal, |gain, price| gain / price);
    for site in open.sites.clone() {
        if open.value - open.loss(site) >= goal {
            open.close(site);
        }
    }
    open
}

/// Opens more sites, those of the highest rate first, while the means pay them and somebody gains.
pub(super) fn fill(open: &mut Open, rate: impl Fn(f64, f64) -> f64) {
    fill_until(open, i64::MAX, rate);
}

fn fill_until(open: &mut Open, goal: i64, rate: impl Fn(f64, f64) -> f64) {
    let model = open.model;
    let mut promises = BinaryHeap::with_capacity(model.sites());
    for site in 0..model.sites() as u32 {
        if !open.is_open(site) && open.can_pay(open.price(site)) {
            let gain = open.gain(site);
            promises.push(Promise { rate: rate(gain as f64, open.price(site) as f64), site });
        }
    }
    while open.value < goal
        && let Some(mut best) = promises.pop()
    {
        let price = open.price(best.site);
        if !open.can_pay(price) {
            continue;
        }
        let gain = open.gain(best.site);
        best.rate = rate(gain as f64, price as f64);
        if promises.peek().is_some_and(|next| *next > best) {
            promises.push(best);
        } else if gain > 0 {
            open.open(best.site);
        }
    }
}
