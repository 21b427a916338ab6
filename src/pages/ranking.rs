//! Venues around one or several origins, in one of the orders of the atlas.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::access::{Mode, Travel};
use crate::atlas::nearest::order::Key;
use crate::atlas::{Atlas, Counted, Found, NearestQuery, Order, VenueFilter};
use crate::domain::{Metres, Seconds, VenueIx};

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
    /// How long the way is.
    pub travel: Travel,
    /// By what.
    pub mode: Mode,
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
    /// How people travel, and how long at most.
    pub mode: Mode,
    pub until: Option<Seconds>,
}

impl Ranking {
    /// So many venues that receive the public at an instant, in UTC, by car.
    #[must_use]
    pub fn of(order: Order, limit: usize, now: NaiveDateTime) -> Self {
        Self { filter: VenueFilter::at(now), order, within: None, limit, mode: Mode::Car, until: None }
    }
}

/// Nobody walks longer to a boat.
const LONGEST_WALK: Seconds = Seconds::from_minutes(180);

/// The venues that fit, in the order of the atlas; each counted from the origin that it is reached from first. Where a car
/// reaches none, as on an island whose boat takes no cars, those that are reached on foot come first.
#[must_use]
pub fn rank<'o>(atlas: &Atlas, origins: &'o [Origin], question: &Ranking) -> Vec<Ranked<'o>> {
    let ranked = ranked(atlas, origins, question);
    let reached = |ranked: &Ranked| ranked.travel != Travel::NoWay;
    if question.mode != Mode::Car
        || question.order == Order::Distance
        || ranked.iter().any(reached)
        || ranked.is_empty()
    {
        return ranked;
    }
    let on_foot = self::ranked(atlas, origins, &Ranking { mode: Mode::Walk, ..question.clone() });
    let near = |ranked: &Ranked| ranked.travel.time().is_some_and(|time| time <= LONGEST_WALK);
    if on_foot.first().is_some_and(near) { on_foot } else { ranked }
}

fn ranked<'o>(atlas: &Atlas, origins: &'o [Origin], question: &Ranking) -> Vec<Ranked<'o>> {
    let Ranking { filter, order, within, limit, mode, until } = question;
    let mut best: BTreeMap<VenueIx, (Key, Ranked)> = BTreeMap::new();
    for origin in origins {
        let question = NearestQuery {
            position: origin.position,
            limit: *limit,
            within: *within,
            until: *until,
            filter: filter.clone(),
            order: *order,
            mode: *mode,
        };
        for found in atlas.nearest_venues(&question) {
            let key = order.key(atlas, &found);
            let Found { ordinal, distance, to, travel } = found;
            let ranked = Ranked { ordinal, distance, exact: to == Counted::Place, travel, mode: *mode, origin };
            let known = best.entry(ordinal).or_insert((key, ranked));
            if key < known.0 {
                *known = (key, ranked);
            }
        }
    }
    let mut ranked: Vec<(Key, Ranked)> = best.into_values().collect();
    ranked.sort_by(|a, b| a.0.order(&b.0));
    ranked.into_iter().take(*limit).map(|(_, ranked)| ranked).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{atlas, position};
    use super::super::tests::now;
    use super::*;

    fn nearest(limit: usize) -> Ranking {
        Ranking::of(Order::Distance, limit, now())
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
