//! Waits for what becomes of a job.

use std::time::{Duration, Instant};

use actix_web::rt::time;

use super::Placement;

/// Time between two looks at a job.
const LOOK: Duration = Duration::from_millis(20);

/// Waits until a job is over, or is far enough, or the time is.
pub async fn until(job: &Placement, longest: Duration, far_enough: impl Fn(&Placement) -> bool) {
    // Looks take longer than they should on a busy machine: the time is counted, not the looks.
    let begun = Instant::now();
    while !job.is_to_stop() && !far_enough(job) && begun.elapsed() < longest {
        time::sleep(LOOK).await;
    }
}
