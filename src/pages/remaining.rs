//! How many venues each choice of the form would leave, so that nobody has to try what leads nowhere.

use chrono::NaiveDateTime;

use crate::atlas::filters::FILTERS;
use crate::atlas::{Atlas, OpenWhen, Order, VenueFilter};
use crate::domain::{Metres, VenueIx};

use super::ranking::{Ranking, rank};
use super::whereabouts::Origin;

/// Venues are counted up to here, in metres: half an hour by car.
const AROUND_M: f64 = 20_000.0;

/// Numbers of venues around a place that would remain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remaining {
    /// By rank of the filter, then of the choice.
    choices: Vec<Vec<usize>>,
    /// Open now, open today.
    pub soon: [usize; 2],
    /// With all filters as they are.
    pub all: usize,
    /// With each filter that is on left out, in their order.
    pub without: Vec<usize>,
}

impl Remaining {
    /// How many are left by this choice of this filter, the other filters staying as they are.
    #[must_use]
    pub fn of(&self, filter: usize, choice: usize) -> usize {
        self.choices[filter][choice]
    }

    /// Counts the venues around the origins: with each of the filters that are on given alone, with its rank in [`FILTERS`]
    /// unless it is a time.
    #[must_use]
    pub fn count(
        atlas: &Atlas,
        origins: &[Origin],
        alone: &[(Option<usize>, VenueFilter)],
        now: NaiveDateTime,
    ) -> Self {
        let times = [OpenWhen::Now(now), OpenWhen::Today(now)];
        let around = Ranking { within: Metres::new(AROUND_M), ..Ranking::of(Order::Distance, usize::MAX, now) };
        let around: Vec<VenueIx> = rank(atlas, origins, &around).into_iter().map(|ranked| ranked.ordinal).collect();
        // A venue that one filter alone rules out remains when that filter is changed; one that two rule out never does.
        let mut counts: Vec<Vec<usize>> = FILTERS.iter().map(|filter| vec![0; (filter.choices)().len()]).collect();
        let (mut all, mut soon, mut without) = (0, [0; 2], vec![0; alone.len()]);
        for &venue in &around {
            let mut failed = alone.iter().enumerate().filter(|(_, (_, filter))| !filter.accepts(atlas, venue));
            let (first, second) = (failed.next(), failed.next());
            if second.is_some() {
                continue;
            }
            let only = first.map(|(at, (rank, _))| (at, *rank));
            if let Some((at, _)) = only {
                without[at] += 1;
            } else {
                all += 1;
                without.iter_mut().for_each(|count| *count += 1);
            }
            for (rank, counts) in counts.iter_mut().enumerate() {
                if only.is_none_or(|(_, failed)| failed == Some(rank)) {
                    let holds = |choice: &usize| FILTERS[rank].fits(atlas, venue, *choice);
                    (0..counts.len()).filter(holds).for_each(|choice| counts[choice] += 1);
                }
            }
            if only.is_none_or(|(_, failed)| failed.is_none()) {
                for (count, when) in soon.iter_mut().zip(times) {
                    *count += usize::from(atlas.is_open(venue, when) == Some(true));
                }
            }
        }
        Self { choices: counts, soon, all, without }
    }
}
