//! The question of the house: which venues are nearest, among those that fit?

use std::collections::{BTreeMap, BTreeSet};

use super::Atlas;
use super::filters::FILTERS;
use crate::domain::{Metres, Position};

/// Which venues fit: for each of [`FILTERS`] that is asked, one of the choices wanted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VenueFilter {
    /// Rank in [`FILTERS`] and the choices wanted, ascending by rank.
    asked: BTreeMap<usize, BTreeSet<usize>>,
    /// Ordinals of communes; `None` means anywhere.
    pub communes: Option<BTreeSet<u32>>,
    /// Whether venues that receive no public are kept (planners) or hidden (citizens).
    pub closed_to_public: ClosedToPublic,
}

/// What to do with venues that receive no public (defect D11).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClosedToPublic {
    /// Citizens must not be sent there.
    #[default]
    Hidden,
    /// Planners see the whole supply.
    Kept,
}

impl VenueFilter {
    /// Also accepts a choice of the filter at this rank of [`FILTERS`].
    pub fn ask(&mut self, filter: usize, choice: usize) {
        self.asked.entry(filter).or_default().insert(choice);
    }

    /// The venues that fit one choice of one filter, as in addresses: `label`, `france-services`. `None` when there is no
    /// such filter or choice.
    #[must_use]
    pub fn only(name: &str, slug: &str) -> Option<Self> {
        let rank = FILTERS.iter().position(|filter| filter.name == name)?;
        let choice = (FILTERS[rank].choices)().iter().position(|choice| choice.slug == slug)?;
        let mut filter = Self::default();
        filter.ask(rank, choice);
        Some(filter)
    }

    /// Whether a venue fits, by its ordinal.
    #[must_use]
    pub fn accepts(&self, atlas: &Atlas, venue: u32) -> bool {
        (self.closed_to_public == ClosedToPublic::Kept || atlas.venues()[venue as usize].receives_public())
            && self
                .asked
                .iter()
                .all(|(filter, choices)| choices.iter().any(|&choice| (FILTERS[*filter].holds)(atlas, venue, choice)))
            && self.communes.as_ref().is_none_or(|set| atlas.venue_commune(venue).is_some_and(|c| set.contains(&c)))
    }
}

/// A question about what is near.
#[derive(Debug, Clone, PartialEq)]
pub struct NearestQuery {
    /// From where.
    pub position: Position,
    /// How many at most.
    pub limit: usize,
    /// Not farther than this (great circle).
    pub within: Option<Metres>,
    /// Which venues fit.
    pub filter: VenueFilter,
}

/// One answer: the ordinal of the thing found and its geodesic distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Ordinal in its table.
    pub ordinal: u32,
    /// Length of the geodesic on WGS 84.
    pub distance: Metres,
}
