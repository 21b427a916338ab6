//! What a plan is worth, counted straight from the question: no index, no shortcut, nothing shared with the search.

use super::benefit::grains_of_share;
use super::flow::most_served;
use super::objective::{Objective, Shape};
use super::plan::Opening;
use super::problem::Problem;

/// Shares of territories are counted in millionths, rounded down.
pub const SHARE_UNITS: i64 = 1_000_000;

/// The worth of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// In units of the objective; see [`Problem::units_per_one`].
    pub objective: i64,
    /// Grains of persons that are missing of what was asked.
    pub shortfall: i64,
    /// Under [`Shape::LeastShare`], the shares of all inhabited territories in ascending order; empty otherwise.
    pub shares: Vec<i64>,
}

impl Problem {
    /// Whether a higher objective is better; it is not where costs, distances or posts are counted.
    #[must_use]
    pub fn more_is_better(&self) -> bool {
        !matches!(self.objective.shape(), Shape::Saved | Shape::Worst | Shape::Spent)
    }

    /// Units of the objective in one person covered, one person × cost, one unit of cost, one post, one euro or a share
    /// of 1, as the objective has it.
    #[must_use]
    pub fn units_per_one(&self) -> i64 {
        match self.objective.shape() {
            Shape::Worst | Shape::Spent => 1,
            Shape::LeastShare => SHARE_UNITS,
            Shape::Gained => self.grains_per_person * i64::from(self.most_benefit()),
            _ => self.grains_per_person,
        }
    }

    /// What the sites of a plan are worth, together with what exists. Sites beyond the limit are counted all the same.
    #[must_use]
    pub fn score(&self, openings: &[Opening]) -> Score {
        let mut posts: Vec<u32> = self.sites.iter().map(|site| site.existing_posts).collect();
        openings.iter().for_each(|opening| posts[opening.site as usize] += opening.posts);
        let plain = |objective| Score { objective, shortfall: 0, shares: Vec::new() };
        let Objective { near, share, .. } = self.objective;
        match self.objective.shape() {
            Shape::Gained => plain(self.total_benefit(&posts)),
            Shape::Saved => {
                let total: i64 = self.weights.iter().sum();
                plain(total * i64::from(self.most_benefit()) - self.total_benefit(&posts))
            }
            Shape::Worst => {
                let inhabited = (0..self.weights.len()).filter(|&demand| self.weights[demand] > 0);
                let worst = inhabited.map(|demand| self.nearest(demand, &posts).unwrap_or(near).min(near)).max();
                plain(worst.map_or(0, i64::from))
            }
            Shape::Spent => {
                let asked = grains_of_share(share, self.weights.iter().sum());
                let shortfall = (asked - self.total_benefit(&posts)).max(0);
                Score { shortfall, ..plain(self.spent(openings)) }
            }
            Shape::Served => plain(most_served(self, &posts)),
            Shape::Floors => {
                let territories = self.covered_by_territory(&posts);
                let lack = |&(covered, all): &(i64, i64)| (grains_of_share(share, all) - covered).max(0);
                let objective = territories.iter().map(|(covered, _)| covered).sum();
                Score { shortfall: territories.iter().map(lack).sum(), ..plain(objective) }
            }
            Shape::LeastShare => {
                let territories = self.covered_by_territory(&posts);
                let inhabited = territories.iter().filter(|(_, all)| *all > 0);
                let mut shares: Vec<i64> = inhabited.map(|&(covered, all)| share_units(covered, all)).collect();
                shares.sort_unstable();
                Score { shares: shares.clone(), ..plain(shares.first().copied().unwrap_or(0)) }
            }
        }
    }

    /// What new posts take from the limit.
    #[must_use]
    pub fn spent(&self, openings: &[Opening]) -> i64 {
        openings.iter().map(|opening| i64::from(opening.posts) * self.price(opening.site as usize)).sum()
    }

    /// Grains covered and grains in all of each territory; one territory where none are named.
    #[must_use]
    pub(super) fn covered_by_territory(&self, posts: &[u32]) -> Vec<(i64, i64)> {
        let mut territories = vec![(0, 0); self.territories.iter().max().map_or(1, |&last| last as usize + 1)];
        for (demand, &weight) in self.weights.iter().enumerate() {
            let territory = &mut territories[self.territories.get(demand).map_or(0, |&rank| rank as usize)];
            territory.1 += weight;
            let covered = self.nearest(demand, posts).is_some_and(|cost| self.benefit(cost) > 0);
            territory.0 += if covered { weight } else { 0 };
        }
        territories
    }

    /// Cost of the nearest post.
    pub(super) fn nearest(&self, demand: usize, posts: &[u32]) -> Option<u32> {
        self.pairs.of(demand).iter().find(|pair| posts[pair.site as usize] > 0).map(|pair| pair.cost)
    }

    fn total_benefit(&self, posts: &[u32]) -> i64 {
        let benefit = |demand| self.nearest(demand, posts).map_or(0, |cost| i64::from(self.benefit(cost)));
        self.weights.iter().enumerate().map(|(demand, weight)| weight * benefit(demand)).sum()
    }
}

/// A share in whole units, rounded down.
pub(super) fn share_units(part: i64, whole: i64) -> i64 {
    (i128::from(part) * i128::from(SHARE_UNITS) / i128::from(whole.max(1))) as i64
}

impl Score {
    /// Whether this score is better than another of the same problem.
    #[must_use]
    pub fn beats(&self, other: &Self, problem: &Problem) -> bool {
        let signed = |score: &Self| if problem.more_is_better() { score.objective } else { -score.objective };
        let key = |score: &Self| (-score.shortfall, signed(score));
        (key(self), &self.shares) > (key(other), &other.shares)
    }
}
