//! Begins the search for the answer to a question, and waits for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::rt::time;

use super::jobs::{MOST_QUEUED, Refusal};
use super::{Asked, Placement, solve};
use crate::http::State;
use crate::http::problem::Problem;

/// Time between two looks at a job.
const LOOK: Duration = Duration::from_millis(20);

/// Begins the job of a question, or finds it.
///
/// # Errors
/// 503 when too many wait, or the service is about to stop.
pub fn start(state: &State, asked: Asked) -> Result<Arc<Placement>, Problem> {
    let id = asked.id(&state.atlas.edition().id);
    let seconds = asked.seconds().ceil() as u32;
    super::jobs(&state.process).admit(&id, seconds, solve::work(state, asked)).map_err(|refusal| match refusal {
        Refusal::Closing => Problem::busy("closing", "the service is about to stop"),
        Refusal::Full { retry_after } => {
            let detail = format!("{MOST_QUEUED} questions wait already; ask again in {retry_after} seconds");
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "queue-full", detail);
            problem.with_header(RETRY_AFTER, retry_after.into())
        }
    })
}

/// Waits until a job is over, or is far enough, or the time is.
pub async fn until(job: &Placement, longest: Duration, far_enough: impl Fn(&Placement) -> bool) {
    // Looks take longer than they should on a busy machine: the time is counted, not the looks.
    let begun = Instant::now();
    while !job.is_over() && !far_enough(job) && begun.elapsed() < longest {
        time::sleep(LOOK).await;
    }
}
