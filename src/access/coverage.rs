//! Coverage: which part of the persons is near enough, and who is left out.

use typed_index_collections::TiSlice;

use super::reach::Reach;
use crate::domain::{PointIx, Seconds};

/// How near is near enough: the thresholds of the product, declared here and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Threshold {
    /// Ten minutes.
    Ten,
    /// A quarter of an hour.
    Fifteen,
    /// Twenty minutes.
    Twenty,
    /// Half an hour.
    Thirty,
}

impl Threshold {
    /// Every threshold, ascending, in the order of all counts by threshold.
    pub const ALL: [Self; 4] = [Self::Ten, Self::Fifteen, Self::Twenty, Self::Thirty];
    /// The one of layers, and of whoever asks for none.
    pub const USUAL: Self = Self::Fifteen;

    /// As in addresses: the minutes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ten => "10",
            Self::Fifteen => "15",
            Self::Twenty => "20",
            Self::Thirty => "30",
        }
    }

    /// In minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        match self {
            Self::Ten => 10,
            Self::Fifteen => 15,
            Self::Twenty => 20,
            Self::Thirty => 30,
        }
    }

    /// As a duration.
    #[must_use]
    pub const fn limit(self) -> Seconds {
        Seconds::from_minutes(self.minutes())
    }

    /// Reads [`Threshold::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|threshold| threshold.name() == text)
    }

    /// The threshold of so many minutes.
    #[must_use]
    pub fn from_minutes(minutes: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|threshold| u64::from(threshold.minutes()) == minutes)
    }
}

/// All of them as durations.
pub const THRESHOLDS: [Seconds; 4] = {
    let [a, b, c, d] = Threshold::ALL;
    [a.limit(), b.limit(), c.limit(), d.limit()]
};

/// Persons by whether they are covered. Coverages of disjoint territories add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage<const N: usize> {
    /// Persons within each of the durations that were asked for.
    pub covered: [u64; N],
    /// Persons whose place is known, the unreachable included: the denominator of every share.
    pub persons: u64,
    /// Persons who cannot reach any site.
    pub unreachable: u64,
    /// Persons whose place nobody knows.
    pub nowhere: u64,
    /// Places whose persons are unknown.
    pub unknown: u32,
}

impl Coverage<{ THRESHOLDS.len() }> {
    /// Persons within a threshold.
    #[must_use]
    pub fn within(&self, threshold: Threshold) -> u64 {
        self.covered[threshold as usize]
    }

    /// Share of the persons within a threshold, in [0, 1]; `None` when there is nobody.
    #[must_use]
    pub fn share(&self, threshold: Threshold) -> Option<f64> {
        (self.persons > 0).then(|| self.within(threshold) as f64 / self.persons as f64)
    }
}

/// Adds up some demand points, each given once, such as the communes of a territory.
#[must_use]
pub fn coverage<const N: usize>(
    reaches: &TiSlice<PointIx, Reach>,
    persons: &TiSlice<PointIx, Option<u32>>,
    points: impl IntoIterator<Item = PointIx>,
    thresholds: &[Seconds; N],
) -> Coverage<N> {
    let mut sum = Coverage { covered: [0; N], persons: 0, unreachable: 0, nowhere: 0, unknown: 0 };
    for point in points {
        let Some(persons) = persons[point].map(u64::from) else {
            sum.unknown += 1;
            continue;
        };
        match reaches[point] {
            Reach::Unknown => sum.nowhere += persons,
            Reach::Unreachable => {
                sum.unreachable += persons;
                sum.persons += persons;
            }
            Reach::Reached(nearest) => {
                sum.persons += persons;
                for (covered, threshold) in sum.covered.iter_mut().zip(thresholds) {
                    *covered += if nearest.time <= *threshold { persons } else { 0 };
                }
            }
        }
    }
    sum
}

/// A place whose persons are farther than they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The demand point.
    pub point: PointIx,
    /// Persons.
    pub persons: u32,
    /// How far they are: beyond the limit, or unreachable.
    pub reach: Reach,
}

/// The places with persons beyond a limit, most persons first. Places of unknown position or persons are not in it: nothing
/// can be said of them, and [`coverage`] counts them.
#[must_use]
pub fn left_out(
    reaches: &TiSlice<PointIx, Reach>,
    persons: &TiSlice<PointIx, Option<u32>>,
    points: impl IntoIterator<Item = PointIx>,
    limit: Seconds,
) -> Vec<LeftOut> {
    let far = |point: PointIx| {
        let reach = reaches[point];
        let beyond = match reach {
            Reach::Reached(nearest) => nearest.time > limit,
            Reach::Unreachable => true,
            Reach::Unknown => false,
        };
        let persons = persons[point].filter(|persons| beyond && *persons > 0)?;
        Some(LeftOut { point, persons, reach })
    };
    let mut list: Vec<LeftOut> = points.into_iter().filter_map(far).collect();
    list.sort_by_key(|place| (std::cmp::Reverse(place.persons), place.point));
    list
}
