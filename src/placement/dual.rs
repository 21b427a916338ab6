//! The bound: what no plan can pass. Each demand point is given a price; each site is worth what it offers above those
//! prices; the prices are moved until few points are served twice or not at all (Lagrangian relaxation of the
//! assignment, Cornuéjols, Fisher and Nemhauser 1977; subgradient with memory, Camerini, Fratta and Maffioli 1975).
//!
//! Any prices give a valid bound. They are whole numbers, so the bound is exact, and whoever has the prices can check it.

use std::cmp::Reverse;

use super::model::Model;

/// Turns without a better bound after which the step shrinks, where there is time.
pub(super) const PATIENCE: u32 = 20;
const SHRINK: f64 = 0.66;
/// A step this small no longer moves the bound.
const SMALLEST_STEP: f64 = 1e-3;
/// How much of the last direction is kept.
const MEMORY: f32 = 0.7;
/// Weight of the last turn in what is usual.
const RECENT: f32 = 0.05;
/// Sums stay below 2⁶⁰, so that a few of them can be added in 64 bits.
const BITS_OF_SUMS: u32 = 60;

/// A search for good prices that can be stopped and taken up again.
#[derive(Debug, Clone)]
pub(super) struct Dual<'m> {
    model: &'m Model,
    even_count: Option<usize>,
    /// Prices are whole numbers of 2^-`shift` units of benefit to one person.
    pub shift: u32,
    /// The prices of this turn.
    pub prices: Vec<u32>,
    /// What each site offers above the prices of the last turn, in 2^-`shift` units.
    pub worths: Vec<i64>,
    order: Vec<u32>,
    chosen: Vec<bool>,
    /// How often each site was chosen of late, from 0 to 1.
    pub often: Vec<f32>,
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
        Self::at(model, shift, model.near.iter().map(halfway).collect(), 1.0)
    }

    /// Begins at these prices with this step.
    pub fn at(model: &'m Model, shift: u32, prices: Vec<u32>, step: f64) -> Self {
        Self {
            model,
            even_count: model.even_count(),
            shift,
            best_prices: prices.clone(),
            prices,
            worths: vec![0; model.sites()],
            order: (0..model.sites() as u32).collect(),
            chosen: vec![false; model.sites()],
            often: vec![0.0; model.sites()],
            direction: vec![0.0; model.demand()],
            step,
            stalled: 0,
            lowest: i128::MAX,
            work: 0,
        }
    }

    /// The lowest bound so far, in units of value.
    pub fn bound(&self) -> i64 {
        i64::try_from(self.lowest >> self.shift).unwrap_or(i64::MAX)
    }

    /// Sites that the last prices would open.
    pub fn chosen(&self) -> Vec<u32> {
        (0..self.model.sites() as u32).filter(|&site| self.chosen[site as usize]).collect()
    }

    /// What the sites are worth together that the last prices would open.
    pub fn value_of_chosen(&self) -> i64 {
        let best = self.model.near.iter().map(|row| row.iter().find(|entry| self.chosen[entry.id as usize]));
        let brings =
            best.zip(&self.model.weights).map(|(best, weight)| weight * best.map_or(0, |best| i64::from(best.benefit)));
        self.model.base + brings.sum::<i64>()
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

    /// The least worth of the sites that are chosen and the highest of those that are not, where prices are even.
    pub fn threshold(&self) -> Option<(i64, i64)> {
        self.even_count?;
        let sites = 0..self.order.len();
        let least_in = sites.clone().filter(|&site| self.chosen[site]).map(|site| self.worths[site]).min()?;
        let most_out = sites.filter(|&site| !self.chosen[site]).map(|site| self.worths[site]).max()?;
        Some((least_in, most_out))
    }

    /// Whether more turns could lower the bound.
    pub fn is_done(&self, target: i64) -> bool {
        self.step < SMALLEST_STEP || self.bound() <= target
    }

    /// Moves the prices for so much work, aiming at the value of a plan; the step shrinks after so many turns without a
    /// better bound.
    pub fn run(&mut self, target: i64, work: u64, patience: u32) {
        let end = self.work + work;
        while self.work < end && !self.is_done(target) {
            self.turn(target, patience);
        }
    }

    fn turn(&mut self, target: i64, patience: u32) {
        let (bound, is_lowest) = self.settle();
        if is_lowest {
            self.stalled = 0;
        } else {
            self.stalled += 1;
            if self.stalled == patience {
                self.step *= SHRINK;
                self.stalled = 0;
            }
        }
        for (often, &chosen) in self.often.iter_mut().zip(&self.chosen) {
            *often += RECENT * (f32::from(u8::from(chosen)) - *often);
        }
        self.move_prices(bound, target);
    }

    /// Values the sites at the prices of this turn; returns their bound, and whether it is the lowest so far.
    pub fn settle(&mut self) -> (i128, bool) {
        let bound = self.evaluate();
        let is_lowest = bound < self.lowest;
        if is_lowest {
            self.lowest = bound;
            self.best_prices.copy_from_slice(&self.prices);
        }
        (bound, is_lowest)
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
        let Self { model, worths, order, chosen, .. } = self;
        chosen.fill(false);
        let payable = |site: u32| model.prices[site as usize] <= model.means;
        let worth = |site: u32| worths[site as usize];
        if let Some(count) = self.even_count {
            if count < order.len() {
                order.select_nth_unstable_by_key(count, |&site| (Reverse(worth(site)), site));
            }
            return order[..count].iter().map(|&site| (chosen[site as usize] = true, i128::from(worth(site))).1).sum();
        }
        let rate = |site: u32| worth(site) as f64 / model.prices[site as usize] as f64;
        order.sort_unstable_by(|&a, &b| payable(b).cmp(&payable(a)).then(rate(b).total_cmp(&rate(a))).then(a.cmp(&b)));
        let end = order.partition_point(|&site| payable(site));
        let (mut sum, mut rest) = (0, model.means);
        for place in 0..end {
            let price = model.prices[order[place] as usize];
            if price > rest {
                return sum + self.best_rest(end, place, rest);
            }
            chosen[order[place] as usize] = true;
            rest -= price;
            sum += i128::from(worth(order[place]));
        }
        sum
    }

    /// What the rest of the means can add at most, at the rate of the site at this place among the first `end`. The order
    /// of rates is one of rounded numbers; correcting every site that is on the wrong side makes the bound valid.
    fn best_rest(&self, end: usize, place: usize, rest: i64) -> i128 {
        let worth = |site: u32| i128::from(self.worths[site as usize]);
        let price = |site: u32| i128::from(self.model.prices[site as usize]);
        let at = self.order[place];
        let misplaced = |rank: usize| {
            let site = self.order[rank];
            let above = worth(site) * price(at) - worth(at) * price(site);
            if rank < place { (-above).max(0) } else { above.max(0) }
        };
        (worth(at) * i128::from(rest) + (0..end).map(misplaced).sum::<i128>()).div_euclid(price(at))
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
