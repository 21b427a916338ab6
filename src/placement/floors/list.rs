//! Prices of people and multipliers of territories.

use super::asked::Asked;

/// Sums stay below 2⁶⁰.
const BITS_OF_SUMS: u32 = 60;
/// Bits of the most that one person counts.
const BITS_OF_TIMES: u32 = 17;
/// Prices are no finer than this, and where they would be coarser than that they say little.
const FINEST: u32 = 20;
const COARSEST: u32 = 8;

/// The finest unit of prices for which sums stay exact; nothing where it would say little.
pub(super) fn shift(asked: &Asked, all: i64) -> Option<u32> {
    let bits = u64::BITS - all.max(1).unsigned_abs().leading_zeros();
    let finest = BITS_OF_SUMS.checked_sub(bits + BITS_OF_TIMES)?.min(FINEST);
    (finest >= COARSEST && asked.sites() > 0).then_some(finest)
}

/// A list of prices and multipliers, for the whole question.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// Whether everybody counts once beside the multipliers: then they bound what is covered, else what lacks.
    pub once: bool,
    /// Multiplier of each territory, in parts of [`ONCE`].
    pub times: Vec<i64>,
    /// Price of each group, in 2^-shift of what a person counts.
    pub prices: Vec<u32>,
}

/// How long to weigh.
pub(super) struct Pace {
    pub step: f64,
    pub turns: u32,
    pub patience: u32,
}
