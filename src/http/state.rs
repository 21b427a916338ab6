//! What every handler may read, and the little that the service counts.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::api::bounds::Boxes;
use crate::api::layers::Points;
use crate::api::means::Means;
use crate::api::prepared::Prepared;
use crate::atlas::Atlas;
use crate::http::middleware::{AccessLog, Gate, Lines};
use crate::maps::shapes::Shapes;
use crate::ports::ScenarioStore;
use crate::saved::RateLimit;
use crate::searches::Solved;
use crate::searches::jobs::Jobs;

/// One sealed edition, the clock that was passed in, and what was worked out once from both. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The edition.
    pub atlas: Arc<Atlas>,
    /// The time now, in UTC. Passed in so that tests choose the day.
    pub now: fn() -> NaiveDateTime,
    /// Indicators over the territories above the commune.
    pub(crate) means: Arc<Means>,
    /// The box around each feature.
    pub(crate) boxes: Arc<Boxes>,
    /// Contours and venues as tiles want them.
    pub(crate) shapes: Arc<Shapes>,
    /// Every venue as a point, for maps.
    pub(crate) points: Arc<Points>,
    /// Venues as answers write them.
    pub(crate) prepared: Arc<Prepared>,
    /// Plans that were asked for.
    pub(crate) placements: Arc<Jobs<Solved>>,
    /// Requests in flight, incidents, and whether the door is closing.
    pub gate: Arc<Gate>,
    /// Where the line about each request goes.
    pub access_log: AccessLog,
    /// Lines on their way there.
    pub(crate) lines: Arc<Lines>,
    /// The address people know the service by, without a slash at its end; `None` when it was not configured.
    pub public_url: Option<Arc<str>>,
    /// Folder of the edition, whose files visitors may download; `None` offers none.
    pub edition_dir: Option<Arc<PathBuf>>,
    /// Where scenarios are kept; `None` keeps none.
    pub(crate) store: Option<Arc<dyn ScenarioStore>>,
    /// How many strangers began to keep scenarios.
    pub(crate) rate_limit: Arc<RateLimit>,
    /// Folder of the installed third-party files of the map (`web/node_modules`); `None` leaves pages without a map.
    pub vendor_dir: Option<Arc<PathBuf>>,
}

impl State {
    /// Opens the door on an edition.
    #[must_use]
    pub fn new(atlas: Arc<Atlas>, now: fn() -> NaiveDateTime) -> Self {
        let means = Arc::new(Means::new(&atlas));
        let boxes = Arc::new(Boxes::new(&atlas));
        let prepared = Arc::new(Prepared::new(atlas.venues().len()));
        Self {
            atlas,
            now,
            means,
            boxes,
            shapes: Arc::default(),
            points: Arc::default(),
            prepared,
            placements: Arc::default(),
            gate: Arc::default(),
            access_log: AccessLog::Off,
            lines: Arc::default(),
            public_url: None,
            edition_dir: None,
            store: None,
            rate_limit: Arc::default(),
            vendor_dir: None,
        }
    }

    /// Names the folder of the edition, so that its files can be downloaded.
    #[must_use]
    pub fn with_edition_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.edition_dir = Some(Arc::new(dir.into()));
        self
    }

    /// Keeps scenarios there.
    #[must_use]
    pub fn with_store(mut self, store: Arc<dyn ScenarioStore>) -> Self {
        self.store = Some(store);
        self
    }

    /// Names the folder where `npm ci` put the third-party files of the map.
    #[must_use]
    pub fn with_vendor_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.vendor_dir = Some(Arc::new(dir.into()));
        self
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
