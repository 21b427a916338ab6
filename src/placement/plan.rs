//! The answer: where the posts go, how good that is, and how much better it could be at most.

/// New posts at one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Rank of the site.
    pub site: u32,
    /// New posts there, at least 1.
    pub posts: u32,
}

/// A plan and its certificate. Seconds are not in it: the same question, seed and rounds give the same plan, byte for
/// byte, on any machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// New posts, in order of site; what exists is not repeated, what is forced is.
    pub openings: Vec<Opening>,
    /// Value of the plan in units of the objective; see [`super::Problem::units_per_one`].
    pub objective: i64,
    /// No plan that lacks no more than this one is better: a ceiling where more is better, a floor where less is.
    pub bound: i64,
    /// Grains of persons that the plan lacks of what was asked: the share of a set cover, the floors of territories. 0
    /// unless the limit is too low for it. A plan with less shortfall is better than one with more.
    pub shortfall: i64,
    /// No plan lacks less than this; above 0, it is proven that the limit does not suffice for what was asked.
    pub least_shortfall: i64,
    /// Why no plan is better than the bound.
    pub proof: Proof,
    /// Why no plan lacks less; `None` where nothing is claimed, or every plan was tried.
    pub shortfall_proof: Option<Prices>,
    /// The seed that chance began with.
    pub seed: u64,
    /// Rounds of work that were spent.
    pub rounds: u32,
    /// Whether whoever watched ended the search before its work was done: then the same question may have another answer
    /// elsewhere.
    pub stopped: bool,
}

/// Prices that bound a question about sums of benefits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// The question that they bound.
    pub question: Question,
    /// The prices, and the cases in which each list of them holds.
    pub cases: Cases,
}

/// What a bound follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Prices that bound a question about sums of benefits.
    Prices(Prices),
    /// Every plan was tried: there are few.
    Everything,
    /// Every way to reach these demand points within this cost was tried, and none is within the means: the centre costs
    /// more.
    Tried {
        /// The cost that does not suffice.
        cost: u32,
        /// Ranks of the demand points.
        points: Vec<u32>,
    },
    /// Nothing: the bound is what all sites together would give.
    AllSites,
}

/// The question that prices bound, when it is not the problem's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// The problem's own: as much benefit as possible within the limit.
    Own,
    /// How many demand points can be within this cost? Not all: so the centre costs more.
    PointsWithin(u32),
    /// How many persons can be covered with these means? Fewer than asked: so it takes more.
    PersonsFor(i64),
    /// How many persons, when those of each territory count so many times? Floors and leximin follow.
    Weighted(Vec<i64>),
    /// How many persons, when only what is below its floor counts, so many times in each territory? Floors that cannot be
    /// reached follow.
    Lacking(Vec<i64>),
    /// How many persons, counted otherwise in each case: so for each list of prices. What a plan covers that lacks no more than
    /// another, and what every plan lacks, follow.
    CaseByCase(Vec<Counted>),
}

/// How persons count where floors are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Whether each counts once beside the multipliers: then they bound what is covered, as in [`Question::Weighted`]; else
    /// what lacks, as in [`Question::Lacking`].
    pub once: bool,
    /// Multiplier of each territory: whoever is below its floor counts so many times more.
    pub times: Vec<i64>,
}

/// A tree of cases, and prices for each leaf. A price is what one person of a demand point pays, in 2^-`shift` units of
/// benefit; any prices bound every plan, good prices bound it closely.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cases {
    /// Prices are whole numbers of 2^-`shift`.
    pub shift: u32,
    /// For each demand point the place of its price in every list, or [`PAYS_NOTHING`] or [`PAYS_ALL`]. Points that the same
    /// sites serve alike share a price.
    pub payers: Vec<u32>,
    /// Lists of prices, all of the same length.
    pub prices: Vec<Vec<u32>>,
    /// The cases, parents first; after a split all of the case with the site, then all of the case without.
    pub tree: Vec<Case>,
}

/// A demand point that pays nothing.
pub const PAYS_NOTHING: u32 = u32::MAX;
/// A demand point that pays as much as any site could bring it: no site is worth anything to it.
pub const PAYS_ALL: u32 = u32::MAX - 1;

/// One case of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Two cases: with this site open, and with it closed.
    Split {
        /// Rank of the site in the problem.
        site: u32,
    },
    /// No plan of this case passes the bound of this list of prices.
    Leaf {
        /// Rank in [`Cases::prices`].
        prices: u32,
    },
}

impl Plan {
    /// Whether no plan can be better.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.objective == self.bound && self.shortfall == 0
    }

    /// Distance between plan and bound; see [`gap_percent`].
    #[must_use]
    pub fn gap_percent(&self) -> Option<f64> {
        gap_percent(self.objective, self.bound)
    }

    /// New posts in all.
    #[must_use]
    pub fn posts(&self) -> u64 {
        self.openings.iter().map(|opening| u64::from(opening.posts)).sum()
    }
}

/// Distance between a value and its bound, in percent of the value; `None` for a value of nothing whose bound is not
/// nothing. The one definition of a gap: every other place shows this number.
#[must_use]
pub fn gap_percent(value: i64, bound: i64) -> Option<f64> {
    match (value, bound.abs_diff(value)) {
        (_, 0) => Some(0.0),
        (0, _) => None,
        (value, distance) => Some(100.0 * distance as f64 / value.unsigned_abs() as f64),
    }
}
