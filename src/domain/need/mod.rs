//! Need: how many people are far from digital tools, commune by commune, and where it is greatest.
//!
//! Two measures that are never mixed. *Estimated persons* ([`estimate`]) add up: they are the unit of demand. The *rank
//! index* ([`rank_index`]) only compares: it is a mean of decile scores and cannot be summed.

mod denominator;
mod district;
mod estimate;
mod field;
mod fill;
mod interval;
mod profile;
mod rake;
mod rates;

mod correlation;
mod rank_index;
mod standing;

pub use correlation::{Correlations, rank_correlation};
pub use denominator::{Denominator, Offline, Preset};
pub use district::{DistrictNeed, DistrictPeople, of_districts};
pub use estimate::{Basis, DIPLOMA, ELDERLY, NONE_AMONG_LOW, NeedError, NeedEstimate, OLDEST, estimate};
pub use field::Field;
pub use fill::{Filled, Rung, fill};
pub use interval::{Interval, Spread};
pub use profile::{Profiles, TakeUp, expected_demand, profiles};
pub use rake::{largest_remainder, rake_odds};
pub use rank_index::{Criterion, Frame, RankIndex, decile_scores, rank_index};
pub use rates::{Composition, Method};
pub use standing::{Compared, Standing, WEIGHTINGS, of_place, standing};

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
