//! What one person gains from a post at some cost. Every objective but two is a sum of such gains.

use super::problem::Problem;

impl Problem {
    /// Whole units of benefit for one person whose nearest post has this cost; falls as the cost grows, ends at 0.
    ///
    /// Coverage counts 1 or 0, a slope counts thousandths, a median counts what is saved below the penalty.
    #[must_use]
    pub fn benefit(&self, cost: u32) -> u32 {
        (self.objective.kind.gain)(&self.objective, cost)
    }

    /// The benefit of a post next door.
    #[must_use]
    pub fn most_benefit(&self) -> u32 {
        self.benefit(0)
    }
}

/// Grains that make at least this share of a total. The slack is for shares that are not exact in binary.
pub(super) fn grains_of_share(share: f64, total: i64) -> i64 {
    ((share * total as f64 - 1e-6).ceil() as i64).clamp(0, total)
}
