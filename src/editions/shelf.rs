//! The editions that are open beside the one in force, in the order of their use, and who waits for others.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::task::Waker;
use std::time::SystemTime;

use super::snapshot::Snapshot;
use super::title::Title;

/// What [`Editions`](super::Editions) keeps under one lock.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// What the library had when it was last looked at.
    pub titles: Vec<Title>,
    /// Open editions, the least recently used first; never the one in force.
    open: Vec<Arc<Snapshot>>,
    /// Closed editions that requests may still hold: freed by the keeper, not by whoever answers last.
    closed: Vec<Arc<Snapshot>>,
    /// Editions somebody waits for.
    wanted: BTreeMap<String, Vec<Waker>>,
    /// Editions that could not be opened, as they were then.
    refused: HashMap<String, Option<SystemTime>>,
    /// Why the library does not say which edition is in force.
    lost: Option<String>,
}

impl Shelf {
    /// An open edition, which becomes the most recently used.
    pub fn take(&mut self, id: &str) -> Option<Arc<Snapshot>> {
        let at = self.open.iter().position(|snapshot| snapshot.id() == id)?;
        let snapshot = self.open.remove(at);
        self.open.push(snapshot.clone());
        Some(snapshot)
    }

    /// Puts an edition on the shelf as the most recently used, and closes those beyond `keep`. When memory is short the
    /// shelf does not grow: the new one takes the place of the least recently used.
    pub fn put(&mut self, snapshot: Arc<Snapshot>, keep: usize, memory_is_short: bool) {
        self.open.retain(|open| open.id() != snapshot.id());
        let room = if memory_is_short { keep.min(self.open.len().max(1)) } else { keep };
        self.open.push(snapshot);
        let surplus = self.open.len().saturating_sub(room);
        self.closed.extend(self.open.drain(..surplus));
    }

    /// Takes an edition off the shelf: it comes into force.
    pub fn remove(&mut self, id: &str) {
        self.open.retain(|open| open.id() != id);
    }

    /// Those that are open.
    pub fn open(&self) -> &[Arc<Snapshot>] {
        &self.open
    }

    /// Closed editions that nobody holds any more.
    pub fn unused(&mut self) -> Vec<Arc<Snapshot>> {
        let closed = std::mem::take(&mut self.closed);
        // Nobody can begin to hold one: they are not on the shelf.
        let (unused, held) = closed.into_iter().partition(|snapshot| Arc::strong_count(snapshot) == 1);
        self.closed = held;
        unused
    }

    /// Notes who waits for an edition. Whether it was not awaited yet: somebody must fetch it.
    pub fn wait(&mut self, id: &str, waker: &Waker) -> bool {
        let fresh = !self.wanted.contains_key(id);
        let waiting = self.wanted.entry(id.to_owned()).or_default();
        if !waiting.iter().any(|known| known.will_wake(waker)) {
            waiting.push(waker.clone());
        }
        fresh
    }

    /// The next edition somebody waits for.
    pub fn next_wanted(&self) -> Option<String> {
        self.wanted.keys().next().cloned()
    }

    /// Those who waited for this edition: it is open, or never will be.
    pub fn no_longer_wanted(&mut self, id: &str) -> Vec<Waker> {
        self.wanted.remove(id).unwrap_or_default()
    }

    /// Remembers that an edition cannot be opened, so that nobody tries again before it has changed.
    pub fn refuse(&mut self, id: &str) {
        self.refused.insert(id.to_owned(), self.written(id));
    }

    /// Whether this edition, as it is now, could not be opened.
    pub fn is_refused(&self, id: &str) -> bool {
        self.refused.get(id).is_some_and(|then| *then == self.written(id))
    }

    /// Notes that the library does or does not say which edition is in force, and why. Whether that must be told.
    pub fn is_lost(&mut self, cause: Option<&String>) -> bool {
        let news = cause.is_some() && self.lost.as_ref() != cause;
        self.lost = cause.cloned();
        news
    }

    /// Editions that could not be opened and are as they were then, in the order of their ids.
    pub fn refused(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.refused.keys().filter(|id| self.is_refused(id)).cloned().collect();
        ids.sort();
        ids
    }

    /// Gives every edition that was refused another chance.
    pub fn forgive(&mut self) {
        self.refused.clear();
    }

    fn written(&self, id: &str) -> Option<SystemTime> {
        self.titles.iter().find(|title| title.id == id).and_then(|title| title.published)
    }
}
