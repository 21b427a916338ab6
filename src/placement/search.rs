//! Search beyond local optima: random exchanges, bad ones accepted ever more rarely (simulated annealing, Kirkpatrick,
//! Gelatt and Vecchi 1983), in cycles that each begin at the best plan known and last longer than the one before.

use super::model::Model;
use super::open::Open;
use super::random::Random;
use super::swap::{best_swap, descend};

/// Of the exchanges at a local optimum, this share costs less than the first temperature.
const COOLEST_SHARE: f64 = 0.05;
/// The same in every second cycle where there are few sites: there is time for many, and a cold one loses less of what is
/// good, while a warm one leaves the valley.
const COOLEST_SHARE_OF_FEW: f64 = 0.005;
/// Fewer sites than this are few.
const FEW: usize = 5_000;
/// Exchanges that are looked at to find that temperature.
const SAMPLE: usize = 400;

/// A plan from elsewhere is improved with this much work: one that is still far from good is not worth more.
const MOST_WORK_OF_AN_OFFER: u64 = 4_000_000;
/// Work of looking at one site, beside reading its entries.
pub(super) const LOOK: u64 = 32;

/// A search that can be stopped and taken up again.
pub(super) struct Search<'m> {
    /// What is searched: the whole model, or the pairs of it that matter.
    open: Open<'m>,
    /// The whole model, where only pairs that matter are searched.
    whole: Option<Open<'m>>,
    random: Random,
    best: Vec<u32>,
    best_value: i64,
    /// Highest value found where the search takes place.
    highest: i64,
    cycle: Cycle,
    next_length: u64,
    cycles: u32,
    /// Sites that the bound holds for promising; empty when it does not say.
    core: Vec<u32>,
}

/// One cooling, from the work at which it began.
#[derive(Debug, Clone, Copy)]
struct Cycle {
    began: u64,
    length: u64,
    first_temperature: f64,
}

impl<'m> Search<'m> {
    /// Takes up a plan and improves it to a local optimum. `trimmed` is the model without the pairs that hardly matter.
    pub fn new(start: Open<'m>, trimmed: Option<&'m Model>, seed: u64) -> Self {
        let model = trimmed.unwrap_or(start.model);
        let mut search = Self {
            open: Open::new(model),
            whole: trimmed.map(|_| Open::new(start.model)),
            random: Random::new(seed),
            best: Vec::new(),
            best_value: i64::MIN,
            highest: i64::MIN,
            cycle: Cycle { began: 0, length: 0, first_temperature: 0.0 },
            next_length: 20 * (model.reach.items() as u64 + LOOK * model.sites() as u64) + 500_000,
            cycles: 0,
            core: Vec::new(),
        };
        if search.whole.is_some() {
            search.open.reset(&start.sites);
        } else {
            search.open = start;
        }
        search.settle(u64::MAX);
        search
    }

    /// The best plan so far.
    pub fn best(&self) -> &[u32] {
        &self.best
    }

    pub fn best_value(&self) -> i64 {
        self.best_value
    }

    fn work(&self) -> u64 {
        self.open.work + self.whole.as_ref().map_or(0, |whole| whole.work)
    }

    /// Takes up a plan from elsewhere: it is improved, and kept if it is better than all before.
    pub fn offer(&mut self, sites: &[u32]) {
        let cooling = self.open.sites.clone();
        self.open.reset(sites);
        self.settle(MOST_WORK_OF_AN_OFFER);
        self.open.reset(&cooling);
    }

    /// Searches for so much more work.
    pub fn run(&mut self, work: u64) {
        let end = self.work() + work;
        if self.open.sites.is_empty() || self.open.sites.len() == self.open.model.sites() {
            return;
        }
        while self.work() < end {
            let done = self.open.work - self.cycle.began;
            if done >= self.cycle.length {
                self.settle(u64::MAX);
                self.begin_cycle();
                continue;
            }
            let left = 1.0 - done as f64 / self.cycle.length as f64;
            for _ in 0..32 {
                self.step(self.cycle.first_temperature * left);
            }
        }
    }

    /// Improves the plan at hand to a local optimum, and keeps it if it is the best.
    fn settle(&mut self, work: u64) {
        descend(&mut self.open, work);
        if self.open.value <= self.highest {
            return;
        }
        self.highest = self.open.value;
        let whole = match &mut self.whole {
            None => &self.open,
            Some(whole) => {
                whole.reset(&self.open.sites);
                descend(whole, work);
                whole
            }
        };
        if whole.value > self.best_value {
            self.best_value = whole.value;
            self.best.clone_from(&whole.sites);
        }
    }

    /// Says which sites are promising: three cycles out of four keep to them.
    pub fn set_core(&mut self, sites: Vec<u32>) {
        self.core = sites;
    }

    fn begin_cycle(&mut self) {
        self.cycles += 1;
        self.open.reset(&self.best);
        let first_temperature = self.temperature();
        self.cycle = Cycle { began: self.open.work, length: self.next_length, first_temperature };
        self.next_length += self.next_length / 2;
    }

    fn is_cold(&self) -> bool {
        self.open.model.sites() < FEW && !self.cycles.is_multiple_of(2)
    }

    /// A temperature at which a few of the exchanges that lose would be accepted.
    fn temperature(&mut self) -> f64 {
        let mut costs = Vec::with_capacity(SAMPLE);
        for _ in 0..SAMPLE {
            let site = self.random.below(self.open.model.sites()) as u32;
            if !self.open.is_open(site)
                && let Some(swap) = best_swap(&mut self.open, site, &[])
            {
                // Ties say nothing about how deep the valleys are.
                costs.extend((swap.brings < 0).then_some(-swap.brings));
            }
        }
        costs.sort_unstable();
        let share = if self.is_cold() { COOLEST_SHARE_OF_FEW } else { COOLEST_SHARE };
        costs.get((costs.len() as f64 * share) as usize).map_or(1.0, |&cost| cost.max(1) as f64)
    }

    /// Looks at one closed site, and opens it if the best exchange is good enough.
    fn step(&mut self, temperature: f64) {
        let everywhere = self.is_cold() || self.core.is_empty() || self.cycles.is_multiple_of(4);
        let site = if everywhere {
            self.random.below(self.open.model.sites()) as u32
        } else {
            self.core[self.random.below(self.core.len())]
        };
        self.open.work += LOOK;
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
