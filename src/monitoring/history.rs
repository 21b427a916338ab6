//! The figures of every territory in every edition that was opened once. An edition is sealed, so what it says of a territory
//! never changes: numbers stay when the edition is closed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::overview::Overview;
use crate::access::Threshold;
use crate::atlas::figures::{Figure, FigureAt, Measured};
use crate::domain::Level;
use crate::editions::{Editions, Found, Snapshot, Wanted};

/// Figures that are followed from edition to edition, with the rank of their threshold.
pub const FOLLOWED: [(&str, usize); 5] =
    [("share_within", 1), ("share_within", 2), ("venues", 0), ("venues_france_services", 0), ("persons_beyond", 2)];

/// What one edition says of every territory above the commune.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionFigures {
    /// Id.
    pub id: String,
    /// Day.
    pub as_of: Option<NaiveDate>,
    lines: BTreeMap<(Option<Level>, String), [Measured; FOLLOWED.len()]>,
}

impl EditionFigures {
    /// Those of an edition that is open.
    #[must_use]
    pub fn of(snapshot: &Snapshot) -> Self {
        let figures: Vec<FigureAt> = followed().collect();
        let line = |(key, summary): (&(Option<Level>, String), _)| {
            let mut values = [Measured::Unknown; FOLLOWED.len()];
            values.iter_mut().zip(&figures).for_each(|(value, figure)| *value = figure.of(summary));
            (key.clone(), values)
        };
        let lines = Overview::kept(snapshot).summaries().map(line).collect();
        Self { id: snapshot.id().to_owned(), as_of: snapshot.atlas.edition().as_of, lines }
    }

    /// The number of a territory for one of [`FOLLOWED`].
    #[must_use]
    pub fn value(&self, level: Option<Level>, code: &str, rank: usize) -> Measured {
        self.lines.get(&(level, code.to_owned())).map_or(Measured::Unknown, |values| values[rank])
    }
}

/// The figures that are followed.
pub fn followed() -> impl Iterator<Item = FigureAt> {
    FOLLOWED
        .iter()
        .filter_map(|(id, rank)| Figure::named(id).map(|figure| FigureAt::new(figure, Threshold::ALL[*rank])))
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

    /// Reads every edition that was not read yet, one after the other, opening those that are closed. Takes seconds each: for
    /// a thread that nobody waits for.
    pub fn read_all(&self, editions: &Arc<Editions>) {
        for listed in editions.list() {
            if self.known(&listed.title.id).is_some() {
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
        let figures = Arc::new(EditionFigures::of(snapshot));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(figures.id.clone(), Arc::clone(&figures));
        figures
    }
}
