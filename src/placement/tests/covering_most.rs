//! Where covering most keeps what territories are promised, the plan is proven as a coverage is.

use super::instances::{draft, of, sharing};
use super::plan;
use crate::placement::{Draft, Objective, Problem, SHARE_UNITS, Threads, verify};

#[test]
fn the_least_share_of_one_territory_is_that_of_the_best_coverage() {
    let mut seen = 0;
    for seed in 0..40 {
        let one = |objective| Problem::new(Draft { territories: vec![0; 60], ..draft(seed, 40, 60, objective) });
        let (Ok(least), Ok(most)) = (one(of("leximin", 15)), one(Objective::coverage(15))) else { continue };
        let [least_plan, most_plan] = [&least, &most].map(|problem| plan(problem, 1, 60, Threads::One));
        assert_eq!(verify(&least, &least_plan), Ok(()));
        assert!(most_plan.is_optimal() && least_plan.is_optimal(), "{seed}: {least_plan:?}");
        let all: i64 = least.weights().iter().sum();
        assert_eq!(least_plan.objective, most_plan.objective * SHARE_UNITS / all);
        seen += 1;
    }
    assert!(seen > 20, "{seen} questions");
}

#[test]
fn floors_that_the_best_coverage_keeps_cost_nothing() {
    let (mut kept, mut proven) = (0, 0);
    for seed in 0..40 {
        let floors = Problem::new(draft(seed, 40, 60, sharing("floor", 15, 0.1)));
        let (Ok(floors), Ok(most)) = (floors, Problem::new(draft(seed, 40, 60, Objective::coverage(15)))) else {
            continue;
        };
        let [floor_plan, most_plan] = [&floors, &most].map(|problem| plan(problem, 1, 60, Threads::One));
        assert_eq!(verify(&floors, &floor_plan), Ok(()));
        if floors.score(&most_plan.openings).shortfall == 0 {
            kept += 1;
            proven += usize::from(floor_plan.is_optimal() && floor_plan.objective == most_plan.objective);
        }
    }
    // The first plan of a search may lack what the last one keeps.
    assert!(kept > 10 && proven * 10 >= kept * 9, "{proven} proven of {kept}");
}
