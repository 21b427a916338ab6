//! What every handler may read, and the little that the service counts.

use std::sync::Arc;

use chrono::NaiveDateTime;

use super::means::Means;
use super::porch::{AccessLog, Gate};
use crate::atlas::Atlas;

/// One sealed edition, the clock that was passed in, and what was worked out once from both. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The edition.
    pub atlas: Arc<Atlas>,
    /// The time now, in UTC. Passed in so that tests choose the day.
    pub now: fn() -> NaiveDateTime,
    /// Indicators over the territories above the commune.
    pub(super) means: Arc<Means>,
    /// Requests in flight, incidents, and whether the door is closing.
    pub gate: Arc<Gate>,
    /// Where the line about each request goes.
    pub access_log: AccessLog,
    /// The address people know the service by, without a slash at its end; `None` when it was not configured.
    pub public_url: Option<Arc<str>>,
}

impl State {
    /// Opens the door on an edition.
    #[must_use]
    pub fn new(atlas: Arc<Atlas>, now: fn() -> NaiveDateTime) -> Self {
        let means = Arc::new(Means::new(&atlas));
        Self { atlas, now, means, gate: Arc::default(), access_log: AccessLog::Off, public_url: None }
    }

    /// Gives the address people know the service by: `https://exemple.fr`. Links in answers begin with it.
    #[must_use]
    pub fn with_public_url(mut self, url: &str) -> Self {
        self.public_url = Some(url.trim_end_matches('/').into());
        self
    }

    /// Chooses where the line about each request goes.
    #[must_use]
    pub fn with_access_log(mut self, log: AccessLog) -> Self {
        self.access_log = log;
        self
    }

    /// Whether visitors come over TLS, by way of a proxy.
    #[must_use]
    pub fn is_public_over_tls(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}
