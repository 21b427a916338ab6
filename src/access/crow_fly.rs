//! Travel times estimated from the great circle: distance × detour over a speed. There for all of France; labelled as such.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::demand::{Demand, DemandPoint, Site};
use super::home::AtHome;
use super::islands::Landmass;
use super::near_pairs::NearPairs;
use super::pairs::{Pair, PairList};
use super::parallel::in_pieces;
use super::reach::{ByMode, Mode, Nearest, Reach, Reaches};
use super::times::TravelTimes;
use crate::domain::{Metres, PointIx, Position, Seconds, SiteIx};
use crate::spatial::PlaceIndex;

/// The index of demand points is made for searches of this size: half an hour by car.
const USUAL_RADIUS_M: f64 = 20_000.0;

/// What the estimate assumes. Speeds are from door to door, in km/h along the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assumptions {
    /// Length of the road over the great circle.
    pub detour: f64,
    /// On foot.
    pub walk_kmh: f64,
    /// By bicycle.
    pub bicycle_kmh: f64,
    /// By car.
    pub car_kmh: f64,
    /// By car, for residents of a dense commune ([`crate::domain::Density`]).
    pub dense_car_kmh: f64,
}

impl Default for Assumptions {
    /// Detour 1.3: between 1.2 and 1.4 in published studies of road networks (see `RoadTimes` to measure it where a
    /// network is loaded). Speeds are proposals: 4.5 km/h for somebody who is not in a hurry, 15 km/h by bicycle, 50 km/h
    /// by car and 25 km/h in dense communes.
    fn default() -> Self {
        Self { detour: 1.3, walk_kmh: 4.5, bicycle_kmh: 15.0, car_kmh: 50.0, dense_car_kmh: 25.0 }
    }
}

impl Assumptions {
    /// Seconds that a metre of great circle takes.
    fn seconds_per_metre(&self, mode: Mode, dense: bool) -> f64 {
        let kmh = match mode {
            Mode::Walk => self.walk_kmh,
            Mode::Bicycle => self.bicycle_kmh,
            Mode::Car if dense => self.dense_car_kmh,
            Mode::Car => self.car_kmh,
        };
        self.detour * 3.6 / kmh
    }

    /// The time that a distance along the great circle takes.
    #[must_use]
    pub fn time(&self, mode: Mode, from: &DemandPoint, distance: Metres) -> Seconds {
        Seconds((distance.value() * self.seconds_per_metre(mode, from.dense)).round() as u32)
    }
}

/// Estimated travel times from fixed demand points.
#[derive(Debug, Clone)]
pub struct CrowFly {
    demand: Demand,
    assumptions: Assumptions,
    /// The demand points of each land, to be found from a site.
    points: BTreeMap<Landmass, NearPairs<PointIx>>,
}

impl CrowFly {
    /// Estimates from these points, on these assumptions.
    #[must_use]
    pub fn new(demand: Demand, assumptions: Assumptions) -> Self {
        let mut lands: BTreeMap<Landmass, Vec<(PointIx, Position)>> = BTreeMap::new();
        for (ordinal, point) in demand.points.iter_enumerated() {
            if let Some(position) = point.position {
                lands.entry(point.landmass).or_default().push((ordinal, position));
            }
        }
        let radius = Metres::new(USUAL_RADIUS_M).expect("a constant");
        let points = lands.into_iter().map(|(land, points)| (land, NearPairs::new(points, radius))).collect();
        Self { demand, assumptions, points }
    }
}

impl TravelTimes for CrowFly {
    fn label(&self) -> String {
        let Assumptions { detour, walk_kmh, bicycle_kmh, car_kmh, dense_car_kmh } = self.assumptions;
        format!(
            "temps estimés : distance à vol d’oiseau × {detour}, à {walk_kmh} km/h à pied, {bicycle_kmh} km/h à vélo, \
             {car_kmh} km/h en voiture ({dense_car_kmh} km/h au départ des communes denses)"
        )
        .replace('.', ",")
    }

    fn demand(&self) -> &Demand {
        &self.demand
    }

    fn at_home(&self, mode: Mode, point: PointIx, places: u32) -> Seconds {
        let from = &self.demand.points[point];
        self.assumptions.time(mode, from, from.distance_at_home(places))
    }

    fn nearest_for(&self, sites: &[Site], asked: Asked<'_>) -> ByMode<Reaches> {
        // The great circle orders sites alike for every mode, so one search answers for all.
        let mut lands: BTreeMap<Landmass, Vec<(SiteIx, Position)>> = BTreeMap::new();
        for site in sites {
            lands.entry(site.landmass).or_default().push((site.ordinal, site.position));
        }
        // Not `BatchNearest`: its map pays for itself after a million searches only.
        let indexes: BTreeMap<Landmass, PlaceIndex<SiteIx>> =
            lands.into_iter().map(|(land, sites)| (land, PlaceIndex::new(sites))).collect();
        let own = AtHome::of(&self.demand, sites);
        let reach = |ordinal: PointIx| -> ByMode<Reach> {
            let point = &self.demand.points[ordinal];
            let Some(position) = point.position.filter(|_| asked.holds(ordinal)) else {
                return ByMode::of(|_| Reach::Unknown);
            };
            // At home is never farther than elsewhere.
            let (site, distance) = if let Some((places, site)) = own.places(ordinal) {
                (site, point.distance_at_home(places))
            } else {
                let Some(nearest) = indexes.get(&point.landmass).and_then(|index| index.nearest(position).next())
                else {
                    return ByMode::of(|_| Reach::Unreachable);
                };
                (nearest.ordinal, point.distance_elsewhere(nearest.great_circle()))
            };
            ByMode::of(|mode| Reach::Reached(Nearest { time: self.assumptions.time(mode, point, distance), site }))
        };
        let count = self.demand.points.len();
        let pieces = in_pieces(count, |piece| piece.map(|rank| reach(rank.into())).collect::<Vec<_>>());
        let reaches: Vec<ByMode<Reach>> = pieces.into_iter().flatten().collect();
        ByMode::of(|mode| {
            let mut reaches: Reaches = reaches.iter().map(|reach| reach[mode]).collect();
            self.demand.parts.summarise(&mut reaches);
            reaches
        })
    }

    fn within_for(&self, mode: Mode, sites: &[Site], limit: Seconds, asked: Asked<'_>) -> PairList {
        // From sites to demand points: one index serves every question, and a single added site costs a single search.
        // Half a second more: times are rounded to the nearest second.
        let metres = |dense| (f64::from(limit.0) + 0.5) / self.assumptions.seconds_per_metre(mode, dense);
        let radius = Metres::new(metres(false).max(metres(true))).expect("speeds and the detour are positive numbers");
        let mut sites = sites.to_vec();
        sites.sort_by_key(|site| site.ordinal);
        let hits_of = |sites: &[Site]| {
            let mut hits = Vec::new();
            for site in sites {
                let mut hit = |point: PointIx, from: &DemandPoint, distance| {
                    let time = self.assumptions.time(mode, from, distance);
                    if time <= limit {
                        hits.push((point, Pair { site: site.ordinal, seconds: time.0 }));
                    }
                };
                if let Some(own) = site.point {
                    let from = &self.demand.points[own];
                    if from.position.is_some() && asked.holds(own) {
                        hit(own, from, from.distance_at_home(from.own_sites));
                    }
                }
                let Some(points) = self.points.get(&site.landmass) else { continue };
                points.within(site.position, radius, |near| {
                    if site.point != Some(near.ordinal) && asked.holds(near.ordinal) {
                        let from = &self.demand.points[near.ordinal];
                        hit(near.ordinal, from, from.distance_elsewhere(near.great_circle()));
                    }
                });
            }
            hits
        };
        let hits = in_pieces(sites.len(), |piece| hits_of(&sites[piece]));
        PairList::gather(self.demand.points.len(), &hits)
    }
}
