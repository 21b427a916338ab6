//! Reads a draft: every rule that makes a question one that has an answer.

use std::sync::Arc;

use super::benefit::grains_of_share;
use super::error::ProblemError;
use super::limit::{Limit, Site};
use super::objective::{Objective, Parameter, Shape};
use super::problem::{Draft, Problem};

/// Sums of persons × benefit stay below this, so that they are whole numbers in a double too: 2⁵².
const LARGEST_SUM: f64 = 4_503_599_627_370_496.0;
/// Grains of a person where some number of persons is not whole.
const GRAINS: i64 = 1_000;

impl Problem {
    /// Reads a draft.
    ///
    /// # Errors
    /// The first fault found; its message begins with the name of the field.
    pub fn new(draft: Draft) -> Result<Self, ProblemError> {
        let (weights, grains_per_person) = weights(&draft.demand)?;
        shapes(&draft)?;
        self::sites(&draft.sites, draft.objective, draft.limit)?;
        self::objective(draft.objective)?;
        let Draft { sites, pairs, objective, limit, territories, .. } = draft;
        let pairs = Arc::new(pairs);
        let problem = Self { weights, grains_per_person, sites, pairs, objective, limit, territories };
        reach(&problem)?;
        Ok(problem)
    }

    /// The same question with another limit.
    ///
    /// # Errors
    /// When the limit pays nothing, or more than all sites can take.
    pub fn with_limit(&self, limit: Limit) -> Result<Self, ProblemError> {
        let problem = Self { limit, ..self.clone() };
        self::limit(&problem.sites, problem.objective, limit)?;
        Ok(problem)
    }

    /// The same people and ways with other sites, another wish and another limit. The ways are shared, not copied.
    ///
    /// # Errors
    /// As [`Problem::new`].
    pub fn variant(&self, sites: Vec<Site>, objective: Objective, limit: Limit) -> Result<Self, ProblemError> {
        if sites.len() != self.sites.len() {
            return Err(ProblemError::PairsForOtherSites { paired: self.sites.len(), sites: sites.len() });
        }
        self::sites(&sites, objective, limit)?;
        self::objective(objective)?;
        let problem = Self { sites, objective, limit, ..self.clone() };
        reach(&problem)?;
        Ok(problem)
    }
}

/// The numbers of persons as grains, and how many grains make a person.
fn weights(demand: &[f64]) -> Result<(Vec<i64>, i64), ProblemError> {
    if demand.is_empty() {
        return Err(ProblemError::NoDemand);
    }
    let bad = |persons: &f64| !persons.is_finite() || *persons < 0.0;
    if let Some(rank) = demand.iter().position(bad) {
        return Err(ProblemError::BadWeight { demand: rank, persons: demand[rank] });
    }
    let total: f64 = demand.iter().sum();
    if total * GRAINS as f64 > LARGEST_SUM {
        return Err(ProblemError::TooLarge { total });
    }
    let whole = demand.iter().all(|persons| persons.fract() == 0.0);
    let grains = if whole { 1 } else { GRAINS };
    let weights: Vec<i64> = demand.iter().map(|persons| (persons * grains as f64).round() as i64).collect();
    if weights.iter().all(|&weight| weight == 0) { Err(ProblemError::NobodyThere) } else { Ok((weights, grains)) }
}

/// Lists that belong together have the same length.
fn shapes(draft: &Draft) -> Result<(), ProblemError> {
    let (demand, sites) = (draft.demand.len(), draft.sites.len());
    if sites == 0 {
        return Err(ProblemError::NoSites);
    }
    if draft.pairs.demand() != demand {
        return Err(ProblemError::PairsForAnotherDemand { rows: draft.pairs.demand(), demand });
    }
    if draft.pairs.sites() != sites {
        return Err(ProblemError::PairsForOtherSites { paired: draft.pairs.sites(), sites });
    }
    let needed = matches!(draft.objective.shape(), Shape::Floors | Shape::LeastShare);
    let territories = draft.territories.len();
    if territories != demand && (needed || territories > 0) {
        return Err(ProblemError::TerritoriesForAnotherDemand { territories, demand });
    }
    match draft.territories.iter().position(|&territory| territory as usize >= demand) {
        Some(rank) => Err(ProblemError::UnknownTerritory { demand: rank, territory: draft.territories[rank] }),
        None => Ok(()),
    }
}

/// Some site may take a post, none is free of charge, and what is forced is possible.
fn sites(sites: &[Site], objective: Objective, limit: Limit) -> Result<(), ProblemError> {
    for (rank, site) in sites.iter().enumerate() {
        if site.forced_posts > site.most_posts {
            let (forced, most) = (site.forced_posts, site.most_posts);
            return Err(ProblemError::ForcedBeyondMost { site: rank, forced, most });
        }
        if site.price_eur == 0 && site.most_posts > 0 && matches!(limit, Limit::BudgetEur(_)) {
            return Err(ProblemError::FreePost { site: rank });
        }
    }
    self::limit(sites, objective, limit)
}

/// The limit pays at least one post, what is forced, and no more than all sites can take.
fn limit(sites: &[Site], objective: Objective, limit: Limit) -> Result<(), ProblemError> {
    let open = || sites.iter().filter(|site| site.most_posts > 0);
    if open().next().is_none() {
        return Err(ProblemError::AllForbidden { sites: sites.len() });
    }
    // A ceiling that is too high does no harm; a number of posts to place does.
    let ceiling = objective.shape() == Shape::Spent;
    let forced = match limit {
        Limit::Posts(posts) => {
            let room: u64 = open().map(|site| u64::from(site.most_posts)).sum();
            if posts == 0 {
                return Err(ProblemError::NoPosts);
            }
            if posts > room && !ceiling {
                return Err(ProblemError::TooManyPosts { posts, room });
            }
            open().map(|site| u64::from(site.forced_posts)).sum()
        }
        Limit::BudgetEur(budget_eur) => {
            let cheapest_eur = open().map(|site| site.price_eur).min().unwrap_or(0);
            let all_eur: u64 = open().map(|site| u64::from(site.price_eur) * u64::from(site.most_posts)).sum();
            if budget_eur < u64::from(cheapest_eur) {
                return Err(ProblemError::BudgetBelowOnePost { budget_eur, cheapest_eur });
            }
            if budget_eur > all_eur && !ceiling {
                return Err(ProblemError::BudgetBeyondAll { budget_eur, all_eur });
            }
            open().map(|site| u64::from(site.price_eur) * u64::from(site.forced_posts)).sum()
        }
    };
    let (Limit::Posts(means) | Limit::BudgetEur(means)) = limit;
    if forced > means { Err(ProblemError::ForcedBeyondLimit { forced, limit }) } else { Ok(()) }
}

/// The numbers that an objective takes, in their ranges.
fn objective(objective: Objective) -> Result<(), ProblemError> {
    let Objective { kind, near, beyond, share, persons_per_post } = objective;
    if near == 0 {
        // What is near for one is the most that a way can cost for another.
        let field = if matches!(kind.shape, Shape::Saved | Shape::Worst) { "penalty" } else { "radius" };
        return Err(ProblemError::OutOfRange { field, value: 0.0, expected: "a whole number, at least 1" });
    }
    for taken in kind.takes {
        match taken {
            Parameter::Beyond if beyond <= near => return Err(ProblemError::SlopeUpwards { full: near, none: beyond }),
            Parameter::Share(_) if !(share > 0.0 && share <= 1.0) => {
                let expected = "above 0, at most 1";
                return Err(ProblemError::OutOfRange { field: "share", value: share, expected });
            }
            Parameter::Room if !(1.0..=1e9).contains(&persons_per_post) => {
                let (value, expected) = (persons_per_post, "between 1 and 1e9 persons");
                return Err(ProblemError::OutOfRange { field: "persons_per_post", value, expected });
            }
            _ => (),
        }
    }
    Ok(())
}

/// Somebody can be served, wished shares can be reached, and the sums stay exact.
fn reach(problem: &Problem) -> Result<(), ProblemError> {
    let total: i64 = problem.weights.iter().sum();
    let largest = total as f64 * f64::from(problem.most_benefit());
    if largest > LARGEST_SUM {
        return Err(ProblemError::TooLarge { total: largest });
    }
    let territories = problem.territories.iter().max().map_or(1, |&last| last as usize + 1);
    let (mut reached, mut wished) = (vec![0; territories], vec![0; territories]);
    let mut within_reach_of_a_candidate = false;
    for (demand, &weight) in problem.weights.iter().enumerate() {
        let territory = problem.territories.get(demand).map_or(0, |&rank| rank as usize);
        wished[territory] += weight;
        let serves = |site: usize| problem.sites[site].existing_posts > 0 || problem.sites[site].most_posts > 0;
        let near = || problem.pairs.of(demand).iter().take_while(|pair| problem.benefit(pair.cost) > 0);
        if near().any(|pair| serves(pair.site as usize)) {
            reached[territory] += weight;
        }
        let open = |site: u32| problem.sites[site as usize].most_posts > 0;
        within_reach_of_a_candidate |= weight > 0 && near().any(|pair| open(pair.site));
    }
    if !within_reach_of_a_candidate {
        return Err(ProblemError::NobodyInReach);
    }
    let share = problem.objective.share;
    match problem.objective.shape() {
        Shape::Spent => {
            let reached: i64 = reached.iter().sum();
            let reachable = reached as f64 / total as f64;
            let enough = reached >= grains_of_share(share, total);
            if enough { Ok(()) } else { Err(ProblemError::ShareOutOfReach { share, reachable }) }
        }
        Shape::Floors => {
            let poor = |&rank: &usize| reached[rank] < grains_of_share(share, wished[rank]);
            let Some(territory) = (0..territories).find(poor) else { return Ok(()) };
            let reachable = reached[territory] as f64 / wished[territory] as f64;
            Err(ProblemError::FloorOutOfReach { territory, share, reachable })
        }
        _ => Ok(()),
    }
}
