//! Venues around one or several origins, in the order of [`Found`].

use std::collections::BTreeMap;

use crate::atlas::nearest::useful::Usefulness;
use crate::atlas::{Atlas, Counted, Found, NearestQuery, Order, VenueFilter};
use crate::domain::{Metres, VenueIx};

use super::whereabouts::Origin;

/// A venue and how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked<'o> {
    /// Ordinal of the venue.
    pub ordinal: VenueIx,
    /// Geodesic, or the distance to expect when the address is unknown.
    pub distance: Metres,
    /// False when the distance is only to be expected.
    pub exact: bool,
    /// The nearest origin.
    pub origin: &'o Origin,
}

/// A question about what is near one or several origins.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Which venues fit.
    pub filter: VenueFilter,
    /// In which order.
    pub order: Order,
    /// Not farther than this.
    pub within: Option<Metres>,
    /// How many at most.
    pub limit: usize,
}

/// The venues that fit, in the order of the atlas; each counted from the nearest of the origins.
#[must_use]
pub fn rank<'o>(atlas: &Atlas, origins: &'o [Origin], question: &Ranking) -> Vec<Ranked<'o>> {
    let Ranking { filter, order, within, limit } = question;
    let mut best: BTreeMap<VenueIx, Ranked> = BTreeMap::new();
    for origin in origins {
        let question = NearestQuery {
            position: origin.position,
            limit: *limit,
            within: *within,
            filter: filter.clone(),
            order: *order,
        };
        for Found { ordinal, distance, to } in atlas.nearest_venues(&question) {
            let ranked = Ranked { ordinal, distance, exact: to == Counted::Place, origin };
            let known = best.entry(ordinal).or_insert(ranked);
            if distance < known.distance {
                *known = ranked;
            }
        }
    }
    let mut ranked: Vec<Ranked> = best.into_values().collect();
    ranked.sort_by(|a, b| a.distance.value().total_cmp(&b.distance.value()).then(a.ordinal.cmp(&b.ordinal)));
    if *order == Order::Useful {
        let key = |ranked: &Ranked| Usefulness::of(atlas, ranked.ordinal, ranked.distance);
        ranked.sort_by(|a, b| key(a).partial_cmp(&key(b)).expect("distances are finite"));
    }
    ranked.truncate(*limit);
    ranked
}

#[cfg(test)]
mod tests {
    use super::super::testing::{atlas, position};
    use super::*;

    fn nearest(limit: usize) -> Ranking {
        Ranking { filter: VenueFilter::default(), order: Order::Distance, within: None, limit }
    }

    fn origin(lon: f64, lat: f64) -> Origin {
        Origin { position: position(lon, lat), place: "ici".into() }
    }

    /// Every venue that fits, measured from every origin.
    fn by_hand(atlas: &Atlas, origins: &[Origin]) -> Vec<(VenueIx, f64)> {
        let fits = |ordinal: &VenueIx| VenueFilter::default().accepts(atlas, *ordinal);
        let far = |ordinal: VenueIx| {
            let (at, way) = atlas.venue_spot(ordinal)?;
            let each = origins.iter().map(|origin| origin.position.geodesic_to(at).value().hypot(way.value()));
            Some((ordinal, each.fold(f64::INFINITY, f64::min)))
        };
        let mut all: Vec<(VenueIx, f64)> = atlas.venues().keys().filter(fits).filter_map(far).collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        all
    }

    #[test]
    fn ranks_are_those_of_measuring_everything() {
        let atlas = atlas();
        let origins = [origin(4.8357, 45.7676), origin(4.66, 45.97)];
        for limit in 1..5 {
            let ranked = rank(&atlas, &origins, &nearest(limit));
            let ranked: Vec<(VenueIx, f64)> = ranked.iter().map(|r| (r.ordinal, r.distance.value())).collect();
            let mut expected = by_hand(&atlas, &origins);
            expected.truncate(limit);
            assert_eq!(ranked, expected);
        }
    }

    #[test]
    fn a_venue_known_only_by_its_commune_does_not_stand_at_the_town_hall() {
        let atlas = atlas();
        let town_hall = [origin(4.8357, 45.7676)];
        let ranked = rank(&atlas, &town_hall, &nearest(5));
        let [near, vague] = ranked.as_slice() else { panic!("two venues receive the public") };
        assert!(near.exact && atlas.venues()[near.ordinal].id == "lyon-1");
        assert!(!vague.exact && vague.distance.value() > 1_000.0);
    }
}
