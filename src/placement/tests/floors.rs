//! Floors that cannot be held, against every plan.

use super::instances::{draft, sharing};
use super::plan;
use crate::placement::{Counted, Draft, Limit, Opening, Plan, Prices, Problem, Proof, Question, Site, Threads, verify};

/// So many posts at candidates alone, on the square of [`draft`], in so many territories.
fn question(seed: u64, sites: usize, share: f64, posts: u64) -> Option<Problem> {
    let draft = draft(seed, sites, 120, sharing("floor", 14, share));
    let territories = (0..120).map(|rank| rank % 5).collect();
    Problem::new(Draft { sites: vec![Site::CANDIDATE; sites], limit: Limit::Posts(posts), territories, ..draft }).ok()
}

/// What the best of all plans of three posts lacks and covers.
fn best_of_three(problem: &Problem) -> (i64, i64) {
    let count = problem.sites().len() as u32;
    let mut best = (i64::MAX, 0);
    for a in 0..count {
        for b in a + 1..count {
            for c in b + 1..count {
                let score = problem.score(&[a, b, c].map(|site| Opening { site, posts: 1 }));
                best = best.min((score.shortfall, -score.objective));
            }
        }
    }
    (best.0, -best.1)
}

#[test]
fn a_floor_that_no_plan_holds_is_missed_by_as_little_as_can_be_and_that_is_proven() {
    let (mut missed, mut held) = (0, 0);
    for seed in 0..30 {
        let Some(problem) = question(seed, 34, [0.2, 0.3, 0.45][seed as usize % 3], 3) else { continue };
        let plan = plan(&problem, 1, 100, Threads::One);
        assert_eq!(verify(&problem, &plan), Ok(()), "{seed}: {plan:?}");
        let (least, most) = best_of_three(&problem);
        assert_eq!((plan.shortfall, plan.objective), (least, most), "{seed}");
        assert_eq!((plan.least_shortfall, plan.bound), (least, most), "{seed}: not proven");
        *if least > 0 { &mut missed } else { &mut held } += 1;
    }
    assert!(missed > 5 && held > 5, "{missed} missed, {held} held");
}

#[test]
fn what_is_proven_of_some_plans_is_not_proven_of_better_ones() {
    let problem = (0..).find_map(|seed| question(seed, 34, 0.45, 3).filter(|problem| best_of_three(problem).0 > 0));
    let problem = problem.expect("some floors cannot be held");
    let honest = plan(&problem, 1, 100, Threads::One);
    let counted = |change: &dyn Fn(&mut Vec<Counted>)| {
        let mut plan = honest.clone();
        let Some(Prices { question: Question::CaseByCase(counted), .. }) = &mut plan.shortfall_proof else {
            panic!("{plan:?}")
        };
        change(counted);
        verify(&problem, &plan)
    };
    assert!(counted(&|lists| lists.iter_mut().for_each(|list| list.times.fill(0))).is_err(), "nothing is due");
    assert!(counted(&|lists| lists.iter_mut().for_each(|list| list.times.fill(2_048))).is_err(), "due twice");
    assert!(counted(&|lists| lists.iter_mut().for_each(|list| list.times.fill(-1))).is_err(), "due less than nothing");
    assert!(counted(&|lists| lists.iter_mut().for_each(|list| list.once = true)).is_err(), "another question");
    assert!(counted(&|lists| lists.truncate(lists.len() - 1)).is_err(), "a list that counts nobody");
    assert!(counted(&|lists| lists.iter_mut().for_each(|list| list.times.truncate(1))).is_err(), "too few territories");
    let better = Plan { least_shortfall: honest.least_shortfall + 1, ..honest.clone() };
    assert!(verify(&problem, &better).is_err());
}

#[test]
fn however_little_time_there_is_the_bound_holds() {
    for seed in 0..12 {
        let Some(problem) = question(seed, 34, 0.3, 3) else { continue };
        let (least, most) = best_of_three(&problem);
        for rounds in [0, 1, 2] {
            let plan = plan(&problem, 1, rounds, Threads::One);
            assert_eq!(verify(&problem, &plan), Ok(()), "{seed}");
            assert!(plan.least_shortfall <= least && plan.shortfall >= least, "{seed}");
            assert!(plan.bound >= most || plan.shortfall > least, "{seed}: {} {most}", plan.bound);
            assert!(plan.proof != Proof::AllSites || plan.objective == plan.bound, "{seed}: nothing is said");
        }
    }
}
