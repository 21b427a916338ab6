//! What is foreseen without a search, against every plan and against every site.

use super::instances::{objectives, problems};
use crate::placement::{Opening, Problem, Shape, all_open, useful};

fn forced(problem: &Problem) -> Vec<Opening> {
    let sites = problem.sites().iter().enumerate().filter(|(_, site)| site.forced_posts > 0);
    sites.map(|(site, _)| Opening { site: site as u32, posts: 1 }).collect()
}

#[test]
fn what_is_enough_is_worth_as_much_as_a_post_everywhere() {
    for objective in objectives().into_iter().filter(|objective| objective.shape() != Shape::Served) {
        for problem in problems(200, 9, 14, objective) {
            let Some(found) = useful(&problem) else { panic!("{objective:?} is foreseen") };
            let Some(enough) = found.enough else { continue };
            let value = |openings: &[Opening]| {
                let score = problem.score(openings);
                // Posts are what a set cover counts: here only what they reach does.
                (if objective.shape() == Shape::Spent { 0 } else { score.objective }, score.shortfall, score.shares)
            };
            assert_eq!(value(&enough), value(&all_open(&problem)), "{objective:?}");
            assert!(forced(&problem).iter().all(|opening| enough.contains(opening)), "what is forced stays");
        }
    }
}

#[test]
fn where_nothing_is_of_use_no_site_alone_and_no_set_of_sites_helps() {
    let mut idle = 0;
    for mut objective in objectives().into_iter().filter(|objective| objective.shape() != Shape::Served) {
        // So near that often nobody new is reached.
        (objective.near, objective.beyond) = (objective.near / 4, objective.beyond / 4);
        for problem in problems(200, 9, 14, objective) {
            let (Some(found), base) = (useful(&problem), forced(&problem)) else { continue };
            let better = |openings: &[Opening]| {
                let (score, before) = (problem.score(openings), problem.score(&base));
                objective.shape() != Shape::Spent && score.beats(&before, &problem)
                    || score.shortfall < before.shortfall
            };
            if found.is_nothing() {
                idle += 1;
                assert!(!better(&all_open(&problem)), "{objective:?}");
            } else if !matches!(objective.shape(), Shape::Spent | Shape::LeastShare | Shape::Floors) {
                assert!(better(&all_open(&problem)), "{objective:?}");
            }
        }
    }
    assert!(idle > 50, "only {idle} questions had no use for a post");
}

#[test]
fn where_posts_fill_up_nothing_is_foreseen() {
    let capacity = objectives().into_iter().find(|objective| objective.shape() == Shape::Served).unwrap();
    assert!(problems(20, 6, 9, capacity).iter().all(|problem| useful(problem).is_none()));
}
