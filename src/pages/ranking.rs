//! Venues around one or several origins, nearest first. A venue whose address is unknown stands at the distance to expect
//! within its commune, not at the town hall's door, so that it does not pass before venues that are known to be near.

use std::collections::BTreeMap;

use crate::atlas::{Atlas, Found, NearestQuery, VenueFilter};
use crate::domain::{Location, Metres};

use super::whereabouts::Origin;

/// Area of the median commune of France, for those whose own is unknown.
const MEDIAN_AREA_KM2: f64 = 10.7;

/// A venue and how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked<'o> {
    /// Ordinal of the venue.
    pub ordinal: u32,
    /// Geodesic, or the distance to expect when the address is unknown.
    pub distance: Metres,
    /// False when the distance is only to be expected.
    pub exact: bool,
    /// The nearest origin.
    pub origin: &'o Origin,
}

/// The venues that fit nearest to any of the origins; ties by id.
#[must_use]
pub fn rank<'o>(atlas: &Atlas, origins: &'o [Origin], filter: &VenueFilter, limit: usize) -> Vec<Ranked<'o>> {
    let mut best: BTreeMap<u32, Ranked> = BTreeMap::new();
    for origin in origins {
        for ranked in around(atlas, origin, filter, limit) {
            let known = best.entry(ranked.ordinal).or_insert(ranked);
            if ranked.distance < known.distance {
                *known = ranked;
            }
        }
    }
    nearest_first(best.into_values().collect(), limit)
}

/// The distance to expect is never shorter than the measured one. So once the last measured distance passes the last of
/// the wanted ones, no venue further out can come before it.
fn around<'o>(atlas: &Atlas, origin: &'o Origin, filter: &VenueFilter, limit: usize) -> Vec<Ranked<'o>> {
    let mut asked = limit.saturating_mul(2).max(16);
    loop {
        let question = NearestQuery { position: origin.position, limit: asked, within: None, filter: filter.clone() };
        let found = atlas.nearest_venues(&question);
        let frontier = found.last().map_or(Metres::ZERO, |last| last.distance);
        let exhausted = found.len() < asked;
        let ranked = nearest_first(found.into_iter().map(|found| expected(atlas, origin, found)).collect(), limit);
        let settled = ranked.len() == limit && ranked.last().is_none_or(|last| last.distance <= frontier);
        if exhausted || settled {
            return ranked;
        }
        asked *= 2;
    }
}

fn nearest_first(mut ranked: Vec<Ranked>, limit: usize) -> Vec<Ranked> {
    ranked.sort_by(|a, b| a.distance.value().total_cmp(&b.distance.value()).then(a.ordinal.cmp(&b.ordinal)));
    ranked.truncate(limit);
    ranked
}

/// Somewhere in a disc of the commune's area: (2/3)·√(area/π) from its centre on average, added at a right angle to the
/// distance of the centre.
fn expected<'o>(atlas: &Atlas, origin: &'o Origin, found: Found) -> Ranked<'o> {
    let Found { ordinal, distance } = found;
    if !matches!(atlas.venues()[ordinal as usize].location, Location::Commune(_)) {
        return Ranked { ordinal, distance, exact: true, origin };
    }
    let commune = atlas.venue_commune(ordinal).map(|commune| &atlas.communes()[commune as usize]);
    let area_km2 = commune.and_then(|commune| commune.area_km2).unwrap_or(MEDIAN_AREA_KM2);
    let within_m = 2.0 / 3.0 * (area_km2 / std::f64::consts::PI).sqrt() * 1e3;
    let distance = Metres::new(distance.value().hypot(within_m)).unwrap_or(distance);
    Ranked { ordinal, distance, exact: false, origin }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{atlas, position};
    use super::*;

    fn origin(lon: f64, lat: f64) -> Origin {
        Origin { position: position(lon, lat), place: "ici".into() }
    }

    /// Every venue that fits, measured from every origin.
    fn by_hand(atlas: &Atlas, origins: &[Origin], filter: &VenueFilter) -> Vec<(u32, f64)> {
        let mut all: Vec<(u32, f64)> = Vec::new();
        for (i, venue) in atlas.venues().iter().enumerate() {
            let ordinal = i as u32;
            let Some(at) = venue.location.position() else { continue };
            if filter.accepts(atlas, ordinal) {
                let each = origins.iter().map(|origin| {
                    let found = Found { ordinal, distance: origin.position.geodesic_to(at) };
                    expected(atlas, origin, found).distance.value()
                });
                all.push((ordinal, each.fold(f64::INFINITY, f64::min)));
            }
        }
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        all
    }

    #[test]
    fn ranks_are_those_of_measuring_everything() {
        let atlas = atlas();
        let origins = [origin(4.8357, 45.7676), origin(4.66, 45.97)];
        for limit in 1..5 {
            let ranked = rank(&atlas, &origins, &VenueFilter::default(), limit);
            let ranked: Vec<(u32, f64)> = ranked.iter().map(|r| (r.ordinal, r.distance.value())).collect();
            let mut expected = by_hand(&atlas, &origins, &VenueFilter::default());
            expected.truncate(limit);
            assert_eq!(ranked, expected);
        }
    }

    #[test]
    fn a_venue_known_only_by_its_commune_does_not_stand_at_the_town_hall() {
        let atlas = atlas();
        let town_hall = [origin(4.8357, 45.7676)];
        let ranked = rank(&atlas, &town_hall, &VenueFilter::default(), 5);
        let [near, vague] = ranked.as_slice() else { panic!("two venues receive the public") };
        assert!(near.exact && atlas.venues()[near.ordinal as usize].id == "lyon-1");
        assert!(!vague.exact && vague.distance.value() > 1_000.0);
    }
}
