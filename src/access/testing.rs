//! A small country for tests of access, and numbers that look random.

use typed_index_collections::TiVec;

use super::demand::{Demand, DemandPoint, Site};
use super::ground::Ground;
use super::islands::Landmass;
use crate::domain::{
    Cell, CellSource, Commune, CommuneCode, CommuneIx, Degrees, Metres, Persons, PointIx, Position, SiteIx,
};

/// A fixed sequence that looks random.
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    /// A whole number below a bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// A number in [low, high).
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    /// A place in a box of west, south, east, north.
    pub(crate) fn place(&mut self, [west, south, east, north]: [f64; 4]) -> Position {
        at(self.between(west, east), self.between(south, north))
    }
}

/// A place.
pub(crate) fn at(lon: f64, lat: f64) -> Position {
    Position::new(Degrees { lon, lat }).expect("a test gives places on Earth")
}

/// About the size of a département.
pub(crate) const REGION: [f64; 4] = [1.5, 45.5, 2.9, 46.4];

/// The land of every ninth place is an island.
fn land(draw: u64) -> Landmass {
    let island = CommuneCode::parse("56069").map(Landmass::of).expect("Groix has a code");
    if draw == 0 { island } else { Landmass::MAIN }
}

/// Demand points, some of them dense, on an island or of unknown position; and sites.
pub(crate) fn country(seed: u64, points: usize, sites: u32) -> (Demand, Vec<Site>) {
    let mut noise = Noise(seed);
    let mut point = |_| DemandPoint {
        position: (noise.below(20) > 0).then(|| noise.place(REGION)),
        landmass: land(noise.below(9)),
        reach: Metres::new(noise.between(300.0, 3000.0)).expect("positive"),
        own_sites: 1 + noise.below(3) as u32,
        ground: [Ground::Dense, Ground::Relief, Ground::Open, Ground::Open][noise.below(4) as usize],
    };
    let points: TiVec<PointIx, DemandPoint> = (0..points).map(&mut point).collect();
    let site = |ordinal: u32| {
        let point = (noise.below(3) > 0).then(|| PointIx::new(noise.below(points.len() as u64) as u32));
        let landmass = point.map_or_else(|| land(noise.below(9)), |point| points[point].landmass);
        Site { ordinal: SiteIx::new(ordinal), position: noise.place(REGION), landmass, point, standing: 1 }
    };
    let sites = (0..sites).map(site).collect();
    (Demand { points, ..Demand::default() }, sites)
}

/// A town of 10,000 in a row of fifty cells, a village of 500 in two, and ten sites along the row.
pub(crate) fn divided() -> (Demand, Vec<Site>) {
    let at = |lon: f64| Position::new(Degrees { lon, lat: 46.0 }).expect("in range");
    let commune = |code: &str, lon: f64, population: u32| Commune {
        code: CommuneCode::parse(code).expect("a code"),
        name: code.into(),
        departement: "23".into(),
        region: "75".into(),
        epci: None,
        postcodes: Vec::new(),
        population: Some(Persons(population)),
        area_km2: Some(30.0),
        point: Some(at(lon)),
    };
    let communes: TiVec<CommuneIx, Commune> = vec![commune("23001", 2.0, 10_000), commune("23002", 2.3, 500)].into();
    let cell = |commune: &Commune, lon: f64, inhabitants: f64| Cell {
        commune: commune.code,
        centre: at(lon),
        side: Metres::new(250.0).expect("positive"),
        inhabitants,
        source: CellSource::Estimate,
    };
    let town = (0..50).map(|rank| cell(&communes[CommuneIx::new(0)], 1.95 + 0.002 * f64::from(rank), 200.0));
    let village = [2.29, 2.31].map(|lon| cell(&communes[CommuneIx::new(1)], lon, 250.0));
    let cells: Vec<Cell> = town.chain(village).collect();
    let code = communes[CommuneIx::new(0)].code;
    let site = |rank: u32| {
        Site::in_commune(SiteIx::new(rank), at(1.93 + 0.02 * f64::from(rank)), Some((CommuneIx::new(0), code)))
    };
    let sites: Vec<Site> = (0..10).map(site).collect();
    (Demand::of_communes(&communes, &sites).with_cells(&communes, &cells), sites)
}
