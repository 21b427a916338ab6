//! Small squares of one size join into larger ones until these hold enough people.

use std::collections::BTreeMap;

use crate::access::mean_reach_m;

/// Persons in a square that is not divided further.
pub const PERSONS: f64 = 600.0;

/// Degrees to a metre: the rest is noise that would take room in every edition.
pub fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// One small square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Its column and its row.
    pub at: [i32; 2],
    /// Its persons.
    pub persons: f64,
}

/// Some squares together: one place of demand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// Column and row of the one that is nearest to the mean of the persons: never outside of all of them.
    pub at: [i32; 2],
    /// Persons of all.
    pub persons: f64,
    /// Mean distance of the persons to the middle of that one, in metres.
    pub reach_m: f64,
}

/// How squares join.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Side of a small square, in metres.
    pub side_m: f64,
    /// At most two to this power of them on a side join.
    pub levels: u32,
    /// Columns and rows by which the large squares are moved west and south.
    pub offset: i32,
    /// A square with more persons is divided, as far as there are smaller ones.
    pub most: f64,
}

impl Rule {
    /// Joins squares, in an order that hangs on nothing but where they are.
    pub fn join(&self, samples: impl IntoIterator<Item = Sample>) -> Vec<Joined> {
        let mut joined = Vec::new();
        for block in self.blocks(samples, self.levels) {
            self.divide(block, self.levels, &mut joined);
        }
        joined
    }

    fn blocks(&self, samples: impl IntoIterator<Item = Sample>, level: u32) -> Vec<Vec<Sample>> {
        let mut blocks: BTreeMap<[i32; 2], Vec<Sample>> = BTreeMap::new();
        for sample in samples {
            blocks.entry(sample.at.map(|steps| (steps + self.offset) >> level)).or_default().push(sample);
        }
        blocks.into_values().collect()
    }

    fn divide(&self, samples: Vec<Sample>, level: u32, joined: &mut Vec<Joined>) {
        let persons: f64 = samples.iter().map(|sample| sample.persons).sum();
        if persons <= 0.0 {
            return;
        }
        if level == 0 || persons <= self.most || samples.len() == 1 {
            joined.push(self.one(&samples, persons));
            return;
        }
        self.blocks(samples, level - 1).into_iter().for_each(|block| self.divide(block, level - 1, joined));
    }

    fn one(&self, samples: &[Sample], persons: f64) -> Joined {
        let mean = [0, 1].map(|axis: usize| {
            samples.iter().map(|sample| sample.persons * f64::from(sample.at[axis])).sum::<f64>() / persons
        });
        let steps = |from: [f64; 2], to: [i32; 2]| (f64::from(to[0]) - from[0]).hypot(f64::from(to[1]) - from[1]);
        let nearest = samples.iter().min_by(|a, b| steps(mean, a.at).total_cmp(&steps(mean, b.at)));
        let at = nearest.map_or([0, 0], |sample| sample.at);
        // Inside a small square people are spread evenly.
        let within = mean_reach_m(self.side_m * self.side_m / 1e6);
        let away = |sample: &Sample| sample.persons * (steps(at.map(f64::from), sample.at) * self.side_m).max(within);
        Joined { at, persons, reach_m: samples.iter().map(away).sum::<f64>() / persons }
    }
}
