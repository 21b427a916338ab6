//! Reasons against plans that are scored anew.

use super::instances::{capacity, problems, sharing};
use super::plan;
use crate::placement::{Limit, Objective, Opening, Threads, explain, pareto, verify, without_idle_sites};

#[test]
fn marginal_values_and_runners_up_are_those_of_plans_scored_anew() {
    for problem in problems(12, 30, 60, Objective::coverage(20)) {
        let plan = plan(&problem, 1, 3, Threads::One);
        let told = explain(&problem, &plan);
        let without = |site: u32| plan.openings.iter().copied().filter(move |opening| opening.site != site);
        for reason in &told.reasons {
            let closed: Vec<Opening> = without(reason.site).collect();
            assert_eq!(reason.marginal, plan.objective - problem.score(&closed).objective);
            if let Some((site, loses)) = reason.runner_up {
                let swapped: Vec<Opening> = without(reason.site).chain([Opening { site, posts: 1 }]).collect();
                assert_eq!(loses, plan.objective - problem.score(&swapped).objective);
                assert!(problem.spent(&swapped) <= problem.spent(&plan.openings).max(problem.means()));
            }
            let persons: i64 = reason.serves.iter().map(|&demand| problem.weights()[demand as usize]).sum();
            assert_eq!(reason.persons, persons);
        }
        let everybody: i64 = problem.weights().iter().sum();
        let missed: i64 = told.uncovered.iter().map(|&demand| problem.weights()[demand as usize]).sum();
        assert_eq!(plan.objective, everybody - missed, "who is not covered is named");
        if let Some((site, gain)) = told.next {
            let more: Vec<Opening> = plan.openings.iter().copied().chain([Opening { site, posts: 1 }]).collect();
            assert_eq!(gain, problem.score(&more).objective - plan.objective);
        }
    }
}

#[test]
fn where_every_territory_has_a_minimum_a_second_choice_holds_it_and_its_loss_is_told() {
    let (mut losing, mut equal) = (0, 0);
    for share in [0.05, 0.95] {
        for problem in problems(24, 30, 60, sharing("floor", 20, share)) {
            let plan = plan(&problem, 1, 3, Threads::One);
            for reason in explain(&problem, &plan).reasons {
                let Some((site, loses)) = reason.runner_up else { continue };
                let others = plan.openings.iter().copied().filter(|opening| opening.site != reason.site);
                let swapped = problem.score(&others.chain([Opening { site, posts: 1 }]).collect::<Vec<_>>());
                assert_eq!(loses, (plan.objective - swapped.objective).max(0), "{reason:?}");
                assert!(plan.shortfall > 0 || swapped.shortfall == 0, "{reason:?}");
                if loses > 0 { losing += 1 } else { equal += 1 }
            }
        }
    }
    assert!(losing > 20 && equal > 0, "{losing} lose, {equal} do not");
}

#[test]
fn the_curve_rises_ever_more_slowly_and_ends_within_the_means() {
    for problem in problems(12, 30, 60, Objective::coverage(20)) {
        let curve = pareto(&problem);
        assert!(curve.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        assert!(curve.last().unwrap().0 <= problem.means());
        if let Limit::Posts(_) = problem.limit() {
            let steps: Vec<i64> = curve.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
            assert!(steps.is_sorted_by(|a, b| a >= b), "{steps:?}");
        }
    }
}

#[test]
fn no_site_stays_idle_and_nothing_is_lost_with_those_that_go() {
    let mut gone = 0;
    for problem in problems(12, 30, 60, Objective::coverage(20)) {
        let problem = problem.with_limit(Limit::Posts(10)).unwrap_or(problem);
        let plan = plan(&problem, 1, 3, Threads::One);
        let spare = without_idle_sites(&problem, &plan);
        verify(&problem, &spare).unwrap();
        assert_eq!((spare.objective, spare.bound), (plan.objective, plan.bound));
        assert!(explain(&problem, &spare).reasons.iter().all(|reason| reason.marginal > 0));
        // A plan with a useless site, which the search itself rarely makes.
        let idle = (0..problem.sites().len() as u32).find_map(|site| {
            let more: Vec<Opening> = plan.openings.iter().copied().chain([Opening { site, posts: 1 }]).collect();
            let new = plan.openings.iter().all(|opening| opening.site != site)
                && problem.sites()[site as usize].most_posts > 0;
            (new && problem.score(&more).objective == plan.objective).then_some(more)
        });
        if let Some(mut openings) = idle {
            openings.sort_unstable_by_key(|opening| opening.site);
            let padded = crate::placement::Plan { openings, ..plan.clone() };
            assert!(without_idle_sites(&problem, &padded).openings.len() < padded.openings.len());
            gone += 1;
        }
    }
    assert!(gone > 0, "the instances have useless sites");
}

#[test]
fn a_site_whose_posts_fill_up_is_worth_what_the_others_have_no_room_for() {
    let objective = capacity(40, 60.0);
    let mut weighed = 0;
    for problem in problems(40, 12, 40, objective) {
        let plan = plan(&problem, 1, 4, Threads::One);
        let served = |left_out: Option<u32>| {
            let without = |opening: &Opening| {
                let forced = problem.sites()[opening.site as usize].forced_posts;
                Opening { posts: if left_out == Some(opening.site) { forced } else { opening.posts }, ..*opening }
            };
            problem.score(&plan.openings.iter().map(without).collect::<Vec<_>>()).objective
        };
        let reasons = explain(&problem, &plan).reasons;
        for reason in &reasons {
            assert_eq!(reason.marginal, served(None) - served(Some(reason.site)), "{reason:?}");
            weighed += 1;
        }
        // Every site that nobody forced has its reason.
        let free = plan.openings.iter().filter(|o| problem.sites()[o.site as usize].forced_posts < o.posts).count();
        assert_eq!(reasons.len(), free);
        let none: Vec<Opening> = plan
            .openings
            .iter()
            .filter_map(|o| {
                let forced = problem.sites()[o.site as usize].forced_posts;
                (forced > 0).then_some(Opening { posts: forced, ..*o })
            })
            .collect();
        let added: i64 = reasons.iter().map(|reason| reason.added).sum();
        assert_eq!(problem.score(&none).objective + added, plan.objective);
        let curve = pareto(&problem);
        assert_eq!(curve[0].1, problem.score(&none).objective);
        assert!(curve.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 <= two[1].1));
        assert!(curve[curve.len() - 1].1 <= plan.bound);
    }
    assert!(weighed > 40);
}
