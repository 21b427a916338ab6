//! What comes of a change: one side before, one after, and the communes in between.

use std::borrow::Cow;

use typed_index_collections::{TiSlice, TiVec};

use super::{Question, supply};
use crate::access::{Coverage, Threshold};
use crate::atlas::figures::{Basis, known_hours};
use crate::atlas::{Atlas, Need};
use crate::domain::need::Preset;
use crate::domain::{CommuneIx, PointIx, Seconds};
use crate::http::problem::Problem;
use crate::tables::choices;

/// Hours per person below which nothing changed: less than a second a year.
const NOTHING: f64 = 1e-4;

/// The answer to a question.
#[derive(Debug, Clone)]
pub struct Outcome<'a> {
    /// The need it rests on.
    pub need: &'a Need,
    /// Which national number that is.
    pub preset: &'static Preset,
    /// Whether anybody knows the persons in need of the territory: else all numbers of persons are unknown.
    pub is_known: bool,
    /// Before and after.
    pub sides: [Side; 2],
    /// Communes of the territory where minutes or hours change, ascending by code.
    pub changed: Vec<Changed>,
}

/// The territory at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// Persons by threshold.
    pub coverage: Coverage<4>,
    /// Mean opening hours per year and person in need.
    pub hours: Option<f64>,
    /// Mean working hours of conseillers per year and person in need; `None` also when no convention ends.
    pub post_hours: Option<f64>,
}

/// A commune where something changes; pairs are before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Changed {
    /// Its ordinal.
    pub commune: CommuneIx,
    /// Persons in need.
    pub persons: Option<u32>,
    /// Minutes to the nearest venue; `None` when none can be reached.
    pub minutes: [Option<f64>; 2],
    /// Whether that is within the threshold.
    pub within: [bool; 2],
    /// Opening hours per year and person.
    pub hours: [Option<f64>; 2],
    /// Working hours of conseillers per year and person.
    pub post_hours: [Option<f64>; 2],
}

impl Changed {
    /// Whether the commune comes within the threshold (1), leaves it (−1), or stays on its side (0).
    #[must_use]
    pub fn crossing(&self) -> i8 {
        i8::from(self.within[1]) - i8::from(self.within[0])
    }
}

impl Question {
    /// Works out the answer.
    ///
    /// # Errors
    /// 400 about the denominator.
    pub fn outcome<'a>(&self, atlas: &'a Atlas) -> Result<Outcome<'a>, Problem> {
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let access = &atlas.analysis().access;
        let scenario = access.scenario(&self.change(atlas));
        let after = scenario.nearest(self.mode);
        let reaches = [access.nearest(self.mode), &*after];
        let hours = Pair::of(&need.hours_per_person[self.mode], supply::of_venues(atlas, need, self));
        let posts = supply::of_posts(atlas, need, self).map(|(before, more)| Pair::of(&before, more));
        let all = Basis::new(atlas, need, self.mode);
        let communes = &self.place.communes;
        let mean = |when: usize, hours: &Pair| {
            let (reaches, hours) = (Cow::Borrowed(reaches[when]), Cow::Borrowed(&*hours.0[when]));
            Basis { reaches, hours, ..all.clone() }.hours(communes).mean()
        };
        let side = |when: usize| Side {
            coverage: Basis { reaches: Cow::Borrowed(reaches[when]), ..all.clone() }.coverage(communes),
            hours: mean(when, &hours),
            post_hours: posts.as_ref().and_then(|posts| mean(when, posts)),
        };
        let sides = [side(0), side(1)];
        let limit = self.threshold.limit();
        let changed = self.place.communes.iter().filter_map(|&commune| {
            let point = PointIx::of_commune(commune);
            let times = reaches.map(|reaches| reaches[point].time());
            let posts_change = posts.as_ref().is_some_and(|posts| posts.changes(point));
            (times[0] != times[1] || hours.changes(point) || posts_change).then(|| Changed {
                commune,
                persons: need.estimate.persons[commune],
                minutes: times.map(|time| time.map(Seconds::minutes)),
                within: times.map(|time| time.is_some_and(|time| time <= limit)),
                hours: [0, 1].map(|when| known_hours(need, reaches[when][point], &hours.0[when], commune)),
                post_hours: [0, 1]
                    .map(|when| known_hours(need, reaches[when][point], &posts.as_ref()?.0[when], commune)),
            })
        });
        let changed = changed.collect();
        Ok(Outcome { need, preset, is_known: need.is_known_in(communes), sides, changed })
    }
}

impl Outcome<'_> {
    /// Persons within the threshold after, less those before; `None` where nobody knows who is in need.
    #[must_use]
    pub fn gained(&self, threshold: Threshold) -> Option<i64> {
        let [before, after] = self.sides.map(|side| side.coverage.within(threshold) as i64);
        self.is_known.then_some(after - before)
    }

    /// A number of persons, where it is known.
    #[must_use]
    pub fn known(&self, persons: u64) -> Option<u64> {
        self.is_known.then_some(persons)
    }
}

/// A value of every commune before and after.
struct Pair([TiVec<PointIx, f64>; 2]);

impl Pair {
    fn of(before: &TiSlice<PointIx, f64>, difference: TiVec<PointIx, f64>) -> Self {
        // What closed takes nothing but its own: a rounding must not leave less than nothing.
        let after = before.iter().zip(&difference).map(|(before, more)| (before + more).max(0.0)).collect();
        Self([before.to_vec(), after])
    }

    fn changes(&self, point: PointIx) -> bool {
        (self.0[0][point] - self.0[1][point]).abs() >= NOTHING
    }
}
