//! The figures of every territory in every edition that was opened once. An edition is sealed, so what it says of a territory
//! never changes: numbers stay when the edition is closed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::overview::Overview;
use crate::atlas::figures::Followed;
use crate::editions::{Editions, Found, Snapshot, Wanted};

/// What one edition says of every territory above the commune.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionFigures {
    /// Id.
    pub id: String,
    /// Day.
    pub as_of: Option<NaiveDate>,
    /// Its figures.
    pub followed: Followed,
}

impl EditionFigures {
    /// Those of an edition that is open.
    #[must_use]
    pub fn of(snapshot: &Snapshot) -> Self {
        let followed = Followed::of(Overview::kept(snapshot).summaries());
        Self { id: snapshot.id().to_owned(), as_of: snapshot.atlas.edition().as_of, followed }
    }
}

/// The editions that were read, whether they are still open or not.
#[derive(Debug, Default)]
pub struct History(Mutex<BTreeMap<String, Arc<EditionFigures>>>);

impl History {
    /// Every edition of the list that was read, the earliest first, and how many of the list were not. Those that are open
    /// are read now; none is opened.
    #[must_use]
    pub fn at_hand(&self, editions: &Arc<Editions>) -> (Vec<Arc<EditionFigures>>, usize) {
        let listed = editions.list();
        let mut found = Vec::new();
        for listed in listed.iter().rev() {
            if let Some(known) = self.known(&listed.title.id) {
                found.push(known);
            } else if listed.open
                && let Found::Open(snapshot) = editions.find(&Wanted::Id(listed.title.id.clone()))
            {
                found.push(self.read(&snapshot));
            }
        }
        let unread = listed.len() - found.len();
        (found, unread)
    }

    /// Reads every edition that was not read yet, one after the other: the table that the build has sealed, or else the
    /// edition, which is opened for it. That takes seconds each: for a thread that nobody waits for.
    pub fn read_all(&self, editions: &Arc<Editions>) {
        for listed in editions.list() {
            if self.known(&listed.title.id).is_some() {
                continue;
            }
            if let Some(followed) = editions.followed(&listed.title.id) {
                self.keep(EditionFigures { id: listed.title.id, as_of: listed.title.as_of, followed });
                continue;
            }
            match editions.find(&Wanted::Id(listed.title.id)) {
                Found::Open(snapshot) => drop(self.read(&snapshot)),
                Found::Opening(opening) => drop(opening.wait().map(|snapshot| self.read(&snapshot))),
                Found::Unknown(_) => {}
            }
        }
    }

    fn known(&self, id: &str) -> Option<Arc<EditionFigures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    fn read(&self, snapshot: &Snapshot) -> Arc<EditionFigures> {
        self.keep(EditionFigures::of(snapshot))
    }

    fn keep(&self, figures: EditionFigures) -> Arc<EditionFigures> {
        let figures = Arc::new(figures);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(figures.id.clone(), Arc::clone(&figures));
        figures
    }
}
