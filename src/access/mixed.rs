//! Travel times by road where a network is loaded, estimated elsewhere: an extract rarely covers a whole country.

use std::sync::Arc;

use super::asked::Asked;
use super::crow_fly::CrowFly;
use super::demand::{Demand, Site};
use super::home::AtHome;
use super::pairs::{Pair, PairList};
use super::reach::{ByMode, Mode, Nearest, Reach, Reaches};
use super::roads::RoadTimes;
use super::times::TravelTimes;
use crate::domain::{PointIx, Seconds};

/// Roads where there are roads, the great circle elsewhere.
///
/// A demand point that joins the network travels by road, and reaches as the crow flies only the sites that no road of the
/// network comes near: the edge of an extract is not the edge of the world. Both sources have the same demand points.
#[derive(Debug, Clone)]
pub struct MixedTimes {
    roads: Arc<RoadTimes>,
    crow: CrowFly,
}

impl MixedTimes {
    /// Mixes two sources of the same demand.
    #[must_use]
    pub fn new(roads: Arc<RoadTimes>, crow: CrowFly) -> Self {
        Self { roads, crow }
    }

    fn off_the_roads(&self, mode: Mode, sites: &[Site]) -> Vec<Site> {
        sites.iter().filter(|site| !self.roads.reaches(mode, site)).copied().collect()
    }
}

impl TravelTimes for MixedTimes {
    fn label(&self) -> String {
        let joined = self.roads.joined()[Mode::Car];
        format!("{} pour {joined} points de départ ; ailleurs, {}", self.roads.label(), self.crow.label())
    }

    fn demand(&self) -> &Demand {
        self.crow.demand()
    }

    fn at_home(&self, mode: Mode, point: PointIx, places: u32) -> Seconds {
        self.crow.at_home(mode, point, places)
    }

    fn fastest_m_per_s(&self, mode: Mode) -> f64 {
        self.roads.fastest_m_per_s(mode).max(self.crow.fastest_m_per_s(mode))
    }

    fn nearest_for(&self, sites: &[Site], asked: Asked<'_>) -> ByMode<Reaches> {
        // What was answered before is a mixture too.
        let asked = asked.anew();
        let own = AtHome::of(self.demand(), sites);
        let (by_road, as_the_crow_flies) = (self.roads.nearest_for(sites, asked), self.crow.nearest_for(sites, asked));
        ByMode::of(|mode| {
            let off = self.crow.nearest_for(&self.off_the_roads(mode, sites), asked);
            let mix = |point: PointIx| {
                if !asked.holds(point) {
                    return Reach::Unknown;
                }
                if !self.roads.joins(mode, point) {
                    return as_the_crow_flies[mode][point];
                }
                // At home all places count, on the roads or not; each source has seen only its own.
                if let Some((places, site)) = own.places(point) {
                    return Reach::Reached(Nearest { time: self.at_home(mode, point, places), site });
                }
                let (road, off) = (by_road[mode][point], off[mode][point]);
                match (road.nearest(), off.nearest()) {
                    (Some(road), Some(off)) => Reach::Reached(road.min(off)),
                    (None, Some(off)) => Reach::Reached(off),
                    _ => road,
                }
            };
            let mut mixed: Reaches = self.crow.demand().points.keys().map(mix).collect();
            // The wholes again, from parts of which some are on the roads and some are not.
            self.crow.demand().parts.summarise(&mut mixed);
            mixed
        })
    }

    fn within_for(&self, mode: Mode, sites: &[Site], limit: Seconds, asked: Asked<'_>) -> PairList {
        let by_road = self.roads.within_for(mode, sites, limit, asked);
        let as_the_crow_flies = self.crow.within_for(mode, sites, limit, asked);
        let off = self.crow.within_for(mode, &self.off_the_roads(mode, sites), limit, asked);
        let points = &self.crow.demand().points;
        let mut hits: Vec<(PointIx, Pair)> = Vec::new();
        for point in points.keys() {
            let first = hits.len();
            let mut add = |row: &[Pair]| hits.extend(row.iter().map(|pair| (point, *pair)));
            if self.roads.joins(mode, point) {
                add(by_road.row(point));
                add(off.row(point));
            } else {
                add(as_the_crow_flies.row(point));
            }
            hits[first..].sort_unstable_by_key(|(_, pair)| (pair.site, pair.seconds));
        }
        // A site in the commune itself is found by road, at home, and as the crow flies, at home.
        hits.dedup_by_key(|(point, pair)| (*point, pair.site));
        PairList::gather(points.len(), &[hits])
    }
}
