//! Questions that come through the door of one process to the jobs of all.

use std::sync::Arc;
use std::time::Duration;

use super::desk::Desk;
use super::job::Job;
use super::jobs::Refusal;
use super::until::until;
use super::{Asked, Placement, kept, worker};
use crate::editions::{Found, Wanted};
use crate::http::State;
use crate::http::problem::Problem;
use crate::ports::{Admitted, PlanLine, PlanState, PlanStore, PostedPlan, StoreError};

/// Longest id that anybody looks for.
const LONGEST_ID: usize = 100;
/// How long somebody waits for an answer of another process to be read here.
const READING: Duration = Duration::from_secs(15);

/// Posts a question, or finds its job; with the key that withdraws it for this visitor.
pub(super) async fn post(
    state: &State,
    store: &dyn PlanStore,
    asked: Asked,
) -> Result<Result<(Arc<Placement>, String), Refusal>, Problem> {
    let desk = state.process.kept::<Desk>();
    if desk.is_closing() {
        return Ok(Err(Refusal::Closing));
    }
    let told = |error| failed(state, error);
    let Some(secret) = state.secret().await.map_err(told)? else { return Ok(Err(Refusal::Closing)) };
    let edition = state.atlas.edition().id.clone();
    let id = asked.id(&edition);
    let visitor = state.visitor();
    let key = secret.digest(&[b"plan", &visitor.bytes(), id.as_bytes()]);
    let plan = PostedPlan {
        id,
        edition,
        question: kept::question(&asked),
        seconds: asked.seconds().ceil() as u32,
        visitor: secret.visitor(visitor),
        key: key.clone(),
    };
    match store.post(plan, worker::LIMITS).await.map_err(told)? {
        Admitted::Full { retry_after, of_one } => Ok(Err(Refusal::Full { retry_after, of_one })),
        Admitted::Job(line) => {
            let job = met(state, desk, &line);
            Ok(Ok((job, key)))
        }
    }
}

/// The job with this id, as it stands; one that is over is told with its answer, unless its edition is not here.
pub(super) async fn find(state: &State, store: &dyn PlanStore, id: &str) -> Result<Option<Arc<Placement>>, Problem> {
    if id.len() > LONGEST_ID {
        return Ok(None);
    }
    let found = store.plan(id.to_owned()).await.map_err(|error| failed(state, error))?;
    let Some(line) = found else { return Ok(None) };
    let job = met(state, state.process.kept(), &line);
    let is_here = !matches!(state.process.editions.find(&Wanted::Id(line.edition.clone())), Found::Unknown(_));
    if line.state == PlanState::Failed || (line.state == PlanState::Done && is_here) {
        until(&job, READING, Job::is_left).await;
        if !job.is_over() {
            return Err(Problem::busy("reading-plan", "the plan is there, and is still being read; ask again"));
        }
    }
    Ok(Some(job))
}

/// Withdraws a question by its key. False when the key was not given for this job.
pub(super) async fn withdraw(state: &State, store: &dyn PlanStore, id: &str, key: &str) -> Result<bool, Problem> {
    let told = |error| failed(state, error);
    let withdrawn = store.withdraw(id.to_owned(), key.to_owned()).await.map_err(told)?;
    if let Some(line) = store.plan(id.to_owned()).await.map_err(told)? {
        met(state, state.process.kept(), &line);
    }
    Ok(withdrawn)
}

/// The copy of a job, brought to where it stands; whoever works is told.
fn met(state: &State, desk: &Desk, line: &PlanLine) -> Arc<Placement> {
    worker::begin(&state.process);
    let job = desk.meet(line);
    if !job.is_over() {
        desk.ring();
    }
    job
}

/// What a visitor is told of a failure of the store.
fn failed(state: &State, error: StoreError) -> Problem {
    match error {
        StoreError::Broken(cause) => state.incident("/api/placements", &cause),
        _ => Problem::busy("store-busy", "the store did not answer in time; try again in a moment"),
    }
}
