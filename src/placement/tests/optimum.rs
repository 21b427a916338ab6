//! Plans against all plans.

use super::instances::{objectives, of, problems, sharing};
use super::plan;
use crate::placement::everything;
use crate::placement::greedy::greedy;
use crate::placement::model::Model;
use crate::placement::{Objective, Opening, Threads, verify};

#[test]
fn the_plan_is_the_best_of_all_plans_whatever_is_wished() {
    for objective in objectives() {
        for (rank, problem) in problems(40, 10, 14, objective).iter().enumerate() {
            let plan = plan(problem, 1, 200, Threads::One);
            let (best_plan, best) = everything::best(problem).expect("ten sites make few plans");
            let score = problem.score(&plan.openings);
            assert!(
                !best.beats(&score, problem),
                "{objective:?} {rank}: {plan:?} is worse than {best_plan:?} {best:?}"
            );
            assert!(!score.beats(&best, problem), "{objective:?} {rank}: the best of all plans was beaten");
            assert_eq!(verify(problem, &plan), Ok(()), "{objective:?} {rank}: {plan:?}");
            if best.shortfall == 0 {
                assert!(plan.is_optimal(), "{objective:?} {rank}: not proven: {plan:?}");
            }
        }
    }
}

#[test]
fn no_plan_passes_the_bound_however_early_the_search_ends() {
    for objective in objectives() {
        for (rank, problem) in problems(25, 11, 20, objective).iter().enumerate() {
            let (_, best) = everything::best(problem).expect("eleven sites make few plans");
            for rounds in [0, 1, 2] {
                let plan = plan(problem, 7, rounds, Threads::One);
                let (value, bound) = (best.objective, plan.bound);
                let held = if problem.more_is_better() { value <= bound } else { value >= bound };
                assert!(held || best.shortfall > 0, "{objective:?} {rank}: {value} passes {bound}");
                assert_eq!(verify(problem, &plan), Ok(()), "{objective:?} {rank}");
            }
        }
    }
}

#[test]
fn the_plan_for_many_people_is_the_best_of_all_plans_too() {
    for objective in [of("centre", 150), sharing("set-cover", 35, 0.8), Objective::coverage(30)] {
        for (rank, problem) in problems(3, 9, 4_000, objective).iter().enumerate() {
            let plan = plan(problem, 1, 400, Threads::One);
            let opened = |mask: u32| {
                let sites = (0..9).map(|site| {
                    let forced = problem.sites[site].forced_posts > 0;
                    let posts = if forced || mask >> site & 1 == 1 { problem.room(site).min(1) } else { 0 };
                    Opening { site: site as u32, posts }
                });
                sites.filter(|opening| opening.posts > 0).collect::<Vec<_>>()
            };
            let score = problem.score(&plan.openings);
            for openings in (0..1 << 9).map(opened).filter(|openings| problem.spent(openings) <= problem.means()) {
                assert!(!problem.score(&openings).beats(&score, problem), "{objective:?} {rank}: {openings:?}");
            }
            assert_eq!(verify(problem, &plan), Ok(()), "{objective:?} {rank}");
            assert!(plan.is_optimal() || plan.shortfall > 0, "{objective:?} {rank}: {} {}", plan.objective, plan.bound);
        }
    }
}

#[test]
fn the_plan_is_never_worse_than_greedy() {
    for objective in [Objective::coverage(12), Objective::median(60)] {
        for problem in problems(6, 120, 150, objective) {
            let model = Model::new(&problem);
            let first = greedy(&model);
            let sites = crate::placement::finding::openings(&problem, &model, &first.sites);
            let plan = plan(&problem, 3, 3, Threads::One);
            assert!(!problem.score(&sites).beats(&problem.score(&plan.openings), &problem));
        }
    }
}

#[test]
fn equity_and_capacity_search_well_where_not_all_plans_can_be_tried() {
    for objective in objectives().into_iter().skip(5) {
        for problem in problems(3, 40, 700, objective) {
            let none = problem.score(&[]);
            let plan = plan(&problem, 1, 60, Threads::One);
            let score = problem.score(&plan.openings);
            assert!(score.beats(&none, &problem), "{objective:?}: {plan:?}");
            assert!(plan.objective <= plan.bound || plan.shortfall > 0, "{objective:?}");
            assert_eq!(verify(&problem, &plan), Ok(()), "{objective:?}");
        }
    }
}
