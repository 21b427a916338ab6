//! Which sites somebody could come to at all: a place at the other end of the country need not be searched from.

use super::demand::Site;
use crate::domain::{Position, Seconds};

/// Nobody travels faster, by whatever mode, as the crow flies: the highest limit of a motorway in France, 130 km/h.
pub(super) const FASTEST_M_PER_S: f64 = 36.2;
/// Metres in a degree of latitude at least.
const METRES_PER_DEGREE: f64 = 110_000.0;

/// The sites that somebody at one of some places could come to within a time, by whatever mode, and a few more: those in the
/// box around the places, widened.
#[must_use]
pub fn sites_around<'a>(
    sites: impl IntoIterator<Item = &'a Site>,
    people: impl IntoIterator<Item = Position>,
    limit: Seconds,
) -> Vec<Site> {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let [west, south, east, north] = people.into_iter().fold(start, |[west, south, east, north], at| {
        [west.min(at.lon()), south.min(at.lat()), east.max(at.lon()), north.max(at.lat())]
    });
    let high = f64::from(limit.0) * FASTEST_M_PER_S / METRES_PER_DEGREE;
    let farthest = (south - high).abs().max((north + high).abs()).min(89.0);
    let wide = high / farthest.to_radians().cos();
    let inside = |site: &&Site| {
        let (lon, lat) = (site.position.lon(), site.position.lat());
        (south - high..=north + high).contains(&lat) && (west - wide..=east + wide).contains(&lon)
    };
    sites.into_iter().filter(inside).copied().collect()
}
