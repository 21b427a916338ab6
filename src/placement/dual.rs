//! The bound: what no plan can pass. Each demand point is given a price (a multiplier); each site is worth what it offers
//! above those prices; the prices are moved until the two agree (Lagrangian relaxation, Held, Wolfe and Crowder 1974).
//!
//! Any prices give a valid bound, so they are whole numbers, every sum is exact, and whoever has the prices can check.

use super::model::Model;

/// Multipliers are whole numbers of 2^-`shift` units of benefit to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prices {
    pub shift: u32,
    pub of: Vec<u32>,
}

pub(super) struct Dual<'m> {
    model: &'m Model,
    prices: Prices,
    worths: Vec<i64>,
    order: Vec<u32>,
    chosen: Vec<bool>,
    direction: Vec<f32>,
    step: f64,
    stalled: u32,
    pub best: Prices,
    /// The lowest bound so far, in units of value.
    pub bound: i64,
    best_scaled: i128,
    /// Sites that the prices of the last turn would open.
    pub opened: Vec<u32>,
    pub work: u64,
    pub turns: u32,
}
pub static KNOB: std::sync::OnceLock<Vec<f64>> = std::sync::OnceLock::new();
fn knob(i: usize) -> f64 { KNOB.get().unwrap()[i] }

/// The finest unit for which no sum passes 2⁶⁰ and no multiplier 2³².
pub(super) fn finest_shift(most_benefit: u32, value: i64) -> u32 {
    let for_sums = (60_u32).saturating_sub(64 - (value.max(1) as u64).leading_zeros());
    for_sums.min(most_benefit.max(1).leading_zeros() - 1)
}

impl<'m> Dual<'m> {
    pub fn new(model: &'m Model) -> Self {
        let most = model.near.iter().map(|row| row[0].benefit).max().unwrap_or(1);
        let shift = finest_shift(most, model.ceiling());
        let of = model.near.iter().map(|row| {
            let second = row.get(row.len().min(2) - 1).map_or(0, |entry| entry.benefit);
            ((u64::from(row[0].benefit) + u64::from(second)) << shift >> 1) as u32
        });
        let prices = Prices { shift, of: of.map(|x| (x as f64 * knob(0)) as u32).collect() };
        Self {
            model,
            best: prices.clone(),
            worths: vec![0; model.sites()],
            order: (0..model.sites() as u32).collect(),
            chosen: vec![false; model.sites()],
            direction: vec![0.0; model.demand()],
            step: knob(1),
            stalled: 0,
            bound: model.ceiling(),
            best_scaled: i128::from(model.ceiling()) << shift,
            opened: Vec::new(),
            work: 0,
            turns: 0,
            prices,
        }
    }

    /// Moves the prices for so much work, aiming at a plan of this value.
    pub fn run(&mut self, target: i64, work: u64) {
        let end = self.work + work;
        while self.work < end && self.bound > target && self.step > knob(4) {
            self.turn(target);
        }
    }

    fn turn(&mut self, target: i64) {
        self.turns += 1;
        let scaled = self.evaluate();
        if scaled < self.best_scaled {
            self.best_scaled = scaled;
            self.best.of.clone_from(&self.prices.of);
            self.bound = self.bound.min((scaled >> self.prices.shift) as i64);
            self.stalled = 0;
        } else {
            self.stalled += 1;
            if f64::from(self.stalled) >= knob(2) {
                self.step *= knob(3);
                self.stalled = 0;
                self.prices.of.clone_from(&self.best.of);
                self.direction.fill(0.0);
                self.evaluate();
            }
        }
        self.descend(scaled, target);
    }

    /// The bound of the present prices, in 2^-shift units; also tells which sites they open.
    fn evaluate(&mut self) -> i128 {
        let Self { model, prices, worths, order, chosen, .. } = self;
        worths.fill(0);
        let mut paid = 0;
        for ((row, &price), &weight) in model.near.iter().zip(&prices.of).zip(&model.weights) {
            paid += weight * i64::from(price);
            for entry in row {
                let above = (i64::from(entry.benefit) << prices.shift) - i64::from(price);
                self.work += 1;
                if above <= 0 {
                    break;
                }
                worths[entry.id as usize] += weight * above;
            }
        }
        let count = model.even_count().unwrap();
        chosen.fill(false);
        if count < order.len() {
            order.select_nth_unstable_by_key(count, |&site| (std::cmp::Reverse(worths[site as usize]), site));
        }
        let mut sum = 0_i128;
        for &site in &order[..count] {
            chosen[site as usize] = true;
            sum += i128::from(worths[site as usize]);
        }
        self.opened.clear();
        self.opened.extend_from_slice(&order[..count]);
        i128::from(paid) + sum + (i128::from(model.base) << prices.shift)
    }

    /// One step against the subgradient: prices of demand served more than once fall, of demand not served rise.
    fn descend(&mut self, scaled: i128, target: i64) {
        let Self { model, prices, chosen, direction, .. } = self;
        let mut norm = 0.0_f64;
        let unit = (1_u64 << prices.shift) as f64;
        let mem = knob(5);
        let pw = knob(6);
        for (((row, &price), &weight), direction) in
            model.near.iter().zip(&prices.of).zip(&model.weights).zip(direction.iter_mut())
        {
            let mut served = 0;
            for entry in row {
                self.work += 1;
                if (i64::from(entry.benefit) << prices.shift) <= i64::from(price) {
                    break;
                }
                served += i32::from(chosen[entry.id as usize]);
            }
            let slope = 1 - served;
            *direction = (*direction) * mem as f32 + slope as f32;
            if price == 0 && *direction > 0.0 { *direction = 0.0; }
            // per-person metric
            norm += f64::from(*direction) * f64::from(*direction) * (weight as f64).powf(pw);
        }
        if norm == 0.0 {
            self.step = 0.0;
            return;
        }
        let over = (scaled - (i128::from(target) << prices.shift)) as f64 / unit;
        let length = self.step * over / norm * unit;
        for ((price, direction), &weight) in prices.of.iter_mut().zip(direction.iter()).zip(&model.weights) {
            *price = (f64::from(*price) - length * f64::from(*direction) * (weight as f64).powf(pw - 1.0)).max(0.0) as u32;
        }
    }
}
