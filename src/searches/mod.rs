//! Searches for plans as jobs: the same question is the same job.

pub mod asked;
pub mod job;
pub mod jobs;
pub mod report;
pub mod solve;

pub use asked::{Asked, SENSITIVITY};
use job::Job;
pub use solve::Solved;

/// A job of this room.
pub type Placement = Job<Solved>;
