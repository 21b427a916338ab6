//! Answers a question: the plan, its bound and the proof of it.

use std::ops::ControlFlow;

use super::balance;
use super::capacity;
use super::check::proven_value;
use super::engine::{self, Settings, Standing};
use super::model::Model;
use super::objective::Shape;
use super::plan::{Opening, Plan, Prices, Proof, Question};
use super::problem::Problem;
use super::score::Score;
use super::threshold;
use super::weighted::{all_sites, least_shortfall, objective_bound};

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

/// Finds a plan and bounds it.
///
/// The plan depends on the problem, the seed and the rounds spent ([`Plan::rounds`]), and on nothing else: not on the
/// number of threads, nor on the clock, unless `watch` reads one to stop.
pub fn place(problem: &Problem, settings: Settings, watch: &mut Watch) -> Plan {
    match problem.objective.shape() {
        Shape::Gained | Shape::Saved => place_directly(problem, settings, watch),
        Shape::Worst | Shape::Spent => threshold::place(problem, settings, watch),
        Shape::Served => capacity::place(problem, settings, watch),
        Shape::Floors | Shape::LeastShare => balance::place(problem, settings, watch),
    }
}

/// Asks the engine the problem's own question.
fn place_directly(problem: &Problem, settings: Settings, watch: &mut Watch) -> Plan {
    let model = Model::new(problem);
    let in_units = |value| objective_bound(problem, &Question::Own, value, 0).unwrap_or(value);
    let found = engine::run(&model, settings, None, &mut |standing: Standing| {
        let Standing { value, bound, rounds } = standing;
        watch(&Progress { objective: in_units(value), bound: in_units(bound), rounds })
    });
    let openings = openings(problem, &model, &found.sites);
    let proof = Proof::Prices(Prices { question: Question::Own, cases: found.cases });
    finish(
        problem,
        Finding { openings, proof, shortfall_proof: None, rounds: found.rounds, stopped: found.stopped },
        settings,
    )
}

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
        Proof::Prices(Prices { question, cases }) => {
            let value = proven_value(problem, question, cases).ok();
            value.and_then(|value| objective_bound(problem, question, value, shortfall))
        }
        Proof::Everything => Some(objective),
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
        let value = proven_value(problem, &prices.question, &prices.cases).ok()?;
        let least = least_shortfall(problem, &prices.question, value).filter(|least| *least > 0)?;
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
