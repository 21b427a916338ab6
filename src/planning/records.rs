//! The parts of a plan document, as they are written.

use serde::{Deserialize, Serialize};

use super::answer::Status;
use super::study::Study;
use crate::placement::{Case, Cases, Counted, Opening, PAYS_ALL, PAYS_NOTHING, Plan, Prices, Proof, Question};

/// What is claimed of a plan, in the words of a reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// What the values count: `persons`, `metres per person`…
    pub measure: String,
    /// Value of the plan.
    pub value: f64,
    /// No plan has a better value.
    pub bound: f64,
    /// Distance between the two, in percent of the value; nothing when the plan is worth nothing.
    pub gap_percent: Option<f64>,
    /// `optimal`, `optimal-for-the-least`, `within-gap` or `falls-short`.
    pub status: String,
    /// Persons whom the plan lacks of what was asked.
    pub shortfall: f64,
    /// No plan lacks fewer.
    pub least_shortfall: f64,
    /// Persons who count.
    pub persons: u64,
    /// Persons within reach of what exists.
    pub covered_before: u64,
    /// Persons within reach with the plan.
    pub covered_after: u64,
    /// New posts.
    pub posts: u64,
    /// Euros a year for them.
    pub cost_eur: u64,
    /// Demand points, sites and pairs of the problem.
    pub size: [usize; 3],
    /// How the bound was found.
    pub method: String,
}

impl Certificate {
    pub(super) fn new(study: &Study, plan: &Plan) -> Self {
        let problem = study.problem();
        Self {
            measure: study.measure_words().into(),
            value: kept(study.in_measure(plan.objective)),
            bound: kept(study.in_measure(plan.bound)),
            gap_percent: plan.gap_percent().map(kept),
            status: Status::of(plan, study.request.objective.kind.shape).name().into(),
            shortfall: kept(study.persons_of(plan.shortfall)),
            least_shortfall: kept(study.persons_of(plan.least_shortfall)),
            persons: study.people.total(),
            covered_before: study.covered(&[]),
            covered_after: study.covered(&plan.openings),
            posts: plan.posts(),
            cost_eur: study.cost_eur(&plan.openings),
            size: [problem.weights().len(), problem.sites().len(), problem.pairs().len()],
            method: method(&plan.proof).into(),
        }
    }
}

/// A number with six decimals: JSON is read back to the same one, which does not hold for all seventeen digits of a double.
fn kept(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

fn method(proof: &Proof) -> &'static str {
    match proof {
        Proof::Everything => "every plan was tried",
        Proof::Tried { .. } => "every way to reach some demand points was tried",
        Proof::AllSites => "all sites together",
        Proof::Prices(Prices { cases, .. }) if cases.tree.len() > 1 => "Lagrangian prices in a tree of cases",
        Proof::Prices(_) => "Lagrangian prices",
    }
}

/// One site of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteRecord {
    /// Id among the candidates.
    pub id: String,
    /// Name.
    pub name: String,
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
    /// New posts.
    pub posts: u32,
    /// Ids of the places where the post stops, the base first; only where posts travel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<String>,
}

impl SiteRecord {
    pub(super) fn all(study: &Study, plan: &Plan) -> Vec<Self> {
        let record = |opening: &Opening| {
            let place = &study.places[opening.site as usize];
            let round = study.rounds.get(opening.site as usize);
            let stops = round.map_or(&[][..], |round| &round.stops);
            Self {
                id: place.id.clone(),
                name: place.name.clone(),
                lon: kept(place.position.lon()),
                lat: kept(place.position.lat()),
                posts: opening.posts,
                stops: stops.iter().map(|&stop| study.places[stop as usize].id.clone()).collect(),
            }
        };
        plan.openings.iter().map(record).collect()
    }

    /// The openings that records name, in order of site; `None` when one names no candidate.
    pub(super) fn openings(study: &Study, records: &[Self]) -> Option<Vec<Opening>> {
        let opening = |record: &Self| {
            let site = study.places.iter().position(|place| place.candidate && place.id == record.id)?;
            Some(Opening { site: site as u32, posts: record.posts })
        };
        records.iter().map(opening).collect()
    }
}

/// A plan without its sites, and its proof; see [`Plan`] for what the numbers say. Long lists are texts, so that a person
/// can still read the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRecord {
    /// Value in units of the objective.
    pub objective: i64,
    /// No plan is better.
    pub bound: i64,
    /// Grains of persons that are missing of what was asked.
    pub shortfall: i64,
    /// No plan lacks fewer.
    pub least_shortfall: i64,
    /// The seed.
    pub seed: u64,
    /// Rounds of work spent.
    pub rounds: u32,
    /// Whether the clock, or somebody, ended the search before its work was done.
    pub stopped: bool,
    /// Why no plan is better than the bound.
    pub proof: ProofRecord,
    /// Why no plan lacks fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortfall_proof: Option<PricesRecord>,
}

/// What a bound follows from; see [`Proof`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum ProofRecord {
    /// Every plan was tried.
    Everything,
    /// Every way to reach some demand points was tried; see [`Proof::Tried`].
    Tried {
        /// The cost that does not suffice.
        cost: u32,
        /// Ranks of the demand points, separated by spaces.
        points: String,
    },
    /// The bound is what all sites together would give.
    AllSites,
    /// Prices.
    Prices(PricesRecord),
}

/// Prices that bound a question; see [`Prices`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricesRecord {
    /// The question that they bound.
    pub question: QuestionRecord,
    /// Prices are whole numbers of 2^-shift.
    pub shift: u32,
    /// For each demand point the place of its price in every list, `-` where it pays nothing, `x` where it pays all that any
    /// site could bring, separated by spaces; nothing when each has its own, in order.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payers: String,
    /// Lists of prices, separated by spaces.
    pub prices: Vec<String>,
    /// The cases, separated by spaces: `s12` splits on site 12, `l0` is a leaf with the first list of prices.
    pub tree: String,
}

/// The question that prices bound; see [`Question`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum QuestionRecord {
    /// The problem's own.
    Own,
    /// How many demand points can be within this cost?
    PointsWithin(u32),
    /// How many persons can be covered with these means?
    PersonsFor(i64),
    /// How many persons, when those of each territory count so many times? Separated by spaces.
    Weighted(String),
    /// How many persons, when only what is below its floor counts, so many times? Separated by spaces.
    Lacking(String),
    /// For each list of prices: `1` when everybody counts once beside, else `0`, then the multipliers, separated by spaces.
    CaseByCase(Vec<String>),
}

fn words<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(" ")
}

fn numbers<T: std::str::FromStr>(text: &str) -> Option<Vec<T>> {
    text.split_ascii_whitespace().map(|word| word.parse().ok()).collect()
}

fn written_counted(Counted { once, times }: &Counted) -> String {
    words(std::iter::once(i64::from(*once)).chain(times.iter().copied()))
}

fn counted(text: &str) -> Option<Counted> {
    let mut numbers: Vec<i64> = numbers(text)?;
    let once = match numbers.first()? {
        0 => false,
        1 => true,
        _ => return None,
    };
    Some(Counted { once, times: numbers.split_off(1) })
}

/// Who pays which price; nothing when everybody pays their own.
fn written_payers(payers: &[u32]) -> String {
    if payers.iter().zip(0..).all(|(payer, rank)| *payer == rank) {
        return String::new();
    }
    words(payers.iter().map(|&payer| match payer {
        PAYS_NOTHING => "-".to_owned(),
        PAYS_ALL => "x".to_owned(),
        place => place.to_string(),
    }))
}

impl PlanRecord {
    pub(super) fn new(plan: &Plan) -> Self {
        let proof = match &plan.proof {
            Proof::Everything => ProofRecord::Everything,
            Proof::Tried { cost, points } => ProofRecord::Tried { cost: *cost, points: words(points) },
            Proof::AllSites => ProofRecord::AllSites,
            Proof::Prices(prices) => ProofRecord::Prices(PricesRecord::new(prices)),
        };
        let shortfall_proof = plan.shortfall_proof.as_ref().map(PricesRecord::new);
        let Plan { objective, bound, shortfall, least_shortfall, seed, rounds, stopped, .. } = *plan;
        Self { objective, bound, shortfall, least_shortfall, seed, rounds, stopped, proof, shortfall_proof }
    }

    /// The plan that was written, with these sites; `None` when a list is no list of numbers.
    pub(super) fn plan(&self, openings: Vec<Opening>) -> Option<Plan> {
        let proof = match &self.proof {
            ProofRecord::Everything => Proof::Everything,
            ProofRecord::Tried { cost, points } => Proof::Tried { cost: *cost, points: numbers(points)? },
            ProofRecord::AllSites => Proof::AllSites,
            ProofRecord::Prices(prices) => Proof::Prices(prices.read()?),
        };
        let shortfall_proof = match &self.shortfall_proof {
            Some(prices) => Some(prices.read()?),
            None => None,
        };
        let Self { objective, bound, shortfall, least_shortfall, seed, rounds, stopped, .. } = *self;
        Some(Plan {
            openings,
            objective,
            bound,
            shortfall,
            least_shortfall,
            proof,
            shortfall_proof,
            seed,
            rounds,
            stopped,
        })
    }
}

impl PricesRecord {
    fn new(Prices { question, cases }: &Prices) -> Self {
        Self {
            question: match question {
                Question::Own => QuestionRecord::Own,
                Question::PointsWithin(cost) => QuestionRecord::PointsWithin(*cost),
                Question::PersonsFor(means) => QuestionRecord::PersonsFor(*means),
                Question::Weighted(times) => QuestionRecord::Weighted(words(times)),
                Question::Lacking(times) => QuestionRecord::Lacking(words(times)),
                Question::CaseByCase(counted) => {
                    QuestionRecord::CaseByCase(counted.iter().map(written_counted).collect())
                }
            },
            shift: cases.shift,
            payers: written_payers(&cases.payers),
            prices: cases.prices.iter().map(words).collect(),
            tree: words(cases.tree.iter().map(|case| match case {
                Case::Split { site } => format!("s{site}"),
                Case::Leaf { prices } => format!("l{prices}"),
            })),
        }
    }

    fn read(&self) -> Option<Prices> {
        let question = match &self.question {
            QuestionRecord::Own => Question::Own,
            QuestionRecord::PointsWithin(cost) => Question::PointsWithin(*cost),
            QuestionRecord::PersonsFor(means) => Question::PersonsFor(*means),
            QuestionRecord::Weighted(times) => Question::Weighted(numbers(times)?),
            QuestionRecord::Lacking(times) => Question::Lacking(numbers(times)?),
            QuestionRecord::CaseByCase(lists) => {
                Question::CaseByCase(lists.iter().map(|text| counted(text)).collect::<Option<_>>()?)
            }
        };
        let case = |word: &str| match word.split_at_checked(1)? {
            ("s", site) => Some(Case::Split { site: site.parse().ok()? }),
            ("l", prices) => Some(Case::Leaf { prices: prices.parse().ok()? }),
            _ => None,
        };
        let prices: Vec<Vec<u32>> = self.prices.iter().map(|list| numbers(list)).collect::<Option<_>>()?;
        let payer = |word: &str| match word {
            "-" => Some(PAYS_NOTHING),
            "x" => Some(PAYS_ALL),
            place => place.parse().ok(),
        };
        let payers = match self.payers.as_str() {
            "" => (0..prices.first().map_or(0, Vec::len) as u32).collect(),
            payers => payers.split_ascii_whitespace().map(payer).collect::<Option<_>>()?,
        };
        let tree = self.tree.split_ascii_whitespace().map(case).collect::<Option<_>>()?;
        Some(Prices { question, cases: Cases { shift: self.shift, payers, prices, tree } })
    }
}
