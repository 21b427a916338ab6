//! Times between any two places of the edition, the way its maps and pages have them.

use std::sync::Arc;

use super::Atlas;
use crate::access::{
    Assumptions, Basis, Ground, Journey, Land, LandSearch, Landmass, Mode, Place, RoadTimes, Season, estimated,
    straight_on,
};
use crate::domain::{Metres, Position, Seconds, SiteIx};

impl Atlas {
    /// The land, its crossings and its barriers; drawn at the first question.
    pub fn land(&self) -> &Arc<Land> {
        self.country.land()
    }

    /// The journey from each place to another: by road where both ends join the network, estimated over land elsewhere; `None`
    /// when no way is known. Roads have no seasons here: they are those of the map.
    #[must_use]
    pub fn journeys(&self, mode: Mode, season: Season, ways: &[(Position, Position)]) -> Vec<Option<Journey>> {
        let mut search = LandSearch::new(self.land().nodes());
        let by_road = self.road_times().map(|roads| roads.between(mode, ways));
        let mut journey = |(rank, (from, to)): (usize, &(Position, Position))| {
            let road = by_road.as_ref().and_then(|times| times[rank]);
            if let Some(time) = road {
                let (afoot, crossings) = (Seconds(0), Vec::new());
                return Some(Journey { time, range: None, basis: Basis::Roads, metres: None, afoot, crossings });
            }
            let [from, to] = [from, to].map(|position| self.place_at(*position));
            estimated((self.land(), &mut search), &Assumptions::default(), (mode, season), &from, &to)
        };
        ways.iter().enumerate().map(&mut journey).collect()
    }

    /// Pieces of the ways on foot around a place, about so many at most; none where the edition has no roads there.
    #[must_use]
    pub fn streets_around(&self, place: Position, within: Metres, most: usize) -> Vec<[Position; 2]> {
        self.road_times().map_or_else(Vec::new, |roads| roads.pieces(Mode::Walk, place, within, most))
    }

    /// Times by road; without roads nobody waits for the analysis of the edition.
    pub(super) fn road_times(&self) -> Option<&RoadTimes> {
        self.country.roads.as_ref().and_then(|_| self.analysis().roads()).map(|roads| &**roads)
    }

    /// Whether water or a crest lies between two places, so that a distance as the crow flies says nothing of the way.
    #[must_use]
    pub fn lies_across(&self, from: Position, to: Position) -> bool {
        !straight_on(self.land(), &self.place_at(from), &self.place_at(to))
    }

    /// A position on the land of its commune, or of the nearest.
    pub(super) fn place_at(&self, position: Position) -> Place {
        let Some(commune) = self.commune_at(position) else {
            return Place { position, landmass: self.site_at(SiteIx::new(0), position).landmass, ground: Ground::Open };
        };
        let commune = &self.country.communes[commune];
        Place { position, landmass: Landmass::of(commune.code), ground: Ground::of(commune) }
    }
}
