//! The bound: what no plan can pass. Each demand point is given a price; each site is worth what it offers above those
//! prices; the prices are moved until few points are served twice or not at all (Lagrangian relaxation of the
//! assignment, Cornuéjols, Fisher and Nemhauser 1977; subgradient with memory, Camerini, Fratta and Maffioli 1975).
//!
//! Any prices give a valid bound. They are whole numbers, so the bound is exact, and whoever has the prices can check it.

use std::cmp::Reverse;
use std::ops::Range;

use super::model::Model;

/// Turns without a better bound after which the step shrinks.
const PATIENCE: u32 = 20;
const SHRINK: f64 = 0.66;
/// A step this small no longer moves the bound.
const SMALLEST_STEP: f64 = 1e-3;
/// How much of the last direction is kept.
const MEMORY: f32 = 0.7;
/// Weight of the last turn in what is usual.
const RECENT: f32 = 0.05;
/// Sums stay below 2⁶⁰, so that a few of them can be added in 64 bits.
const BITS_OF_SUMS: u32 = 60;

/// What is known of a site in one part of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Free,
    Open,
    Closed,
}

/// A search for good prices that can be stopped and taken up again.
#[derive(Debug, Clone)]
pub(super) struct Dual<'m> {
    model: &'m Model,
    even_count: Option<usize>,
    /// Prices are whole numbers of 2^-`shift` units of benefit to one person.
    pub shift: u32,
    prices: Vec<u32>,
    pub fates: Vec<Fate>,
    /// What each site offers above the prices of the last turn, in 2^-`shift` units.
    pub worths: Vec<i64>,
    order: Vec<u32>,
    chosen: Vec<bool>,
    /// How often each site was chosen of late, from 0 to 1.
    often: Vec<f32>,
    direction: Vec<f32>,
    step: f64,
    stalled: u32,
    pub best_prices: Vec<u32>,
    lowest: i128,
    /// Entries read so far.
    pub work: u64,
}

impl<'m> Dual<'m> {
    pub fn new(model: &'m Model) -> Self {
        let shift = finest_shift(model);
        let halfway = |row: &[super::model::Entry]| {
            let [first, second] = [row[0], row[row.len().min(2) - 1]].map(|entry| u64::from(entry.benefit));
            ((first + second) << shift >> 1) as u32
        };
        let prices: Vec<u32> = model.near.iter().map(halfway).collect();
        Self {
            model,
            even_count: model.even_count(),
            shift,
            best_prices: prices.clone(),
            prices,
            fates: vec![Fate::Free; model.sites()],
            worths: vec![0; model.sites()],
            order: (0..model.sites() as u32).collect(),
            chosen: vec![false; model.sites()],
            often: vec![0.0; model.sites()],
            direction: vec![0.0; model.demand()],
            step: 1.0,
            stalled: 0,
            lowest: i128::MAX,
            work: 0,
        }
    }

    /// Goes on from these prices for other fates, as if it had just begun, with smaller steps.
    pub fn restart(&mut self, prices: &[u32], step: f64) {
        self.prices.copy_from_slice(prices);
        self.best_prices.copy_from_slice(prices);
        self.direction.fill(0.0);
        (self.step, self.stalled, self.lowest) = (step, 0, i128::MAX);
    }

    /// The lowest bound so far, in units of value.
    pub fn bound(&self) -> i64 {
        i64::try_from(self.lowest >> self.shift).unwrap_or(i64::MAX)
    }

    /// Sites that the last prices would open.
    pub fn chosen(&self) -> Vec<u32> {
        (0..self.model.sites() as u32).filter(|&site| self.chosen[site as usize]).collect()
    }

    /// The sites of highest worth, so many times as many as are chosen.
    pub fn promising(&self, times: f64) -> Vec<u32> {
        let count = self.chosen.iter().filter(|&&chosen| chosen).count();
        let keep = (times * count as f64) as usize + count.min(10);
        let mut order = self.order.clone();
        if keep < order.len() {
            order.select_nth_unstable_by_key(keep, |&site| (Reverse(self.worths[site as usize]), site));
            order.truncate(keep);
        }
        order
    }

    pub fn is_chosen(&self, site: u32) -> bool {
        self.chosen[site as usize]
    }

    /// The site that the last turns opened about every other time; none when every site has its fate.
    pub fn most_doubtful(&self) -> Option<u32> {
        let free = (0..self.model.sites() as u32).filter(|&site| self.fates[site as usize] == Fate::Free);
        free.min_by(|&a, &b| {
            let doubt = |site: u32| (self.often[site as usize] - 0.5).abs();
            doubt(a).total_cmp(&doubt(b)).then(a.cmp(&b))
        })
    }

    /// Means that the sites that must be open leave.
    fn left(&self) -> i64 {
        let open = self.fates.iter().zip(&self.model.prices).filter(|(fate, _)| **fate == Fate::Open);
        self.model.means - open.map(|(_, price)| price).sum::<i64>()
    }

    /// Whether the sites that must be open can be paid.
    pub fn is_payable(&self) -> bool {
        self.left() >= 0
    }

    /// Whether no other site can be opened.
    pub fn is_decided(&self) -> bool {
        let left = self.left();
        let mut free = self.fates.iter().zip(&self.model.prices).filter(|(fate, _)| **fate == Fate::Free);
        free.all(|(_, price)| *price > left)
    }

    /// The least worth of the free sites that are chosen and the highest of those that are not, where prices are even.
    pub fn threshold(&self) -> Option<(i64, i64)> {
        self.even_count?;
        let free = || (0..self.order.len()).filter(|&site| self.fates[site] == Fate::Free);
        let least_in = free().filter(|&site| self.chosen[site]).map(|site| self.worths[site]).min()?;
        let most_out = free().filter(|&site| !self.chosen[site]).map(|site| self.worths[site]).max()?;
        Some((least_in, most_out))
    }

    /// Whether more turns could lower the bound.
    pub fn is_done(&self, target: i64) -> bool {
        self.step < SMALLEST_STEP || self.bound() <= target
    }

    /// Moves the prices for so much work, aiming at the value of a plan.
    pub fn run(&mut self, target: i64, work: u64) {
        let end = self.work + work;
        while self.work < end && !self.is_done(target) {
            let bound = self.evaluate();
            if bound < self.lowest {
                self.lowest = bound;
                self.best_prices.copy_from_slice(&self.prices);
                self.stalled = 0;
            } else {
                self.stalled += 1;
                if self.stalled == PATIENCE {
                    self.step *= SHRINK;
                    self.stalled = 0;
                }
            }
            for (often, &chosen) in self.often.iter_mut().zip(&self.chosen) {
                *often += RECENT * (f32::from(u8::from(chosen)) - *often);
            }
            self.move_prices(bound, target);
        }
    }

    /// Values the sites at the best prices again, and returns their bound.
    pub fn evaluate_best(&mut self) -> i128 {
        self.prices.copy_from_slice(&self.best_prices);
        self.evaluate()
    }

    /// The bound of the present prices, in 2^-shift units; also values the sites and chooses the best of them.
    fn evaluate(&mut self) -> i128 {
        let Self { model, shift, prices, worths, .. } = self;
        worths.fill(0);
        let mut paid = 0_i64;
        for ((row, &price), &weight) in model.near.iter().zip(&*prices).zip(&model.weights) {
            paid += weight * i64::from(price);
            for entry in row {
                self.work += 1;
                let above = (i64::from(entry.benefit) << *shift) - i64::from(price);
                if above <= 0 {
                    break;
                }
                worths[entry.id as usize] += weight * above;
            }
        }
        i128::from(paid) + (i128::from(model.base) << *shift) + self.choose()
    }

    /// The most that the sites can be worth together within the means; a site may count in part where prices differ.
    fn choose(&mut self) -> i128 {
        let left = self.left();
        let Self { model, worths, order, chosen, fates, .. } = self;
        chosen.fill(false);
        // Free sites that can no longer be paid are as good as closed.
        let rank = |site: u32| match fates[site as usize] {
            Fate::Open => 0,
            Fate::Free if model.prices[site as usize] <= left => 1,
            _ => 2,
        };
        let worth = |site: u32| worths[site as usize];
        if let Some(count) = self.even_count {
            if count < order.len() {
                order.select_nth_unstable_by_key(count, |&site| (rank(site), Reverse(worth(site)), site));
            }
            let sites = order[..count].iter().filter(|&&site| rank(site) < 2);
            return sites.map(|&site| (chosen[site as usize] = true, i128::from(worth(site))).1).sum();
        }
        let rate = |site: u32| worth(site) as f64 / model.prices[site as usize] as f64;
        order.sort_unstable_by(|&a, &b| rank(a).cmp(&rank(b)).then(rate(b).total_cmp(&rate(a))).then(a.cmp(&b)));
        let end = order.partition_point(|&site| rank(site) < 2);
        let begin = order.partition_point(|&site| rank(site) < 1);
        let (mut sum, mut rest) = (0, left);
        for &site in &order[..begin] {
            chosen[site as usize] = true;
            sum += i128::from(worth(site));
        }
        for place in begin..end {
            let price = model.prices[order[place] as usize];
            if price > rest {
                let free = begin..end;
                return sum + self.best_rest(free, place, rest);
            }
            chosen[order[place] as usize] = true;
            rest -= price;
            sum += i128::from(worth(order[place]));
        }
        sum
    }

    /// What the rest of the means can add at most, at the rate of the site at this place among the free ones. The order
    /// of rates is one of rounded numbers; correcting every site that is on the wrong side makes the bound valid.
    fn best_rest(&self, free: Range<usize>, place: usize, rest: i64) -> i128 {
        let worth = |site: u32| i128::from(self.worths[site as usize]);
        let price = |site: u32| i128::from(self.model.prices[site as usize]);
        let at = self.order[place];
        let misplaced = |rank: usize| {
            let site = self.order[rank];
            let above = worth(site) * price(at) - worth(at) * price(site);
            if rank < place { (-above).max(0) } else { above.max(0) }
        };
        (worth(at) * i128::from(rest) + free.map(misplaced).sum::<i128>()).div_euclid(price(at))
    }

    /// One step against the subgradient: the price of demand that nobody would serve falls, that of demand that several
    /// would serve rises. Steps are equal in grains, so a small commune moves as much as a town.
    fn move_prices(&mut self, bound: i128, target: i64) {
        let Self { model, shift, prices, chosen, direction, .. } = self;
        let mut norm = 0.0;
        let points = model.near.iter().zip(&*prices).zip(direction.iter_mut());
        for ((row, &price), direction) in points {
            let mut served = 0;
            for entry in row {
                self.work += 1;
                if (i64::from(entry.benefit) << *shift) <= i64::from(price) {
                    break;
                }
                served += i32::from(chosen[entry.id as usize]);
            }
            *direction = MEMORY * *direction + (1 - served) as f32;
            // A price of 0 cannot fall.
            if price == 0 && *direction > 0.0 {
                *direction = 0.0;
            }
            norm += f64::from(*direction * *direction);
        }
        if norm == 0.0 {
            // Every point is served exactly once: the plan is as good as the bound.
            self.step = 0.0;
            return;
        }
        let length = self.step * (bound - (i128::from(target) << *shift)) as f64 / norm;
        let points = model.near.iter().zip(prices).zip(&*direction).zip(&model.weights);
        for (((row, price), &direction), &weight) in points {
            // The cast rounds to 0 below 0. Above the best offer, a price has no effect but to be paid.
            let moved = (f64::from(*price) - length * f64::from(direction) / weight as f64) as u32;
            *price = moved.min(row[0].benefit << *shift);
        }
    }
}

/// The finest unit for which sums stay exact and a price fits in 32 bits.
fn finest_shift(model: &Model) -> u32 {
    let most = model.near.iter().map(|row| row[0].benefit).max().unwrap_or(1);
    let value = model.ceiling.max(1) as u64;
    let bits = u64::BITS - value.leading_zeros();
    (BITS_OF_SUMS.saturating_sub(bits)).min(most.leading_zeros().saturating_sub(1))
}
