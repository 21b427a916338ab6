//! Where people are and where help is: the two ends of every journey.

use super::islands::Landmass;
use crate::domain::equity::Density;
use crate::domain::{Commune, CommuneCode, Metres, Position};

/// A place where people live: a commune, or a cell of a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemandPoint {
    /// Its centre; `None` when nobody knows.
    pub position: Option<Position>,
    /// Which land it stands on.
    pub landmass: Landmass,
    /// Mean distance of its residents to its centre: no journey out of it is shorter.
    pub reach: Metres,
    /// How many sites of the edition lie in it, at least 1: residents live around the nearest of them.
    pub own_sites: u32,
    /// Whether cars are slow there.
    pub dense: bool,
}

/// The demand points, in a fixed order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Demand {
    /// One per commune, or per cell.
    pub points: Vec<DemandPoint>,
    /// How many points have an area nobody knows, so that the median reach of the others stands in.
    pub assumed_reach: u32,
}

/// A place that can be reached: a venue, by its ordinal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Its ordinal, chosen by the caller.
    pub ordinal: u32,
    /// Where.
    pub position: Position,
    /// Which land it stands on.
    pub landmass: Landmass,
    /// Ordinal of the demand point it lies in, such as its commune; `None` when in none, or unknown.
    pub point: Option<u32>,
}

impl Site {
    /// A site in a commune of the table of demand, if that is known; else somewhere on the mainland.
    #[must_use]
    pub fn in_commune(ordinal: u32, position: Position, commune: Option<(u32, CommuneCode)>) -> Self {
        let landmass = commune.map_or(Landmass::MAIN, |(_, code)| Landmass::of(code));
        Self { ordinal, position, landmass, point: commune.map(|(point, _)| point) }
    }
}

impl Demand {
    /// One point per commune, in the order given. `sites` are those of the edition; only the communes they lie in count.
    #[must_use]
    pub fn of_communes(communes: &[Commune], sites: &[Site]) -> Self {
        let mut own = vec![0_u32; communes.len()];
        for point in sites.iter().filter_map(|site| site.point) {
            own[point as usize] += 1;
        }
        let reach = |commune: &Commune| commune.area_km2.filter(|area| *area > 0.0).map(mean_reach_m);
        let mut known: Vec<f64> = communes.iter().filter_map(reach).collect();
        known.sort_by(f64::total_cmp);
        let median = known.get(known.len() / 2).copied().unwrap_or(0.0);
        let point = |(commune, own): (&Commune, &u32)| DemandPoint {
            position: commune.point,
            landmass: Landmass::of(commune.code),
            reach: Metres::new(reach(commune).unwrap_or(median)).expect("an area is a positive number"),
            own_sites: (*own).max(1),
            dense: Density::of(commune) == Some(Density::Dense),
        };
        Self {
            points: communes.iter().zip(&own).map(point).collect(),
            assumed_reach: (communes.len() - known.len()) as u32,
        }
    }
}

/// Mean distance, in metres, from the points of a disc to its centre: two thirds of the radius. No other place has a smaller
/// mean distance to the disc, so it bounds every journey to one given place from below.
#[must_use]
pub fn mean_reach_m(area_km2: f64) -> f64 {
    2.0 / 3.0 * (area_km2 * 1e6 / std::f64::consts::PI).sqrt()
}
