//! The bound: people and floors have prices, which are moved until few people are served twice or not at all and few floors
//! are passed or missed (Lagrangian relaxation; subgradient with memory, Camerini, Fratta and Maffioli 1975). A person
//! counts once, or not at all, and as many times more as the multiplier of the territory says.
//!
//! Any prices bound every plan. They are rounded before they are weighed, so the bound is exact.

use std::cmp::Reverse;

use super::asked::{Asked, Left};
use super::list::{List, Pace};
use crate::placement::weighted::ONCE;

/// A person counts so many times more at most, where everybody counts.
const MOST_TIMES: f64 = 64.0;
/// How much of the last direction is kept.
const MEMORY: f64 = 0.7;
/// Weight of the last turn in what is usual.
const RECENT: f32 = 0.05;
const SHRINK: f64 = 0.66;
const SMALLEST_STEP: f64 = 1e-3;
/// Floors are few beside people: their multipliers move so many times as far.
const PACE: f64 = 4.0;

/// A search for good prices.
pub(super) struct Weighing<'a> {
    left: &'a Left,
    floors: &'a [i64],
    shift: u32,
    once: i64,
    /// What plans may lack that are to be bounded.
    allowed: i64,
    even: Option<usize>,
    /// Whether prices are moved as if parts of sites held no floor, which they do not; it is easier to begin as if they did.
    is_rounding: bool,
    multipliers: Vec<f64>,
    /// What one person of each group pays.
    paid: Vec<f64>,
    times: Vec<i64>,
    prices: Vec<u32>,
    /// What each territory is paid for, and what each cell reaches above the prices, in grains of 2^-shift.
    paid_for: Vec<i64>,
    reached: Vec<i64>,
    worths: Vec<i64>,
    order: Vec<u32>,
    pub chosen: Vec<bool>,
    /// How often each site was chosen of late, from 0 to 1.
    pub often: Vec<f32>,
    best: Option<(i128, Vec<i64>, Vec<u32>)>,
    /// Entries read.
    pub work: u64,
}

/// What the best prices say of a site: the key if it had another fate than they give it.
pub(super) struct Doubt {
    /// Whether the prices open it.
    pub is_chosen: bool,
    /// The key of all plans in which it has the other fate, where that is known.
    pub other: Option<i64>,
}

impl<'a> Weighing<'a> {
    /// Begins at a list.
    pub fn new(asked: &'a Asked, left: &'a Left, shift: u32, allowed: i64, list: &List) -> Self {
        let once = if list.once { ONCE } else { 0 };
        let multiplier = |(&times, &lack): (&i64, &i64)| if lack > 0 { times as f64 / ONCE as f64 } else { 0.0 };
        let multipliers: Vec<f64> = list.times.iter().zip(&left.lacks).map(multiplier).collect();
        let base = once as f64 / ONCE as f64;
        let unit = (1_u64 << shift) as f64;
        let counts = |group: usize| base + multipliers[left.territories[group] as usize];
        let pays = |(place, &group): (usize, &u32)| f64::from(list.prices[group as usize]) / unit * counts(place);
        let even = left.prices.iter().all(|price| *price == left.prices[0]);
        Self {
            left,
            floors: &asked.floors,
            shift,
            once,
            allowed,
            even: even.then(|| left.prices.first().map_or(0, |price| (left.means / price) as usize)),
            paid: left.groups.iter().enumerate().map(pays).collect(),
            is_rounding: false,
            multipliers,
            times: vec![0; asked.floors.len()],
            prices: vec![0; left.groups.len()],
            paid_for: vec![0; asked.floors.len()],
            reached: vec![0; left.cells.len()],
            worths: vec![0; left.sites.len()],
            order: (0..left.sites.len() as u32).collect(),
            chosen: vec![false; left.sites.len()],
            often: vec![0.0; left.sites.len()],
            best: None,
            work: 0,
        }
    }

    /// What the prices say: no plan that lacks no more than is allowed covers more; or how much every plan lacks, below 0.
    pub fn key(&self) -> i64 {
        self.best.as_ref().map_or(i64::MAX, |(raw, times, _)| self.key_of(*raw, times))
    }

    fn key_of(&self, raw: i128, times: &[i64]) -> i64 {
        let bound = ((raw >> self.shift) + self.credit(times)).div_euclid(i128::from(ONCE));
        i64::try_from(bound).unwrap_or(i64::MAX).min(if self.once > 0 { i64::MAX } else { 0 })
    }

    /// What a value is corrected by: floors are due, and what may be lacking is forgiven at the highest multiplier.
    fn credit(&self, times: &[i64]) -> i128 {
        let due: i128 =
            self.floors.iter().zip(times).map(|(floor, times)| i128::from(*floor) * i128::from(*times)).sum();
        let most = times.iter().copied().max().filter(|_| self.once > 0).unwrap_or(0);
        i128::from(most) * i128::from(self.allowed) - due
    }

    /// Moves the prices until the key is no higher than the target, or for so many turns: as if parts of sites held floors, or,
    /// from the best of these prices, as they do not.
    pub fn run(&mut self, target: i64, pace: &Pace, is_rounding: bool) {
        self.is_rounding = is_rounding;
        if is_rounding {
            self.best = self.best.take().map(|(_, times, prices)| {
                (self.times, self.prices) = (times.clone(), prices.clone());
                (self.weigh(), times, prices)
            });
        }
        let before = self.best.clone();
        self.restart();
        self.turn_round(target, pace);
        if !self.is_telling() && before.is_some() {
            self.best = before;
        }
    }

    fn turn_round(&mut self, target: i64, pace: &Pace) {
        let Pace { mut step, turns, patience } = *pace;
        let mut direction = vec![0.0; self.paid.len()];
        let mut of_floors = vec![0.0; self.multipliers.len()];
        let mut stalled = 0;
        for _ in 0..turns {
            let raw = self.evaluate();
            if self.keep(raw) {
                stalled = 0;
            } else {
                stalled += 1;
                if stalled == patience {
                    step *= SHRINK;
                    stalled = 0;
                }
            }
            for (often, &chosen) in self.often.iter_mut().zip(&self.chosen) {
                *often += RECENT * (f32::from(u8::from(chosen)) - *often);
            }
            if self.key() <= target
                || step < SMALLEST_STEP
                || !self.move_prices(raw, target, step, &mut direction, &mut of_floors)
            {
                return;
            }
        }
    }

    /// Whether the best prices say more than anybody knows: that no plan lacks less than nothing.
    pub fn is_telling(&self) -> bool {
        self.once > 0 || self.key() < 0
    }

    /// Goes back to the best prices, if they say anything.
    fn restart(&mut self) {
        let Some((_, times, prices)) = self.best.as_ref().filter(|_| self.is_telling()) else { return };
        let unit = (1_u64 << self.shift) as f64;
        for (multiplier, &times) in self.multipliers.iter_mut().zip(times) {
            *multiplier = times as f64 / ONCE as f64;
        }
        let base = self.once as f64 / ONCE as f64;
        for ((paid, &price), &territory) in self.paid.iter_mut().zip(prices).zip(&self.left.territories) {
            *paid = f64::from(price) / unit * (base + self.multipliers[territory as usize]);
        }
    }

    fn keep(&mut self, raw: i128) -> bool {
        let exact = |raw: i128, times: &[i64]| raw + (self.credit(times) << self.shift);
        let is_better = self.best.as_ref().is_none_or(|(best, times, _)| exact(raw, &self.times) < exact(*best, times));
        if is_better {
            self.best = Some((raw, self.times.clone(), self.prices.clone()));
        }
        is_better
    }

    /// The value of the present prices; also values the sites and chooses the best of them.
    fn evaluate(&mut self) -> i128 {
        for ((times, multiplier), &lack) in self.times.iter_mut().zip(&self.multipliers).zip(&self.left.lacks) {
            *times = if lack > 0 { (multiplier * ONCE as f64).round() as i64 } else { 0 };
        }
        let unit = (1_u64 << self.shift) as f64;
        for ((price, paid), &territory) in self.prices.iter_mut().zip(&self.paid).zip(&self.left.territories) {
            let counts = self.once + self.times[territory as usize];
            let share = if counts > 0 { paid * ONCE as f64 / counts as f64 } else { 1.0 };
            *price = (share.min(1.0) * unit) as u32;
        }
        self.weigh()
    }

    /// The value of the prices as they are rounded. What a territory is paid for counts up to its floor, and what a site adds to
    /// that no more than what is left up to the floor: so much of it as a plan needs, no part of a site holds a floor.
    fn weigh(&mut self) -> i128 {
        let Self { left, floors, worths, prices, times, paid_for, reached, .. } = self;
        let whole = 1_i64 << self.shift;
        worths.fill(0);
        reached.fill(0);
        paid_for.iter_mut().zip(&left.covered).for_each(|(paid_for, covered)| *paid_for = covered << self.shift);
        for (((row, weight), &territory), &price) in
            left.near.iter().zip(&left.weights).zip(&left.territories).zip(&*prices)
        {
            paid_for[territory as usize] += weight * i64::from(price);
            let above = weight * (whole - i64::from(price));
            if above > 0 {
                row.iter().for_each(|&cell| reached[cell as usize] += above);
                self.work += row.len() as u64;
            }
        }
        self.work += (left.groups.len() + left.cells.len()) as u64;
        let mut sum = 0;
        for ((paid_for, floor), times) in paid_for.iter().zip(*floors).zip(&*times) {
            sum += i128::from(*paid_for) * i128::from(self.once);
            let most = if self.is_rounding { floor << self.shift } else { i64::MAX };
            sum += i128::from((*paid_for).min(most)) * i128::from(*times);
        }
        for (&(site, territory), &reached) in left.cells.iter().zip(&*reached) {
            let territory = territory as usize;
            let lacks = ((floors[territory] << self.shift) - paid_for[territory]).max(0);
            let lacks = if self.is_rounding { lacks } else { i64::MAX };
            worths[site as usize] += reached * self.once + reached.min(lacks) * times[territory];
        }
        sum + self.choose()
    }

    /// The most that the sites can be worth together within the means; the last one may count in part.
    fn choose(&mut self) -> i128 {
        let Self { left, worths, order, chosen, .. } = self;
        chosen.fill(false);
        let worth = |site: u32| worths[site as usize];
        if let Some(count) = self.even {
            if count < order.len() {
                order.select_nth_unstable_by_key(count, |&site| (Reverse(worth(site)), site));
            }
            let first = &order[..count.min(order.len())];
            return first.iter().map(|&site| (chosen[site as usize] = true, i128::from(worth(site))).1).sum();
        }
        let price = |site: u32| i128::from(left.prices[site as usize]);
        order.sort_unstable_by(|&a, &b| {
            let (a_rate, b_rate) = (i128::from(worth(a)) * price(b), i128::from(worth(b)) * price(a));
            b_rate.cmp(&a_rate).then(a.cmp(&b))
        });
        let (mut sum, mut rest) = (0, i128::from(left.means));
        for &site in &*order {
            if price(site) > rest {
                return sum + i128::from(worth(site)) * rest / price(site) + 1;
            }
            chosen[site as usize] = true;
            rest -= price(site);
            sum += i128::from(worth(site));
        }
        sum
    }

    /// One step against the subgradient; false where there is nothing to move.
    fn move_prices(&mut self, raw: i128, target: i64, step: f64, direction: &mut [f64], of_floors: &mut [f64]) -> bool {
        let Self { left, multipliers, times, prices, chosen, .. } = self;
        let whole = 1_u32 << self.shift;
        let unit = f64::from(whole);
        // What the chosen sites add to each territory, up to its floor, and how many of them would alone pass it.
        let mut added: Vec<f64> = self.paid_for.iter().map(|paid_for| *paid_for as f64 / unit).collect();
        let mut alone = vec![0_u32; multipliers.len()];
        let state = |&(&(site, territory), &reached): &(&(u32, u32), &i64)| {
            let lacks = (self.floors[territory as usize] << self.shift) - self.paid_for[territory as usize];
            let most = if self.is_rounding { lacks.max(0) } else { i64::MAX };
            (chosen[site as usize], reached > most, reached.min(most))
        };
        let states: Vec<(bool, bool, i64)> = left.cells.iter().zip(&self.reached).map(|cell| state(&cell)).collect();
        for (&(_, territory), &(is_chosen, is_over, adds)) in left.cells.iter().zip(&states) {
            if is_chosen {
                added[territory as usize] += adds as f64 / unit;
                alone[territory as usize] += u32::from(is_over);
            }
        }
        let base = self.once as f64;
        let mut norm = 0.0;
        let groups = left.near.iter().zip(&left.weights).zip(&left.territories).zip(&*prices).zip(&mut *direction);
        for ((((row, &weight), &territory), &price), direction) in groups {
            let (mut near, mut adding) = (0, alone[territory as usize]);
            for &cell in row {
                let (is_chosen, is_over, _) = states[cell as usize];
                near += u32::from(is_chosen);
                adding += u32::from(is_chosen && !is_over);
            }
            self.work += row.len() as u64;
            let times = times[territory as usize] as f64;
            let served = if base + times > 0.0 {
                (base * f64::from(near) + times * f64::from(adding)) / (base + times)
            } else {
                1.0
            };
            // Who pays all is as well served by one as by several.
            let less = 1.0 - if price < whole { served } else { served.min(1.0) };
            added[territory as usize] -= f64::from(price) / unit * weight as f64 * less;
            *direction = MEMORY * *direction + less;
            if price == 0 && *direction > 0.0 {
                *direction = 0.0;
            }
            norm += *direction * *direction;
        }
        let dearest = (0..times.len()).max_by_key(|&territory| times[territory]).filter(|_| self.once > 0);
        let highest = if self.once > 0 { MOST_TIMES } else { 1.0 };
        for (territory, direction) in of_floors.iter_mut().enumerate().filter(|(rank, _)| left.lacks[*rank] > 0) {
            let forgiven = if dearest == Some(territory) { self.allowed } else { 0 };
            let over = (added[territory] + (forgiven - self.floors[territory]) as f64) / left.lacks[territory] as f64;
            *direction = MEMORY * *direction + over;
            let stuck = (multipliers[territory] <= 0.0 && *direction > 0.0)
                || (multipliers[territory] >= highest && *direction < 0.0);
            if stuck {
                *direction = 0.0;
            }
            norm += PACE * *direction * *direction;
        }
        if norm == 0.0 {
            return false;
        }
        let value = (raw as f64 / f64::from(whole) + self.credit(&self.times) as f64) / ONCE as f64;
        let length = step * (value - target as f64).max(0.0) / norm;
        let Self { left, multipliers, paid, .. } = self;
        for ((multiplier, &direction), &lack) in multipliers.iter_mut().zip(&*of_floors).zip(&left.lacks) {
            if lack > 0 {
                *multiplier = (*multiplier - PACE * length * direction / lack as f64).clamp(0.0, highest);
            }
        }
        let base = self.once as f64 / ONCE as f64;
        let groups = paid.iter_mut().zip(&*direction).zip(&left.weights).zip(&left.territories);
        for (((paid, &direction), &weight), &territory) in groups {
            *paid = (*paid - length * direction / weight as f64).clamp(0.0, base + multipliers[territory as usize]);
        }
        true
    }

    /// Weighs the sites at the best prices again, and says what they settle.
    pub fn doubts(&mut self) -> Vec<Doubt> {
        let Some((_, times, prices)) = self.best.clone() else { return Vec::new() };
        (self.times, self.prices) = (times, prices);
        let raw = self.weigh();
        let all = 0..self.chosen.len();
        let worth = |site: usize| self.worths[site];
        let least_in = all.clone().filter(|&site| self.chosen[site]).map(worth).min();
        let most_out = all.clone().filter(|&site| !self.chosen[site]).map(worth).max();
        let limits = self.even.and(least_in.zip(most_out));
        let doubt = |site: usize| {
            let is_chosen = self.chosen[site];
            let less = limits.map(
                |(least_in, most_out)| {
                    if is_chosen { worth(site) - most_out } else { least_in - worth(site) }
                },
            );
            Doubt { is_chosen, other: less.map(|less| self.key_of(raw - i128::from(less), &self.times)) }
        };
        all.map(doubt).collect()
    }

    /// The best prices, for the whole question: whoever is served already pays all, who cannot be pays nothing.
    pub fn list(&self) -> List {
        let (times, prices) =
            self.best.as_ref().map_or((&self.times, &self.prices), |(_, times, prices)| (times, prices));
        self.of_whole(times, prices)
    }

    /// Where smaller questions begin: the best prices if they say anything, else the last.
    pub fn start(&self) -> List {
        if self.is_telling() { self.list() } else { self.of_whole(&self.times, &self.prices) }
    }

    fn of_whole(&self, times: &[i64], own: &[u32]) -> List {
        let whole = 1_u32 << self.shift;
        let mut prices: Vec<u32> = self.left.is_served.iter().map(|&served| if served { whole } else { 0 }).collect();
        self.left.groups.iter().zip(own).for_each(|(&group, &price)| prices[group as usize] = price);
        List { once: self.once > 0, times: times.to_vec(), prices }
    }
}
