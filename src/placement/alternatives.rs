//! Other plans nearly as good. One plan that is proven best by a hair hides that many are as good: whoever decides wants
//! several that differ, and the sites that are in all of them.
//!
//! A plan of the question with some sites forbidden is a plan of the question itself, so the bound of the first holds for
//! all: how far each may be from the best is known without another proof.

use std::collections::{BTreeSet, VecDeque};

use super::check::verify;
use super::explain::explain;
use super::limit::Site;
use super::plan::{Opening, Plan};
use super::problem::Problem;

/// Share of the sites by which two plans differ at least.
pub const LEAST_DIFFERENCE: f64 = 0.2;
/// Searches for one more plan, each with more sites forbidden, before it is given up.
const TRIES: usize = 4;

/// Share of the sites of the larger plan that the other does not have.
#[must_use]
pub fn difference(a: &Plan, b: &Plan) -> f64 {
    let there: BTreeSet<u32> = b.openings.iter().map(|opening| opening.site).collect();
    let shared = a.openings.iter().filter(|opening| there.contains(&opening.site)).count();
    let larger = a.openings.len().max(b.openings.len()).max(1);
    1.0 - shared as f64 / larger as f64
}

/// So many plans at most beside the first, each at least [`LEAST_DIFFERENCE`] from it and from one another, the best one
/// first. Each stands up to [`verify`] with the bound and the proof of the first. `solve` answers a question that forbids
/// more sites; `None` ends the search.
#[must_use]
pub fn alternatives(
    problem: &Problem,
    first: &Plan,
    most: usize,
    solve: &mut dyn FnMut(&Problem) -> Option<Plan>,
) -> Vec<Plan> {
    let order = least_useful_first(problem, first);
    let group = ((LEAST_DIFFERENCE * first.openings.len() as f64).ceil() as usize).max(1);
    let mut plans = vec![first.clone()];
    // Whole groups only: with fewer sites forbidden nothing promises the difference. Few sites have fewer groups than plans are
    // asked for: then what was found is left in its turn too.
    let mut starts: VecDeque<BTreeSet<u32>> =
        order.chunks_exact(group).map(|sites| sites.iter().copied().collect()).collect();
    let most_starts = starts.len() + most;
    for _ in 0..most_starts {
        let Some(mut forbidden) = starts.pop_front().filter(|_| plans.len() <= most) else { break };
        for _ in 0..TRIES {
            let Some(question) = forbidding(problem, &forbidden) else { break };
            let Some(found) = solve(&question) else { return ranked(problem, plans) };
            let plan = beside(problem, first, found.openings);
            let Some(near) = plans.iter().find(|known| difference(known, &plan) < LEAST_DIFFERENCE) else {
                if verify(problem, &plan).is_ok() {
                    let own = least_useful_first(problem, &plan);
                    if own.len() >= group {
                        starts.push_back(forbidden.iter().copied().chain(own.into_iter().take(group)).collect());
                    }
                    plans.push(plan);
                }
                break;
            };
            let there: BTreeSet<u32> = near.openings.iter().map(|opening| opening.site).collect();
            let more: Vec<u32> = least_useful_first(problem, &plan)
                .into_iter()
                .filter(|site| there.contains(site))
                .take(group)
                .collect();
            if more.is_empty() {
                break;
            }
            forbidden.extend(more);
        }
    }
    ranked(problem, plans)
}

/// The plans beside the first, the best first, ties as they were found.
fn ranked(problem: &Problem, mut plans: Vec<Plan>) -> Vec<Plan> {
    plans.remove(0);
    let worse = |plan: &Plan| if problem.more_is_better() { -plan.objective } else { plan.objective };
    plans.sort_by_key(|plan| (plan.shortfall, worse(plan)));
    plans
}

/// The question without some sites; `None` when it has no answer then.
fn forbidding(problem: &Problem, forbidden: &BTreeSet<u32>) -> Option<Problem> {
    let site =
        |(rank, site): (u32, &Site)| if forbidden.contains(&rank) { Site { most_posts: 0, ..*site } } else { *site };
    let sites = (0..).zip(problem.sites()).map(site).collect();
    problem.variant(sites, problem.objective(), problem.limit()).ok()
}

/// These openings as a plan of the question, under the bound of the first plan.
fn beside(problem: &Problem, first: &Plan, openings: Vec<Opening>) -> Plan {
    let score = problem.score(&openings);
    Plan { openings, objective: score.objective, shortfall: score.shortfall, ..first.clone() }
}

/// The sites of a plan that nobody forced, those first whose closing loses least.
fn least_useful_first(problem: &Problem, plan: &Plan) -> Vec<u32> {
    let free = |site: u32| problem.sites()[site as usize].forced_posts == 0;
    let mut reasons: Vec<(i64, u32)> =
        explain(problem, plan).reasons.iter().map(|reason| (reason.marginal, reason.site)).collect();
    reasons.retain(|(_, site)| free(*site));
    reasons.sort_unstable();
    reasons.into_iter().map(|(_, site)| site).collect()
}
