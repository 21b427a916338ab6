//! A tie goes to the site that is preferred, and nothing else changes.

use super::instances::{capacity, of, problems};
use super::plan;
use crate::placement::{Draft, Limit, Objective, Pair, Pairs, Problem, Site, Threads, prefer, verify};

#[test]
fn a_tie_goes_to_the_preferred_site_and_value_and_proof_stay() {
    let (mut moved, mut tied) = (0, 0);
    for objective in [Objective::coverage(30), of("excess", 20), Objective::median(70)] {
        let objective = if objective.kind.takes_beyond() { Objective { beyond: 60, ..objective } } else { objective };
        for problem in problems(150, 9, 12, objective) {
            let first = plan(&problem, 1, 10, Threads::One);
            // The last site of the list is the capital.
            let preference: Vec<u64> = (0..problem.sites().len() as u64).collect();
            let second = prefer(&problem, first.clone(), &preference);
            assert!(verify(&problem, &second).is_ok(), "{:?}", verify(&problem, &second));
            let worth = |plan: &crate::placement::Plan| problem.score(&plan.openings);
            assert_eq!(
                (worth(&first), problem.spent(&first.openings)),
                (worth(&second), problem.spent(&second.openings))
            );
            moved += usize::from(first != second);
            // No single exchange for a preferred site of the same price is left that is worth the same.
            for opening in &second.openings {
                let own = problem.sites()[opening.site as usize];
                for other in opening.site + 1..problem.sites().len() as u32 {
                    let it = problem.sites()[other as usize];
                    let closed = second.openings.iter().all(|opening| opening.site != other) && it.existing_posts == 0;
                    if own.forced_posts > 0 || !closed || it.most_posts == 0 || it.price_eur != own.price_eur {
                        continue;
                    }
                    let mut openings = second.openings.clone();
                    openings.iter_mut().filter(|each| each.site == opening.site).for_each(|each| each.site = other);
                    openings.sort_by_key(|opening| opening.site);
                    let shares = problem
                        .pairs()
                        .iter()
                        .any(|row| [opening.site, other].iter().all(|site| row.iter().any(|pair| pair.site == *site)));
                    tied += usize::from(shares && problem.score(&openings) == worth(&second));
                }
            }
        }
    }
    assert!(moved > 20, "{moved} plans had a tie");
    assert!(tied <= moved / 10, "an exchange may free another, seldom: {tied}");
}

#[test]
fn posts_that_would_all_be_full_are_spread_as_those_who_wait() {
    // A city of 4,000, a town of 2,000 and ten villages of 100, each with twenty places that all of it reaches; a post receives
    // ten persons. In a hamlet of five two posts stand already: they have room for nobody else.
    let towns: Vec<f64> = [4_000.0, 2_000.0].into_iter().chain([100.0; 10]).chain([5.0]).collect();
    let reached =
        |town: usize| (0..20).map(|place| Pair { site: (20 * town + place) as u32, cost: 5 }).collect::<Vec<_>>();
    let mut sites = vec![Site { most_posts: 1, ..Site::CANDIDATE }; 20 * towns.len()];
    let hamlet = 20 * (towns.len() - 1);
    sites[hamlet..].fill(Site::FORBIDDEN);
    sites[hamlet..][..2].fill(Site::EXISTING);
    let problem = Problem::new(Draft {
        demand: towns.clone(),
        sites,
        pairs: Pairs::from_rows(20 * towns.len(), (0..towns.len()).map(reached)).unwrap(),
        objective: capacity(10, 10.0),
        limit: Limit::Posts(14),
        territories: vec![0; towns.len()],
    })
    .unwrap();
    let plan = plan(&problem, 1, 40, Threads::One);
    assert!(verify(&problem, &plan).is_ok(), "{:?}", verify(&problem, &plan));
    let mut posts = vec![0; towns.len()];
    plan.openings.iter().for_each(|opening| posts[opening.site as usize / 20] += opening.posts);
    // 7,005 over sixteen posts are 438 for each: nine for the city, four for the town, and the 253 that are left there are more than
    // any village has.
    assert_eq!((posts[0], posts[1]), (9, 5), "{posts:?}");
    assert_eq!((plan.objective, plan.bound), (145, 145), "as many are received wherever the posts go");
    assert_eq!(plan.rounds, 0, "there is nothing to look for");
}
