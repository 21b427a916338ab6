//! Travel times estimated from the great circle: distance × detour over a speed. There for all of France; labelled as such.

use std::collections::BTreeMap;

use super::demand::{Demand, DemandPoint, Site};
use super::islands::Landmass;
use super::near_pairs::NearPairs;
use super::pairs::{Pair, PairList};
use super::parallel::in_pieces;
use super::times::{Mode, Nearest, Reach, TravelTimes};
use crate::domain::{Metres, Seconds};
use crate::spatial::BatchNearest;

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
    /// By car, for residents of a dense commune (1,500 per km² or more).
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

    /// The time from a demand point to a place so far away as the crow flies. No journey is shorter than the mean distance
    /// of the residents to their own centre.
    #[must_use]
    pub fn time(&self, mode: Mode, from: &DemandPoint, distance: Metres) -> Seconds {
        let metres = distance.value().max(from.reach.value());
        Seconds((metres * self.seconds_per_metre(mode, from.dense)).round() as u32)
    }
}

/// Estimated travel times from fixed demand points.
#[derive(Debug, Clone)]
pub struct CrowFly {
    demand: Demand,
    assumptions: Assumptions,
}

impl CrowFly {
    /// Estimates from these points, on these assumptions.
    #[must_use]
    pub fn new(demand: Demand, assumptions: Assumptions) -> Self {
        Self { demand, assumptions }
    }

    /// The demand points.
    #[must_use]
    pub fn demand(&self) -> &Demand {
        &self.demand
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

    fn nearest(&self, sites: &[Site]) -> [Vec<Reach>; 3] {
        // The great circle orders sites alike for every mode, so one search answers for all.
        let maps = by_landmass(sites, |sites| BatchNearest::new(sites.map(|site| (site.ordinal, site.position))));
        let reach = |point: &DemandPoint| -> [Reach; 3] {
            let Some(position) = point.position else { return [Reach::Unknown; 3] };
            let Some(nearest) = maps.get(&point.landmass).and_then(|map| map.nearest(position)) else {
                return [Reach::Unreachable; 3];
            };
            Mode::ALL.map(|mode| {
                let time = self.assumptions.time(mode, point, nearest.great_circle());
                Reach::Reached(Nearest { time, site: nearest.ordinal })
            })
        };
        let points = &self.demand.points;
        let pieces = in_pieces(points.len(), |piece| points[piece].iter().map(reach).collect::<Vec<_>>());
        let reaches: Vec<[Reach; 3]> = pieces.into_iter().flatten().collect();
        [0, 1, 2].map(|mode| reaches.iter().map(|reach| reach[mode]).collect())
    }

    fn within(&self, mode: Mode, sites: &[Site], limit: Seconds) -> PairList {
        // Half a second more: times are rounded to the nearest second.
        let radius = |dense: bool| {
            let metres = (f64::from(limit.0) + 0.5) / self.assumptions.seconds_per_metre(mode, dense);
            Metres::new(metres).expect("speeds and the detour are positive numbers")
        };
        let [radius, dense_radius] = [radius(false), radius(true)];
        let maps = by_landmass(sites, |sites| NearPairs::new(sites.map(|site| (site.ordinal, site.position)), radius));
        let rows_of = |points: &[DemandPoint]| {
            let mut list = PairList::default();
            for point in points {
                if let (Some(position), Some(map)) = (point.position, maps.get(&point.landmass)) {
                    map.within(position, if point.dense { dense_radius } else { radius }, |neighbour| {
                        let time = self.assumptions.time(mode, point, neighbour.great_circle());
                        if time <= limit {
                            list.push(Pair { site: neighbour.ordinal, seconds: time.0 });
                        }
                    });
                }
                list.end_row();
            }
            list
        };
        let points = &self.demand.points;
        let pieces = in_pieces(points.len(), |piece| rows_of(&points[piece]));
        pieces.iter().fold(PairList::default(), |mut all, piece| {
            all.append(piece);
            all
        })
    }
}

/// Something made of the sites of each land.
fn by_landmass<'a, T>(
    sites: &'a [Site],
    make: impl Fn(&mut dyn Iterator<Item = &'a Site>) -> T,
) -> BTreeMap<Landmass, T> {
    let lands: std::collections::BTreeSet<Landmass> = sites.iter().map(|site| site.landmass).collect();
    lands.into_iter().map(|land| (land, make(&mut sites.iter().filter(|site| site.landmass == land)))).collect()
}
