//! What sites may take, and how much there is to spend.

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

/// How much there is to spend on new posts. Under [`super::Shape::Spent`] it is a ceiling, and its unit is what is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many posts, whatever they cost.
    Posts(u64),
    /// So many euros, at the price of each site.
    BudgetEur(u64),
}
