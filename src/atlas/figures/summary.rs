//! Every number of a set of communes.

use typed_index_collections::TiSlice;

use super::basis::Basis;
use super::measured::{Measured, ReachState};
use crate::access::{Coverage, Reach, THRESHOLDS, Threshold};
use crate::atlas::counts::Counts;
use crate::atlas::served::Served;
use crate::domain::equity::Tails;
use crate::domain::need::{Field, Interval, Rung};
use crate::domain::{CommuneIx, PointIx};

/// What is known of a set of communes.
///
/// *Unknown* is never 0: a sum over communes none of which is known is `None`, and so is every share of it; a commune of
/// unknown population is in no sum, and is counted. *Unreachable* is a class of its own: its persons are in every
/// denominator and in every quantile, beyond all numbers of minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Communes.
    pub communes: u32,
    /// Communes whose population is unknown: they are in no sum.
    pub communes_unknown: u32,
    /// Communes where the survey of need did not go: they have inhabitants, and no number of persons in need.
    pub communes_outside: u32,
    /// Communes whose age or diploma was taken from a larger territory.
    pub communes_filled: u32,
    /// Inhabitants.
    pub population: Option<u64>,
    /// Inhabitants of the communes whose persons in need are known: the whole of every share in need.
    pub surveyed: Option<u64>,
    /// Persons in need.
    pub persons: Option<u64>,
    /// How sure that is: its shape and its level.
    pub interval: Option<Interval>,
    /// Of these, never online.
    pub offline: Option<u64>,
    /// Of these, online with weak skills.
    pub weak_skills: Option<u64>,
    /// Of these, those who would come.
    pub expected: Option<u64>,
    /// Mean of the index for comparing places, weighted by inhabitants.
    pub rank: Option<f64>,
    /// Persons by how near they are to a venue.
    pub coverage: Coverage<4>,
    /// Communes with somebody beyond each threshold, in the order of [`Threshold::ALL`].
    pub communes_left_out: [u32; 4],
    /// Minutes that a tenth, half and nine tenths of the persons do not exceed.
    pub minutes: [Measured; 3],
    /// Whether the person in the middle reaches a venue.
    pub reach: ReachState,
    /// How hours are shared; `None` where nobody is.
    pub hours: Option<Hours>,
    /// Venues and posts.
    pub counts: Counts,
    /// Persons accompanied, as far as tables tell.
    pub served: Served,
    /// Posts of the latest list; `None` when the edition has no list of posts.
    pub posts: Option<u32>,
}

/// Hours per year and person in need, over the persons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hours {
    /// Mean.
    pub mean: f64,
    /// Gini coefficient; `None` when there is nothing to share.
    pub gini: Option<f64>,
    /// P10, median, P90.
    pub tails: Tails,
    /// Mean of the tenth that has least.
    pub worst_tenth: f64,
    /// What this tenth has of all hours.
    pub worst_tenth_share: f64,
}

impl Summary {
    /// Communes with somebody beyond a threshold.
    #[must_use]
    pub fn communes_left_out(&self, threshold: Threshold) -> u32 {
        self.communes_left_out[threshold as usize]
    }

    /// Whether the survey of need went to no part of the territory: nobody is counted there, which is not a count of nobody.
    #[must_use]
    pub fn is_outside_the_survey(&self) -> bool {
        self.communes > 0 && self.communes_outside == self.communes
    }

    /// A number of persons of the coverage; `None` when no number of persons is known.
    #[must_use]
    pub fn known(&self, persons: u64) -> Option<u64> {
        self.persons.map(|_| persons)
    }

    /// A number of things for ten thousand persons in need.
    #[must_use]
    pub fn per_ten_thousand(&self, things: Option<u32>) -> Option<f64> {
        let persons = self.persons.filter(|persons| *persons > 0)?;
        Some(1e4 * f64::from(things?) / persons as f64)
    }
}

/// A part of a whole; `None` when there is no whole.
#[must_use]
pub(super) fn share(part: Option<u64>, whole: Option<u64>) -> Option<f64> {
    let whole = whole.filter(|whole| *whole > 0)?;
    Some(part? as f64 / whole as f64)
}

impl Basis<'_> {
    /// The numbers of some communes, given by ordinal, each once.
    #[must_use]
    pub fn summary(&self, communes: &[CommuneIx]) -> Summary {
        let (atlas, need) = (self.atlas, self.need);
        let sum = |values: &TiSlice<CommuneIx, Option<u32>>| -> Option<u64> {
            communes.iter().filter_map(|&i| values[i]).map(u64::from).reduce(|sum, more| sum + more)
        };
        let persons = sum(&need.estimate.persons);
        let of = |&i: &CommuneIx| &atlas.communes()[i];
        let populations = communes.iter().map(of).filter_map(|commune| commune.population);
        let surveyed = communes.iter().map(of).filter_map(Field::population);
        let minutes = self.minutes(communes);
        let minutes = [0.1, 0.5, 0.9].map(|share| Measured::of_quantile(minutes.quantile(share)));
        let counts = Counts::of(&atlas.analysis().counts, communes);
        let estimated = |i: CommuneIx| need.estimate.persons[i].is_some();
        let filled = |&&i: &&CommuneIx| estimated(i) && need.estimate.bases[i].fallback() > Rung::Commune;
        let mut communes_left_out = [0; 4];
        for &commune in communes {
            let beyond = self.persons_beyond(commune, &THRESHOLDS);
            communes_left_out.iter_mut().zip(beyond).for_each(|(sum, persons)| *sum += u32::from(persons > 0));
        }
        Summary {
            communes: communes.len() as u32,
            communes_unknown: communes.iter().map(of).filter(|commune| commune.population.is_none()).count() as u32,
            communes_outside: communes.iter().map(of).filter(|c| Field::of(c) == Field::Outside).count() as u32,
            communes_filled: communes.iter().filter(filled).count() as u32,
            population: populations.map(|people| u64::from(people.0)).reduce(|sum, more| sum + more),
            surveyed: surveyed.map(u64::from).reduce(|sum, more| sum + more),
            persons,
            interval: persons.map(|_| need.estimate.interval(communes)),
            offline: sum(&need.profiles.offline),
            weak_skills: sum(&need.profiles.weak_skills),
            expected: sum(&need.expected),
            rank: self.rank(communes),
            coverage: self.coverage(communes),
            communes_left_out,
            reach: self.reach(minutes[1], communes),
            minutes,
            hours: self.shared_hours(communes),
            counts,
            served: communes.iter().map(|&i| atlas.analysis().served[i]).fold(Served::default(), Served::and),
            // An edition without any list of posts knows of none; that is not the same as none.
            posts: (!atlas.posts().is_empty()).then_some(counts.posts),
        }
    }

    /// Unknown when less than half of the inhabitants live in communes that have an index: the rest would not be told of.
    fn rank(&self, communes: &[CommuneIx]) -> Option<f64> {
        let (mut sum, mut weight, mut all) = (0.0, 0.0, 0.0);
        for &i in communes {
            let people = self.atlas.communes()[i].population.map_or(0.0, |persons| f64::from(persons.0));
            all += people;
            if let Some(index) = self.rank[i] {
                sum += index * people;
                weight += people;
            }
        }
        (weight > 0.0 && weight >= 0.5 * all).then(|| sum / weight)
    }

    /// That of the person in the middle; where no person is known, whether any commune reaches a venue.
    fn reach(&self, median: Measured, communes: &[CommuneIx]) -> ReachState {
        match median {
            Measured::Known(_) => ReachState::Reached,
            Measured::Unreachable => ReachState::Unreachable,
            Measured::Unknown => {
                let mut reaches =
                    communes.iter().map(|&i| self.reaches[PointIx::of_commune(i)]).filter(|r| *r != Reach::Unknown);
                match (reaches.clone().next(), reaches.any(|reach| reach.time().is_some())) {
                    (None, _) => ReachState::Unknown,
                    (Some(_), true) => ReachState::Reached,
                    (Some(_), false) => ReachState::Unreachable,
                }
            }
        }
    }

    fn shared_hours(&self, communes: &[CommuneIx]) -> Option<Hours> {
        let hours = self.hours(communes);
        let worst = hours.worst_tenth()?;
        Some(Hours {
            mean: hours.mean()?,
            gini: hours.gini(),
            tails: hours.tails()?,
            worst_tenth: worst.mean,
            worst_tenth_share: worst.share,
        })
    }
}
