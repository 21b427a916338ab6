//! The question of the house: which venues are nearest, among those that fit?

use std::collections::BTreeSet;

use crate::domain::vocabulary::{AccessMode, Audience, Fee, Programme, Service, Support, SupportMode};
use crate::domain::{Metres, Position, Venue};

/// Which venues fit. Every list means "at least one of these"; an empty list asks nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VenueFilter {
    /// National programmes.
    pub programmes: Vec<Programme>,
    /// Services.
    pub services: Vec<Service>,
    /// Publics; a venue that names none receives everyone.
    pub audiences: Vec<Audience>,
    /// Special support.
    pub supports: Vec<Support>,
    /// Prices.
    pub fees: Vec<Fee>,
    /// Ways of coming.
    pub access_modes: Vec<AccessMode>,
    /// Ways of helping.
    pub support_modes: Vec<SupportMode>,
    /// Pass numérique: `Some(true)` keeps venues that are known to accept it, `Some(false)` those known not to.
    pub pass_numerique: Option<bool>,
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

fn any<T: PartialEq>(wanted: &[T], offered: &[T]) -> bool {
    wanted.is_empty() || wanted.iter().any(|value| offered.contains(value))
}

impl VenueFilter {
    /// Whether a venue of the commune with this ordinal fits.
    #[must_use]
    pub fn accepts(&self, venue: &Venue, commune: Option<u32>) -> bool {
        (self.closed_to_public == ClosedToPublic::Kept || venue.receives_public())
            && any(&self.programmes, &venue.programmes)
            && any(&self.services, &venue.services)
            && (venue.audiences.is_empty() || any(&self.audiences, &venue.audiences))
            && any(&self.supports, &venue.supports)
            && any(&self.fees, &venue.fees)
            && any(&self.access_modes, &venue.access_modes)
            && any(&self.support_modes, &venue.support_modes)
            && self.pass_numerique.is_none_or(|wanted| venue.pass_numerique == Some(wanted))
            && self.communes.as_ref().is_none_or(|set| commune.is_some_and(|c| set.contains(&c)))
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
