//! The week of a post that goes round: how much of it each stop is given, and the way from one to the next.

use super::rounds::Round;
use super::study::Study;
use super::ways::site;
use crate::access::{Mode, Site};
use crate::domain::{CommuneIx, Position, Seconds, SiteIx};

/// Half days of a week of work.
pub const HALF_DAYS: u32 = 10;

/// One stop of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Name of the place, and its commune where that says more.
    pub name: String,
    /// Ordinal of its commune, where known.
    pub commune: Option<CommuneIx>,
    /// Where.
    pub position: Position,
    /// Half days a week.
    pub half_days: u32,
    /// Minutes by car from the stop before; to the base from the last one. `None` where no way is known, or there is one stop.
    pub minutes: Option<f64>,
}

/// The half days of so many stops: as equal as whole ones can be, the base first.
#[must_use]
pub fn half_days(stops: u32) -> Vec<u32> {
    let stops = stops.max(1);
    (0..stops).map(|rank| HALF_DAYS / stops + u32::from(rank < HALF_DAYS % stops)).collect()
}

/// The stops of a round, the base first.
pub(super) fn route(study: &Study, round: &Round) -> Vec<Stop> {
    let places: Vec<_> = round.stops.iter().map(|&stop| &study.places[stop as usize]).collect();
    let sites: Vec<Site> =
        (0..).zip(&places).map(|(rank, place)| site(study.atlas, SiteIx::new(rank), place)).collect();
    let limit = study.request.itinerant.map_or(0, |limits| limits.minutes);
    let list = study.atlas.analysis().access.times().within(Mode::Car, &sites, Seconds::from_minutes(limit));
    let way = |from: &Site, to: &Site| {
        let row = from.point.map(|point| list.row(point))?;
        row.iter().find(|pair| pair.site == to.ordinal).map(|pair| f64::from(pair.seconds) / 60.0)
    };
    let given = half_days(round.stops.len() as u32);
    let stop = |rank: usize| {
        let (place, before) = (places[rank], if rank == 0 { sites.len() - 1 } else { rank - 1 });
        Stop {
            name: place.full_name(study.atlas),
            commune: place.commune,
            position: place.position,
            half_days: given[rank],
            minutes: if sites.len() > 1 { way(&sites[before], &sites[rank]) } else { None },
        }
    };
    (0..places.len()).map(stop).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_shared_out_whole_and_the_base_has_what_is_left() {
        assert_eq!(half_days(1), [10]);
        assert_eq!(half_days(3), [4, 3, 3]);
        assert_eq!(half_days(4), [3, 3, 2, 2]);
        for stops in 1..=5 {
            assert_eq!(half_days(stops).iter().sum::<u32>(), HALF_DAYS);
        }
    }
}
