//! Coverage territory by territory, and a search that looks at what territories lack first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::plan::Opening;
use super::problem::Problem;
use super::random::Random;

/// Exchanges looked at in a round at most, and for each site.
const EXCHANGES: usize = 20_000;
const EXCHANGES_PER_SITE: usize = 200;
/// Open sites that an exchange looks at, picked by chance.
const PICKS: usize = 12;
/// Open sites that a descent looks at.
const FEW: usize = 24;

/// The open sites, and what each territory covers.
pub(super) struct Territories<'p> {
    problem: &'p Problem,
    /// Demand points within the radius of each site.
    reach: Vec<Vec<u32>>,
    /// Open sites within the radius of each demand point.
    serving: Vec<u32>,
    covered: Vec<i64>,
    floors: Vec<i64>,
    open: Vec<u32>,
    is_open: Vec<bool>,
    left: i64,
    random: Random,
    /// What an exchange changes in each territory; all 0 between questions.
    change: Vec<i64>,
    touched: Vec<usize>,
}

/// What territories reach of their floors, then what they cover in all: the first counts first.
type Worth = (i64, i64);

impl<'p> Territories<'p> {
    /// Everything that exists or is forced is open.
    pub fn new(problem: &'p Problem, seed: u64) -> Self {
        let mut reach = vec![Vec::new(); problem.sites.len()];
        for (demand, row) in (0..).zip(problem.pairs.iter()) {
            for pair in row.iter().take_while(|pair| problem.benefit(pair.cost) > 0) {
                reach[pair.site as usize].push(demand);
            }
        }
        let territories = problem.territories.iter().max().map_or(1, |&last| last as usize + 1);
        let mut all = Self {
            problem,
            reach,
            serving: vec![0; problem.weights.len()],
            covered: vec![0; territories],
            floors: vec![0; territories],
            open: Vec::new(),
            is_open: vec![false; problem.sites.len()],
            left: problem.means(),
            random: Random::new(seed),
            change: vec![0; territories],
            touched: Vec::new(),
        };
        for (rank, site) in problem.sites.iter().enumerate() {
            if site.existing_posts > 0 {
                all.add(rank, 1);
            }
            if site.forced_posts > 0 {
                all.put(rank as u32);
            }
        }
        all
    }

    pub fn set_floors(&mut self, floors: Vec<i64>) {
        self.floors = floors;
    }

    /// Grains that the territories cover.
    pub fn value(&self) -> i64 {
        self.covered.iter().sum()
    }

    /// Grains that the territories lack of their floors.
    pub fn missing(&self) -> i64 {
        self.floors.iter().zip(&self.covered).map(|(floor, covered)| (floor - covered).max(0)).sum()
    }

    pub fn openings(&self) -> Vec<Opening> {
        let mut openings: Vec<Opening> = self.open.iter().map(|&site| Opening { site, posts: 1 }).collect();
        openings.sort_unstable_by_key(|opening| opening.site);
        openings
    }

    /// Opens the site that helps most, again and again, while the means pay one.
    pub fn fill(&mut self) {
        let sites = self.problem.sites.len() as u32;
        let mut promises = BinaryHeap::new();
        for site in (0..sites).filter(|&site| self.can_open(site)).collect::<Vec<_>>() {
            promises.push((self.gain(site, None), Reverse(site)));
        }
        while let Some((_, Reverse(site))) = promises.pop() {
            if !self.can_open(site) || self.problem.price(site as usize) > self.left {
                continue;
            }
            let promise = (self.gain(site, None), Reverse(site));
            if promises.peek().is_some_and(|next| *next > promise) {
                promises.push(promise);
            } else if promise.0 > (0, 0) {
                self.put(site);
            }
        }
    }

    /// Tries exchanges of one site for another; whether the worth grew.
    pub fn exchange(&mut self) -> bool {
        let mut grew = false;
        for _ in 0..EXCHANGES.min(EXCHANGES_PER_SITE * self.problem.sites.len()) {
            let site = self.random.below(self.problem.sites.len()) as u32;
            if !self.can_open(site) || self.open.is_empty() {
                continue;
            }
            let needed = self.problem.price(site as usize) - self.left;
            let mut best: Option<(Worth, u32)> = None;
            for _ in 0..PICKS.min(self.open.len()) {
                let out = self.open[self.random.below(self.open.len())];
                let forced = self.problem.sites[out as usize].forced_posts > 0;
                if forced || self.problem.price(out as usize) < needed {
                    continue;
                }
                let gain = self.gain(site, Some(out));
                if best.is_none_or(|(most, _)| gain > most) {
                    best = Some((gain, out));
                }
            }
            if let Some((gain, out)) = best.filter(|(gain, _)| *gain >= (0, 0)) {
                self.take_away(out);
                self.put(site);
                grew |= gain > (0, 0);
            }
        }
        if grew {
            self.fill();
        }
        grew
    }

    /// Opens these sites beside what stands or is forced, and no others.
    pub fn reset(&mut self, sites: &[u32]) {
        let forced = |site: u32| self.problem.sites[site as usize].forced_posts > 0;
        let out: Vec<u32> = self.open.iter().copied().filter(|site| !forced(*site) && !sites.contains(site)).collect();
        out.into_iter().for_each(|site| self.take_away(site));
        for &site in sites {
            if self.can_open(site) && self.problem.price(site as usize) <= self.left {
                self.put(site);
            }
        }
    }

    /// Exchanges one site for another as long as one does better, each for the one that is missed least: of all that are open
    /// where these are few, else of some.
    pub fn descend(&mut self) {
        let sites = self.problem.sites.len() as u32;
        let (mut site, mut idle) = (0, 0);
        self.fill();
        while idle < sites {
            if self.can_open(site) {
                let needed = self.problem.price(site as usize) - self.left;
                let first = if self.open.len() > FEW { self.random.below(self.open.len()) } else { 0 };
                let picks: Vec<u32> = self.open[first..].iter().copied().take(FEW).collect();
                let mut best = ((0, 0), None);
                for out in picks {
                    let price = self.problem.price(out as usize);
                    if self.problem.sites[out as usize].forced_posts == 0 && price >= needed {
                        let gain = self.gain(site, Some(out));
                        if gain > best.0 {
                            best = (gain, Some(out));
                        }
                    }
                }
                if let Some(out) = best.1 {
                    self.take_away(out);
                    self.put(site);
                    self.fill();
                    idle = 0;
                }
            }
            idle += 1;
            site = if site + 1 == sites { 0 } else { site + 1 };
        }
    }

    fn can_open(&self, site: u32) -> bool {
        let site = site as usize;
        !self.is_open[site] && self.problem.room(site) > 0 && self.problem.sites[site].existing_posts == 0
    }

    fn put(&mut self, site: u32) {
        self.open.push(site);
        self.is_open[site as usize] = true;
        self.left -= self.problem.price(site as usize);
        self.add(site as usize, 1);
    }

    fn take_away(&mut self, site: u32) {
        self.open.retain(|&open| open != site);
        self.is_open[site as usize] = false;
        self.left += self.problem.price(site as usize);
        self.add(site as usize, -1);
    }

    fn add(&mut self, site: usize, posts: i32) {
        for &demand in &self.reach[site] {
            let demand = demand as usize;
            let before = self.serving[demand];
            self.serving[demand] = before.saturating_add_signed(posts);
            let territory = self.problem.territories[demand] as usize;
            let weight = self.problem.weights[demand];
            self.covered[territory] += match (before, self.serving[demand]) {
                (0, 1..) => weight,
                (1.., 0) => -weight,
                _ => 0,
            };
        }
    }

    /// What opening a site brings, when another closes perhaps.
    fn gain(&mut self, site: u32, out: Option<u32>) -> Worth {
        let Self { problem, reach, serving, change, touched, .. } = self;
        let mut add = |demand: u32, weight: i64| {
            let territory = problem.territories[demand as usize] as usize;
            if change[territory] == 0 {
                touched.push(territory);
            }
            change[territory] += weight;
        };
        let weight = |demand: u32| problem.weights[demand as usize];
        for &demand in reach[site as usize].iter().filter(|&&demand| serving[demand as usize] == 0) {
            add(demand, weight(demand));
        }
        if let Some(out) = out {
            // Who had only the site that closes keeps a post if the site that opens is near.
            let kept = &reach[site as usize];
            for &demand in reach[out as usize].iter().filter(|&&demand| serving[demand as usize] == 1) {
                if kept.binary_search(&demand).is_err() {
                    add(demand, -weight(demand));
                }
            }
        }
        let mut worth = (0, 0);
        for territory in self.touched.drain(..) {
            let change = std::mem::take(&mut self.change[territory]);
            let (floor, covered) = (self.floors[territory], self.covered[territory]);
            worth.0 += (covered + change).min(floor) - covered.min(floor);
            worth.1 += change;
        }
        worth
    }
}
