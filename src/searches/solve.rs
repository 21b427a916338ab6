//! What a job does: binds the question to the edition, searches, explains.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::thread;

use sha2::{Digest, Sha256};

use super::asked::{Asked, impossible, unaffordable};
use super::job::Moment;
use super::jobs::Work;
use crate::domain::Position;
use crate::http::State;
use crate::http::problem::Problem;
use crate::placement::Threads;
use crate::planning::{Alternatives, Answer, Document, Part, Study, Variant, first_post};

/// Rounds of search for each of the other assumptions: enough for a plan, not always for its proof.
const FEW_ROUNDS: u32 = 2;
const MANY_ROUNDS: u32 = 20;

/// A plan and all that is said of it.
#[derive(Debug)]
pub struct Solved {
    /// The question.
    pub asked: Asked,
    /// What the plan means.
    pub answer: Answer,
    /// Where posts stand already.
    pub existing: Vec<(Position, u32)>,
    /// What other assumptions would change; empty unless asked for.
    pub variants: Vec<Variant>,
    /// Other plans nearly as good; none unless asked for.
    pub alternatives: Alternatives,
    /// The plan and its proof as a file: what `mediane place --verify` reads.
    pub document: String,
    /// Digest of the document: two searches of one question may end with different plans.
    pub digest: String,
    /// Seconds of search.
    pub seconds: f64,
    /// Rounds of search.
    pub rounds: u32,
}

/// The work of one question.
#[must_use]
pub fn work(state: &State, asked: Asked) -> Work<Solved> {
    let (working, failing) = (state.clone(), state.clone());
    Work {
        edition: state.id().to_owned(),
        run: Box::new(move |job| {
            let study = Study::new(&working.atlas, &asked.request).map_err(|error| {
                let first = first_post(&working.atlas, &asked.request);
                first.map_or_else(|| impossible(&error), |first| unaffordable(&error, &first))
            })?;
            let plan = study.solve(threads(), &mut |standing| {
                let (seconds, rounds) = (standing.elapsed.as_secs_f64(), standing.progress.rounds);
                let [value, bound] =
                    [standing.progress.objective, standing.progress.bound].map(|v| study.in_measure(v));
                job.note(Moment { seconds, value, bound, gap_percent: standing.gap_percent, rounds });
                if job.is_to_stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if job.is_to_stop() {
                return Err(Problem::busy("stopped", "the search was stopped"));
            }
            // A plan that is proven was found quickly, and so are its variants.
            let rounds = if plan.is_optimal() { plan.rounds.clamp(FEW_ROUNDS, MANY_ROUNDS) } else { FEW_ROUNDS };
            // What the plan means comes first; what is asked beside it ends with the seconds of the question.
            let mut answer = study.answer_in(&plan, &mut |_| study.has_time());
            let struck = Cell::new(false);
            let stop = || {
                struck.set(struck.get() || !study.has_time());
                struck.get() || job.is_to_stop()
            };
            let alternatives = match asked.alternatives {
                0 => Alternatives::default(),
                most => study.alternatives(&plan, most, rounds, &stop),
            };
            answer.untold.extend(struck.take().then_some(Part::Alternatives));
            let variants = if asked.sensitivity { study.sensitivity(&plan, rounds, &stop) } else { Vec::new() };
            answer.untold.extend(struck.take().then_some(Part::Sensitivity));
            let (seconds, rounds) = (job.moments().last().map_or(0.0, |last| last.seconds), plan.rounds);
            let document = Document::new(&study, &plan, Some(seconds)).to_json();
            let digest = format!("{:x}", Sha256::digest(&document));
            let existing = study.existing();
            Ok(Solved { asked, answer, existing, variants, alternatives, document, digest, seconds, rounds })
        }),
        lost: Box::new(move |cause| failing.incident("/api/placements", cause)),
    }
}

/// A second thread only where one core is left for the visitors. It changes the time, never the plan.
fn threads() -> Threads {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    if cores > 2 { Threads::Two } else { Threads::One }
}
