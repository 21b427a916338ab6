//! What to build from, where to, and what to leave out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;

use super::report::Code;

/// What to build from, and where to.
#[derive(Debug)]
pub struct BuildOptions<'a> {
    /// The data folder: `territories`, `sources`, `indicators`.
    pub data: &'a Path,
    /// Local mirror of the official files.
    pub cache: &'a Path,
    /// Output folder.
    pub out: &'a Path,
    /// An extract of OpenStreetMap whose roads travel times follow; `None` keeps to the great circle.
    pub roads: Option<&'a Path>,
    /// Leaves communes whole, one place of demand each, where no grid divides them: for lists that are only looked at.
    pub undivided: bool,
    /// The day of the build: later dates in files mean unknown.
    pub today: NaiveDate,
    /// Take only what had been published by this day; `None` takes everything.
    pub as_of: Option<NaiveDate>,
    /// Why to publish although a breaker trips; `None` lets breakers refuse.
    pub force: Option<&'a str>,
    /// Editions that stay in the output folder beside the new one.
    pub keep: usize,
    /// Set to stop; the edition in force stays.
    pub stop: &'a AtomicBool,
}

/// Sources whose reading ended an earlier process, by id: why, as a code and in words. They are not read again.
pub type Ended = BTreeMap<String, (Code, String)>;
