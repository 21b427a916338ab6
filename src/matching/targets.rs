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
}

/// The venue nearest to a resident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Rank of the venue in [`Targets::venues`].
    pub ordinal: u32,
    /// Length of the geodesic, rounded to the metre.
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
        let map = BatchNearest::new((0..).zip(venues.iter().map(|venue| venue.position)));
        let lines = venues.iter().map(|venue| ShortLines::from(venue.position)).collect();
        Self { venues, map, lines }
    }

    /// The venues in order of id.
    #[must_use]
    pub fn venues(&self) -> &[Target] {
        &self.venues
    }

    /// The nearest venue in great-circle order, the first in order of id among equals; `None` without venues.
    #[must_use]
    pub fn nearest(&self, position: Position) -> Option<Match> {
        let ordinal = self.map.nearest(position)?.ordinal;
        Some(Match { ordinal, distance: self.lines[ordinal as usize].whole_metres_to(position) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Degrees;

    #[test]
    fn venues_at_one_address_are_told_apart_by_id() {
        let position = Position::new(Degrees { lon: 2.35, lat: 48.85 }).expect("on Earth");
        let venue = |id: &str| Target { id: id.to_owned(), name: String::new(), position };
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
