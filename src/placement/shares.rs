//! Prices from shares: each site is open in part, and a demand point pays what the last part that serves it brings (the
//! linear relaxation, seen from the sites: Cordeau, Furini and Ljubić 2019). The relaxation is smoothed, so that it has a
//! slope everywhere (Nesterov 2005), and climbed with momentum that begins anew when it overshoots (Beck and Teboulle
//! 2009; O'Donoghue and Candès 2015).
//!
//! Where sites are few there is little to move, however many people there are.

use super::dual::Dual;
use super::model::{Entry, Model};

/// A price moves from nothing to the most while the shares that serve a demand point grow by this about one.
const BAND: f32 = 0.08;
/// A share counts for the slope of its site at least so much of the steepest.
const FLATTEST: f32 = 0.1;
/// How much of the last steepness is kept.
const MEMORY: f32 = 0.7;
/// Steps begin so many times as long as the steepest slopes allow, and shrink to that.
const BOLDNESS: f32 = 2.0;
const CAUTION: f32 = 1.3;
/// A bound that is so many times the last is an overshoot.
const OVERSHOT: f64 = 1.0005;
/// Halvings that find the toll of a projection.
const HALVINGS: u32 = 30;

/// Sites that are open in part.
pub(super) struct Shares<'m> {
    model: &'m Model,
    /// Where the slope is taken: the shares of the last turn, and as much again of how they moved.
    ahead: Vec<f32>,
    last: Vec<f32>,
    /// The shares of the lowest bound.
    best: Vec<f32>,
    steepness: Vec<f32>,
    boldness: f32,
    momentum: f32,
}

impl<'m> Shares<'m> {
    /// Begins near these shares.
    pub fn at(model: &'m Model, shares: &[f32]) -> Self {
        let even = vec![1.0; model.sites()];
        let start = affordable(model, shares, &even);
        Self {
            model,
            ahead: start.clone(),
            last: start.clone(),
            best: start,
            steepness: Vec::new(),
            boldness: BOLDNESS,
            momentum: 1.0,
        }
    }

    /// The shares of the lowest bound.
    pub fn into_best(self) -> Vec<f32> {
        self.best
    }

    /// Climbs for so many turns, or until the bound is at the value of a plan.
    pub fn run(&mut self, dual: &mut Dual, target: i64, turns: u32) {
        let mut before = f64::INFINITY;
        for _ in 0..turns {
            let steep = self.price(dual);
            let (bound, is_lowest) = dual.settle();
            let bound = bound as f64;
            if is_lowest {
                self.best.copy_from_slice(&self.ahead);
            }
            if dual.bound() <= target {
                return;
            }
            if bound > before * OVERSHOT {
                self.momentum = 1.0;
                self.boldness = (self.boldness / CAUTION).max(1.0);
            }
            before = bound;
            self.step(&dual.worths, dual.shift, steep);
        }
    }

    /// Gives every demand point its price at the shares ahead, and says how steep each site is there at most.
    fn price(&self, dual: &mut Dual) -> Vec<f32> {
        let mut steep = vec![0.0; self.model.sites()];
        let unit = (1_u64 << dual.shift) as f32;
        for ((row, &weight), price) in self.model.near.iter().zip(&self.model.weights).zip(&mut dual.prices) {
            let most = row[0].benefit as f32;
            let (mut sum, mut read, mut paid) = (0.0, 0, most);
            while read < row.len() {
                sum += self.ahead[row[read].id as usize];
                read += 1;
                let crossing = most * (0.5 + (sum - 1.0) / BAND);
                let next = row.get(read).map_or(0.0, |entry| entry.benefit as f32);
                if crossing >= next || read == row.len() {
                    let last = row[read - 1].benefit as f32;
                    paid = crossing.clamp(0.0, last);
                    if crossing > 0.0 && crossing < last {
                        let slope = weight as f32 * most / BAND * read as f32;
                        row[..read].iter().for_each(|entry: &Entry| steep[entry.id as usize] += slope);
                    }
                    break;
                }
            }
            dual.work += 2 * read as u64;
            *price = ((paid * unit) as u32).min(row[0].benefit << dual.shift);
        }
        steep
    }

    /// One step up the slope.
    fn step(&mut self, worths: &[i64], shift: u32, steep: Vec<f32>) {
        if self.steepness.is_empty() {
            self.steepness = steep;
        } else {
            let memory = self.steepness.iter_mut().zip(steep);
            memory.for_each(|(kept, now)| *kept = MEMORY * *kept + (1.0 - MEMORY) * now);
        }
        let steepest = self.steepness.iter().copied().fold(1.0, f32::max);
        let steepness: Vec<f32> =
            self.steepness.iter().map(|own| own.max(FLATTEST * steepest) / self.boldness).collect();
        let unit = (1_u64 << shift) as f32;
        let wished = self.ahead.iter().zip(worths).zip(&steepness);
        let wished: Vec<f32> = wished.map(|((share, &worth), steep)| share + worth as f32 / unit / steep).collect();
        let shares = affordable(self.model, &wished, &steepness);
        let momentum = f32::midpoint(1.0, (1.0 + 4.0 * self.momentum * self.momentum).sqrt());
        let more = (self.momentum - 1.0) / momentum;
        for ((ahead, last), now) in self.ahead.iter_mut().zip(&self.last).zip(&shares) {
            *ahead = (now + more * (now - last)).clamp(0.0, 1.0);
        }
        self.last = shares;
        self.momentum = momentum;
    }
}

/// The shares within the means that are nearest to those wished for, where a site is the stiffer the steeper it is: each
/// gives way to a toll on its price.
fn affordable(model: &Model, wished: &[f32], steepness: &[f32]) -> Vec<f32> {
    let dearest = model.prices.iter().copied().max().unwrap_or(1) as f32;
    let rate: Vec<f32> =
        model.prices.iter().zip(steepness).map(|(&price, steep)| price as f32 / dearest / steep).collect();
    let at = |toll: f32| wished.iter().zip(&rate).map(move |(wish, rate)| (wish - toll * rate).clamp(0.0, 1.0));
    let means = model.means as f32 / dearest;
    let spent =
        |toll: f32| -> f32 { at(toll).zip(&model.prices).map(|(share, &price)| share * price as f32 / dearest).sum() };
    if spent(0.0) <= means {
        return at(0.0).collect();
    }
    let (mut low, mut high) = (0.0, 1.0);
    while spent(high) > means && high < f32::MAX / 2.0 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = f32::midpoint(low, high);
        if spent(middle) > means { low = middle } else { high = middle }
    }
    at(high).collect()
}
