//! The country of an edition: territories and their contours, where people live, roads, and what lies between. Lists of
//! venues change every night and this once a year, so editions whose files of it are the same share one in memory.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};
use std::thread;

use geo::MultiPolygon;
use typed_index_collections::{TiSlice, TiVec};

use super::kept::Kept;
use super::nearest::Ways;
use super::{Leaves, Places, Roads, hubs, territories};
use crate::access::{Demand, Land, LandFacts, Parts};
use crate::domain::{Cell, Commune, CommuneCode, CommuneIx, Level, Territory};
use crate::spatial::ContourIndex;

/// The country of one edition, or of several.
#[derive(Debug)]
pub struct Country {
    pub(super) communes: TiVec<CommuneIx, Commune>,
    pub(super) places: Places,
    pub(super) territories: BTreeMap<Level, Vec<Territory>>,
    pub(super) contours: BTreeMap<Level, BTreeMap<String, MultiPolygon>>,
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
        Self {
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

    /// The land, its crossings and its barriers; drawn at the first question.
    pub fn land(&self) -> &Arc<Land> {
        let contours = self.contours.get(&Level::Commune);
        let contour = |code: CommuneCode| contours?.get(code.as_str());
        self.land.get_or_init(|| Arc::new(Land::new(&self.communes.raw, contour, &self.land_facts)))
    }

    /// How the communes are divided, worked out at the first question.
    pub fn divided(&self) -> &Divided {
        self.divided.get_or_init(|| {
            let demand = Demand::of_communes(&self.communes, &[]).with_cells(&self.communes, &self.cells);
            Divided { points: demand.points.len(), parts: Arc::new(demand.parts), cells: demand.cells.into() }
        })
    }

    /// What is worked out once for this country, by type, whichever edition asks for it first.
    pub fn kept<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> &T {
        self.kept.get(make)
    }
}
