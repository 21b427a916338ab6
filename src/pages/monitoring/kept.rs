//! Pages of monitoring that were rendered, kept with their edition: those of the nation, the régions and the départements, which
//! many ask for. The others take a moment.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::Level;
use crate::http::State;
use crate::monitoring::history::History;
use crate::tables::changes::before;
use crate::tables::scope::Place;

/// Most pages kept for an edition.
const MOST: usize = 300;

/// Pages by all that they depend on besides the edition: the day, the other editions, what was asked.
#[derive(Debug, Default)]
struct Rendered(Mutex<BTreeMap<String, String>>);

/// The page of a territory: the one that was kept, or a new one.
#[must_use]
pub fn page_of(state: &State, place: &Place, by: Option<Level>, make: impl FnOnce() -> String) -> String {
    let (read, unread) = state.process.kept::<History>().at_hand(&state.process.editions);
    let ids: Vec<&str> = read.iter().map(|edition| edition.id.as_str()).collect();
    let (day, current) = (state.now().date(), state.is_current());
    let key = format!("{} {by:?} {day} {unread} {current} {:?} {}", place.path(), before(state), ids.join(" "));
    let kept: &Rendered = state.kept(|_| Rendered::default());
    let pages = || kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    let known = pages().get(&key).cloned();
    if let Some(known) = known {
        return known;
    }
    let text = make();
    if place.level.is_none_or(|level| level <= Level::Departement) {
        let mut pages = pages();
        if pages.len() >= MOST {
            pages.clear();
        }
        pages.insert(key, text.clone());
    }
    text
}
