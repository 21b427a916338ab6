//! Begins the search for the answer to a question, and waits for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::rt::time;

use super::jobs::{Asker, Refusal};
use super::{Asked, Placement, solve};
use crate::http::State;
use crate::http::problem::Problem;

/// Time between two looks at a job.
const LOOK: Duration = Duration::from_millis(20);

/// Begins the job of a question, or finds it. The key that comes with it withdraws this visitor's question, and no other's.
///
/// # Errors
/// 503 when too many wait, of this visitor or of all, or the service is about to stop.
pub fn start(state: &State, asked: Asked) -> Result<(Arc<Placement>, String), Problem> {
    let id = asked.id(&state.atlas.edition().id);
    let asker = Asker { visitor: state.visitor(), seconds: asked.seconds().ceil() as u32 };
    super::jobs(&state.process).admit(&id, asker, solve::work(state, asked)).map_err(|refusal| match refusal {
        Refusal::Closing => Problem::busy("closing", "the service is about to stop"),
        Refusal::Full { retry_after, of_one } => {
            let who = if of_one { " from your address" } else { "" };
            let detail = format!("many questions{who} wait already; ask again in {retry_after} seconds");
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
