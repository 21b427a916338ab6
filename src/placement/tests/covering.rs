//! Whether some people can be reached, against every set of sites; and what the checker refuses of that proof.

use super::instances::{of, problems};
use super::plan;
use crate::placement::cover::{Cover, within};
use crate::placement::{Fault, Opening, Plan, Problem, Proof, Threads, verify};

/// The new posts of a set of sites, with those that are forced; nothing when they cannot be paid.
fn opened(problem: &Problem, mask: u32) -> Option<Vec<Opening>> {
    let open = |site: usize| problem.sites()[site].forced_posts > 0 || mask >> site & 1 == 1;
    let sites = (0..problem.sites().len()).filter(|&site| open(site) && problem.room(site) > 0);
    let openings: Vec<Opening> = sites.map(|site| Opening { site: site as u32, posts: 1 }).collect();
    (problem.spent(&openings) <= problem.means()).then_some(openings)
}

#[test]
fn people_are_reached_exactly_when_some_sites_reach_them() {
    let (mut reached, mut refused) = (0, 0);
    for (rank, problem) in problems(500, 9, 40, of("centre", 150)).iter().enumerate() {
        let points: Vec<u32> = (0..40).filter(|&point| problem.weights()[point as usize] > 0).collect();
        let plans = (0..1 << 9).filter_map(|mask| opened(problem, mask));
        let least = plans.map(|openings| problem.score(&openings).objective).min().unwrap();
        for cost in (0..100).step_by(9).chain([least as u32 - 1, least as u32]) {
            match within(problem, cost, &points, &mut || true) {
                Cover::Sites(sites) => {
                    let mask = sites.iter().fold(0, |mask, site| mask | 1 << site);
                    let openings = opened(problem, mask).expect("what is found can be paid");
                    let found = problem.score(&openings).objective;
                    assert!(found <= i64::from(cost), "{rank}: {sites:?} reach within {found}, not {cost}");
                    reached += 1;
                }
                Cover::Impossible => {
                    assert!(i64::from(cost) < least, "{rank}: {least} is possible, {cost} is said not to be");
                    refused += 1;
                }
                Cover::Unknown => panic!("{rank}: nobody said stop"),
            }
        }
    }
    assert!(reached > 400 && refused > 400, "{reached} {refused}");
}

#[test]
fn people_who_can_be_reached_prove_nothing() {
    let mut tampered = 0;
    for problem in problems(12, 14, 400, of("centre", 150)) {
        let honest = plan(&problem, 1, 40, Threads::One);
        assert_eq!((verify(&problem, &honest), honest.objective), (Ok(()), honest.bound));
        let Proof::Tried { cost, points } = &honest.proof else { continue };
        let refused = |cost: u32, points: Vec<u32>| {
            let fault = verify(&problem, &Plan { proof: Proof::Tried { cost, points }, ..honest.clone() });
            assert!(matches!(fault, Err(Fault::Proof { .. })), "{fault:?}");
        };
        refused(honest.objective as u32, points.clone());
        refused(*cost, Vec::new());
        refused(*cost, vec![400]);
        tampered += 1;
    }
    assert!(tampered > 0);
}
