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
    /// Mean distance of its residents to the centre: no journey is shorter.
    pub reach: Metres,
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
}

impl Site {
    /// A site in a commune, if that is known; else on the mainland.
    #[must_use]
    pub fn new(ordinal: u32, position: Position, commune: Option<CommuneCode>) -> Self {
        Self { ordinal, position, landmass: commune.map_or(Landmass::MAIN, Landmass::of) }
    }
}

impl Demand {
    /// One point per commune, in the order given.
    #[must_use]
    pub fn of_communes(communes: &[Commune]) -> Self {
        let reach = |commune: &Commune| commune.area_km2.filter(|area| *area > 0.0).map(mean_reach_m);
        let mut known: Vec<f64> = communes.iter().filter_map(reach).collect();
        known.sort_by(f64::total_cmp);
        let median = known.get(known.len() / 2).copied().unwrap_or(0.0);
        let point = |commune: &Commune| DemandPoint {
            position: commune.point,
            landmass: Landmass::of(commune.code),
            reach: Metres::new(reach(commune).unwrap_or(median)).expect("an area is a positive number"),
            dense: Density::of(commune) == Some(Density::Dense),
        };
        Self { points: communes.iter().map(point).collect(), assumed_reach: (communes.len() - known.len()) as u32 }
    }
}

/// Mean distance, in metres, from the points of a disc to its centre: two thirds of the radius. No other place has a smaller
/// mean distance to the disc, so it bounds every journey from below.
#[must_use]
pub fn mean_reach_m(area_km2: f64) -> f64 {
    2.0 / 3.0 * (area_km2 * 1e6 / std::f64::consts::PI).sqrt()
}
