//! The numbers of an arrondissement of Paris, Lyon or Marseille: a part of a commune, by the rules of communes.

use super::basis::{Basis, minutes_of};
use super::measured::{Measured, ReachState};
use super::summary::Summary;
use crate::access::{Coverage, THRESHOLDS};
use crate::atlas::served::Served;
use crate::domain::DistrictIx;
use crate::domain::equity::Sample;

impl Basis<'_> {
    /// Persons in need of an arrondissement by how near they are.
    #[must_use]
    pub fn coverage_of_district(&self, district: DistrictIx) -> Coverage<4> {
        self.atlas.analysis().coverage_of_district(self.need, &self.reaches, district, &THRESHOLDS)
    }

    /// The numbers of an arrondissement. What is a sum adds up over the arrondissements of a commune to the commune's. It holds
    /// no commune, and none is left out in it; the index compares whole communes, and tables of accompaniments tell of
    /// communes: these are unknown.
    #[must_use]
    pub fn summary_of_district(&self, district: DistrictIx) -> Summary {
        let (atlas, analysis) = (self.atlas, self.atlas.analysis());
        let need = self.need.districts[district];
        let population = atlas.districts().all()[district].population.map(|people| u64::from(people.0));
        let persons = need.persons.map(u64::from);
        let points = analysis.points_of_district(self.need, district);
        let (minutes, weights): (Vec<Option<f64>>, Vec<Option<u32>>) =
            points.map(|(point, persons)| (minutes_of(self.reaches[point]), persons)).unzip();
        let sample = Sample::new(&minutes, &weights);
        let minutes = [0.1, 0.5, 0.9].map(|share| Measured::of_quantile(sample.quantile(share)));
        let counts = analysis.district_counts[district];
        Summary {
            communes: 0,
            communes_unknown: 0,
            communes_outside: 0,
            communes_filled: 0,
            population,
            surveyed: population.filter(|_| persons.is_some()),
            persons,
            interval: need.interval,
            offline: need.offline.map(u64::from),
            weak_skills: need.weak_skills.map(u64::from),
            expected: need.expected.map(u64::from),
            rank: None,
            coverage: self.coverage_of_district(district),
            communes_left_out: [0; 4],
            reach: match minutes[1] {
                Measured::Known(_) => ReachState::Reached,
                Measured::Unreachable => ReachState::Unreachable,
                Measured::Unknown => ReachState::Unknown,
            },
            minutes,
            hours: None,
            counts,
            served: Served::default(),
            posts: (!atlas.posts().is_empty()).then_some(counts.posts),
        }
    }
}
