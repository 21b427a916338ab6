//! Searches for plans as jobs: the same question is the same job.

pub mod asked;
pub mod brief;
pub mod closures;
pub mod compared;
pub mod desk;
pub mod job;
pub mod jobs;
pub mod kept;
pub mod least;
pub mod report;
pub mod sentence;
mod shared;
mod shares;
pub mod sites;
pub mod solve;
pub mod start;
pub mod there;
mod until;
mod worker;

use std::sync::Arc;

use crate::http::Process;

pub use asked::{ALTERNATIVES, Asked, BESIDE, SENSITIVITY};
use job::Job;
use jobs::Jobs;
pub use solve::Solved;

/// The jobs of a service, whichever editions they belong to.
#[must_use]
pub fn jobs(process: &Process) -> &Arc<Jobs<Solved>> {
    process.kept()
}

/// A job of this room.
pub type Placement = Job<Solved>;
