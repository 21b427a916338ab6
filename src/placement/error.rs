//! Why a question has no answer: one message for each fault, and it begins with the field to change.

use std::fmt;

use super::limit::Limit;

/// Why a question has no answer. Each message begins with the field to change.
#[allow(missing_docs, reason = "the fields are what the sentence of their variant names")]
#[derive(Debug, Clone, PartialEq)]
pub enum ProblemError {
    /// No demand point at all.
    NoDemand,
    /// A number of persons that is none.
    BadWeight { demand: usize, persons: f64 },
    /// Demand points, and nobody in them.
    NobodyThere,
    /// No site at all.
    NoSites,
    /// No site may receive a post.
    AllForbidden { sites: usize },
    /// Rows of pairs and demand points differ in number.
    PairsForAnotherDemand { rows: usize, demand: usize },
    /// Sites of the pairs and sites differ in number.
    PairsForOtherSites { paired: usize, sites: usize },
    /// A pair that names no site.
    UnknownSite { demand: usize, site: u32, sites: usize },
    /// No site is within reach of anybody.
    NobodyInReach,
    /// More forced posts than the site may receive.
    ForcedBeyondMost { site: usize, forced: u32, most: u32 },
    /// A price of nothing.
    FreePost { site: usize },
    /// A plan of no post.
    NoPosts,
    /// More posts than the sites can take.
    TooManyPosts { posts: u64, room: u64 },
    /// Less money than one post costs.
    BudgetBelowOnePost { budget_eur: u64, cheapest_eur: u32 },
    /// More money than all posts together would cost.
    BudgetBeyondAll { budget_eur: u64, all_eur: u64 },
    /// What is forced costs more than there is.
    ForcedBeyondLimit { forced: u64, limit: Limit },
    /// A radius, penalty, share or capacity out of its range.
    OutOfRange { field: &'static str, value: f64, expected: &'static str },
    /// A slope that goes up.
    SlopeUpwards { full: u32, none: u32 },
    /// Territories and demand points differ in number.
    TerritoriesForAnotherDemand { territories: usize, demand: usize },
    /// A rank of territory that leaves most others empty.
    UnknownTerritory { demand: usize, territory: u32 },
    /// A share that even all sites together do not reach.
    ShareOutOfReach { share: f64, reachable: f64 },
    /// A floor that even all sites together do not reach.
    FloorOutOfReach { territory: usize, share: f64, reachable: f64 },
    /// Sums that would no longer be exact.
    TooLarge { total: f64 },
}

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDemand => write!(f, "demand: there is no demand point; expected at least one"),
            Self::BadWeight { demand, persons } => {
                write!(f, "demand[{demand}]: {persons} is not a number of persons; expected a finite number, 0 or more")
            }
            Self::NobodyThere => write!(f, "demand: all weights are 0, so every plan is as good as any other"),
            Self::NoSites => write!(f, "sites: there is no candidate; expected at least one"),
            Self::AllForbidden { sites } => {
                write!(f, "sites: none of the {sites} may receive a new post (most_posts is 0 for all)")
            }
            Self::PairsForAnotherDemand { rows, demand } => {
                write!(f, "pairs: {rows} rows for {demand} demand points; expected one row for each")
            }
            Self::PairsForOtherSites { paired, sites } => {
                write!(f, "pairs: made for {paired} sites, but there are {sites}")
            }
            Self::UnknownSite { demand, site, sites } => {
                write!(f, "pairs[{demand}]: site {site} is unknown; expected a rank below {sites}")
            }
            Self::NobodyInReach => write!(f, "pairs: no site that may receive a post is within reach of anybody"),
            Self::ForcedBeyondMost { site, forced, most } => {
                write!(f, "sites[{site}].forced_posts: {forced} are forced, but most_posts is {most}")
            }
            Self::FreePost { site } => {
                write!(f, "sites[{site}].price_eur: a post costs 0 €; expected at least 1 €")
            }
            Self::NoPosts => write!(f, "posts: 0; expected at least 1"),
            Self::TooManyPosts { posts, room } => {
                write!(f, "posts: {posts} is more than the {room} that the candidate sites can take")
            }
            Self::BudgetBelowOnePost { budget_eur, cheapest_eur } => {
                write!(f, "budget_eur: {budget_eur} € does not pay one post; the cheapest site costs {cheapest_eur} €")
            }
            Self::BudgetBeyondAll { budget_eur, all_eur } => {
                write!(f, "budget_eur: {budget_eur} € is more than all candidate sites together cost, {all_eur} €")
            }
            Self::ForcedBeyondLimit { forced, limit: Limit::Posts(posts) } => {
                write!(f, "posts: {posts}, but {forced} are forced (sites[…].forced_posts)")
            }
            Self::ForcedBeyondLimit { forced, limit: Limit::BudgetEur(budget) } => {
                write!(f, "budget_eur: {budget} €, but the forced posts cost {forced} €")
            }
            Self::OutOfRange { field, value, expected } => write!(f, "{field}: {value}; expected {expected}"),
            Self::SlopeUpwards { full, none } => {
                write!(f, "none: {none} is not beyond full, {full}; coverage must fall with the cost")
            }
            Self::TerritoriesForAnotherDemand { territories, demand } => {
                write!(f, "territories: {territories} for {demand} demand points; expected one for each")
            }
            Self::UnknownTerritory { demand, territory } => {
                write!(f, "territories[{demand}]: {territory}; expected ranks from 0 without holes")
            }
            Self::ShareOutOfReach { share, reachable } => {
                write!(f, "share: {share} is asked, but all sites together reach {reachable:.6}")
            }
            Self::FloorOutOfReach { territory, share, reachable } => write!(
                f,
                "share: {share} is asked of every territory, but all sites together reach {reachable:.6} of territory {territory}"
            ),
            Self::TooLarge { total } => {
                write!(f, "demand: persons × benefit add up to {total:e}; expected at most 4.5e15, to stay exact")
            }
        }
    }
}

impl std::error::Error for ProblemError {}
