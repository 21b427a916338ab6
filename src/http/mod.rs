//! The front door: OGC API, GeoJSON, tiles, pages, status codes. Actix never leaves this porch.

use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::atlas::Atlas;

/// What every handler may read: one sealed edition, and the clock that was passed in.
#[derive(Debug, Clone)]
pub struct State {
    /// The edition.
    pub atlas: Arc<Atlas>,
    /// The time now, in UTC. Passed in so that tests choose the day.
    pub now: fn() -> NaiveDateTime,
}
