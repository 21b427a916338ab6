//! The front door: OGC API, GeoJSON, tiles, pages, status codes. Actix never leaves this porch.

pub mod assets;
pub mod pages;

use std::path::PathBuf;
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
    /// Folder of the edition, whose files visitors may download; `None` offers none.
    pub edition_dir: Option<PathBuf>,
    /// Folder of the installed third-party files of the map (`web/node_modules`); `None` leaves pages without a map.
    pub vendor_dir: Option<PathBuf>,
}
