//! How sure an estimate is. Two doubts that are not one: how persons are shared out between places (*shape*), and how many
//! there are in the whole country (*level*).

use typed_index_collections::TiVec;

use super::estimate::NeedEstimate;
use crate::domain::CommuneIx;

/// From the smallest to the largest estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The smallest.
    pub low: u64,
    /// The largest.
    pub high: u64,
}

/// Both doubts about one set of communes, in persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// If the national number is right.
    pub shape: Spread,
    /// Under the lowest and the highest of the published national numbers; `None` when the country has too few people
    /// to bear them.
    pub level: Option<Spread>,
}

/// Half the width of the shape that holds nine of ten published rates which the model never saw (INSEE's studies of
/// régions and of a département), as a share of the estimate.
const SHAPE: f64 = 0.06;
/// The smallest part of the national number that [`SHAPE`] was tried on: a small département. Below it the spread of the
/// variants of the method counts too, where it is wider.
const TRIED_ON: f64 = 0.001;

impl NeedEstimate {
    /// The interval of some communes taken together.
    ///
    /// *Shape*: ± 6 % where that was tried, in métropole from the size of a département on; the spread of the variants
    /// too, if it is wider, in smaller sets, which nothing tried, and overseas, where one number of odds stands for four
    /// départements and is halved and doubled. It narrows to nothing for the whole country, whose number is chosen.
    /// *Level*: the same communes under 8 and 13 million persons. Neither is a sampling error.
    #[must_use]
    pub fn interval(&self, communes: &[CommuneIx]) -> Interval {
        let sum = |variant: &TiVec<CommuneIx, u32>| communes.iter().map(|&i| u64::from(variant[i])).sum::<u64>();
        let overseas = communes.iter().any(|&i| self.overseas[i]);
        let levels = self.levels.as_ref().map(|levels| levels.each_ref().map(sum));
        self.interval_of(self.total(communes.iter().copied()), overseas, self.variants.each_ref().map(sum), levels)
    }

    /// The same of any set of persons, from what the variants and the two levels give it.
    pub(super) fn interval_of(
        &self,
        central: u64,
        overseas: bool,
        variants: [u64; 5],
        levels: Option<[u64; 2]>,
    ) -> Interval {
        let part = if self.national > 0 { central as f64 / self.national as f64 } else { 1.0 };
        let half = SHAPE * central as f64 * (1.0 - part);
        let mut shape =
            Spread { low: (central as f64 - half).floor() as u64, high: (central as f64 + half).ceil() as u64 };
        if part < TRIED_ON || overseas {
            for sum in variants {
                shape = Spread { low: shape.low.min(sum), high: shape.high.max(sum) };
            }
        }
        // A national number beyond both, as 20 % of the population, widens what texts say.
        let level = levels.map(|[low, high]| Spread { low: low.min(central), high: high.max(central) });
        Interval { shape, level }
    }
}
