//! Answers to the guesses of a threshold: each is a question about coverage, and what one answer taught the next begins with.
//!
//! Set cover: all guesses read the same model, only the means differ, and prices that bound one of them bound all. Centre:
//! only the people who live far from everything decide. A few of them are asked about; where a plan leaves others behind,
//! those are asked about too (relaxation, Chen and Handler 1987; Contardo, Iori and Kramer 2019).

use super::benefit::grains_of_share;
use super::cover::{self, Cover};
use super::dual::Dual;
use super::engine::{self, Settings, Standing};
use super::finding::{forced_openings, openings};
use super::greedy::greedy_until;
use super::model::Model;
use super::objective::Shape;
use super::plan::{Opening, PAYS_ALL, Prices, Proof, Question};
use super::problem::Problem;
use super::proof::{of_ceiling, of_prices};
use super::weighted::{Terms, forced_spending};

/// Where there are no more demand points than this, all are asked about at once.
const FEW: usize = 200;
/// Demand points that are asked about at first, and that join when a plan leaves some behind, at most: those that are left
/// farthest. Questions about few people are soon answered, so it pays to ask many of them.
const MORE: usize = 25;
/// First step of prices that were good for other means.
const STEP: f64 = 0.5;

/// What a guess led to.
pub(super) enum Answer {
    /// A plan that does it.
    Yes(Vec<Opening>),
    /// No plan can; the plan that came nearest.
    No(Proof, Vec<Opening>),
    /// Neither was found; the plan that came nearest.
    Open(Vec<Opening>),
}

/// What it took.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spent {
    pub rounds: u32,
    pub stopped: bool,
}

/// What all guesses of one problem share.
pub(super) struct Guesses<'a> {
    problem: &'a Problem,
    /// Set cover: the model of the most means there are, and persons asked for.
    spent: Option<(Model, i64)>,
    /// Set cover: the last prices, and their shift, which holds for the most means; the first step from there.
    prices: Option<(Vec<u32>, u32)>,
    step: f64,
    /// Centre: who is asked about.
    asked: Vec<bool>,
    /// Centre: of the plans for those who were asked about, the one that serves all others best, and the worst of their ways.
    seen: Option<(u32, Vec<Opening>)>,
}

impl<'a> Guesses<'a> {
    pub fn new(problem: &'a Problem) -> Self {
        let mut guesses = Self { problem, spent: None, prices: None, step: 1.0, asked: Vec::new(), seen: None };
        if problem.objective.shape() == Shape::Spent {
            let question = Question::PersonsFor(problem.means());
            guesses.spent = Terms::new(problem, &question).map(|terms| {
                let model = Model::with(problem, &terms.weights, terms.means, &|cost| terms.benefit(problem, cost));
                let Dual { best_prices, shift, .. } = Dual::new(&model);
                guesses.prices = Some((best_prices, shift));
                (model, grains_of_share(problem.objective.share, terms.weights.iter().sum()))
            });
            return guesses;
        }
        guesses.asked = problem.weights.iter().map(|&weight| weight > 0).collect();
        if guesses.asked.iter().filter(|asked| **asked).count() > FEW {
            guesses.asked.fill(false);
            let behind = guesses.left_behind(&[], 0);
            behind.into_iter().for_each(|demand| guesses.asked[demand] = true);
            // A plan of nothing may lack what is forced.
            guesses.seen = None;
        }
        guesses
    }

    /// A plan to begin with, where one costs little to find.
    pub fn at_first(&self) -> Option<Vec<Opening>> {
        let (model, goal) = self.spent.as_ref()?;
        Some(openings(self.problem, model, &greedy_until(model, *goal).sites))
    }

    /// Whether the last prices prove that so much is not enough.
    pub fn too_little(&mut self, means: i64) -> Option<Prices> {
        let ((model, goal), (prices, shift)) = (self.spent.as_mut()?, self.prices.as_ref()?);
        model.set_means(means - forced_spending(self.problem));
        let cases = if model.ceiling < *goal {
            of_ceiling(model, *shift)
        } else {
            let mut dual = Dual::at(model, *shift, prices.clone(), STEP);
            let bound = dual.evaluate_best() >> shift;
            (bound < i128::from(*goal)).then(|| of_prices(model, *shift, prices))?
        };
        Some(Prices { question: Question::PersonsFor(means), cases })
    }

    /// The best plan for all that came up with the answers since the last time.
    pub fn seen(&mut self) -> Option<Vec<Opening>> {
        self.seen.take().map(|(_, openings)| openings)
    }

    pub fn answer(&mut self, question: &Question, settings: Settings, watch: engine::Watch) -> (Answer, Spent) {
        match question {
            Question::PersonsFor(means) if self.spent.is_some() => self.with_means(*means, settings, watch),
            _ => self.within(question, settings, watch),
        }
    }

    fn with_means(&mut self, means: i64, settings: Settings, watch: engine::Watch) -> (Answer, Spent) {
        let Some((model, goal)) = &mut self.spent else { return (Answer::Open(Vec::new()), Spent::default()) };
        model.set_means(means - forced_spending(self.problem));
        let dual = match self.prices.take() {
            Some((prices, shift)) => Dual::at(model, shift, prices, self.step),
            None => Dual::new(model),
        };
        self.step = STEP;
        let found = engine::run_from(model, settings, Some(*goal), dual, watch);
        let openings = openings(self.problem, model, &found.sites);
        let spent = Spent { rounds: found.rounds, stopped: found.stopped };
        self.prices = Some((found.prices, found.shift));
        let answer = if found.value >= *goal {
            Answer::Yes(openings)
        } else if found.bound < *goal {
            let question = Question::PersonsFor(means);
            Answer::No(Proof::Prices(Prices { question, cases: found.cases }), openings)
        } else {
            Answer::Open(openings)
        };
        (answer, spent)
    }

    fn within(&mut self, question: &Question, settings: Settings, watch: engine::Watch) -> (Answer, Spent) {
        let problem = self.problem;
        let (Some(terms), Question::PointsWithin(cost)) = (Terms::new(problem, question), question) else {
            return (Answer::Open(Vec::new()), Spent::default());
        };
        let mut spent = Spent::default();
        loop {
            let points: Vec<u32> = (0..).zip(&self.asked).filter(|(_, asked)| **asked).map(|(rank, _)| rank).collect();
            // What cannot be tried to the end is searched.
            let end = spent.rounds + (settings.rounds - spent.rounds) / 2;
            let tried = cover::within(problem, *cost, &points, &mut || {
                if spent.rounds >= end {
                    return false;
                }
                spent.rounds += 1;
                spent.stopped |= watch(Standing { value: 0, bound: 0, rounds: spent.rounds }).is_break();
                !spent.stopped
            });
            match tried {
                Cover::Impossible => {
                    return (Answer::No(Proof::Tried { cost: *cost, points }, forced_openings(problem)), spent);
                }
                Cover::Sites(sites) => {
                    let mut openings = forced_openings(problem);
                    openings.extend(sites.into_iter().map(|site| Opening { site, posts: 1 }));
                    openings.sort_unstable_by_key(|opening| opening.site);
                    let behind = self.left_behind(&openings, *cost);
                    if behind.is_empty() {
                        return (Answer::Yes(openings), spent);
                    }
                    behind.into_iter().for_each(|demand| self.asked[demand] = true);
                    spent.stopped |= watch(Standing { value: 0, bound: 0, rounds: spent.rounds }).is_break();
                    if spent.stopped {
                        return (Answer::Open(openings), spent);
                    }
                    continue;
                }
                Cover::Unknown => (),
            }
            let weights: Vec<i64> = self.asked.iter().map(|&asked| i64::from(asked)).collect();
            let model = Model::with(problem, &weights, terms.means, &|cost| terms.benefit(problem, cost));
            let goal = weights.iter().sum();
            let rest = Settings { rounds: settings.rounds - spent.rounds, ..settings };
            let before = spent.rounds;
            let found = engine::run(&model, rest, Some(goal), &mut |standing| {
                watch(Standing { rounds: before + standing.rounds, ..standing })
            });
            spent = Spent { rounds: before + found.rounds, stopped: found.stopped };
            let openings = openings(problem, &model, &found.sites);
            if found.bound < goal {
                let mut cases = found.cases;
                // Who was not asked about is served whatever the plan: that bounds those who were.
                let payers = cases.payers.iter_mut().zip(&self.asked);
                payers.filter(|(_, asked)| !**asked).for_each(|(payer, _)| *payer = PAYS_ALL);
                let prices = Prices { question: question.clone(), cases };
                return (Answer::No(Proof::Prices(prices), openings), spent);
            }
            if found.value < goal {
                return (Answer::Open(openings), spent);
            }
            let behind = self.left_behind(&openings, *cost);
            if behind.is_empty() {
                return (Answer::Yes(openings), spent);
            }
            behind.into_iter().for_each(|demand| self.asked[demand] = true);
            if spent.stopped || spent.rounds >= settings.rounds {
                return (Answer::Open(openings), spent);
            }
        }
    }

    /// Who is farther than this from every post of a plan, the farthest first, one for each site that is their nearest.
    fn left_behind(&mut self, openings: &[Opening], cost: u32) -> Vec<usize> {
        let problem = self.problem;
        let mut posts: Vec<u32> = problem.sites.iter().map(|site| site.existing_posts).collect();
        openings.iter().for_each(|opening| posts[opening.site as usize] += opening.posts);
        let inhabited = (0..problem.weights.len()).filter(|&demand| problem.weights[demand] > 0);
        let ways = inhabited.map(|demand| (problem.nearest(demand, &posts).unwrap_or(u32::MAX), demand));
        let mut behind: Vec<(u32, usize)> = ways.filter(|(way, _)| *way > cost).collect();
        behind.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        if let Some(&(worst, _)) = behind.first()
            && self.seen.as_ref().is_none_or(|(least, _)| worst < *least)
        {
            self.seen = Some((worst, openings.to_vec()));
        }
        let mut taken = vec![false; problem.sites.len() + 1];
        behind.retain(|&(_, demand)| {
            let nearest = problem.pairs.of(demand).first().map_or(problem.sites.len(), |pair| pair.site as usize);
            !std::mem::replace(&mut taken[nearest], true)
        });
        behind.into_iter().take(MORE).map(|(_, demand)| demand).collect()
    }
}
