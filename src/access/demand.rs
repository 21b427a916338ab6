//! Where people are and where help is: the two ends of every journey.

use typed_index_collections::{TiSlice, TiVec};

use super::ground::Ground;
use super::islands::Landmass;
use super::parts::Parts;
use crate::domain::{Cell, Commune, CommuneCode, CommuneIx, Metres, PointIx, Position, SiteIx};

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
    /// What slows cars there.
    pub ground: Ground,
}

/// The demand points, in a fixed order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Demand {
    /// One per commune, then one per cell of the communes that have cells.
    pub points: TiVec<PointIx, DemandPoint>,
    /// How many points have an area nobody knows, so that the median reach of the others stands in.
    pub assumed_reach: u32,
    /// Which points are cells of which communes.
    pub parts: Parts,
    /// Rank of the cell that each point beyond the communes is, in the list of cells.
    pub cells: Vec<u32>,
}

/// A place that can be reached, such as a venue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Its ordinal, chosen by the caller.
    pub ordinal: SiteIx,
    /// Where.
    pub position: Position,
    /// Which land it stands on.
    pub landmass: Landmass,
    /// The demand point it lies in, such as its commune; `None` when in none, or unknown.
    pub point: Option<PointIx>,
    /// Places that it stands for where people are at home: 1, or more for several at unknown addresses of one commune; 0
    /// for a place that opens now ([`Site::opening`]).
    pub standing: u32,
}

impl Site {
    /// A site in a commune of the table of demand, if that is known; else somewhere on the mainland.
    #[must_use]
    pub fn in_commune(ordinal: SiteIx, position: Position, commune: Option<(CommuneIx, CommuneCode)>) -> Self {
        let landmass = commune.map_or(Landmass::MAIN, |(_, code)| Landmass::of(code));
        let point = commune.map(|(commune, _)| PointIx::of_commune(commune));
        Self { ordinal, position, landmass, point, standing: 1 }
    }

    /// The same site, where it is not yet but opens now.
    #[must_use]
    pub fn opening(self) -> Self {
        Self { standing: 0, ..self }
    }
}

impl Demand {
    /// One point per commune, in the order given. `sites` are those of the edition; only the communes they lie in count.
    #[must_use]
    pub fn of_communes(communes: &TiSlice<CommuneIx, Commune>, sites: &[Site]) -> Self {
        let mut own: TiVec<PointIx, u32> = vec![0; communes.len()].into();
        for point in sites.iter().filter_map(|site| site.point) {
            own[point] += 1;
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
            ground: Ground::of(commune),
        };
        Self {
            points: communes.iter().zip(&own).map(point).collect(),
            assumed_reach: (communes.len() - known.len()) as u32,
            parts: Parts::default(),
            cells: Vec::new(),
        }
    }

    /// The same, with the cells of the communes whose grid holds most of their inhabitants ([`GRID_SHARE`]): a grid that
    /// covers a corner of a commune says nothing of the rest. `communes` are those of the demand; cells are sorted by
    /// commune.
    #[must_use]
    pub fn with_cells(mut self, communes: &TiSlice<CommuneIx, Commune>, cells: &[Cell]) -> Self {
        // Hundreds of thousands of points stay in memory: no room is kept for more.
        self.points.reserve_exact(cells.len());
        self.cells.reserve_exact(cells.len());
        let mut next = 0;
        for cells in cells.chunk_by(|a, b| a.commune == b.commune) {
            let ranks = next..next + cells.len() as u32;
            next = ranks.end;
            let Ok(commune) = communes.binary_search_by_key(&cells[0].commune, |commune| commune.code) else {
                continue;
            };
            let weights: Vec<f64> = cells.iter().map(|cell| cell.inhabitants).collect();
            let there: f64 = weights.iter().sum();
            let population = communes[commune].population.map_or(0.0, |persons| f64::from(persons.0));
            if there <= 0.0 || !GRID_SHARE.contains(&(there / population)) {
                continue;
            }
            self.parts.divide(commune, self.points.next_key(), weights);
            self.cells.extend(ranks);
            let whole = self.points[PointIx::of_commune(commune)];
            self.points.extend(cells.iter().map(|cell| {
                let reach = Metres::new(mean_reach_m(cell.side.value().powi(2) / 1e6)).expect("a side is a length");
                DemandPoint { position: Some(cell.centre), reach, own_sites: 1, ..whole }
            }));
        }
        self
    }
}

/// Inhabitants of the cells of a commune over its population: near enough to 1 for the grid to speak for the commune. The
/// vintages differ, and a cell that lies in several communes is counted in one.
pub const GRID_SHARE: std::ops::RangeInclusive<f64> = 0.8..=1.25;

/// Mean distance, in metres, from the points of a disc to its centre: two thirds of the radius. No other place has a smaller
/// mean distance to the disc, so it bounds every journey to one given place from below.
#[must_use]
pub fn mean_reach_m(area_km2: f64) -> f64 {
    2.0 / 3.0 * (area_km2 * 1e6 / std::f64::consts::PI).sqrt()
}

/// The side, in metres, of a square whose area has this [`mean_reach_m`].
#[must_use]
pub fn side_of_reach(reach_m: f64) -> f64 {
    1.5 * reach_m * std::f64::consts::PI.sqrt()
}
