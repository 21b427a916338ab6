//! `/api/placements`: where the next posts should go, as jobs.

mod job;
mod jobs;
