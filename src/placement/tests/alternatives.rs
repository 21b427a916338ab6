//! Several plans against all plans.

use super::instances::{objectives, problems};
use super::plan;
use crate::placement::{LEAST_DIFFERENCE, Threads, alternatives, difference, verify};

#[test]
fn plans_beside_a_plan_differ_stand_and_stay_below_the_bound() {
    let mut found = 0;
    for objective in objectives() {
        for problem in problems(20, 16, 40, objective) {
            let first = plan(&problem, 1, 4, Threads::One);
            let others = alternatives(&problem, &first, 4, &mut |question| Some(plan(question, 1, 2, Threads::One)));
            assert!(others.len() <= 4);
            for (rank, other) in others.iter().enumerate() {
                verify(&problem, other).unwrap();
                let all = std::iter::once(&first).chain(&others[..rank]);
                for known in all {
                    assert!(difference(known, other) >= LEAST_DIFFERENCE, "{objective:?}");
                }
                if problem.more_is_better() {
                    assert!(other.objective <= first.bound);
                } else {
                    assert!(other.objective >= first.bound);
                }
                found += 1;
            }
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn the_best_plan_without_a_site_is_found_where_all_can_be_tried() {
    for problem in problems(30, 8, 30, crate::placement::Objective::coverage(30)) {
        let first = plan(&problem, 1, 6, Threads::One);
        if first.openings.len() != 1 || problem.sites()[first.openings[0].site as usize].forced_posts > 0 {
            continue;
        }
        let others = alternatives(&problem, &first, 1, &mut |question| Some(plan(question, 1, 6, Threads::One)));
        let single = |site: u32| problem.score(&[crate::placement::Opening { site, posts: 1 }]).objective;
        let sites = (0..problem.sites().len() as u32).filter(|&site| {
            let kind = problem.sites()[site as usize];
            kind.most_posts > 0 && site != first.openings[0].site && problem.price(site as usize) <= problem.means()
        });
        if let (Some(other), Some(best)) = (others.first(), sites.map(single).max()) {
            assert!(other.objective >= best);
        }
    }
}
