//! Which of two places is preferred where both are worth the same: the one that can be called, then the bourg: that of the
//! commune with more venues, then more inhabitants, then the likelier host.

use std::collections::BTreeMap;

use super::sites::Place;
use crate::atlas::Atlas;
use crate::domain::CommuneIx;

/// One number for each place, the greater the more central.
pub(super) fn centrality(atlas: &Atlas, places: &[Place]) -> Vec<u64> {
    let mut venues: BTreeMap<CommuneIx, u64> = BTreeMap::new();
    for (ordinal, _) in atlas.venues().iter_enumerated().filter(|(_, venue)| venue.receives_public()) {
        atlas.venue_commune(ordinal).into_iter().for_each(|commune| *venues.entry(commune).or_default() += 1);
    }
    let inhabitants =
        |commune: CommuneIx| u64::from(atlas.communes()[commune].population.map_or(0, |persons| persons.0));
    let of = |place: &Place| {
        let Some(commune) = place.commune else { return 0 };
        let services = venues.get(&commune).copied().unwrap_or(0);
        let called = place.host.map_or(0, |host| u64::from(host.is_callable(atlas)) + u64::from(host.has_hours(atlas)));
        // 2 bits, 12 bits, 32 bits and 1 bit.
        (called << 45) | (services.min(4_095) << 33) | (inhabitants(commune) << 1) | u64::from(place.host.is_some())
    };
    places.iter().map(of).collect()
}
