//! What the values of a plan count, and its numbers in that measure.

use super::answer::Measure;
use super::request::{Limit, Reach, Request};
use super::study::Study;
use crate::placement::Shape;

impl Study<'_> {
    /// What the values count.
    #[must_use]
    pub fn measure(&self) -> Measure {
        measure(&self.request)
    }

    /// The measure with its unit: `persons`, `minutes per person`…
    #[must_use]
    pub fn measure_words(&self) -> &'static str {
        let in_metres = matches!(self.request.reach, Reach::Radius { .. });
        match measure(&self.request) {
            Measure::Persons => "persons",
            Measure::PersonEquivalents => "person-equivalents",
            Measure::MeanWay if in_metres => "metres per person",
            Measure::MeanWay => "minutes per person",
            Measure::LongestWay if in_metres => "metres",
            Measure::LongestWay => "minutes",
            Measure::Posts => "posts",
            Measure::Euros => "euros",
            Measure::Share => "share",
        }
    }

    /// A value of the problem in its measure: persons, mean or longest metres or minutes, posts, euros, a share.
    #[must_use]
    pub fn in_measure(&self, objective: i64) -> f64 {
        let value = objective as f64 / self.problem.units_per_one() as f64;
        match measure(&self.request) {
            Measure::MeanWay => way(&self.request, value / self.people.total() as f64),
            Measure::LongestWay => way(&self.request, value),
            _ => value,
        }
    }

    /// Grains as persons.
    pub(super) fn persons_of(&self, grains: i64) -> f64 {
        grains as f64 / self.problem.grains_per_person() as f64
    }

    /// A sum of benefits in its measure ([`measure_of_benefits`]).
    pub(super) fn benefit_in_measure(&self, benefit: i64) -> f64 {
        let persons = self.persons_of(benefit);
        match measure_of_benefits(&self.request) {
            Measure::MeanWay => way(&self.request, persons / self.people.total() as f64),
            Measure::PersonEquivalents => self.in_measure(benefit),
            _ => persons,
        }
    }
}

/// What the values of a request count.
fn measure(request: &Request) -> Measure {
    let objective = request.objective();
    match (objective.shape(), request.limit) {
        (Shape::Gained, _) if (objective.kind.gain)(&objective, 0) > 1 => Measure::PersonEquivalents,
        (Shape::Gained | Shape::Served | Shape::Floors, _) => Measure::Persons,
        (Shape::Saved, _) => Measure::MeanWay,
        (Shape::Worst, _) => Measure::LongestWay,
        (Shape::Spent, Limit::BudgetEur(_)) => Measure::Euros,
        (Shape::Spent, Limit::Posts(_) | Limit::AsItTakes) => Measure::Posts,
        (Shape::LeastShare, _) => Measure::Share,
    }
}

/// What sums of benefits count, such as what a site brings or the next post is worth: the measure of the plan, or, where
/// that is no sum over persons, the persons within reach or the mean way.
pub(super) fn measure_of_benefits(request: &Request) -> Measure {
    match measure(request) {
        of_sums @ (Measure::Persons | Measure::PersonEquivalents | Measure::MeanWay) => of_sums,
        Measure::LongestWay => Measure::MeanWay,
        Measure::Posts | Measure::Euros | Measure::Share => Measure::Persons,
    }
}

/// A cost in the unit of ways: metres, or minutes.
fn way(request: &Request, cost: f64) -> f64 {
    match request.reach {
        Reach::Radius { .. } => cost,
        Reach::Minutes { .. } => cost / 60.0,
    }
}
