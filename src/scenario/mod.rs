//! What if venues closed, opened, moved or changed their hours, and conventions ended: who is near enough before and after,
//! hours per person, and the communes where something changes.

pub mod address;
pub mod document;
pub mod outcome;
pub mod resolve;

mod answer;
mod sentence;
mod supply;

use std::collections::{BTreeMap, BTreeSet};

use self::document::Document;
use crate::access::{Change, Mode, Site, Threshold};
use crate::atlas::Atlas;
use crate::domain::need::Preset;
use crate::domain::{Position, SiteIx, VenueIx};
use crate::tables::scope::Place;

pub use self::outcome::{Changed, Outcome, Side};
pub use self::resolve::{changing, resolve};

/// A document, checked against an edition.
#[derive(Debug, Clone)]
pub struct Question {
    /// Where people are counted.
    pub place: Place,
    /// Which national number.
    pub denominator: Option<&'static Preset>,
    /// How people travel.
    pub mode: Mode,
    /// Who is farther is not covered.
    pub threshold: Threshold,
    /// Ordinals of venues that close.
    pub closed: BTreeSet<VenueIx>,
    /// Venues that open.
    pub added: Vec<Opening>,
    /// Where venues go, by ordinal.
    pub moved: BTreeMap<VenueIx, Position>,
    /// New hours per year of venues, by ordinal.
    pub timed: BTreeMap<VenueIx, f64>,
    /// How many posts end, by place in [`Atlas::posts`].
    pub stopped: BTreeMap<usize, u32>,
    /// The document, with ids of today and every choice said.
    pub document: Document,
}

/// A venue that opens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opening {
    /// Where.
    pub position: Position,
    /// Hours per year; `None` takes the median of the venues whose hours are known.
    pub hours: Option<f64>,
}

impl Question {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.changes() == 0
    }

    /// Every site that opens, with its hours per year: the added ones, then the moved ones at their new place. Their
    /// ordinals follow those of the edition.
    #[must_use]
    pub fn opened(&self, atlas: &Atlas) -> Vec<(Site, f64)> {
        let supply = &atlas.analysis().supply;
        let usual = supply.median.unwrap_or(0.0);
        let added = self.added.iter().map(|opening| (opening.position, opening.hours.unwrap_or(usual)));
        let moved = self.moved.iter().map(|(&venue, &position)| (position, self.hours_after(atlas, venue)));
        let ordinals = atlas.analysis().access.new_ordinals();
        ordinals.zip(added.chain(moved)).map(|(i, (position, hours))| (atlas.site_at(i, position), hours)).collect()
    }

    /// Hours per year of a venue of the edition that stays open, here or elsewhere.
    fn hours_after(&self, atlas: &Atlas, venue: VenueIx) -> f64 {
        self.timed.get(&venue).copied().unwrap_or_else(|| atlas.analysis().supply.hours[SiteIx::of_venue(venue)])
    }

    /// What this means for the nearest venue: a venue that moves closes here and opens there.
    #[must_use]
    pub fn change(&self, atlas: &Atlas) -> Change {
        Change {
            closed: self.closed.iter().chain(self.moved.keys()).map(|&venue| SiteIx::of_venue(venue)).collect(),
            added: self.opened(atlas).into_iter().map(|(site, _)| site).collect(),
        }
    }
}
