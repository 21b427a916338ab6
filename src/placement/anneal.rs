//! Search beyond local optima: random exchanges, bad ones accepted ever more rarely (simulated annealing, Kirkpatrick,
//! Gelatt and Vecchi 1983), in cycles that each begin at the best plan known.

use super::model::Model;
use super::open::Open;
use super::random::Random;
use super::swap::{best_swap, descend};

/// Of the exchanges at a local optimum, this share costs less than the first temperature.
const COOLEST_SHARE: f64 = 0.05;
/// Exchanges that are looked at to find that temperature.
const SAMPLE: usize = 400;

/// A search that can be stopped and taken up again.
pub(super) struct Search<'m> {
    open: Open<'m>,
    random: Random,
    pub best: Vec<u32>,
    pub best_value: i64,
    cycle: Cycle,
    /// Work of the cycles to come.
    length: u64,
    heat: f64,
}

/// One cooling, from the work at which it began.
#[derive(Debug, Clone, Copy)]
struct Cycle {
    began: u64,
    length: u64,
    first_temperature: f64,
}

impl<'m> Search<'m> {
    /// Takes up a plan and improves it to a local optimum.
    pub fn new(mut open: Open<'m>, seed: u64) -> Self {
        descend(&mut open);
        let best = open.sites.clone();
        let best_value = open.value;
        let length = first_length(open.model);
        let cycle = Cycle { began: 0, length: 0, first_temperature: 0.0 };
        Self { open, random: Random::new(seed), best, best_value, cycle, length, heat: 1.0 }
    }

    /// Offers a plan from elsewhere; it is improved, and kept if it is better than all before.
    pub fn offer(&mut self, sites: &[u32]) {
        self.open.reset(sites);
        descend(&mut self.open);
        self.keep_if_better();
        self.cycle.length = 0;
    }

    /// Searches for so much more work.
    pub fn run(&mut self, work: u64) {
        let end = self.open.work + work;
        if self.open.sites.is_empty() || self.open.sites.len() == self.open.model.sites() {
            return;
        }
        while self.open.work < end {
            if self.open.work - self.cycle.began >= self.cycle.length {
                self.end_cycle();
                self.begin_cycle();
            }
            let cycle = self.cycle;
            let cycle_end = end.min(cycle.began + cycle.length);
            while self.open.work < cycle_end {
                let left = 1.0 - (self.open.work - cycle.began) as f64 / cycle.length as f64;
                let temperature = cycle.first_temperature * left;
                for _ in 0..32 {
                    self.step(temperature);
                }
            }
        }
    }

    fn end_cycle(&mut self) {
        descend(&mut self.open);
        self.keep_if_better();
    }

    fn keep_if_better(&mut self) -> bool {
        let better = self.open.value > self.best_value;
        if better {
            self.best_value = self.open.value;
            self.best.clone_from(&self.open.sites);
        }
        better
    }

    fn begin_cycle(&mut self) {
        if self.open.value < self.best_value {
            let best = std::mem::take(&mut self.best);
            self.open.reset(&best);
            self.best = best;
        }
        let first_temperature = self.temperature() * self.heat;
        self.cycle = Cycle { began: self.open.work, length: self.length, first_temperature };
        self.length += self.length / 2;
    }

    /// A temperature at which a few of the exchanges that lose would be accepted.
    fn temperature(&mut self) -> f64 {
        let mut costs = Vec::with_capacity(SAMPLE);
        for _ in 0..SAMPLE {
            let site = self.random.below(self.open.model.sites()) as u32;
            if !self.open.is_open(site) && let Some(swap) = best_swap(&mut self.open, site, &[]) {
                costs.push(-swap.brings);
            }
        }
        costs.sort_unstable();
        costs.get((costs.len() as f64 * COOLEST_SHARE) as usize).map_or(1.0, |&cost| cost.max(1) as f64)
    }

    /// Looks at one closed site, and opens it if the best exchange is good enough.
    fn step(&mut self, temperature: f64) {
        let site = self.random.below(self.open.model.sites()) as u32;
        self.open.work += 4;
        if self.open.is_open(site) {
            return;
        }
        if self.open.can_pay(self.open.price(site)) {
            self.open.open(site);
            return;
        }
        let mut pick = || self.open.sites[self.random.below(self.open.sites.len())];
        let others = [pick(), pick()];
        if let Some(swap) = best_swap(&mut self.open, site, &others)
            && swap.brings as f64 >= -temperature * self.random.waiting()
        {
            self.open.close(swap.out);
            self.open.open(site);
        }
    }
}

fn first_length(model: &Model) -> u64 {
    20 * model.reach.items() as u64 + 1_000_000
}
