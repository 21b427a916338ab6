//! What a plan means: for whom, site by site, next to what else could have been done.

use super::by_territory::Received;
use super::foreseen::Foreseen;
use super::hosts::{Around, Host, Hosting};
use super::least::Least;
use super::request::Goal;
use super::route::Stop;
use crate::domain::{CommuneIx, Position};
use crate::placement::{Plan, Shape};

/// A plan in the planner's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The whole in figures.
    pub summary: Summary,
    /// The sites that receive posts, the most useful first.
    pub sites: Vec<SiteAnswer>,
    /// The points that they serve, by site.
    pub served: Vec<Served>,
    /// Communes that the plan leaves out of reach, the most persons first.
    pub left_out: Vec<LeftOut>,
    /// What each région, département and intercommunalité receives.
    pub by_territory: Vec<Received>,
    /// How the territories stand of which a minimum is asked, or whose worst off come first.
    pub least: Option<Least>,
    /// What each further post or euro is worth, from nothing to the whole of the means.
    pub curve: Vec<Step>,
    /// What the values of the curve count, and what sites bring.
    pub measure_of_benefits: Measure,
    /// Other ways to spend the same.
    pub baselines: Vec<Baseline>,
    /// Why the answer was trivial, where it was: known without a search.
    pub foreseen: Option<Foreseen>,
    /// What there was no time to work out: empty above, which says nothing of the plan.
    pub untold: Vec<Part>,
}

/// What an answer says beside the plan, and only while there is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What each further post is worth.
    Curve,
    /// Other ways to spend the same.
    Comparison,
    /// Other plans nearly as good: as many as were asked for.
    Alternatives,
    /// Other assumptions, all of them.
    Sensitivity,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 4] = [Self::Curve, Self::Comparison, Self::Alternatives, Self::Sensitivity];

    /// The name of its table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Curve => "curve",
            Self::Comparison => "comparison",
            Self::Alternatives => "alternatives",
            Self::Sensitivity => "sensitivity",
        }
    }

    /// Reads [`Part::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == text)
    }

    /// What a visitor reads.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Curve => "ce que vaut un poste de plus",
            Self::Comparison => "les autres répartitions",
            Self::Alternatives => "d'autres plans presque aussi bons",
            Self::Sensitivity => "d'autres hypothèses",
        }
    }
}

/// What the value of a plan counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Persons within reach.
    Persons,
    /// Persons, those farther away in part.
    PersonEquivalents,
    /// Mean metres, or minutes, to the nearest post.
    MeanWay,
    /// Metres, or minutes, of the person who is worst off.
    LongestWay,
    /// New posts.
    Posts,
    /// Euros a year.
    Euros,
    /// Share of the territory that is worst off, in [0, 1].
    Share,
}

impl Measure {
    /// Its name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::PersonEquivalents => "person_equivalents",
            Self::MeanWay => "mean_way",
            Self::LongestWay => "longest_way",
            Self::Posts => "posts",
            Self::Euros => "euros",
            Self::Share => "share",
        }
    }
}

/// What is known of the distance between a plan and the best one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No plan is better.
    Optimal,
    /// No plan is better for the territory that is worst off; of those that follow nothing is proven.
    OptimalForTheLeast,
    /// Another plan may be better, by the gap at most.
    WithinGap,
    /// This plan does not do what was asked. Whether another could with the same means, its least shortfall says.
    FallsShort,
}

impl Status {
    /// What the bound of a plan says of it.
    #[must_use]
    pub fn of(plan: &Plan, shape: Shape) -> Self {
        match plan {
            plan if plan.is_optimal() && shape == Shape::LeastShare => Self::OptimalForTheLeast,
            plan if plan.is_optimal() => Self::Optimal,
            plan if plan.shortfall > 0 => Self::FallsShort,
            _ => Self::WithinGap,
        }
    }

    /// The word for it in documents: `optimal`, `optimal-for-the-least`, `within-gap`, `falls-short`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::OptimalForTheLeast => "optimal-for-the-least",
            Self::WithinGap => "within-gap",
            Self::FallsShort => "falls-short",
        }
    }
}

/// The whole in figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Persons who count, where that and their place are known.
    pub persons: u64,
    /// Communes whose persons or place are unknown: they are in no sum.
    pub communes_unknown: u32,
    /// Places of demand next to each other were joined until they had so many persons, for want of room; 0 where none were.
    pub joined: u64,
    /// Of the persons, those within reach of what exists.
    pub covered_before: u64,
    /// Those within reach of what exists and the plan.
    pub covered_after: u64,
    /// What the values count.
    pub measure: Measure,
    /// Value of what exists alone; `None` where that has none, as when posts are counted.
    pub value_before: Option<f64>,
    /// Value of the plan.
    pub value: f64,
    /// No plan has a better value.
    pub bound: f64,
    /// Where posts travel: no rounds have a better value, whatever their stops. `None` where they stay, or nobody looked.
    pub any_rounds: Option<f64>,
    /// Distance between value and bound, in percent of the value; see [`crate::placement::gap_percent`].
    pub gap_percent: Option<f64>,
    /// What that says.
    pub status: Status,
    /// Persons missing of what was asked: the share of a set cover, the floors of territories.
    pub shortfall: f64,
    /// No plan lacks fewer; above 0, it is proven that the means do not suffice.
    pub least_shortfall: f64,
    /// Whether the clock, or somebody, ended the search before its work was done: the same question may have another
    /// answer elsewhere.
    pub stopped: bool,
    /// New posts.
    pub posts: u64,
    /// Existing posts that count, inside the territory.
    pub existing_posts: u64,
    /// Euros a year for the new posts.
    pub cost_eur: u64,
    /// Mean minutes by the mode of the request (else by car) to the nearest place before and after, over persons who have
    /// one within reach of any journey; `None` when nobody has.
    pub minutes_before: Option<f64>,
    /// The same with the plan.
    pub minutes_after: Option<f64>,
}

/// One site of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteAnswer {
    /// Its id among the candidates.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where.
    pub position: Position,
    /// Ordinal of its commune, where known.
    pub commune: Option<CommuneIx>,
    /// Ordinals of the communes where it stops, the base first; only where posts travel.
    pub stops: Vec<CommuneIx>,
    /// The same stops with what each is given of the week; only where the post goes round.
    pub round: Vec<Stop>,
    /// Where it receives people, with the ordinals of the communes, where known: itself, or its stops, the base first.
    pub receives_at: Vec<(Position, Option<CommuneIx>)>,
    /// New posts.
    pub posts: u32,
    /// Euros a year for them.
    pub cost_eur: u64,
    /// 1 for the site that helps most, then what helps most beside it. Sites that were forced come last.
    pub rank: u32,
    /// Whether the request demanded it.
    pub forced: bool,
    /// Ordinals of the communes whose nearest post it is.
    pub serves: Vec<CommuneIx>,
    /// Persons in them.
    pub persons: u64,
    /// Of these, those who are within reach, and were not before.
    pub persons_gained: u64,
    /// Mean minutes of these persons before, over those who had a place to go to.
    pub minutes_before: Option<f64>,
    /// Mean minutes of the same persons with the plan.
    pub minutes_after: Option<f64>,
    /// Value that goes if this site alone is closed, in the measure of the plan, persons for most.
    pub marginal: f64,
    /// Value that it added when the sites were opened by rank.
    pub added: f64,
    /// Id and name of the site that would replace it best, and the value that the exchange would lose.
    pub runner_up: Option<(String, String, f64)>,
    /// Who would receive its posts.
    pub hosting: Hosting,
    /// What stands around it.
    pub around: Around,
    /// Euros a year of one post there.
    pub price_eur: u32,
}

impl SiteAnswer {
    /// Its host, where the edition knows one.
    #[must_use]
    pub fn host(&self) -> Option<&Host> {
        match &self.hosting {
            Hosting::Host(host) => Some(host),
            Hosting::ToFind(_) => None,
        }
    }
}

/// One demand point whose nearest post is a new one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Served {
    /// Its number among those of the question.
    pub number: usize,
    /// Where: the centre of a cell, or of a commune.
    pub position: Position,
    /// Ordinal of its commune.
    pub commune: CommuneIx,
    /// Persons who count there.
    pub persons: u32,
    /// Place of its site in the list of the answer.
    pub site: usize,
    /// Seconds to the nearest place before and after; `None` when there is none within any journey.
    pub seconds: [Option<u32>; 2],
}

/// A commune that stays out of reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOut {
    /// Its ordinal.
    pub commune: CommuneIx,
    /// Persons in it who stay out of reach.
    pub persons: u64,
    /// All of its persons who count.
    pub of: u64,
    /// Minutes to the nearest place with the plan; `None` when it has none.
    pub minutes: Option<f64>,
}

/// One point of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Posts or euros spent.
    pub means: u64,
    /// Value reached.
    pub value: f64,
}

/// Another way to spend as much.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// `nothing`, `by-population`, `random`, `real-allocation`. The last one is the posts that exist, beside as many in the
    /// communes that we would have placed with nothing there before.
    pub name: &'static str,
    /// What ours was placed by: the objective of the plan; for the real allocation that of the plan where it has a value for
    /// posts that were placed without it (coverage, gradual, mean, capacitated), else coverage.
    pub goal: Goal,
    /// What both values count.
    pub measure: Measure,
    /// New posts in it.
    pub posts: u64,
    /// Its value, in that measure.
    pub value: f64,
    /// Persons within reach.
    pub covered: u64,
    /// Value of our way, in the same measure: the plan, or our placement of as many posts.
    pub our_value: f64,
    /// Persons within reach of our way.
    pub our_covered: u64,
    /// How much ours is better, in percent of the value of this one; `None` where it is worth nothing, or does not do
    /// what was asked.
    pub ours_is_better_percent: Option<f64>,
}

/// The same question with one assumption changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// What was changed, as a field and its value.
    pub field: &'static str,
    /// The value it was given.
    pub value: String,
    /// Share of the posts of the plan that stay where they are.
    pub overlap: f64,
    /// Posts of the variant.
    pub posts: u64,
    /// Persons within reach in the variant, by its own assumptions.
    pub covered: u64,
}
