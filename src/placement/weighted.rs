//! The questions that prices can bound, and what such a bound says about the objective.

use super::benefit::grains_of_share;
use super::flow;
use super::plan::{Opening, Question};
use super::problem::{Objective, Problem, Site};
use super::score::SHARE_UNITS;

/// A person counts so many times, besides what the multiplier of the territory adds, where floors are asked for.
pub(super) const ONCE: i64 = 1_024;

/// A question about a sum of benefits: weights of demand points, means, and which benefit counts.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub weights: Vec<i64>,
    /// All the means.
    pub means: i64,
    /// The means that forced posts leave.
    pub left: i64,
    within: Option<u32>,
}

impl Terms {
    /// The terms of a question; none when the objective is about something else.
    pub fn new(problem: &Problem, question: &Question) -> Option<Self> {
        let own = || problem.weights.clone();
        let (weights, means, within) = match (question, problem.objective) {
            (
                Question::Own,
                Objective::Coverage { .. }
                | Objective::GradualCoverage { .. }
                | Objective::Median { .. }
                | Objective::CapacitatedCoverage { .. },
            ) => (own(), problem.means(), None),
            (Question::PointsWithin(cost), Objective::Centre { .. }) => {
                let points = problem.weights.iter().map(|&weight| i64::from(weight > 0)).collect();
                (points, problem.means(), Some(*cost))
            }
            (Question::PersonsFor(means), Objective::SetCover { .. }) => (own(), *means, None),
            (Question::Weighted(extra), Objective::Floor { .. } | Objective::Leximin { .. }) => {
                let once = if matches!(problem.objective, Objective::Floor { .. }) { ONCE } else { 0 };
                let count = |demand: usize| extra.get(problem.territories[demand] as usize).map(|extra| once + extra);
                let weights = problem.weights.iter().enumerate();
                let weights: Option<Vec<i64>> =
                    weights.map(|(demand, weight)| weight.checked_mul(count(demand)?)).collect();
                if extra.iter().any(|&extra| extra < 0) {
                    return None;
                }
                (weights?, problem.means(), None)
            }
            _ => return None,
        };
        Some(Self { weights, means, left: means - forced_spending(problem), within })
    }

    pub fn benefit(&self, problem: &Problem, cost: u32) -> u32 {
        self.within.map_or_else(|| problem.benefit(cost), |within| u32::from(cost <= within))
    }
}

/// What a bound on the value of a question says about the objective; nothing when it says nothing.
pub(super) fn objective_bound(problem: &Problem, question: &Question, value: i64) -> Option<i64> {
    let all: i64 = problem.weights.iter().sum();
    match (question, problem.objective) {
        (Question::Own, Objective::Median { penalty }) => Some(all * i64::from(penalty) - value),
        (Question::Own, Objective::CapacitatedCoverage { .. }) => Some(value.min(room_for(problem))),
        (Question::Own, _) => Some(value),
        (Question::PointsWithin(cost), Objective::Centre { penalty }) => {
            let points = problem.weights.iter().filter(|&&weight| weight > 0).count() as i64;
            let dearer = problem.pairs.iter().flatten().map(|pair| pair.cost).filter(|other| other > cost);
            (value < points).then(|| i64::from(dearer.min().unwrap_or(penalty).min(penalty)))
        }
        (Question::PersonsFor(means), Objective::SetCover { share, .. }) => {
            (value < grains_of_share(share, all)).then(|| means + price_step(problem))
        }
        (Question::Weighted(extra), Objective::Floor { share, .. }) => {
            let floors = people(problem).into_iter().zip(extra).map(|(all, extra)| extra * grains_of_share(share, all));
            Some((value - floors.sum::<i64>()).div_euclid(ONCE))
        }
        (Question::Weighted(extra), Objective::Leximin { .. }) => {
            let whole: i128 = people(problem).into_iter().zip(extra).map(|(all, extra)| i128::from(all * extra)).sum();
            let share = i128::from(value) * i128::from(SHARE_UNITS) / whole.max(1);
            Some((share as i64).min(SHARE_UNITS))
        }
        _ => None,
    }
}

/// Grains of persons of each territory.
pub(super) fn people(problem: &Problem) -> Vec<i64> {
    problem.covered_by_territory(&vec![0; problem.sites.len()]).into_iter().map(|(_, all)| all).collect()
}

/// The objective with every site open: no plan is better.
pub(super) fn all_sites(problem: &Problem) -> i64 {
    if matches!(problem.objective, Objective::SetCover { .. }) {
        return forced_spending(problem);
    }
    let openings = (0..problem.sites.len()).map(|site| Opening { site: site as u32, posts: problem.room(site) });
    let objective = problem.score(&openings.collect::<Vec<_>>()).objective;
    let capacitated = matches!(problem.objective, Objective::CapacitatedCoverage { .. });
    if capacitated { objective.min(room_for(problem)) } else { objective }
}

/// All that is spent is a multiple of this: the greatest common divisor of the prices.
pub(super) fn price_step(problem: &Problem) -> i64 {
    let prices = (0..problem.sites.len()).filter(|&site| problem.room(site) > 0).map(|site| problem.price(site));
    prices.fold(0, gcd).max(1)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What the forced posts take from the limit.
pub(super) fn forced_spending(problem: &Problem) -> i64 {
    let sites = problem.sites.iter().enumerate();
    sites.map(|(rank, site)| i64::from(site.forced_posts.min(problem.room(rank))) * problem.price(rank)).sum()
}

/// Grains that all the posts that can be paid have room for; existing ones no more than those within their reach.
fn room_for(problem: &Problem) -> i64 {
    let capacity = flow::capacity(problem);
    let mut near = vec![0; problem.sites.len()];
    for (row, weight) in problem.pairs.iter().zip(&problem.weights) {
        let reached = row.iter().take_while(|pair| problem.benefit(pair.cost) > 0);
        reached.for_each(|pair| near[pair.site as usize] += weight);
    }
    let filled = |(site, near): (&Site, i64)| near.min(i64::from(site.existing_posts).saturating_mul(capacity));
    let existing: i64 = problem.sites.iter().zip(near).map(filled).sum();
    let open = (0..problem.sites.len()).filter(|&site| problem.room(site) > 0);
    let cheapest = open.map(|site| problem.price(site)).min().unwrap_or(1);
    existing.saturating_add((problem.means() / cheapest).saturating_mul(capacity))
}
