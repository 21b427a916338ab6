//! Seeded positions, and the plain sort that every index is held against.

use super::Neighbour;
use crate::domain::{Degrees, Position};

/// West, south, east, north of metropolitan France, the five DROM and Nouvelle-Calédonie.
pub(crate) const BOXES: [[f64; 4]; 7] = [
    [-5.3, 41.2, 9.7, 51.2],
    [-61.9, 15.7, -60.9, 16.6],
    [-61.3, 14.3, -60.7, 15.0],
    [-54.7, 2.0, -51.5, 5.9],
    [55.1, -21.5, 55.9, -20.8],
    [44.9, -13.1, 45.4, -12.5],
    [158.0, -23.0, 168.5, -17.8],
];

/// A small random sequence that is the same on every machine (`SplitMix64`: Steele, Lea & Flood, 2014).
pub(crate) struct Seeded(u64);

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }

    pub(crate) fn position_in_france(&mut self) -> Position {
        loop {
            let bounds = BOXES[self.below(BOXES.len())];
            let position = self.position_in(bounds);
            if position.is_in_france() {
                return position;
            }
        }
    }

    pub(crate) fn position_in(&mut self, [west, south, east, north]: [f64; 4]) -> Position {
        let degrees = Degrees { lon: self.between(west, east), lat: self.between(south, north) };
        Position::new(degrees).expect("a box on Earth holds places on Earth")
    }
}

/// The dumb twin of every search: all venues, sorted by chord then ordinal.
pub(crate) fn brute_force(venues: &[(u32, Position)], from: Position) -> Vec<Neighbour<u32>> {
    let origin = from.unit_vector();
    let mut all: Vec<Neighbour<u32>> = venues
        .iter()
        .map(|&(ordinal, position)| {
            let legs = position.unit_vector().into_iter().zip(origin).map(|(to, from)| (to - from) * (to - from));
            Neighbour { ordinal, chord2: legs.sum() }
        })
        .collect();
    all.sort_by(|a, b| a.chord2.total_cmp(&b.chord2).then(a.ordinal.cmp(&b.ordinal)));
    all
}
