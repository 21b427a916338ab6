//! The country of an edition: territories and their contours, where people live, roads, and what lies between. Lists of
//! venues change every night and this once a year, so editions whose files of it are the same share one in memory.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};
use std::thread;

use typed_index_collections::{TiSlice, TiVec};

use super::kept::Kept;
use super::nearest::Ways;
use super::{Atlas, Districts, Leaves, Places, Roads, hubs, territories};
use crate::access::{Demand, Land, LandFacts, Parts};
use crate::domain::need::largest_remainder;
use crate::domain::{Cell, CellSource, Commune, CommuneCode, CommuneIx, DistrictIx, Level, PointIx, Territory};
use crate::spatial::{Contour, ContourIndex};

/// The country of one edition, or of several.
#[derive(Debug)]
pub struct Country {
    pub(super) communes: TiVec<CommuneIx, Commune>,
    pub(super) places: Places,
    pub(super) districts: Districts,
    pub(super) territories: BTreeMap<Level, Vec<Territory>>,
    pub(super) contours: BTreeMap<Level, BTreeMap<String, Contour>>,
    pub(super) commune_index: ContourIndex<CommuneIx>,
    pub(super) ways: Ways,
    pub(super) cells: Vec<Cell>,
    pub(super) grids: Vec<String>,
    pub(super) roads: Option<Roads>,
    land_facts: LandFacts,
    land: OnceLock<Arc<Land>>,
    divided: OnceLock<Divided>,
    kept: Kept,
}

/// How the communes are divided into demand points.
#[derive(Debug, Clone)]
pub struct Divided {
    /// Communes that are divided into cells.
    pub parts: Arc<Parts>,
    /// Demand points: communes, then cells.
    pub points: usize,
    /// The cell that each demand point beyond the communes is.
    pub cells: Arc<[u32]>,
    /// The demand points of each arrondissement, each with its inhabitants; none where its commune is not divided.
    pub districts: Arc<TiVec<DistrictIx, Vec<(PointIx, f64)>>>,
}

impl Divided {
    /// Persons of all demand points from those of the communes: by inhabitants, and in a commune that has arrondissements by
    /// what each of them has, `by_district`, first. To the person.
    #[must_use]
    pub fn share_out(
        &self,
        persons: &TiSlice<CommuneIx, Option<u32>>,
        districts: &Districts,
        by_district: impl Fn(DistrictIx) -> f64,
    ) -> TiVec<PointIx, Option<u32>> {
        let mut all = self.parts.share_out(persons, self.points);
        for commune in districts.divided() {
            let Some(total) = persons[commune] else { continue };
            let here: Vec<DistrictIx> = districts.of(commune).collect();
            let weights: Vec<f64> = here.iter().map(|&district| by_district(district)).collect();
            if here.iter().any(|&district| self.districts[district].is_empty()) || weights.iter().sum::<f64>() <= 0.0 {
                continue;
            }
            for (district, total) in here.into_iter().zip(largest_remainder(&weights, u64::from(total))) {
                let (points, inhabitants): (Vec<PointIx>, Vec<f64>) = self.districts[district].iter().copied().unzip();
                for (point, share) in points.into_iter().zip(largest_remainder(&inhabitants, total)) {
                    all[point] = Some(share as u32);
                }
            }
        }
        all
    }
}

impl Country {
    /// Takes its part out of the leaves and builds the indexes.
    #[must_use]
    pub fn new(leaves: &mut Leaves) -> Self {
        let mut communes = std::mem::take(&mut leaves.communes);
        communes.sort_by_key(|commune| commune.code);
        let mut cells = std::mem::take(&mut leaves.cells);
        // Within a commune they stay as they are: the order in which the ingest joined them.
        cells.sort_by_key(|cell| cell.commune);
        let communes = TiVec::from(communes);
        let contours = std::mem::take(&mut leaves.contours);
        // What takes longest stands on nothing else: names on one thread, contours on another.
        let (places, commune_index) = thread::scope(|scope| {
            let places = scope.spawn(|| Places::new(&communes, &leaves.aliases));
            let index = hubs::commune_index(&communes, &contours);
            (places.join().unwrap_or_else(|panic| resume_unwind(panic)), index)
        });
        let (districts, of_districts) =
            (std::mem::take(&mut leaves.districts), std::mem::take(&mut leaves.district_contours));
        Self {
            districts: Districts::new(&communes, districts, of_districts),
            territories: territories::gather(&communes, std::mem::take(&mut leaves.territories)),
            ways: Ways::new(&communes.raw),
            places,
            contours,
            commune_index,
            cells,
            grids: std::mem::take(&mut leaves.grids),
            roads: leaves.roads.take(),
            land_facts: std::mem::take(&mut leaves.land),
            land: OnceLock::new(),
            divided: OnceLock::new(),
            kept: Kept::default(),
            communes,
        }
    }

    /// Communes, ascending by code.
    #[must_use]
    pub fn communes(&self) -> &TiSlice<CommuneIx, Commune> {
        &self.communes
    }

    /// What is known of ways across water and crests.
    pub(super) fn land_facts(&self) -> &LandFacts {
        &self.land_facts
    }

    /// The land, its crossings and its barriers; drawn at the first question.
    pub fn land(&self) -> &Arc<Land> {
        let contours = self.contours.get(&Level::Commune);
        let contour = |code: CommuneCode| contours?.get(code.as_str()).map(Arc::as_ref);
        self.land.get_or_init(|| Arc::new(Land::new(&self.communes.raw, contour, &self.land_facts)))
    }

    /// How the communes are divided, worked out at the first question.
    pub fn divided(&self) -> &Divided {
        self.divided.get_or_init(|| {
            let demand = Demand::of_communes(&self.communes, &[]).with_cells(&self.communes, &self.cells);
            let districts = self.points_of_districts(&demand);
            Divided {
                points: demand.points.len(),
                parts: Arc::new(demand.parts),
                cells: demand.cells.into(),
                districts: Arc::new(districts),
            }
        })
    }

    /// Every point of a commune that has arrondissements is in one of them, or else in none.
    fn points_of_districts(&self, demand: &Demand) -> TiVec<DistrictIx, Vec<(PointIx, f64)>> {
        let mut points: TiVec<DistrictIx, Vec<(PointIx, f64)>> = vec![Vec::new(); self.districts.all().len()].into();
        for commune in self.districts.divided() {
            for (point, inhabitants) in demand.parts.weighed(commune) {
                let at = demand.points[point].position.and_then(|position| self.districts.at(commune, position));
                if let Some(district) = at {
                    points[district].push((point, inhabitants));
                }
            }
            let all = demand.parts.weighed(commune).count();
            let placed: usize = self.districts.of(commune).map(|district| points[district].len()).sum();
            if placed < all || self.districts.of(commune).any(|district| points[district].is_empty()) {
                self.districts.of(commune).for_each(|district| points[district].clear());
            }
        }
        points
    }

    /// What is worked out once for this country, by type, whichever edition asks for it first.
    pub fn kept<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> &T {
        self.kept.get(make)
    }
}

impl Atlas {
    /// Whether another edition counts journeys as this one does: from about as many points, over the same crossings and barriers,
    /// with a network of roads in both or in none.
    #[must_use]
    pub fn counts_ways_as(&self, other: &Self) -> bool {
        let (points, others) = (self.country.cells.len() as f64, other.country.cells.len() as f64);
        (points - others).abs() <= 0.02 * points.max(others)
            && self.country.land_facts() == other.country.land_facts()
            && self.roads().is_some() == other.roads().is_some()
    }

    /// Id of the source of a cell; `None` for our own estimate.
    #[must_use]
    pub fn source_of(&self, cell: &Cell) -> Option<&str> {
        match cell.source {
            CellSource::Estimate => None,
            CellSource::Grid(rank) | CellSource::Imputed(rank) => {
                self.country.grids.get(rank as usize).map(String::as_str)
            }
        }
    }
}
