//! Centre and set cover: how low can a threshold be? Each guess is a question about coverage, and a question that no
//! plan can answer is the proof that the threshold is higher ([`super::guess`]).

use std::ops::ControlFlow;

use super::engine::Settings;
use super::finding::{Finding, Progress, Watch, finish, forced_openings};
use super::guess::{Answer, Guesses};
use super::objective::Shape;
use super::plan::{Opening, Plan, Proof, Question};
use super::problem::Problem;
use super::score::Score;
use super::weighted::{all_sites, forced_spending, price_step};

/// Rounds that a guess gets at first; questions that stay open get more when all guesses are made.
const ROUNDS_OF_A_GUESS: u32 = 8;
/// They get so many times as many, and as many times more when that was not enough.
const MORE_ROUNDS: u32 = 8;

/// The thresholds in order, what is known of them, and the means to ask.
struct Ladder<'a, 'w> {
    problem: &'a Problem,
    settings: Settings,
    watch: &'a mut Watch<'w>,
    thresholds: Thresholds,
    guesses: Guesses<'a>,
    /// The lowest step with a plan; beyond the last there is none.
    yes: usize,
    plan: Option<(Vec<Opening>, Score)>,
    /// Every step below is impossible.
    no: usize,
    proof: Option<Proof>,
    rounds: u32,
    stopped: bool,
}

pub(super) fn place(problem: &Problem, settings: Settings, watch: &mut Watch) -> Plan {
    let thresholds = Thresholds::new(problem);
    let yes = thresholds.len();
    let guesses = Guesses::new(problem);
    let mut ladder = Ladder {
        problem,
        settings,
        watch,
        thresholds,
        guesses,
        yes,
        plan: None,
        no: 0,
        proof: None,
        rounds: 0,
        stopped: false,
    };
    ladder.take(forced_openings(problem));
    ladder.climb();
    let Ladder { plan, proof, rounds, stopped, .. } = ladder;
    let openings = plan.map_or_else(Vec::new, |(openings, _)| openings);
    // What cannot be reached at the highest threshold cannot be reached at all.
    let shortfall_proof = match &proof {
        Some(Proof::Prices(prices)) if problem.objective.shape() == Shape::Spent => Some(prices.clone()),
        _ => None,
    };
    let proof = proof.unwrap_or(Proof::AllSites);
    finish(problem, Finding { openings, proof, shortfall_proof, rounds, stopped }, settings)
}

/// Every value that the objective can take, in ascending order.
enum Thresholds {
    /// Costs of pairs.
    Costs(Vec<i64>),
    /// Means: so many steps from the least.
    Means { least: i64, step: i64, count: usize },
}

impl Thresholds {
    fn new(problem: &Problem) -> Self {
        if problem.objective.shape() == Shape::Worst {
            let penalty = problem.objective.near;
            let costs = || problem.pairs.iter().flatten().map(|pair| pair.cost).filter(|&cost| cost < penalty);
            // There are far fewer costs than pairs.
            let mut is_cost = vec![false; costs().max().map_or(0, |most| most as usize + 1)];
            costs().for_each(|cost| is_cost[cost as usize] = true);
            return Self::Costs((0..).zip(is_cost).filter_map(|(cost, is_cost)| is_cost.then_some(cost)).collect());
        }
        let (least, step) = (forced_spending(problem), price_step(problem));
        let sites = 0..problem.sites.len();
        let most: i64 = sites.map(|site| i64::from(problem.room(site)) * problem.price(site)).sum();
        let count = (problem.means().min(most) - least) / step + 1;
        Self::Means { least, step, count: count as usize }
    }

    fn len(&self) -> usize {
        match self {
            Self::Costs(costs) => costs.len(),
            Self::Means { count, .. } => *count,
        }
    }

    fn get(&self, rank: usize) -> Option<i64> {
        match self {
            Self::Costs(costs) => costs.get(rank).copied(),
            Self::Means { least, step, count } => (rank < *count).then(|| least + rank as i64 * step),
        }
    }

    /// How many are below a value.
    fn below(&self, value: i64) -> usize {
        match self {
            Self::Costs(costs) => costs.partition_point(|&cost| cost < value),
            Self::Means { least, step, count } => {
                (((value - least).max(0) + step - 1) / step).min(*count as i64) as usize
            }
        }
    }
}

impl Ladder<'_, '_> {
    /// First goes down as far as plans are found; then looks for the highest step that is proven impossible.
    fn climb(&mut self) {
        let floor = all_sites(self.problem);
        self.no = self.thresholds.below(floor);
        self.ask_at_first();
        let mut open = self.no;
        while open < self.yes && !self.stopped {
            let middle = open.midpoint(self.yes);
            if !self.ask(middle, ROUNDS_OF_A_GUESS) {
                open = middle + 1;
            }
        }
        let mut rounds = ROUNDS_OF_A_GUESS * MORE_ROUNDS;
        self.settle(rounds);
        // A centre is tried to the end, however long it takes.
        while self.problem.objective.shape() == Shape::Worst && self.no < self.yes && self.may_go_on() {
            rounds = rounds.saturating_mul(MORE_ROUNDS);
            self.settle(rounds);
        }
    }

    fn may_go_on(&self) -> bool {
        !self.stopped && self.rounds < self.settings.rounds
    }

    /// Asks the steps that are open, with so many rounds for each, until none is left that has an answer.
    fn settle(&mut self, rounds: u32) {
        let mut high = self.yes;
        while self.no < high && self.may_go_on() {
            // The step just below the plan first: if it is impossible, all is said.
            let middle = if high == self.yes { high - 1 } else { self.no.midpoint(high) };
            let left = self.settings.rounds - self.rounds;
            let before = (self.yes, self.no);
            self.ask(middle, left.min(rounds));
            high = if before == (self.yes, self.no) { middle } else { self.yes };
        }
    }

    /// A plan to begin with, whatever it is worth: the limit may be too low for any.
    fn ask_at_first(&mut self) {
        if self.yes == 0 {
            return;
        }
        if let Some(openings) = self.guesses.at_first() {
            self.take(openings);
        }
        let last = self.thresholds.len() - 1;
        if self.yes > last {
            self.ask(last, ROUNDS_OF_A_GUESS);
        }
    }

    /// What prices say about other means than those they were found for: so much is not enough either.
    fn raise_floor(&mut self) {
        let (mut low, mut high) = (self.no, self.yes);
        let mut best = None;
        while low < high {
            let middle = low.midpoint(high);
            let Some(means) = self.thresholds.get(middle) else { return };
            match self.guesses.too_little(means) {
                Some(proof) => {
                    best = Some((middle, proof));
                    low = middle + 1;
                }
                None => high = middle,
            }
        }
        if let Some((step, proof)) = best {
            self.no = step + 1;
            self.proof = Some(Proof::Prices(proof));
        }
    }

    /// Asks whether some plan stays at or below a step; true when one does.
    fn ask(&mut self, step: usize, rounds: u32) -> bool {
        let threshold = self.thresholds.get(step).expect("a step of the ladder has a threshold");
        let question = match self.problem.objective.shape() {
            Shape::Worst => Question::PointsWithin(threshold as u32),
            _ => Question::PersonsFor(threshold),
        };
        let answer = self.answer(&question, rounds);
        if self.problem.objective.shape() == Shape::Spent {
            self.raise_floor();
        }
        if let Some(openings) = self.guesses.seen() {
            self.take(openings);
        }
        match answer {
            Answer::Yes(openings) => {
                self.take(openings);
                true
            }
            Answer::No(proof, openings) => {
                // It does not do what is asked; where nothing does, it is what comes nearest.
                self.take(openings);
                if step >= self.no {
                    self.no = step + 1;
                    self.proof = Some(proof);
                }
                false
            }
            Answer::Open(openings) => {
                self.take(openings);
                self.yes <= step
            }
        }
    }

    /// Keeps a plan if it is the best so far.
    fn take(&mut self, openings: Vec<Opening>) {
        let (problem, score) = (self.problem, self.problem.score(&openings));
        if self.plan.as_ref().is_none_or(|(_, best)| score.beats(best, problem)) {
            if score.shortfall == 0 {
                self.yes = self.yes.min(self.thresholds.below(score.objective));
            }
            self.plan = Some((openings, score));
        }
    }

    /// The plan at hand and what no plan that does the same can go below.
    fn progress(&self) -> Progress {
        let score = self.plan.as_ref().map(|(_, score)| score);
        let objective = score.map_or(0, |score| score.objective);
        let lowest = match score {
            Some(score) if score.shortfall == 0 => self.thresholds.get(self.no),
            _ => None,
        };
        let bound = lowest.unwrap_or_else(|| all_sites(self.problem)).min(objective);
        Progress { objective, bound, rounds: self.rounds }
    }

    fn answer(&mut self, question: &Question, rounds: u32) -> Answer {
        let before = self.rounds;
        let progress = self.progress();
        let watch = &mut *self.watch;
        let settings = Settings { rounds: rounds.min(self.settings.rounds.saturating_sub(before)), ..self.settings };
        let (answer, spent) = self.guesses.answer(question, settings, &mut |standing| {
            let flow = watch(&Progress { rounds: before + standing.rounds, ..progress });
            if flow.is_break() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        self.rounds += spent.rounds;
        self.stopped |= spent.stopped;
        answer
    }
}
