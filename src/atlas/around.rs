//! What is near a position: venues that fit, candidate hosts.

use super::Atlas;
use super::nearest::{self, Around, Found, NearestQuery, Order};
use crate::domain::{CandidateIx, Metres, Position, VenueIx};

impl Atlas {
    /// The venues that fit, in the order that is asked for.
    #[must_use]
    pub fn nearest_venues(&self, query: &NearestQuery) -> Vec<Found<VenueIx>> {
        if query.order != Order::Distance || query.until.is_some() {
            return nearest::ways::in_order(self, query);
        }
        let around = Around { position: query.position, limit: query.limit, within: query.within };
        let keep = |ordinal: VenueIx| query.filter.accepts(self, ordinal);
        nearest::nearest(&self.venue_index, around, keep, |ordinal| self.venue_spot(ordinal))
    }

    /// Where a venue is, and what is added to every distance to it because only its commune is known: nothing for most.
    #[must_use]
    pub fn venue_spot(&self, venue: VenueIx) -> Option<(Position, Metres)> {
        let location = self.venues[venue].location;
        let commune = self.venue_commune(venue).map(|commune| &self.country.communes[commune]);
        Some((location.position()?, self.country.ways.within(location, commune)))
    }

    /// The nearest candidate hosts as the crow flies.
    #[must_use]
    pub fn nearest_candidates(
        &self,
        position: Position,
        limit: usize,
        within: Option<Metres>,
    ) -> Vec<Found<CandidateIx>> {
        let spot = |ordinal: CandidateIx| {
            let candidate = &self.candidates[ordinal];
            let commune = candidate.commune.and_then(|code| self.country.places.by_code(code));
            let commune = commune.map(|commune| &self.country.communes[commune]);
            Some((candidate.location.position()?, self.country.ways.within(candidate.location, commune)))
        };
        nearest::nearest(&self.candidate_index, Around { position, limit, within }, |_| true, spot)
    }
}
