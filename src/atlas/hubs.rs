//! Hubs: which ones cover a commune, which commune holds a position, and the nearest venue that is a hub.

use std::collections::BTreeMap;

use geo::MultiPolygon;

use super::{Atlas, Found};
use crate::domain::text::fold_place;
use crate::domain::{Commune, Hub, Level, Position, Venue};
use crate::spatial::{ContourIndex, VenueIndex};

impl Atlas {
    /// The commune whose contour holds a position.
    #[must_use]
    pub fn commune_at(&self, position: Position) -> Option<u32> {
        self.commune_index.containing(position)
    }

    /// The hubs that cover a commune, by way of its département.
    pub fn hubs_of(&self, commune: u32) -> impl Iterator<Item = &Hub> {
        let departement = &self.communes[commune as usize].departement;
        self.hubs.iter().filter(move |hub| hub.departements.contains(departement))
    }

    /// The nearest venue that is a hub: one whose name holds the name of a hub, in whole words.
    #[must_use]
    pub fn nearest_hub_venue(&self, position: Position) -> Option<Found> {
        let ordinal = self.hub_index.nearest(position).next()?.ordinal;
        let located = self.venues[ordinal as usize].location.position()?;
        Some(Found { ordinal, distance: position.geodesic_to(located) })
    }
}

/// Indexes the contours of the communes, by ordinal of commune.
pub(super) fn commune_index(
    communes: &[Commune],
    contours: &BTreeMap<Level, BTreeMap<String, MultiPolygon>>,
) -> ContourIndex {
    let contours = contours.get(&Level::Commune);
    let contour = |(i, commune): (usize, &Commune)| Some((i as u32, contours?.get(commune.code.as_str())?.clone()));
    ContourIndex::new(communes.iter().enumerate().filter_map(contour).collect())
}

/// Indexes the venues that are hubs, by ordinal of venue.
pub(super) fn hub_index(venues: &[Venue], hubs: &[Hub]) -> VenueIndex {
    let in_words = |name: &str| format!(" {} ", fold_place(name));
    let hubs: Vec<String> = hubs.iter().map(|hub| in_words(&hub.name)).collect();
    let located = venues.iter().enumerate().filter_map(|(i, venue)| {
        let name = in_words(&venue.name);
        let position = venue.location.position()?;
        hubs.iter().any(|hub| name.contains(hub)).then_some((i as u32, position))
    });
    VenueIndex::new(located)
}
