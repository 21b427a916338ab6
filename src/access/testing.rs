//! A small country for tests of access, and numbers that look random.

use typed_index_collections::TiVec;

use super::demand::{Demand, DemandPoint, Site};
use super::islands::Landmass;
use crate::domain::{CommuneCode, Degrees, Metres, PointIx, Position, SiteIx};

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
        dense: noise.below(4) == 0,
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
