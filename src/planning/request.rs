//! The question of a planner: everything that was asked, and nothing that has to be looked up.

use chrono::NaiveDate;
use geo::Polygon;
use sha2::{Digest, Sha256};

use super::hosts::LEAST_INHABITANTS;
use crate::access::Mode;
use crate::domain::need::Preset;
use crate::domain::{Level, Position};
use crate::placement::{KINDS, Objective, ObjectiveKind};

/// Hours that a post gives in a year: the legal 1,607, of which some two thirds are left for people.
const HOURS_PER_POST: f64 = 1_000.0;
/// Hours that a person needs in a year: a pass numérique pays 10 to 20.
const HOURS_PER_PERSON: f64 = 10.0;

/// Rounds of work unless told: a plan of the whole country is near its bound by then.
const USUAL_ROUNDS: u32 = 40;
/// Seconds unless told: a machine that is so slow, or so busy, that it does not come to the end of its rounds.
const MOST_SECONDS: f64 = 60.0;

/// Everything that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Whose people count, and where new posts may go.
    pub territory: Area,
    /// Who counts.
    pub demand: DemandKind,
    /// The national number of persons in need.
    pub denominator: &'static Preset,
    /// Where new posts may go.
    pub candidates: Candidates,
    /// Places of one's own where they may go too; empty under [`Candidates::Listed`], which has them.
    pub beside: Vec<ListedSite>,
    /// What is there already, stays, and serves people whether inside the territory or not.
    pub existing: Existing,
    /// What becomes of existing posts whose convention ends; read under [`Existing::Posts`].
    pub conventions: Conventions,
    /// Ids of candidates that must receive a post.
    pub forced: Vec<String>,
    /// Ids of candidates that may not.
    pub forbidden: Vec<String>,
    /// New posts that one site may receive at most; more than one is of use only where posts fill up.
    pub posts_per_site: u32,
    /// What is near.
    pub reach: Reach,
    /// What is wished.
    pub objective: Goal,
    /// What there is to spend.
    pub limit: Limit,
    /// Euros that a post costs.
    pub prices: Prices,
    /// Posts that travel; `None` when each stays in one place.
    pub itinerant: Option<Rounds>,
    /// Where chance begins.
    pub seed: u64,
    /// Seconds for the whole question at most; a plan that they ended says so, and an answer names what it had no time for.
    pub seconds: Option<f64>,
    /// Rounds of work to search at most: the same rounds make the same plan on any machine.
    pub rounds: u32,
}

/// A territory, or an outline that somebody drew.
#[derive(Debug, Clone, PartialEq)]
pub enum Area {
    /// All communes.
    Nation,
    /// One territory.
    Territory {
        /// Its level.
        level: Level,
        /// Its code.
        code: String,
    },
    /// The communes whose point lies inside.
    Polygon(Polygon),
}

/// Who counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DemandKind {
    /// Persons in need.
    Need,
    /// Of these, never online.
    Offline,
    /// Of these, online with weak skills.
    WeakSkills,
    /// Of these, those who would come.
    Expected,
    /// Inhabitants.
    Population,
    /// Inhabitants × an indicator that is a share in percent, by its id.
    Indicator(String),
}

/// Where new posts may go.
#[derive(Debug, Clone, PartialEq)]
pub enum Candidates {
    /// The hosts that the edition knows, one for each neighbourhood, and the town halls of communes without one that are
    /// large enough; ids are those of venues, libraries and communes.
    Hosts {
        /// Inhabitants of a commune whose town hall is proposed.
        least_inhabitants: u32,
    },
    /// Every commune, at its point, and the quarters of large ones; ids are codes, with a number for quarters.
    Communes,
    /// Every venue that receives the public; ids are those of venues.
    Venues,
    /// Of these, France services.
    FranceServices,
    /// Libraries of the edition.
    Libraries,
    /// Town halls: of the edition where it has some, else the point of each commune.
    TownHalls,
    /// A list of one's own.
    Listed(Vec<ListedSite>),
}

/// One place of a list of one's own.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedSite {
    /// Its id, without comma or semicolon.
    pub id: String,
    /// Its name, without semicolon.
    pub name: String,
    /// Where.
    pub position: Position,
}

/// What is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Nothing counts.
    None,
    /// The posts of the latest list of conseillers numériques, in the commune of their employer, one in each quarter.
    Posts,
    /// The venues of France services.
    FranceServices,
    /// All venues that receive the public.
    Venues,
    /// The venues where a conseiller numérique works.
    Conseillers,
}

/// What becomes of a post whose convention ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conventions {
    /// All are renewed.
    Renewed,
    /// None is: a post is gone when its convention ends before a day. A post without date stays.
    Lapse {
        /// The day at which the plan is judged.
        horizon: NaiveDate,
        /// Months from the validation of a post to the end of its convention.
        months: u32,
    },
}

/// What is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Metres as the crow flies, between people and sites.
    Radius {
        /// So many.
        metres: u32,
    },
    /// Estimated minutes of travel.
    Minutes {
        /// How people travel.
        mode: Mode,
        /// So many.
        minutes: u32,
    },
}

/// What is wished: an objective, and the numbers that it takes; the others have no say, and are those of [`Goal::of`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// Which objective.
    pub kind: &'static ObjectiveKind,
    /// Metres or seconds, as the reach has it, from which a person counts for nothing more; 0 when it takes none.
    pub beyond: u32,
    /// Share of persons, above 0 and at most 1.
    pub share: f64,
    /// Level of the territories to compare.
    pub level: Level,
    /// Hours that a post gives to people in a year.
    pub hours_per_post: f64,
    /// Hours that a person needs in a year.
    pub hours_per_person: f64,
}

impl Goal {
    /// An objective with the numbers that it takes unless told. What is beyond depends on what is near: twice that.
    #[must_use]
    pub fn of(kind: &'static ObjectiveKind, reach: Reach) -> Self {
        Self {
            kind,
            beyond: if kind.takes_beyond() { 2 * reach.cost() } else { 0 },
            share: kind.usual_share().unwrap_or(1.0),
            level: kind.usual_level().unwrap_or(Level::Commune),
            hours_per_post: HOURS_PER_POST,
            hours_per_person: HOURS_PER_PERSON,
        }
    }

    /// As many persons within reach as possible.
    #[must_use]
    pub fn coverage() -> Self {
        Self::of(KINDS[0], Reach::Radius { metres: 0 })
    }
}

/// What there is to spend on new posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many posts.
    Posts(u64),
    /// So many euros a year, at the price of each site.
    BudgetEur(u64),
    /// As many posts as it takes: what is asked is how few.
    AsItTakes,
}

/// Euros that a post costs in a year, by who hosts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    /// A commune, a library, a town hall, a public employer.
    pub public_eur: u32,
    /// Anybody else.
    pub private_eur: u32,
}

/// Posts that travel from a base to stops around it, half a day a week at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounds {
    /// Stops at most, the base included.
    pub stops: u32,
    /// Minutes by car between two stops at most, and back to the base.
    pub minutes: u32,
}

impl Reach {
    /// The reach in the unit of its ways: metres or seconds.
    #[must_use]
    pub fn cost(self) -> u32 {
        match self {
            Self::Radius { metres } => metres,
            Self::Minutes { minutes, .. } => minutes * 60,
        }
    }
}

impl Request {
    /// The question of the national plan (2021): 2,400 posts more, those that exist kept, 50,000 € a year with a public
    /// host and 40,000 € with a private one. Within 10 minutes by car: at 20, a third of the posts would do.
    #[must_use]
    pub fn defaults() -> Self {
        Self {
            territory: Area::Nation,
            demand: DemandKind::Need,
            denominator: Preset::USUAL,
            candidates: Candidates::Hosts { least_inhabitants: LEAST_INHABITANTS },
            beside: Vec::new(),
            existing: Existing::Posts,
            conventions: Conventions::Renewed,
            forced: Vec::new(),
            forbidden: Vec::new(),
            posts_per_site: 1,
            reach: Reach::Minutes { mode: Mode::Car, minutes: 10 },
            objective: Goal::coverage(),
            limit: Limit::Posts(2_400),
            prices: Prices { public_eur: 50_000, private_eur: 40_000 },
            itinerant: None,
            seed: 1,
            seconds: Some(MOST_SECONDS),
            rounds: USUAL_ROUNDS,
        }
    }

    /// The objective with its numbers, as the solver has it.
    #[must_use]
    pub fn objective(&self) -> Objective {
        let Goal { kind, beyond, share, hours_per_post, hours_per_person, .. } = self.objective;
        let persons_per_post = if kind.takes_room() { hours_per_post / hours_per_person } else { f64::INFINITY };
        Objective { beyond, share, persons_per_post, ..Objective::new(kind, self.reach.cost()) }
    }

    /// The longest way that makes a difference, in metres or seconds as the reach has it.
    #[must_use]
    pub fn longest(&self) -> u32 {
        self.objective().longest()
    }

    /// SHA-256 of the question and the edition it is asked of, hexadecimal: the same question has the same one.
    #[must_use]
    pub fn fingerprint(&self, edition_id: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(edition_id);
        for (name, value) in self.to_pairs() {
            hasher.update([0]);
            hasher.update(name);
            hasher.update([1]);
            hasher.update(value);
        }
        format!("{:x}", hasher.finalize())
    }
}
