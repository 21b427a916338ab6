//! Answers a question: the plan, its bound and the proof of it.

use super::balance;
use super::capacity;
use super::engine::{self, Settings, Standing};
use super::finding::{Finding, Progress, Watch, finish, openings};
use super::model::Model;
use super::objective::Shape;
use super::plan::{Plan, Prices, Proof, Question};
use super::problem::Problem;
use super::threshold;
use super::weighted::objective_bound;

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
