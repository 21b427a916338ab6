//! Begins the search for the answer to a question, finds it again, and stops it: among the jobs of a store that several
//! processes share, or of this process alone.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;

use super::desk::Desk;
use super::jobs::{Asker, Refusal};
use super::{Asked, Placement, jobs, shared, solve, worker};
use crate::http::problem::Problem;
use crate::http::{Process, State};

pub use super::until::until;

/// Begins the job of a question, or finds it. The key that comes with it withdraws this visitor's question, and no other's.
///
/// # Errors
/// 503 when too many wait, of this visitor or of all, the service is about to stop, or the store does not answer.
pub async fn start(state: &State, asked: Asked) -> Result<(Arc<Placement>, String), Problem> {
    let admitted = if let Some(store) = state.process.plans.clone() {
        shared::post(state, store.as_ref(), asked).await?
    } else {
        let id = asked.id(&state.atlas.edition().id);
        let asker = Asker { visitor: state.visitor(), seconds: asked.seconds().ceil() as u32 };
        jobs(&state.process).admit(&id, asker, solve::work(state, asked))
    };
    admitted.map_err(|refusal| match refusal {
        Refusal::Closing => Problem::busy("closing", "the service is about to stop"),
        Refusal::Full { retry_after, of_one } => {
            let who = if of_one { " from your address" } else { "" };
            let detail = format!("many questions{who} wait already; ask again in {retry_after} seconds");
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "queue-full", detail);
            problem.with_header(RETRY_AFTER, retry_after.into())
        }
    })
}

/// The job with this id, if it is still known.
///
/// # Errors
/// 503 when the store does not answer, or what another process found is still being read.
pub async fn find(state: &State, id: &str) -> Result<Option<Arc<Placement>>, Problem> {
    match state.process.plans.clone() {
        Some(store) => shared::find(state, store.as_ref(), id).await,
        None => Ok(jobs(&state.process).find(id)),
    }
}

/// Withdraws the question that this key was given for. False when it was not given for this job.
///
/// # Errors
/// 503 when the store does not answer.
pub async fn withdraw(state: &State, id: &str, key: &str) -> Result<bool, Problem> {
    match state.process.plans.clone() {
        Some(store) => shared::withdraw(state, store.as_ref(), id, key).await,
        None => Ok(jobs(&state.process).withdraw(id, key)),
    }
}

/// Works on the jobs of the store from now on, whoever posted them; nothing to do where there is none.
pub fn open(process: &Arc<Process>) {
    worker::begin(process);
}

/// Stops: jobs of a store are given back for other processes to begin, those of this process alone are cancelled.
pub fn close(process: &Process) {
    worker::close(process);
    jobs(process).close();
}

/// Jobs that this process works on.
#[must_use]
pub fn running(process: &Process) -> usize {
    jobs(process).running() + process.kept::<Desk>().running()
}

/// Jobs that wait for their turn: of all processes, where they share a store.
#[must_use]
pub fn waiting(process: &Process) -> usize {
    jobs(process).waiting() + process.kept::<Desk>().waiting()
}
