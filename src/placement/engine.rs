//! The engine: a search for plans and a search for bounds, round by round, each telling the other what it found.
//!
//! A round is a fixed amount of work, not of time, and the two searches only meet between rounds: one thread or two, a
//! fast machine or a slow one, the same rounds give the same plan and the same bound.

use std::thread;

use super::branch::{Branching, is_small};
use super::dual::Dual;
use super::greedy::greedy;
use super::model::Model;
use super::search::Search;

/// Entries that each search reads in a round.
const WORK: u64 = 12_000_000;
/// A trimmed model keeps so many times the sites per post that there are on average.
const TRIM: usize = 8;

/// What both searches know after a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub value: i64,
    pub bound: i64,
    pub rounds: u32,
}

pub(super) fn trim(model: &Model) -> Option<Model> {
    let count = model.even_count().unwrap_or(model.sites() / 10).max(1);
    let most = TRIM * model.sites().div_ceil(count) + TRIM;
    let kept: usize = model.near.iter().map(|row| row.len().min(most)).sum();
    (kept * 4 < model.near.items() * 3).then(|| model.trimmed(most))
}

pub(super) fn experiment(model: &Model, rounds: u32, knobs: Vec<f64>, mut show: impl FnMut(Standing)) {super::search::KNOB.set(knobs.clone()).unwrap();
    let start = greedy(model);
    show(Standing { value: start.value, bound: model.ceiling(), rounds: 0 });
    let trimmed = trim(model);
    let mut search = Search::new(start, trimmed.as_ref(), 1);
    let mut dual = Dual::new(model);
    let mut hints: Vec<Vec<u32>> = vec![];
    let mut branching: Option<Branching> = None;
    let mut r = 0;
    for round in 1..=rounds {
        r = round;
        let bound = dual.bound().min(model.ceiling()).min(branching.as_ref().map_or(i64::MAX, |b| b.bound()));
        show(Standing { value: search.best_value(), bound, rounds: round });
        let target = search.best_value();
        if bound <= target { break }
        let hint = std::mem::take(&mut hints);
        let improve = || {
            for hint in hint {
                search.offer(&hint);
            }
            search.run(WORK);
        };
        if !dual.is_done(target) {
            thread::scope(|scope| {
                let bounding = scope.spawn(|| dual.run(target, 10 * WORK));
                improve();
                bounding.join().expect("the bound does not panic");
            });
            hints.push(dual.chosen());
            search.set_core(dual.promising(knobs[0]));
        } else if is_small(model) {
            let b = branching.get_or_insert_with(|| Branching::new(model, dual.clone()));
            thread::scope(|scope| {
                let bounding = scope.spawn(|| b.run(target, 10 * WORK));
                improve();
                bounding.join().expect("the bound does not panic");
            });
            b.hints.dedup();
            hints.append(&mut b.hints); hints.truncate(5);
        } else {
            improve();
        }
    }
    let bound = dual.bound().min(model.ceiling()).min(branching.as_ref().map_or(i64::MAX, |b| b.bound()));
    show(Standing { value: search.best_value(), bound, rounds });
    println!("rounds {r} tree {:?} prices {:?}", branching.as_ref().map(|b| b.tree.len()), branching.as_ref().map(|b| b.prices.len()));
}
