//! Ways between people and places: great circles or estimated minutes, in one unit of cost.

use super::error::RequestError;
use super::people::People;
use super::places::Place;
use super::request::Reach;
use crate::access::{self, Assumptions, CrowFly, Demand, Mode, TravelTimes};
use crate::atlas::Atlas;
use crate::domain::{Metres, Position, Seconds};
use crate::placement::{Pair, Pairs, pairs_within};

/// Pairs in a problem at most: with the search they take some 30 bytes each, and half a gigabyte must do.
const MOST_PAIRS: usize = 12_000_000;
/// Demand points looked at to foresee the number of pairs.
const SAMPLE: usize = 200;
/// Longest way that anybody counts with: beyond, a place is out of reach of any journey.
const MEAN_RADIUS_M: f64 = 6_371_008.771_4;

/// The people of a study and its places, and how to go from one to the other.
pub(super) struct Ways {
    reach: Reach,
    pub people: Vec<Position>,
    pub places: Vec<Position>,
    times: CrowFly,
    sites: Vec<access::Site>,
}

impl Ways {
    pub fn new(atlas: &Atlas, reach: Reach, people: &People, places: &[Place]) -> Self {
        let sites: Vec<access::Site> =
            (0..).zip(places).map(|(rank, place)| site(atlas, people, rank, place)).collect();
        Self {
            reach,
            people: people.communes.iter().filter_map(|&commune| atlas.communes()[commune as usize].point).collect(),
            places: places.iter().map(|place| place.position).collect(),
            times: CrowFly::new(demand(atlas, people, &sites, places), Assumptions::default()),
            sites,
        }
    }

    /// Every place within `longest` of every demand point; metres or seconds, as the reach has it.
    pub fn pairs(&self, longest: u32) -> Result<Pairs, RequestError> {
        let field = self.foresee(longest)?;
        let pairs = match self.reach {
            Reach::Radius { .. } => {
                let radius = Metres::new(f64::from(longest)).expect("a whole number is a length");
                pairs_within(&self.people, &self.places, radius)
            }
            Reach::Minutes { mode, .. } => {
                let list = self.times.within(mode, &self.sites, Seconds(longest));
                let row = |row: &[access::Pair]| -> Vec<Pair> {
                    row.iter().map(|pair| Pair { site: pair.site, cost: pair.seconds }).collect()
                };
                Pairs::from_rows(self.places.len(), list.iter().map(row))
            }
        };
        pairs.map_err(|error| RequestError::new(field, "", error.to_string()))
    }

    /// Refuses what would not fit in memory, before it fills it.
    fn foresee(&self, longest: u32) -> Result<&'static str, RequestError> {
        let assumptions = Assumptions::default();
        let (field, metres) = match self.reach {
            Reach::Radius { .. } => ("radius_km", f64::from(longest)),
            Reach::Minutes { mode, .. } => {
                let kmh = match mode {
                    Mode::Walk => assumptions.walk_kmh,
                    Mode::Bicycle => assumptions.bicycle_kmh,
                    Mode::Car => assumptions.car_kmh,
                };
                ("minutes", f64::from(longest) / 3.6 * kmh / assumptions.detour)
            }
        };
        if self.people.len() * self.places.len() <= MOST_PAIRS {
            return Ok(field);
        }
        let chord = 2.0 * (metres / MEAN_RADIUS_M / 2.0).sin();
        let places: Vec<[f64; 3]> = self.places.iter().map(|place| place.unit_vector()).collect();
        let step = self.people.len().div_ceil(SAMPLE);
        let sample: Vec<[f64; 3]> = self.people.iter().step_by(step).map(|at| at.unit_vector()).collect();
        let near = |from: &[f64; 3]| {
            let close = |to: &&[f64; 3]| (0..3).map(|i| (from[i] - to[i]).powi(2)).sum::<f64>() <= chord * chord;
            places.iter().filter(close).count()
        };
        let found: usize = sample.iter().map(near).sum();
        let foreseen = found * self.people.len() / sample.len();
        if foreseen <= MOST_PAIRS {
            return Ok(field);
        }
        let message = format!(
            "about {} million ways between people and places, more than {} million; expected a shorter reach or a \
             smaller territory",
            foreseen / 1_000_000,
            MOST_PAIRS / 1_000_000
        );
        Err(RequestError::new(field, "", message))
    }

    /// Seconds to the nearest of some places by the mode of the request, else by car; `None` when there is none on the
    /// same land.
    pub fn nearest(&self, ranks: &[u32]) -> Vec<Option<u32>> {
        let mode = match self.reach {
            Reach::Radius { .. } => Mode::Car,
            Reach::Minutes { mode, .. } => mode,
        };
        let sites: Vec<access::Site> = ranks.iter().map(|&rank| self.sites[rank as usize]).collect();
        let reaches = self.times.nearest(&sites);
        reaches[mode as usize].iter().map(|reach| reach.time().map(|time| time.0)).collect()
    }
}

fn site(atlas: &Atlas, people: &People, rank: u32, place: &Place) -> access::Site {
    let commune = place.commune.or_else(|| atlas.commune_at(place.position));
    let code = |commune: u32| atlas.communes()[commune as usize].code;
    let site = access::Site::in_commune(rank, place.position, commune.map(|commune| (commune, code(commune))));
    let point = commune.and_then(|commune| people.communes.binary_search(&commune).ok());
    access::Site { point: point.map(|point| point as u32), ..site }
}

/// The communes of the people as demand points. Residents live around the sites that exist, as on every other page.
fn demand(atlas: &Atlas, people: &People, sites: &[access::Site], places: &[Place]) -> Demand {
    let all = Demand::of_communes(atlas.communes(), &[]);
    let mut points: Vec<_> = people.communes.iter().map(|&commune| all.points[commune as usize]).collect();
    let mut own = vec![0; points.len()];
    // Posts of a commune of unknown address are spread over it.
    for (point, place) in sites.iter().zip(places).filter_map(|(site, place)| Some((site.point?, place))) {
        own[point as usize] += place.existing;
    }
    points.iter_mut().zip(own).for_each(|(point, own): (_, u32)| point.own_sites = own.max(1));
    Demand { points, assumed_reach: all.assumed_reach, ..Demand::default() }
}
