//! The question: who needs, where posts may go, what is wished and how much there is to spend.

use std::sync::Arc;

use super::error::ProblemError;
use super::objective::{Objective, Shape};
use super::pairs::Pairs;
use super::reading;

/// A place where posts may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Site {
    /// Posts that are there already, stay, and cost nothing more.
    pub existing_posts: u32,
    /// New posts that the plan must put there.
    pub forced_posts: u32,
    /// New posts that it may put there at most, forced ones included; 0 forbids the site. More than one is of use only
    /// where posts have a capacity.
    pub most_posts: u32,
    /// Price of one new post, in euros; read only under [`Limit::Budget`].
    pub price_eur: u32,
}

impl Site {
    /// A free candidate for one post at the price that the national plan gives a public host.
    pub const CANDIDATE: Site = Site { existing_posts: 0, forced_posts: 0, most_posts: 1, price_eur: 50_000 };
    /// A place with one post that stays.
    pub const EXISTING: Site = Site { existing_posts: 1, most_posts: 0, ..Site::CANDIDATE };
    /// A place that must receive a post.
    pub const FORCED: Site = Site { forced_posts: 1, ..Site::CANDIDATE };
    /// A place that may not.
    pub const FORBIDDEN: Site = Site { most_posts: 0, ..Site::CANDIDATE };
}

/// How much there is to spend on new posts. Under [`Shape::Spent`] it is a ceiling, and its unit is what is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many posts, whatever they cost.
    Posts(u64),
    /// So many euros, at the price of each site.
    BudgetEur(u64),
}

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
    /// Reads a draft.
    ///
    /// # Errors
    /// The first fault found; its message begins with the name of the field.
    pub fn new(draft: Draft) -> Result<Self, ProblemError> {
        let (weights, grains_per_person) = reading::weights(&draft.demand)?;
        reading::shapes(&draft)?;
        reading::sites(&draft.sites, draft.objective, draft.limit)?;
        reading::objective(draft.objective)?;
        let Draft { sites, pairs, objective, limit, territories, .. } = draft;
        let pairs = Arc::new(pairs);
        let problem = Self { weights, grains_per_person, sites, pairs, objective, limit, territories };
        reading::reach(&problem)?;
        Ok(problem)
    }

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

    /// The same question with another limit.
    ///
    /// # Errors
    /// When the limit pays nothing, or more than all sites can take.
    pub fn with_limit(&self, limit: Limit) -> Result<Self, ProblemError> {
        let problem = Self { limit, ..self.clone() };
        reading::limit(&problem.sites, problem.objective, limit)?;
        Ok(problem)
    }

    /// The same people and ways with other sites, another wish and another limit. The ways are shared, not copied.
    ///
    /// # Errors
    /// As [`Problem::new`].
    pub fn variant(&self, sites: Vec<Site>, objective: Objective, limit: Limit) -> Result<Self, ProblemError> {
        if sites.len() != self.sites.len() {
            return Err(ProblemError::PairsForOtherSites { paired: self.sites.len(), sites: sites.len() });
        }
        reading::sites(&sites, objective, limit)?;
        reading::objective(objective)?;
        let problem = Self { sites, objective, limit, ..self.clone() };
        reading::reach(&problem)?;
        Ok(problem)
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
