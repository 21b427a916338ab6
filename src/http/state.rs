//! What one request sees: the service, and the one edition it is answered from.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDateTime;

use super::problem::Problem;
use super::process::{Process, WriteParquet};
use crate::atlas::Atlas;
use crate::editions::{Editions, Snapshot};
use crate::ports::{ListChecker, OnceStore, PlanStore, ReportStore, ScenarioStore, StoreError};
use crate::shares::pools::Wanted;
use crate::shares::secret::Secret;
use crate::shares::visitor::{Network, Proxies, Visitor};
use crate::telemetry::AccessLog;

/// The service and one snapshot, the same from the first line of an answer to the last. It reads like the snapshot; what
/// the service has once is under `process`. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The service.
    pub process: Arc<Process>,
    snapshot: Arc<Snapshot>,
    named: bool,
    visitor: Visitor,
    wanted: Wanted,
}

impl Deref for State {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.snapshot
    }
}

impl State {
    /// A service of one edition.
    #[must_use]
    pub fn new(atlas: Arc<Atlas>, now: fn() -> NaiveDateTime) -> Self {
        Self::of(Editions::only(Snapshot::new(atlas)), now)
    }

    /// A service of these editions, seen with the one in force.
    #[must_use]
    pub fn of(editions: Arc<Editions>, now: fn() -> NaiveDateTime) -> Self {
        Self::current(&Arc::new(Process::new(editions, now)))
    }

    /// The service with the edition in force.
    #[must_use]
    pub fn current(process: &Arc<Process>) -> Self {
        Self::asked_by(process, Visitor::default())
    }

    /// The same for a visitor, within their limits.
    #[must_use]
    pub fn asked_by(process: &Arc<Process>, visitor: Visitor) -> Self {
        let snapshot = process.editions.current();
        Self { process: process.clone(), snapshot, named: false, visitor, wanted: Wanted::default() }
    }

    /// The same service with an edition that was asked for.
    #[must_use]
    pub fn naming(&self, snapshot: Arc<Snapshot>) -> Self {
        Self { snapshot, named: true, ..self.clone() }
    }

    /// Whose request it is, as far as limits go.
    #[must_use]
    pub fn visitor(&self) -> Visitor {
        self.visitor
    }

    /// What the processes of one store make digests with; `None` without a store.
    ///
    /// # Errors
    /// When the store does not answer, or the system has no chance to give.
    pub async fn secret(&self) -> Result<Option<Secret>, StoreError> {
        let Some(store) = &self.process.plans else { return Ok(None) };
        let kept = self.process.kept::<OnceLock<Secret>>();
        if let Some(known) = kept.get() {
            return Ok(Some(known.clone()));
        }
        let fresh = Secret::fresh().ok_or_else(|| StoreError::Broken("no chance for a secret".into()))?;
        let secret = Secret::of_kept(store.secret(fresh).await?);
        Ok(Some(kept.get_or_init(|| secret).clone()))
    }

    /// The same for work that somebody waits for.
    pub(super) fn while_wanted(&self, wanted: Wanted) -> Self {
        Self { wanted, ..self.clone() }
    }

    /// Whether somebody still waits for the answer.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.wanted.still()
    }

    /// The id of the edition when the request names one: links in the answer must name it too.
    #[must_use]
    pub fn named(&self) -> Option<&str> {
        self.named.then(|| self.id())
    }

    /// Whether the edition is the one in force.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.id() == self.process.editions.current().id()
    }

    /// Logs the cause of a failure and gives the answer that hides it.
    #[must_use]
    pub fn incident(&self, template: &str, cause: &str) -> Problem {
        self.process.incident(template, cause)
    }

    /// The time now, in UTC.
    #[must_use]
    pub fn now(&self) -> NaiveDateTime {
        (self.process.now)()
    }

    /// Keeps scenarios, reports and plans there.
    #[must_use]
    pub fn with_store<S: ScenarioStore + ReportStore + PlanStore + OnceStore + 'static>(self, store: Arc<S>) -> Self {
        self.set_up(|process| {
            process.plans = Some(store.clone());
            process.once = Some(store.clone());
            process.reports = Some(store.clone());
            process.store = Some(store);
        })
    }

    /// Lets these decide about reports: the SHA-256 of their tokens.
    #[must_use]
    pub fn with_moderators(self, hashes: Vec<[u8; 32]>) -> Self {
        self.set_up(|process| process.moderators = hashes)
    }

    /// Says who publishes this instance, and how to write to them: an e-mail or a web address.
    #[must_use]
    pub fn with_publisher(self, publisher: Option<String>, contact: Option<String>) -> Self {
        self.set_up(|process| (process.publisher, process.contact) = (publisher, contact))
    }

    /// Lets these sites show our pages inside theirs: origins such as `https://exemple.fr`.
    #[must_use]
    pub fn with_embedding(self, origins: Vec<String>) -> Self {
        self.set_up(|process| process.embedded_by = origins)
    }

    /// Checks lists of venues there.
    #[must_use]
    pub fn with_checker(self, checker: Arc<dyn ListChecker>) -> Self {
        self.set_up(|process| process.checker = Some(checker))
    }

    /// Offers venues as Parquet.
    #[must_use]
    pub fn with_parquet(self, write: WriteParquet) -> Self {
        self.set_up(|process| process.write_parquet = Some(write))
    }

    /// Names the folder where `npm ci` put the third-party files of the map.
    #[must_use]
    pub fn with_vendor_dir(self, dir: impl Into<PathBuf>) -> Self {
        let dir = dir.into();
        self.set_up(|process| process.vendor_dir = Some(dir))
    }

    /// Gives the address people know the service by: `https://exemple.fr`. Links in answers begin with it.
    #[must_use]
    pub fn with_public_url(self, url: &str) -> Self {
        self.set_up(|process| process.public_url = Some(url.trim_end_matches('/').into()))
    }

    /// Gives the path below which the service stands on its host: `/mediane`.
    #[must_use]
    pub fn with_base_path(self, path: &str) -> Self {
        self.set_up(|process| process.root = path.trim_end_matches('/').into())
    }

    /// Takes the word of these proxies, besides programs of this machine, for whom they ask.
    #[must_use]
    pub fn with_proxies(self, networks: &[Network]) -> Self {
        self.set_up(|process| process.proxies = Proxies::also(networks))
    }

    /// Writes long answers there before they are sent.
    #[must_use]
    pub fn with_scratch_dir(self, dir: impl Into<PathBuf>) -> Self {
        let dir = dir.into();
        self.set_up(|process| process.scratch_dir = Some(dir))
    }

    /// Chooses where the line about each request goes.
    #[must_use]
    pub fn with_access_log(self, log: AccessLog) -> Self {
        self.set_up(|process| process.access_log = log)
    }

    fn set_up(mut self, change: impl FnOnce(&mut Process)) -> Self {
        change(Arc::get_mut(&mut self.process).expect("a service is set up before anybody shares it"));
        self
    }
}
