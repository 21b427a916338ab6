//! Every bound against every plan: small questions made by chance, with posts that exist, sites that are forced or
//! forbidden, budgets, two prices, people who count for nothing and people whom no site can reach.

use std::ops::ControlFlow;

use super::instances::of;
use crate::placement::random::Random;
use crate::placement::{
    Draft, Limit, Objective, Opening, Pair, Pairs, Plan, Problem, Settings, Shape, Site, Threads, balance, capacity,
    place, verify,
};

/// Sound questions of each kind.
const QUESTIONS: usize = 2_000;

/// An objective, with parameters by chance.
fn objective(name: &str, random: &mut Random) -> Objective {
    let near = 8 + random.below(40) as u32;
    Objective {
        beyond: near + 1 + random.below(30) as u32,
        share: (1 + random.below(20)) as f64 / 20.0,
        persons_per_post: (1 + random.below(60)) as f64,
        ..of(name, near)
    }
}

/// Costs as chance has them, not those of a map; some people have no site at all.
fn draft(name: &str, seed: u64) -> Draft {
    let mut random = Random::new(seed);
    let objective = objective(name, &mut random);
    let (sites, demand) = (2 + random.below(5), 2 + random.below(7));
    let site = |random: &mut Random| {
        let most = if objective.shape() == Shape::Served { 1 + random.below(2) } else { 1 };
        let existing_posts = if random.below(4) == 0 { 1 + random.below(2) as u32 } else { 0 };
        let most_posts = if random.below(6) == 0 { 0 } else { most as u32 };
        let forced_posts = if random.below(8) == 0 { most_posts.min(1) } else { 0 };
        let price_eur = if random.below(3) == 0 { 40_000 } else { 50_000 };
        Site { existing_posts, forced_posts, most_posts, price_eur }
    };
    let whole = random.below(2) == 0;
    let persons = |random: &mut Random| match random.below(5) {
        0 => 0.0,
        _ if whole => random.below(60) as f64,
        _ => random.below(60_000) as f64 / 1_000.0,
    };
    let row = |random: &mut Random| -> Vec<Pair> {
        let many = random.below(sites + 1) as u32;
        (0..many).map(|_| Pair { site: random.below(sites) as u32, cost: random.below(60) as u32 }).collect()
    };
    let limit = match random.below(2) {
        0 => Limit::Posts(1 + random.below(4) as u64),
        _ => Limit::BudgetEur(40_000 + 5_000 * random.below(40) as u64),
    };
    let sites: Vec<Site> = (0..sites).map(|_| site(&mut random)).collect();
    let rows: Vec<Vec<Pair>> = (0..demand).map(|_| row(&mut random)).collect();
    Draft {
        demand: (0..demand).map(|_| persons(&mut random)).collect(),
        pairs: Pairs::from_rows(sites.len(), &rows).unwrap(),
        sites,
        objective,
        limit,
        territories: (0..demand).map(|_| random.below(2.min(demand)) as u32).collect(),
    }
}

/// The worth of a plan: what it lacks of what was asked, and its objective. Counted in another way than [`Problem::score`].
fn worth(draft: &Draft, grains: &[i64], openings: &[u32]) -> (i64, i64) {
    let open = |site: u32| draft.sites[site as usize].existing_posts + openings[site as usize] > 0;
    let way = |demand: usize| {
        let open = draft.pairs.of(demand).iter().filter(|pair| open(pair.site));
        open.map(|pair| pair.cost).min()
    };
    let people = || grains.iter().copied().enumerate();
    let all: i64 = grains.iter().sum();
    let within = |radius: u32| people().filter(move |(demand, _)| way(*demand).is_some_and(|way| way <= radius));
    let at_least = |share: f64, all: i64| (0..=all).find(|&part| part as f64 + 1e-6 >= share * all as f64).unwrap();
    let of_territory = |territory: u32, radius: u32| -> (i64, i64) {
        let own = |demand: usize| draft.territories[demand] == territory;
        let covered = within(radius).filter(|(demand, _)| own(*demand)).map(|(_, grains)| grains).sum();
        (covered, people().filter(|(demand, _)| own(*demand)).map(|(_, grains)| grains).sum())
    };
    let price = |site: usize| match draft.limit {
        Limit::Posts(_) => 1,
        Limit::BudgetEur(_) => i64::from(draft.sites[site].price_eur),
    };
    let Objective { kind, near: radius, beyond, share, persons_per_post } = draft.objective;
    match kind.name {
        "coverage" => (0, within(radius).map(|(_, grains)| grains).sum()),
        "gradual" => {
            let part = |way: u32| match way {
                way if way <= radius => 1_000,
                way if way >= beyond => 0,
                way => 1_000 * i64::from(beyond - way) / i64::from(beyond - radius),
            };
            (0, people().map(|(demand, grains)| grains * way(demand).map_or(0, part)).sum())
        }
        "median" => {
            (0, people().map(|(demand, g)| g * i64::from(way(demand).map_or(radius, |way| way.min(radius)))).sum())
        }
        "excess" => {
            let too_far = |way: u32| i64::from(way.min(beyond)) - i64::from(radius);
            (0, people().map(|(demand, g)| g * too_far(way(demand).unwrap_or(beyond)).max(0)).sum())
        }
        "centre" => {
            let ways = people().filter(|(_, grains)| *grains > 0).map(|(demand, _)| way(demand).unwrap_or(radius));
            (0, ways.max().map_or(0, |way| i64::from(way.min(radius))))
        }
        "set-cover" => {
            let covered: i64 = within(radius).map(|(_, grains)| grains).sum();
            let spent = (0..).zip(openings).map(|(site, &posts)| price(site) * i64::from(posts)).sum();
            ((at_least(share, all) - covered).max(0), spent)
        }
        "capacity" => {
            // Every cut between people and posts is a ceiling, and the lowest one is reached (max-flow min-cut).
            let whole = draft.demand.iter().all(|persons| persons.fract() == 0.0);
            let per_grain = if whole { 1.0 } else { 1_000.0 };
            let capacity = (persons_per_post * per_grain).round() as i64;
            let served = (0..1_u32 << draft.sites.len()).map(|full| {
                let is_full = |site: u32| full >> site & 1 == 1;
                let posts = |site: usize| i64::from(draft.sites[site].existing_posts + openings[site]);
                let of_full: i64 =
                    (0..openings.len()).filter(|&s| is_full(s as u32)).map(|s| posts(s) * capacity).sum();
                let elsewhere = people().filter(|(demand, _)| {
                    let mut near = draft.pairs.of(*demand).iter().filter(|pair| pair.cost <= radius);
                    near.any(|pair| open(pair.site) && !is_full(pair.site))
                });
                of_full + elsewhere.map(|(_, grains)| grains).sum::<i64>()
            });
            (0, served.min().unwrap())
        }
        "floor" => {
            let territories = [0, 1].map(|territory| of_territory(territory, radius));
            let lack = territories.map(|(covered, all)| (at_least(share, all) - covered).max(0));
            (lack.iter().sum(), territories.iter().map(|(covered, _)| covered).sum())
        }
        _ => {
            let territories = [0, 1].map(|territory| of_territory(territory, radius));
            let shares = territories.iter().filter(|(_, all)| *all > 0).map(|(covered, all)| covered * 1_000_000 / all);
            (0, shares.min().unwrap_or(0))
        }
    }
}

/// Every plan within the limit that has what is forced: new posts by site.
fn all_plans(draft: &Draft, problem: &Problem) -> Vec<Vec<u32>> {
    let mut plans = vec![Vec::new()];
    for (rank, site) in draft.sites.iter().enumerate() {
        let more = |plan: &Vec<u32>| {
            (site.forced_posts..=problem.room(rank))
                .map(|posts| [plan.as_slice(), &[posts]].concat())
                .collect::<Vec<_>>()
        };
        plans = plans.iter().flat_map(more).collect();
    }
    let spent =
        |plan: &Vec<u32>| (0..).zip(plan).map(|(site, &posts)| problem.price(site) * i64::from(posts)).sum::<i64>();
    plans.retain(|plan| spent(plan) <= problem.means());
    plans
}

/// Holds a plan against the worth of all plans.
fn hold(problem: &Problem, draft: &Draft, plan: &Plan, worths: &[(i64, i64)], what: &str) {
    let Plan { objective, bound, shortfall, least_shortfall, .. } = *plan;
    assert_eq!(verify(problem, plan), Ok(()), "{what}: {plan:?}\n{draft:?}");
    let mut openings = vec![0; draft.sites.len()];
    plan.openings.iter().for_each(|&Opening { site, posts }| openings[site as usize] = posts);
    assert_eq!(worth(draft, problem.weights(), &openings), (shortfall, objective), "{what}: {plan:?}\n{draft:?}");
    for &(other_shortfall, other) in worths {
        assert!(other_shortfall >= least_shortfall, "{what}: lacks {other_shortfall}: {plan:?}\n{draft:?}");
        let held = if problem.more_is_better() { other <= bound } else { other >= bound };
        assert!(held || other_shortfall > shortfall, "{what}: {other} passes {bound}: {plan:?}\n{draft:?}");
    }
}

/// Asks so many questions of a kind; how many plans were the best of all, and how many of those were proven to be.
fn ask(name: &str) -> (usize, usize) {
    let questions = (0..).map(|seed| (seed, draft(name, seed * 16 + name.len() as u64)));
    let sound = questions.filter_map(|(seed, draft)| Some((seed, Problem::new(draft.clone()).ok()?, draft)));
    let (mut best_of_all, mut proven) = (0, 0);
    for (seed, problem, draft) in sound.take(QUESTIONS) {
        let plans = all_plans(&draft, &problem);
        let worths: Vec<(i64, i64)> = plans.iter().map(|plan| worth(&draft, problem.weights(), plan)).collect();
        let settings = Settings { seed, rounds: [0, 1, 3, 12][seed as usize % 4], threads: Threads::One };
        let sign = if problem.more_is_better() { -1 } else { 1 };
        let best = worths.iter().map(|&(lack, value)| (lack, sign * value)).min().unwrap();
        let watch = &mut |progress: &crate::placement::Progress| {
            let held = sign * progress.objective >= sign * progress.bound;
            assert!(held, "{name}, seed {seed}: {progress:?} while searching\n{draft:?}");
            ControlFlow::Continue(())
        };
        let mut plans = vec![place(&problem, settings, watch)];
        match name {
            "capacity" => plans.push(capacity::search(&problem, settings, watch)),
            "floor" | "leximin" => plans.push(balance::search(&problem, settings, watch)),
            _ => (),
        }
        for plan in &plans {
            hold(&problem, &draft, plan, &worths, &format!("{name}, seed {seed}"));
        }
        let found = &plans[plans.len() - 1];
        best_of_all += usize::from((found.shortfall, sign * found.objective) == best);
        proven += usize::from(found.objective == found.bound && found.shortfall == found.least_shortfall);
    }
    (best_of_all, proven)
}

/// How many of the plans must be the best, and how many proven, after few rounds or none: so that a bound that says
/// nothing is a failure too.
fn holds(name: &str, best: usize, proven: usize) {
    let found = ask(name);
    assert!(found.0 >= best && found.1 >= proven, "{found:?} of {QUESTIONS}");
}

#[test]
fn no_coverage_passes_its_bound() {
    holds("coverage", 1_950, 1_850);
}

#[test]
fn no_gradual_coverage_passes_its_bound() {
    holds("gradual", 1_950, 1_850);
}

#[test]
fn no_median_passes_its_bound() {
    holds("median", 1_950, 1_850);
}

#[test]
fn no_excess_passes_its_bound() {
    holds("excess", 1_950, 1_850);
}

#[test]
fn no_centre_passes_its_bound() {
    holds("centre", 1_950, 1_850);
}

#[test]
fn no_set_cover_passes_its_bound() {
    holds("set-cover", 1_950, 1_850);
}

#[test]
fn no_coverage_with_capacities_passes_its_bound() {
    holds("capacity", 1_900, 1_600);
}

#[test]
fn no_coverage_with_floors_passes_its_bound() {
    holds("floor", 1_900, 1_700);
}

#[test]
fn no_least_share_passes_its_bound() {
    holds("leximin", 1_700, 1_500);
}

#[test]
fn every_objective_is_held_against_all_plans() {
    let held = include_str!("bounds.rs");
    for kind in crate::placement::KINDS {
        assert!(held.contains(&format!("holds(\"{}\",", kind.name)), "{}", kind.name);
    }
}
