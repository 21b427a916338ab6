//! The venues that residents are matched to.

use crate::domain::{Metres, Position};
use crate::spatial::{BatchNearest, ShortLines};

/// A venue to match residents to.
#[derive(Debug, Clone)]
pub struct Target {
    /// The id it is published under.
    pub id: String,
    /// The name it is published under.
    pub name: String,
    /// Where it is.
    pub position: Position,
    /// What is added to every distance, at a right angle, because only its commune is known; nothing for most.
    pub way: Metres,
}

/// The venue nearest to a resident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Rank of the venue in [`Targets::venues`].
    pub ordinal: u32,
    /// Length of the geodesic with the way added, rounded to the metre.
    pub distance: Metres,
}

/// Venues in order of id, and where they are. Built once, then read by any number of threads.
#[derive(Debug, Clone)]
pub struct Targets {
    venues: Vec<Target>,
    map: BatchNearest,
    lines: Vec<ShortLines>,
}

impl Targets {
    /// Sorts the venues by id and maps them. To match with a filter, give the venues that it keeps.
    #[must_use]
    pub fn new(mut venues: Vec<Target>) -> Self {
        venues.sort_by(|a, b| a.id.cmp(&b.id));
        let spots = (0..).zip(&venues).map(|(i, venue)| (i, venue.position, venue.way));
        let map = BatchNearest::with_ways(spots);
        let lines = venues.iter().map(|venue| ShortLines::from(venue.position)).collect();
        Self { venues, map, lines }
    }

    /// The venues in order of id.
    #[must_use]
    pub fn venues(&self) -> &[Target] {
        &self.venues
    }

    /// The venue at the shortest distance, told apart to the millimetre, the first in order of id among equals; `None`
    /// without venues. It is the first that [`crate::atlas::Atlas::nearest_venues`] finds.
    #[must_use]
    pub fn nearest(&self, position: Position) -> Option<Match> {
        let spot = |ordinal: u32| (&self.lines[ordinal as usize], self.venues[ordinal as usize].way);
        let ordinal = self.map.nearest_measured(position, |ordinal| {
            let (lines, way) = spot(ordinal);
            lines.distance_to(position).value().hypot(way.value())
        })?;
        let (lines, way) = spot(ordinal);
        if way == Metres::ZERO {
            return Some(Match { ordinal, distance: lines.whole_metres_to(position) });
        }
        let distance = lines.distance_to(position).value().hypot(way.value()).round();
        Some(Match { ordinal, distance: Metres::new(distance).expect("two finite lengths") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Degrees;

    #[test]
    fn venues_at_one_address_are_told_apart_by_id() {
        let position = Position::new(Degrees { lon: 2.35, lat: 48.85 }).expect("on Earth");
        let venue = |id: &str| Target { id: id.to_owned(), name: String::new(), position, way: Metres::ZERO };
        let targets = Targets::new(vec![venue("c"), venue("a"), venue("b")]);
        assert_eq!(targets.nearest(position), Some(Match { ordinal: 0, distance: Metres::ZERO }));
        assert_eq!(targets.venues()[0].id, "a");
    }

    #[test]
    fn without_venues_nobody_is_matched() {
        let position = Position::new(Degrees { lon: 2.35, lat: 48.85 }).expect("on Earth");
        assert_eq!(Targets::new(Vec::new()).nearest(position), None);
    }
}
