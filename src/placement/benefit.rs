//! What one person gains from a post at some cost. Every objective but two is a sum of such gains.

use super::problem::{Objective, Problem};

/// Parts of a person in which a slope is counted.
const SLOPE: u32 = 1_000;

impl Problem {
    /// Whole units of benefit for one person whose nearest post has this cost; falls as the cost grows, ends at 0.
    ///
    /// Coverage counts 1 or 0, a slope counts thousandths, a median counts what is saved below the penalty.
    #[must_use]
    pub fn benefit(&self, cost: u32) -> u32 {
        match self.objective {
            Objective::Coverage { radius }
            | Objective::SetCover { radius, .. }
            | Objective::CapacitatedCoverage { radius, .. }
            | Objective::Floor { radius, .. }
            | Objective::Leximin { radius } => u32::from(cost <= radius),
            Objective::GradualCoverage { full, .. } if cost <= full => SLOPE,
            Objective::GradualCoverage { full, none } => {
                let left = u64::from(none.saturating_sub(cost)) * u64::from(SLOPE);
                (left / u64::from(none - full)) as u32
            }
            Objective::Median { penalty } | Objective::Centre { penalty } => penalty.saturating_sub(cost),
        }
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
