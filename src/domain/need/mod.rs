//! Need: how many people are far from digital tools, commune by commune, and where it is greatest.
//!
//! Two measures that are never mixed. *Estimated persons* ([`estimate`]) add up: they are the unit of demand. The *rank
//! index* ([`rank_index`]) only compares: it is a mean of decile scores and cannot be summed.

mod denominator;
mod estimate;
mod fill;
mod profile;
mod rake;
mod rates;

mod correlation;
mod rank_index;

pub use correlation::rank_correlation;
pub use denominator::{Denominator, Preset};
pub use estimate::{Basis, DIPLOMA, ELDERLY, NO_DIPLOMA, NeedError, NeedEstimate, OLDEST, Spread, estimate};
pub use fill::{Filled, Rung, fill};
pub use profile::{Profiles, TakeUp, expected_demand, profiles};
pub use rake::{largest_remainder, rake_odds};
pub use rank_index::{Criterion, Frame, RankIndex, decile_scores, rank_index};
pub use rates::{Composition, Method};

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
