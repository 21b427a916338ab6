//! Where editions lie: what [`Editions`](super::Editions) asks of whoever can read them.

use std::fmt::Debug;

use super::snapshot::Snapshot;
use super::title::Title;
use crate::atlas::figures::Followed;

/// A place with editions in it, one of them in force.
pub trait Library: Debug + Send + Sync {
    /// The id of the edition in force.
    ///
    /// # Errors
    /// When nothing says which one is.
    fn in_force(&self) -> Result<String, String>;

    /// Every edition there is, in any order. Asked every second: it must cost little when nothing has changed.
    fn titles(&self) -> Vec<Title>;

    /// Opens an edition, with every file verified.
    ///
    /// # Errors
    /// When it is missing, damaged, of another layout, or not the edition of this id.
    fn open(&self, id: &str) -> Result<Snapshot, String>;

    /// What an edition says of its territories, when that can be read without opening it.
    fn followed(&self, id: &str) -> Option<Followed> {
        let _ = id;
        None
    }
}
