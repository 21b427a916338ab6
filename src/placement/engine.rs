//! The engine: a search for plans and a search for bounds, round by round, each telling the other what it found.
//!
//! A round is a fixed amount of work, not of time, and the two searches meet only between rounds: one thread or two, a
//! fast machine or a slow one, the same rounds give the same plan and the same bound.

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::thread;

use super::branch::{Branching, is_small};
use super::dual::{Dual, PATIENCE};
use super::greedy::greedy;
use super::model::Model;
use super::plan::Cases;
use super::proof;
use super::search::{LOOK, Search};

/// Work of the search for plans in a round at most, and so much for each entry of the model: a small question has short
/// rounds.
const SEARCH_WORK: u64 = 8_000_000;
const SEARCH_WORK_PER_ENTRY: u64 = 500;
/// The search for bounds reads in a more orderly way, and gets so many times as much.
const BOUND_TIMES: u64 = 5;
/// Where only the sites next door matter, each demand point keeps so many times as many as there are per post.
const TRIM: usize = 8;
/// The sites that the bound holds for promising are so many times as many as the plan opens.
const PROMISING: f64 = 2.5;
/// The exact finish begins with rounds shorter by so many halvings.
const HURRY: u32 = 6;
/// Plans that the exact finish may suggest between two rounds.
const MOST_HINTS: usize = 5;

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Where chance begins.
    pub seed: u64,
    /// Rounds of work at most. A round takes at most some 0.05 to 0.5 seconds.
    pub rounds: u32,
    /// Threads to use; they change the time, never the plan.
    pub threads: Threads,
}

/// Number of threads of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// One after the other.
    One,
    /// The search for plans beside the search for bounds.
    Two,
}

/// What is known after a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub value: i64,
    pub bound: i64,
    pub rounds: u32,
}

/// Called after each round; a break ends the search with what was found.
pub(super) type Watch<'w> = &'w mut dyn FnMut(Standing) -> ControlFlow<()>;

/// What the engine found: sites of the model, their value, and what bounds it.
#[derive(Debug)]
pub(super) struct Found {
    pub sites: Vec<u32>,
    pub value: i64,
    pub bound: i64,
    pub cases: Cases,
    /// One list of prices for all plans, in 2^-`shift`: where the search for the next bound may begin.
    pub prices: Vec<u32>,
    pub shift: u32,
    pub rounds: u32,
    /// Whether the caller ended it.
    pub stopped: bool,
}

/// Searches until the bound is reached. With a goal, also until a plan reaches it or no plan can.
pub(super) fn run(model: &Model, settings: Settings, goal: Option<i64>, watch: Watch) -> Found {
    run_from(model, settings, goal, Dual::new(model), watch)
}

/// The same with the search for a bound begun.
pub(super) fn run_from<'m>(
    model: &'m Model,
    settings: Settings,
    goal: Option<i64>,
    dual: Dual<'m>,
    watch: Watch,
) -> Found {
    let trimmed = trimmed(model);
    let mut search = Search::new(greedy(model), trimmed.as_ref(), settings.seed);
    let mut bounds = Bounds { model, dual, branching: None, hints: Vec::new() };
    let work = SEARCH_WORK.min(SEARCH_WORK_PER_ENTRY * (model.reach.items() as u64 + LOOK * model.sites() as u64));
    let (mut rounds, mut stopped, mut hurry) = (0, false, HURRY);
    loop {
        let (value, bound) = (search.best_value(), bounds.lowest());
        stopped |= watch(Standing { value, bound, rounds }).is_break();
        let settled = bound <= value || goal.is_some_and(|goal| value >= goal || bound < goal);
        if settled || stopped || rounds == settings.rounds {
            break;
        }
        let target = goal.map_or(value, |goal| value.max(goal - 1));
        // What prices suggest at first often improves the plan, and cases are the fewer the better the plan is.
        let bound_work = (BOUND_TIMES * work) >> if bounds.branching.is_some() { hurry } else { 0 };
        hurry -= u32::from(bounds.branching.is_some() && hurry > 0);
        let hints = std::mem::take(&mut bounds.hints);
        let mut improve = || {
            hints.iter().for_each(|hint| search.offer(hint));
            search.run(work);
        };
        match settings.threads {
            Threads::One => {
                improve();
                bounds.run(target, bound_work);
            }
            Threads::Two => thread::scope(|scope| {
                scope.spawn(|| bounds.run(target, bound_work));
                improve();
            }),
        }
        if bounds.branching.is_none() {
            search.set_core(bounds.dual.promising(PROMISING));
        }
        rounds += 1;
    }
    let (value, bound) = (search.best_value(), bounds.lowest());
    let (sites, cases) = (search.best().to_vec(), bounds.cases());
    let Dual { best_prices: prices, shift, .. } = bounds.dual;
    Found { sites, value, bound, cases, prices, shift, rounds, stopped }
}

/// A model without the pairs that hardly matter, where that makes it much smaller.
fn trimmed(model: &Model) -> Option<Model> {
    let posts = model.even_count().unwrap_or(model.sites() / TRIM).max(1);
    let most = TRIM * model.sites().div_ceil(posts) + TRIM;
    let kept: usize = model.near.iter().map(|row| row.len().min(most)).sum();
    (kept * 4 < model.near.items() * 3).then(|| model.trimmed(most))
}

/// The search for bounds: prices first, then cases.
struct Bounds<'m> {
    model: &'m Model,
    dual: Dual<'m>,
    branching: Option<Branching<'m>>,
    /// Plans to improve upon.
    hints: Vec<Vec<u32>>,
}

impl Bounds<'_> {
    fn lowest(&self) -> i64 {
        let cases = self.branching.as_ref().map_or_else(|| self.dual.bound(), Branching::bound);
        cases.min(self.model.ceiling)
    }

    fn run(&mut self, target: i64, work: u64) {
        if !self.dual.is_done(target) {
            self.dual.run(target, work, PATIENCE);
            self.hints = vec![self.dual.chosen()];
        } else if is_small(self.model) {
            let Some(branching) = &mut self.branching else {
                self.branching = Some(Branching::new(self.model, &self.dual));
                return;
            };
            branching.run(target, work);
            let mut hints = std::mem::take(&mut branching.hints);
            // Of equals the last: it follows from more.
            hints.reverse();
            hints.sort_by_key(|(value, _)| Reverse(*value));
            hints.dedup();
            self.hints = hints.into_iter().map(|(_, sites)| sites).take(MOST_HINTS).collect();
        }
    }

    fn cases(&self) -> Cases {
        match &self.branching {
            _ if self.lowest() == self.model.ceiling => proof::of_ceiling(self.model, self.dual.shift),
            Some(branching) => proof::of_tree(self.model, self.dual.shift, branching),
            None => proof::of_prices(self.model, self.dual.shift, &self.dual.best_prices),
        }
    }
}
