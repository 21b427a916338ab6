//! How people are spread: around centres, thinner with the distance.

use std::collections::HashMap;

use typed_index_collections::{TiSlice, TiVec};

use super::lattice::Lattice;
use crate::domain::{Commune, CommuneIx, Metres, Position};
use crate::spatial::sphere;

/// Centres of one commune nearer to each other than this are one.
const APART_M: f64 = 400.0;
/// Centres of a commune at most.
const MOST_CENTRES: usize = 60;
/// Beyond so many radii a centre has nobody: e⁻¹⁰.
const RADII: f64 = 10.0;
/// Degrees of the buckets in which centres are looked up; more than the reach of the largest.
const BUCKET: f64 = 0.2;

/// The numbers of the estimate, calibrated on the grids at hand (ADR 21).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assumptions {
    /// Radius at which the density around a centre of a thousand inhabitants has fallen to 1/e, in metres.
    pub radius_m: f64,
    /// How it grows with the inhabitants of the centre.
    pub exponent: f64,
    /// It is no wider than this part of the radius of a disc of the area of its commune: in a commune that is smaller than its
    /// town all is built, and people are as near the middle of it as in a commune of its size.
    pub widest: f64,
    /// Share of the inhabitants who live in the open.
    pub open: f64,
    /// The same radius for these, in metres.
    pub open_radius_m: f64,
    /// How much a centre of another commune weighs beside those of one's own.
    pub neighbours: f64,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self { radius_m: 320.0, exponent: 0.3, widest: 1.0 / 3.0, open: 0.1, open_radius_m: 2_500.0, neighbours: 1.0 }
    }
}

impl Assumptions {
    /// The radius of a centre of so many inhabitants.
    #[must_use]
    pub fn radius_m(&self, inhabitants: f64) -> f64 {
        self.radius_m * (inhabitants / 1_000.0).powf(self.exponent)
    }
}

/// A place around which people live.
#[derive(Debug, Clone, Copy)]
struct Centre {
    commune: CommuneIx,
    position: Position,
    inhabitants: f64,
    /// Radius of a disc of the area of its commune, in metres; infinite when nobody knows that.
    disc_m: f64,
}

/// The centres of the whole country.
#[derive(Debug)]
pub struct Centres {
    assumptions: Assumptions,
    all: Vec<Centre>,
    buckets: HashMap<(i32, i32), Vec<u32>>,
}

impl Centres {
    /// The town hall of each commune, and the hints that lie `within` their commune and stand apart from it.
    pub fn new(
        communes: &TiSlice<CommuneIx, Commune>,
        hints: &[(CommuneIx, Position)],
        within: impl Fn(CommuneIx, Position) -> bool,
    ) -> Self {
        let mut own: TiVec<CommuneIx, Vec<Position>> =
            communes.iter().map(|commune| commune.point.into_iter().collect()).collect();
        let apart2 = sphere::chord(Metres::new(APART_M).expect("a constant")).powi(2);
        let mut hints: Vec<(CommuneIx, Position)> = hints.to_vec();
        hints.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.lon().total_cmp(&b.1.lon())).then(a.1.lat().total_cmp(&b.1.lat())));
        for (commune, position) in hints {
            let centres = &mut own[commune];
            let apart = |other: &Position| sphere::chord2(position.unit_vector(), other.unit_vector()) >= apart2;
            if (1..MOST_CENTRES).contains(&centres.len()) && centres.iter().all(apart) && within(commune, position) {
                centres.push(position);
            }
        }
        let mut all = Vec::new();
        let mut buckets: HashMap<(i32, i32), Vec<u32>> = HashMap::new();
        for (ordinal, centres) in own.into_iter_enumerated() {
            let commune = &communes[ordinal];
            let inhabitants = commune.population.map_or(0.0, |persons| f64::from(persons.0)) / centres.len() as f64;
            let area = commune.area_km2.filter(|area| *area > 0.0);
            let disc_m = area.map_or(f64::INFINITY, |area| (area * 1e6 / std::f64::consts::PI).sqrt());
            for position in centres.into_iter().filter(|_| inhabitants > 0.0) {
                buckets.entry(bucket(position.lon(), position.lat())).or_default().push(all.len() as u32);
                all.push(Centre { commune: ordinal, position, inhabitants, disc_m });
            }
        }
        Self { assumptions: Assumptions::default(), all, buckets }
    }

    /// The same, on other assumptions.
    #[must_use]
    pub fn assuming(self, assumptions: Assumptions) -> Self {
        Self { assumptions, ..self }
    }

    /// Spreads the inhabitants of a commune over the squares of its lattice.
    pub fn spread(&self, commune: CommuneIx, inhabitants: f64, lattice: &mut Lattice) {
        let Assumptions { open, open_radius_m, neighbours, .. } = self.assumptions;
        let (around, own) = self.around(commune, lattice);
        let mut near = vec![0.0; lattice.samples.len()];
        let mut open_land = vec![0.0; lattice.samples.len()];
        for ((sample, near), open_land) in lattice.samples.iter().zip(&mut near).zip(&mut open_land) {
            let at = Lattice::metres(sample);
            for Around { at: centre, radius, persons, own } in &around {
                let away = (at[0] - centre[0]).hypot(at[1] - centre[1]) / radius;
                if away < RADII {
                    let weight = if *own { 1.0 } else { neighbours };
                    *near += weight * persons / (radius * radius) * (-away).exp();
                }
            }
            for centre in &own {
                *open_land += (-(at[0] - centre[0]).hypot(at[1] - centre[1]) / open_radius_m).exp();
            }
        }
        let (near_sum, open_sum) = (near.iter().sum::<f64>(), open_land.iter().sum::<f64>());
        // Where one of the two says nothing, the other says all.
        let open = if near_sum <= 0.0 { 1.0 } else { open };
        let share = |part: f64, sum: f64| if sum > 0.0 { part / sum } else { 0.0 };
        for ((sample, near), open_land) in lattice.samples.iter_mut().zip(near).zip(open_land) {
            sample.persons = inhabitants * ((1.0 - open) * share(near, near_sum) + open * share(open_land, open_sum));
        }
    }

    /// The centres whose people may live on a lattice, and the positions of those of its own commune, in its plane.
    fn around(&self, commune: CommuneIx, lattice: &Lattice) -> (Vec<Around>, Vec<[f64; 2]>) {
        let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let [west, south, east, north] = lattice.samples.iter().fold(start, |[west, south, east, north], sample| {
            let [x, y] = Lattice::metres(sample);
            [west.min(x), south.min(y), east.max(x), north.max(y)]
        });
        let mut around = Vec::new();
        let (corner, opposite) = (lattice.plane.degrees([west, south]), lattice.plane.degrees([east, north]));
        if lattice.samples.is_empty() {
            return (around, Vec::new());
        }
        let (first, last) = (bucket(corner[0], corner[1]), bucket(opposite[0], opposite[1]));
        for x in first.0 - 1..=last.0 + 1 {
            for y in first.1 - 1..=last.1 + 1 {
                for centre in self.buckets.get(&(x, y)).into_iter().flatten() {
                    let Centre { commune: of, position, inhabitants, disc_m } = self.all[*centre as usize];
                    let radius = self.assumptions.radius_m(inhabitants).min(self.assumptions.widest * disc_m);
                    let at = lattice.plane.metres(position.lon(), position.lat());
                    let far = RADII * radius;
                    let near =
                        (west - far..=east + far).contains(&at[0]) && (south - far..=north + far).contains(&at[1]);
                    if near || of == commune {
                        around.push(Around { at, radius, persons: inhabitants, own: of == commune });
                    }
                }
            }
        }
        let own = around.iter().filter(|centre| centre.own).map(|centre| centre.at).collect();
        (around, own)
    }
}

/// A centre in the plane of a commune.
struct Around {
    at: [f64; 2],
    radius: f64,
    persons: f64,
    own: bool,
}

fn bucket(lon: f64, lat: f64) -> (i32, i32) {
    ((lon / BUCKET).floor() as i32, (lat / BUCKET).floor() as i32)
}
