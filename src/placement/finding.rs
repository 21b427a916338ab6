//! What a search ends with, and how it becomes a plan.

use std::ops::ControlFlow;

use super::check::{proven_least_shortfall, proven_objective};
use super::engine::Settings;
use super::model::Model;
use super::plan::{Opening, Plan, Prices, Proof};
use super::problem::Problem;
use super::score::Score;
use super::weighted::{all_sites, dearer};

/// What is known so far; plans only get better, bounds only closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Value of the best plan, in units of the objective.
    pub objective: i64,
    /// No plan is better.
    pub bound: i64,
    /// Rounds of work spent.
    pub rounds: u32,
}

/// Called after each round of work. A break ends the search; what was found until then is the plan.
pub type Watch<'w> = dyn FnMut(&Progress) -> ControlFlow<()> + 'w;

/// New posts of a plan of the model, forced ones included.
pub(super) fn openings(problem: &Problem, model: &Model, sites: &[u32]) -> Vec<Opening> {
    let mut openings = forced_openings(problem);
    openings.extend(sites.iter().map(|&site| Opening { site: model.site_ids[site as usize], posts: 1 }));
    openings.sort_unstable_by_key(|opening| opening.site);
    openings
}

/// The posts that every plan must have.
pub(super) fn forced_openings(problem: &Problem) -> Vec<Opening> {
    let forced = (0..problem.sites.len()).map(|site| {
        let posts = problem.sites[site].forced_posts.min(problem.room(site));
        Opening { site: site as u32, posts }
    });
    forced.filter(|opening| opening.posts > 0).collect()
}

/// What a search ends with.
pub(super) struct Finding {
    pub openings: Vec<Opening>,
    pub proof: Proof,
    pub shortfall_proof: Option<Prices>,
    pub rounds: u32,
    pub stopped: bool,
}

/// Signs a plan: counts its objective and its bounds the way a checker does.
pub(super) fn finish(problem: &Problem, finding: Finding, settings: Settings) -> Plan {
    let Finding { openings, proof, shortfall_proof, rounds, stopped } = finding;
    let Score { objective, shortfall, .. } = problem.score(&openings);
    let proven = match &proof {
        Proof::Prices(prices) => proven_objective(problem, prices, shortfall).ok(),
        Proof::Everything => Some(objective),
        Proof::Tried { cost, .. } => dearer(problem, *cost),
        Proof::AllSites => None,
    };
    // A bound that says less than all sites together would is not worth its proof.
    let (all_sites, more) = (all_sites(problem), problem.more_is_better());
    let useful = proven.filter(|&bound| if more { bound < all_sites } else { bound > all_sites });
    let (bound, proof) = match useful {
        Some(bound) => (bound, proof),
        None if proof == Proof::Everything => (objective, proof),
        None => (all_sites, Proof::AllSites),
    };
    let lacking = shortfall_proof.filter(|_| shortfall > 0).and_then(|prices| {
        let least = proven_least_shortfall(problem, &prices).ok().filter(|least| *least > 0)?;
        Some((least, prices))
    });
    let (least_shortfall, shortfall_proof) = match lacking {
        Some((least, prices)) => (least, Some(prices)),
        None if proof == Proof::Everything => (shortfall, None),
        None => (0, None),
    };
    let Settings { seed, .. } = settings;
    Plan { openings, objective, bound, shortfall, least_shortfall, proof, shortfall_proof, seed, rounds, stopped }
}
