//! Floors and leximin: coverage that leaves no territory behind.

use super::benefit::grains_of_share;
use super::dual::{self, Dual};
use super::engine::{self, Settings};
use super::everything;
use super::finding::{Finding, Progress, Watch, finish, openings};
use super::floors;
use super::greedy::greedy;
use super::model::Model;
use super::objective::Shape;
use super::plan::{Opening, Plan, Prices, Proof, Question};
use super::problem::Problem;
use super::proof::of_prices;
use super::score::{SHARE_UNITS, Score, share_units};
use super::territories::Territories;
use super::weighted::{ONCE, Terms, least_shortfall, objective_bound, people};

/// Rounds without a better plan after which a search for one level ends.
const PATIENCE: u32 = 6;
/// Levels of leximin that are looked for one by one; territories above them share what is left.
const LEVELS: usize = 12;
/// Times that the multipliers of territories are moved, and the work of a bound for each.
const MOVES: u32 = 24;
const BOUND_WORK: u64 = 20_000_000;
/// The multipliers of leximin add up to about this many grains.
const WHOLE: f64 = (1_u64 << 44) as f64;

pub(super) fn place(problem: &Problem, settings: Settings, watch: &mut Watch) -> Plan {
    if let Some((openings, _)) = everything::best(problem) {
        let (proof, shortfall_proof) = (Proof::Everything, None);
        return finish(problem, Finding { openings, proof, shortfall_proof, rounds: 0, stopped: false }, settings);
    }
    search(problem, settings, watch)
}

/// The same where there are too many plans to try them all.
pub(super) fn search(problem: &Problem, settings: Settings, watch: &mut Watch) -> Plan {
    let inhabited = people(problem).iter().filter(|all| **all > 0).count();
    if (problem.objective.shape() == Shape::Floors || inhabited == 1)
        && let Some(plan) = of_all(problem, settings, watch)
    {
        return plan;
    }
    if problem.objective.shape() == Shape::Floors
        && let Some(plan) = floors::place(problem, settings, watch)
    {
        return plan;
    }
    let mut balance = Balance::new(problem, settings, watch);
    let mut shortfall_proof = None;
    if problem.objective.shape() == Shape::Floors {
        let share = problem.objective.share;
        let floors = people(problem).into_iter().map(|all| grains_of_share(share, all)).collect();
        balance.reach(floors, settings.rounds / 2);
        if balance.best_score.shortfall > 0 {
            shortfall_proof = balance.bound(Aim::Shortfall);
        }
    } else {
        balance.level_by_level();
    }
    let proof = balance.bound(Aim::Objective).map_or(Proof::AllSites, Proof::Prices);
    let Balance { best: openings, rounds, stopped, .. } = balance;
    finish(problem, Finding { openings, proof, shortfall_proof, rounds, stopped }, settings)
}

/// The plan that covers most wherever people live, which the engine searches and proves. It is the best where floors are kept all the
/// same, or where all live in one territory; nothing where the first plan at hand already lacks something.
fn of_all(problem: &Problem, settings: Settings, watch: &mut Watch) -> Option<Plan> {
    let once = i64::from(problem.objective.shape() != Shape::Floors);
    let question = Question::Weighted(vec![once; people(problem).len()]);
    let terms = Terms::new(problem, &question)?;
    let model = Model::with(problem, &terms.weights, terms.means, &|cost| problem.benefit(cost));
    let lacks = |sites: &[u32]| problem.score(&openings(problem, &model, sites)).shortfall > 0;
    if lacks(&greedy(&model).sites) {
        return None;
    }
    let in_units = |value: i64| objective_bound(problem, &question, value, 0).unwrap_or(value);
    let found = engine::run(&model, settings, None, &mut |standing| {
        let (objective, bound) = (in_units(standing.value), in_units(standing.bound));
        watch(&Progress { objective, bound, rounds: standing.rounds })
    });
    if lacks(&found.sites) {
        return None;
    }
    let openings = openings(problem, &model, &found.sites);
    let (rounds, stopped) = (found.rounds, found.stopped);
    let proof = Proof::Prices(Prices { question, cases: found.cases });
    Some(finish(problem, Finding { openings, proof, shortfall_proof: None, rounds, stopped }, settings))
}

/// What multipliers of territories are to bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The objective.
    Objective,
    /// What floors lack at least.
    Shortfall,
}

/// A search for plans that keep floors.
struct Balance<'a, 'w> {
    problem: &'a Problem,
    settings: Settings,
    watch: &'a mut Watch<'w>,
    territories: Territories<'a>,
    best: Vec<Opening>,
    best_score: Score,
    rounds: u32,
    stopped: bool,
}

impl<'a, 'w> Balance<'a, 'w> {
    fn new(problem: &'a Problem, settings: Settings, watch: &'a mut Watch<'w>) -> Self {
        let territories = Territories::new(problem, settings.seed);
        let best = territories.openings();
        let best_score = problem.score(&best);
        Self { problem, settings, watch, territories, best, best_score, rounds: 0, stopped: false }
    }

    /// Searches for a plan in which each territory covers so many grains; whether one was found.
    fn reach(&mut self, floors: Vec<i64>, rounds: u32) -> bool {
        self.territories.set_floors(floors);
        self.territories.fill();
        let until = self.rounds + rounds;
        let mut idle = 0;
        while idle < PATIENCE && !self.stopped {
            idle = if self.territories.exchange() { 0 } else { idle + 1 };
            self.keep();
            self.rounds += 1;
            let objective = self.best_score.objective;
            let progress = Progress { objective, bound: super::weighted::all_sites(self.problem), rounds: self.rounds };
            self.stopped = (self.watch)(&progress).is_break();
            // Leximin only asks whether it can be done.
            let enough = self.territories.missing() == 0 && self.problem.objective.shape() == Shape::LeastShare;
            if enough || self.rounds >= until {
                break;
            }
        }
        self.territories.missing() == 0
    }

    fn keep(&mut self) {
        let openings = self.territories.openings();
        let score = self.problem.score(&openings);
        if score.beats(&self.best_score, self.problem) {
            (self.best, self.best_score) = (openings, score);
        }
    }

    /// Raises the lowest share as far as it goes, settles the territories that stay there, and goes on with the others.
    fn level_by_level(&mut self) {
        let all = people(self.problem);
        let mut settled: Vec<Option<i64>> = all.iter().map(|&all| (all == 0).then_some(0)).collect();
        for _ in 0..LEVELS {
            if self.stopped || self.rounds >= self.settings.rounds || settled.iter().all(Option::is_some) {
                return;
            }
            let covered = self.covered_by_best();
            let share = |territory: usize| share_units(covered[territory], all[territory]);
            let open = (0..all.len()).filter(|&territory| settled[territory].is_none());
            let (mut low, mut high) = (open.map(share).min().unwrap_or(SHARE_UNITS), SHARE_UNITS + 1);
            while high - low > 1 + SHARE_UNITS / 2_000 && !self.stopped && self.rounds < self.settings.rounds {
                let middle = low.midpoint(high);
                let wished = |all: i64| grains_of_share(middle as f64 / SHARE_UNITS as f64, all);
                let floors = settled.iter().zip(&all).map(|(settled, &all)| settled.unwrap_or_else(|| wished(all)));
                let floors = floors.collect();
                if self.reach(floors, self.settings.rounds / 40 + 1) { low = middle } else { high = middle }
            }
            let covered = self.covered_by_best();
            for territory in 0..all.len() {
                if settled[territory].is_none() && share_units(covered[territory], all[territory]) <= high {
                    settled[territory] = Some(covered[territory]);
                }
            }
        }
    }

    fn covered_by_best(&self) -> Vec<i64> {
        let mut posts: Vec<u32> = self.problem.sites.iter().map(|site| site.existing_posts).collect();
        self.best.iter().for_each(|opening| posts[opening.site as usize] += opening.posts);
        self.problem.covered_by_territory(&posts).into_iter().map(|(covered, _)| covered).collect()
    }

    /// Multipliers of territories, moved towards those that are left behind, and the best bound that they give.
    fn bound(&mut self, aim: Aim) -> Option<Prices> {
        let problem = self.problem;
        let (all, Score { objective, shortfall, .. }) = (people(problem), self.best_score.clone());
        let floor = |&all: &i64| grains_of_share(problem.objective.share, all);
        let floors: Option<Vec<i64>> =
            (problem.objective.shape() == Shape::Floors).then(|| all.iter().map(floor).collect());
        let first = if floors.is_some() && aim == Aim::Objective { 0.0 } else { 1.0 };
        let mut weights = vec![first; all.len()];
        let mut best: Option<(i64, Prices)> = None;
        for turn in 1..=MOVES {
            let whole_times = || weights.iter().map(|weight| (weight * ONCE as f64) as i64).collect();
            let question = match (&floors, aim) {
                (Some(_), Aim::Objective) => Question::Weighted(whole_times()),
                (Some(_), Aim::Shortfall) => Question::Lacking(whole_times()),
                (None, _) => Question::Weighted(shares_of_whole(&weights, &all)),
            };
            let Some(terms) = Terms::new(problem, &question) else { break };
            let model = Model::with(problem, &terms.weights, terms.means, &|cost| problem.benefit(cost));
            let mut dual = Dual::new(&model);
            dual.run(model.base, BOUND_WORK, dual::PATIENCE);
            let value = dual.bound().min(model.ceiling);
            // The less, the better; of shortfalls, the more.
            let (bound, enough) = match aim {
                Aim::Objective => {
                    let Some(bound) = objective_bound(problem, &question, value, shortfall) else { break };
                    (bound, bound <= objective)
                }
                Aim::Shortfall => {
                    let Some(least) = least_shortfall(problem, &question, value) else { break };
                    (-least, least >= shortfall)
                }
            };
            if best.as_ref().is_none_or(|(least, _)| bound < *least) {
                let cases = of_prices(&model, dual.shift, &dual.best_prices);
                best = Some((bound, Prices { question, cases }));
            }
            let shown = if aim == Aim::Objective { bound } else { super::weighted::all_sites(problem) };
            let progress = Progress { objective, bound: shown, rounds: self.rounds };
            self.stopped |= (self.watch)(&progress).is_break();
            if self.stopped || enough {
                break;
            }
            let chosen = openings(problem, &model, &dual.chosen());
            let mut posts: Vec<u32> = problem.sites.iter().map(|site| site.existing_posts).collect();
            chosen.iter().for_each(|opening| posts[opening.site as usize] += opening.posts);
            let covered = problem.covered_by_territory(&posts);
            let pace = 4.0 / f64::from(turn);
            for (territory, weight) in weights.iter_mut().enumerate() {
                let (covered, whole) = (covered[territory].0 as f64, all[territory].max(1) as f64);
                let lack = floors.as_ref().map(|floors| pace * (floors[territory] as f64 - covered) / whole);
                let behind = || pace * (objective as f64 / SHARE_UNITS as f64 - covered / whole);
                *weight = match (lack, aim) {
                    (Some(lack), Aim::Objective) => (*weight + lack).max(0.0),
                    (Some(lack), Aim::Shortfall) => (*weight + lack).clamp(0.0, 1.0),
                    (None, _) => *weight * (1.0 + behind()).clamp(0.2, 5.0),
                };
            }
        }
        best.map(|(_, prices)| prices)
    }
}

/// Multipliers of territories whose inhabitants, so weighted, add up to about [`WHOLE`].
fn shares_of_whole(weights: &[f64], all: &[i64]) -> Vec<i64> {
    let sum: f64 = weights.iter().sum();
    let multiplier = |(weight, &all): (&f64, &i64)| (WHOLE * weight / sum / all.max(1) as f64) as i64;
    weights.iter().zip(all).map(multiplier).collect()
}
