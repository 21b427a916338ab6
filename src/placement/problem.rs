//! The question: who needs, where posts may go, what is wished and how much there is to spend.

use std::sync::Arc;

use super::limit::{Limit, Site};
use super::objective::{Objective, Shape};
use super::pairs::Pairs;

/// The question as it comes in; nothing in it is trusted. [`super::Problem::new`] reads it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Persons at each demand point; read to the thousandth.
    pub demand: Vec<f64>,
    /// The sites, by rank.
    pub sites: Vec<Site>,
    /// Sites within reach of each demand point.
    pub pairs: Pairs,
    /// What is wished.
    pub objective: Objective,
    /// What there is to spend.
    pub limit: Limit,
    /// Territory of each demand point, by rank from 0; read by [`Shape::Floors`] and
    /// [`Shape::LeastShare`], may be empty otherwise.
    pub territories: Vec<u32>,
}

/// A question that has an answer: a [`Draft`] that was read and found sound. Only read afterwards.
#[derive(Debug, Clone)]
pub struct Problem {
    pub(super) weights: Vec<i64>,
    pub(super) grains_per_person: i64,
    pub(super) sites: Vec<Site>,
    pub(super) pairs: Arc<Pairs>,
    pub(super) objective: Objective,
    pub(super) limit: Limit,
    pub(super) territories: Vec<u32>,
}

impl Problem {
    /// Persons are counted in whole grains: 1 to a person when all numbers of persons are whole, 1,000 otherwise.
    #[must_use]
    pub fn grains_per_person(&self) -> i64 {
        self.grains_per_person
    }

    /// Grains at each demand point.
    #[must_use]
    pub fn weights(&self) -> &[i64] {
        &self.weights
    }

    /// The sites, by rank.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// Sites within reach of each demand point.
    #[must_use]
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// What is wished.
    #[must_use]
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// What there is to spend.
    #[must_use]
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// Territory of each demand point; empty where the objective needs none.
    #[must_use]
    pub fn territories(&self) -> &[u32] {
        &self.territories
    }

    /// What one new post at a site takes from the limit: its price in euros, or 1 where posts are counted.
    #[must_use]
    pub fn price(&self, site: usize) -> i64 {
        match self.limit {
            Limit::Posts(_) => 1,
            Limit::BudgetEur(_) => i64::from(self.sites[site].price_eur),
        }
    }

    /// New posts that one site may receive, as far as they can be of use: a second one helps only where posts fill up.
    #[must_use]
    pub fn room(&self, site: usize) -> u32 {
        let most = self.sites[site].most_posts;
        if self.objective.shape() == Shape::Served { most } else { most.min(1) }
    }

    /// The limit as a number: posts or euros.
    #[must_use]
    pub fn means(&self) -> i64 {
        let (Limit::Posts(means) | Limit::BudgetEur(means)) = self.limit;
        i64::try_from(means).unwrap_or(i64::MAX)
    }
}
