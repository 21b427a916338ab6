//! Where a position lies: in which commune, on which land; which hubs cover it, and the nearest venue that is one.

use std::collections::BTreeMap;

use geo::{MultiPolygon, unary_union};
use typed_index_collections::TiSlice;

use super::nearest::{Around, nearest};
use super::{Atlas, Found};
use crate::access::Site;
use crate::domain::text::fold_place;
use crate::domain::{Commune, CommuneIx, Hub, Level, Position, SiteIx, Venue, VenueIx};
use crate::spatial::{Contour, ContourIndex, PlaceIndex, sphere};

impl Atlas {
    /// The commune whose contour holds a position.
    #[must_use]
    pub fn commune_at(&self, position: Position) -> Option<CommuneIx> {
        self.country.commune_index.containing(position)
    }

    /// A place where a venue could open: in the commune whose contour holds it, else on the land of the nearest commune.
    #[must_use]
    pub fn site_at(&self, ordinal: SiteIx, position: Position) -> Site {
        let named = |commune: CommuneIx| (commune, self.country.communes[commune].code);
        if let Some(commune) = self.commune_at(position) {
            return Site::in_commune(ordinal, position, Some(named(commune)));
        }
        let here = position.unit_vector();
        let chord2 = |there: Position| sphere::chord2(there.unit_vector(), here);
        let placed = self
            .country
            .communes
            .iter_enumerated()
            .filter_map(|(commune, known)| Some((commune, chord2(known.point?))));
        let nearest = placed.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(commune, _)| named(commune));
        Site { point: None, ..Site::in_commune(ordinal, position, nearest) }
    }

    /// The hubs that cover a commune, by way of its département.
    pub fn hubs_of(&self, commune: CommuneIx) -> impl Iterator<Item = &Hub> {
        let departement = &self.country.communes[commune].departement;
        self.hubs.iter().filter(move |hub| hub.departements.contains(departement))
    }

    /// The ground that a hub covers: its départements as one, without the borders between them; empty when none has a
    /// contour. Joined at the first question.
    #[must_use]
    pub fn hub_ground(&self, hub: usize) -> &MultiPolygon {
        let ground = |hub: &Hub| {
            let contours = hub.departements.iter().filter_map(|code| self.contour(Level::Departement, code));
            unary_union(contours)
        };
        &self.hub_grounds.get_or_init(|| self.hubs.iter().map(ground).collect())[hub]
    }

    /// The nearest venue that is a hub: one whose name holds the name of a hub, in whole words.
    #[must_use]
    pub fn nearest_hub_venue(&self, position: Position) -> Option<Found<VenueIx>> {
        let around = Around { position, limit: 1, within: None };
        nearest(&self.hub_index, around, |_| true, |ordinal| self.venue_spot(ordinal)).pop()
    }
}

/// Indexes the contours of the communes, by ordinal of commune.
pub(super) fn commune_index(
    communes: &TiSlice<CommuneIx, Commune>,
    contours: &BTreeMap<Level, BTreeMap<String, Contour>>,
) -> ContourIndex<CommuneIx> {
    let contours = contours.get(&Level::Commune);
    let contour = |(i, commune): (CommuneIx, &Commune)| Some((i, contours?.get(commune.code.as_str())?.clone()));
    ContourIndex::new(communes.iter_enumerated().filter_map(contour).collect())
}

/// Indexes the venues that are hubs, by ordinal of venue.
pub(super) fn hub_index(venues: &TiSlice<VenueIx, Venue>, hubs: &[Hub]) -> PlaceIndex<VenueIx> {
    let in_words = |name: &str| format!(" {} ", fold_place(name));
    let hubs: Vec<String> = hubs.iter().map(|hub| in_words(&hub.name)).collect();
    let located = venues.iter_enumerated().filter_map(|(i, venue)| {
        let name = in_words(&venue.name);
        let position = venue.location.position()?;
        hubs.iter().any(|hub| name.contains(hub)).then_some((i, position))
    });
    PlaceIndex::new(located)
}
