//! Closing against every way to close.

use std::ops::ControlFlow;

use super::instances::draft;
use crate::placement::{Draft, Limit, Objective, Problem, Settings, Site, Threads, close, verify};

/// Every set of so many of some ranks.
fn subsets(ranks: &[u32], count: usize) -> Vec<Vec<u32>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let Some((&first, rest)) = ranks.split_first() else { return Vec::new() };
    let with = subsets(rest, count - 1).into_iter().map(|set| [&[first][..], &set].concat());
    with.chain(subsets(rest, count)).collect()
}

/// What is left when some sites close, counted on the sites that stand, without a search.
fn left(draft: &Draft, closed: &[u32]) -> Option<i64> {
    let mut sites = draft.sites.clone();
    closed.iter().for_each(|&site| sites[site as usize] = Site::FORBIDDEN);
    // A question needs a candidate; this one is never opened.
    let spare = sites.iter().position(|site| *site == Site::FORBIDDEN)?;
    sites[spare] = Site::CANDIDATE;
    let problem = Problem::new(Draft { sites, limit: Limit::Posts(1), ..draft.clone() }).ok()?;
    Some(problem.score(&[]).objective)
}

#[test]
fn no_other_closures_hurt_less_on_two_thousand_questions() {
    let (mut seen, mut proven) = (0, 0);
    for seed in 0.. {
        let objective = if seed % 2 == 0 { Objective::median(60) } else { Objective::coverage(25) };
        let mut asked = draft(seed, 8, 14, objective);
        // Six may close, two stay whatever happens.
        asked.sites = vec![Site::EXISTING; 8];
        asked.demand.iter_mut().for_each(|persons| *persons += if seed % 3 == 0 { 0.0 } else { 1.0 });
        let closable = [0, 1, 2, 3, 4, 5];
        let count = 1 + (seed % 4) as usize;
        let preference: Vec<u64> = (0..8).collect();
        let settings = Settings { seed: 1, rounds: 30, threads: Threads::One };
        let found = close(asked.clone(), &closable, count, &preference, settings, &mut |_| ControlFlow::Continue(()));
        let Ok(found) = found else { continue };
        assert_eq!(found.closed.len(), count, "{seed}");
        verify(&found.problem, &found.plan).unwrap_or_else(|fault| panic!("{seed}: {fault}"));
        let ways: Vec<i64> = subsets(&closable, count).iter().filter_map(|closed| left(&asked, closed)).collect();
        let best = if seed % 2 == 0 { ways.iter().min() } else { ways.iter().max() };
        let Some(&best) = best.filter(|_| ways.len() == subsets(&closable, count).len()) else { continue };
        assert_eq!((found.plan.objective, left(&asked, &found.closed)), (best, Some(best)), "{seed}");
        if seed % 2 == 0 {
            assert!(found.plan.bound <= best, "{seed}: {} is no floor", found.plan.bound);
        } else {
            assert!(found.plan.bound >= best, "{seed}: {} is no ceiling", found.plan.bound);
        }
        proven += u32::from(found.plan.is_optimal());
        seen += 1;
        if seen == 2_000 {
            break;
        }
    }
    assert_eq!(proven, seen, "small questions are proven");
}

#[test]
fn where_nobody_loses_anything_the_preferred_ones_stay() {
    let asked = draft(3, 6, 10, Objective::coverage(0));
    let sites = vec![Site::EXISTING; 6];
    let settings = Settings { seed: 1, rounds: 5, threads: Threads::One };
    let all: Vec<u32> = (0..6).collect();
    let asked = Draft { sites, objective: Objective::coverage(150), ..asked };
    let found = close(asked, &all, 2, &[5, 0, 4, 1, 3, 2], settings, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((found.closed.len(), found.plan.posts()), (2, 4));
}
