//! What can be said of an edition without opening it.

use std::cmp::Ordering;
use std::time::SystemTime;

use chrono::NaiveDate;

/// The title page of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Id.
    pub id: String,
    /// Day of the picture; `None` when no list of venues says one.
    pub as_of: Option<NaiveDate>,
    /// Whether its venues are fictitious.
    pub demonstration: bool,
    /// Vintage of territories and populations, in words.
    pub territories_vintage: String,
    /// When its files were written, by the clock of their disk: which of two editions of one day is the newer, and whether
    /// one that was refused has been replaced since. `None` for an edition that is open and no longer on disk.
    pub published: Option<SystemTime>,
}

/// An edition that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its title.
    pub title: Title,
    /// Whether it is the one in force.
    pub current: bool,
    /// Whether it is open: an answer needs not wait for it.
    pub open: bool,
}

impl Listed {
    /// The older first: by day, those without one before all others; of one day the edition in force is the newest, then
    /// the one written last; then by id, so that the order is always the same.
    pub(super) fn by_age(&self, other: &Self) -> Ordering {
        let key = |listed: &Self| (listed.title.as_of, listed.current, listed.title.published);
        key(self).cmp(&key(other)).then_with(|| self.title.id.cmp(&other.title.id))
    }
}
