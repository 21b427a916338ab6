//! What the service has once, whichever edition answers.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::NaiveDateTime;

use super::in_flight::Gate;
use super::problem::Problem;
use crate::atlas::Atlas;
use crate::atlas::Kept;
use crate::domain::VenueIx;
use crate::editions::Editions;
use crate::ports::{ListChecker, OnceStore, PlanStore, ReportStore, ScenarioStore};
use crate::shares::pools::Pools;
use crate::shares::visitor::Proxies;
use crate::telemetry::access_log::AccessLog;
use crate::telemetry::metrics::Metrics;

/// Writes the venues at some ordinals as Parquet, or says why it cannot. Polars does it, which only `ingest` knows: whoever
/// starts the service hands it over.
pub type WriteParquet = fn(&Atlas, &[VenueIx]) -> Result<Vec<u8>, String>;

/// The service: its editions, the clock that was passed in, and what it counts.
pub struct Process {
    /// The editions that can be asked for.
    pub editions: Arc<Editions>,
    /// The time now, in UTC. Passed in so that tests choose the day.
    pub now: fn() -> NaiveDateTime,
    /// Requests that wait for an edition to be opened.
    pub(super) waiting: AtomicUsize,
    /// Requests in flight, incidents, and whether the door is closing.
    pub gate: Gate,
    /// Where the line about each request goes.
    pub access_log: AccessLog,
    /// What is counted for whoever watches the instance.
    pub metrics: Metrics,
    /// The address people know the service by, without a slash at its end; `None` when it was not configured.
    pub public_url: Option<Box<str>>,
    /// The path below which the service stands on its host: nothing, or `/mediane`.
    pub root: Box<str>,
    /// Where scenarios are kept; `None` keeps none.
    pub store: Option<Arc<dyn ScenarioStore>>,
    /// Where reports of visitors are kept; `None` keeps none.
    pub reports: Option<Arc<dyn ReportStore>>,
    /// Where plans are jobs that other processes share; `None` keeps them in the memory of this one.
    pub plans: Option<Arc<dyn PlanStore>>,
    /// Where answers to requests that may be repeated are kept; `None` keeps them in the memory of this process.
    pub once: Option<Arc<dyn OnceStore>>,
    /// Who decides about reports: the SHA-256 of their tokens.
    pub moderators: Vec<[u8; 32]>,
    /// Who publishes this instance; `None` when nobody said.
    pub publisher: Option<String>,
    /// How to write to them: an e-mail or a web address.
    pub contact: Option<String>,
    /// Origins whose pages may show ours inside.
    pub embedded_by: Vec<String>,
    /// Writes venues of an edition, by their ordinals, as Parquet; `None` where nobody brought the pen.
    pub write_parquet: Option<WriteParquet>,
    /// Checks lists of venues; `None` checks none.
    pub checker: Option<Arc<dyn ListChecker>>,
    /// Folder of the installed third-party files of the map (`web/node_modules`); `None` leaves pages without a map.
    pub vendor_dir: Option<PathBuf>,
    /// Where long answers are written before they are sent; `None` takes the folder of the system.
    pub scratch_dir: Option<PathBuf>,
    /// Proxies whose word is taken for whom they ask.
    pub proxies: Proxies,
    /// Threads for what takes longer than an answer may keep others waiting.
    pub pools: Pools,
    /// Whether what visitors should not wait for is still being worked out.
    preparing: AtomicBool,
    kept: Kept,
}

impl fmt::Debug for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "service of {:?}", self.editions)
    }
}

impl Process {
    /// A service of these editions, with nothing else configured.
    #[must_use]
    pub fn new(editions: Arc<Editions>, now: fn() -> NaiveDateTime) -> Self {
        Self {
            editions,
            now,
            waiting: AtomicUsize::new(0),
            gate: Gate::default(),
            access_log: AccessLog::Off,
            metrics: Metrics::default(),
            public_url: None,
            root: "".into(),
            store: None,
            reports: None,
            plans: None,
            once: None,
            moderators: Vec::new(),
            publisher: None,
            contact: None,
            embedded_by: Vec::new(),
            write_parquet: None,
            checker: None,
            vendor_dir: None,
            scratch_dir: None,
            proxies: Proxies::default(),
            pools: Pools::default(),
            preparing: AtomicBool::new(false),
            kept: Kept::default(),
        }
    }

    /// What a room keeps for as long as the service runs, by type.
    #[must_use]
    pub fn kept<T: Default + Send + Sync + 'static>(&self) -> &T {
        self.kept.get(T::default)
    }

    /// From now on, or no longer, the service works out what visitors should not wait for: meanwhile it answers, slowly, and
    /// says that it is not ready.
    pub fn prepares(&self, preparing: bool) {
        self.preparing.store(preparing, Ordering::Release);
    }

    /// Whether it still does.
    #[must_use]
    pub fn is_preparing(&self) -> bool {
        self.preparing.load(Ordering::Acquire)
    }

    /// Logs the cause of a failure and gives the answer that hides it.
    #[must_use]
    pub fn incident(&self, template: &str, cause: &str) -> Problem {
        self.gate.incident((self.now)(), template, cause)
    }

    /// Whether visitors come over TLS, by way of a proxy.
    #[must_use]
    pub fn is_public_over_tls(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// Memory that this process holds, in bytes; `None` where the system does not tell (it is that of Linux that does).
#[must_use]
pub fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kb| kb * 1024)
}
