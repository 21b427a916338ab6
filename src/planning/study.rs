//! A request bound to an atlas: the problem, and who each demand point and each site is.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::centrality::centrality;
use super::error::RequestError;
use super::instance::{self, Instance};
use super::people::{People, people};
use super::request::Request;
use super::rounds::Round;
use super::sites::{Place, places};
use super::ways::fitting;
use crate::atlas::Atlas;
use crate::placement::{
    Opening, Pair, Plan, Problem, Progress, Settings, Shape, Threads, gap_percent, place, prefer, without_idle_sites,
};

/// A request bound to an atlas.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    pub(super) atlas: &'a Atlas,
    pub(super) request: Request,
    pub(super) people: People,
    /// The sites of the problem, in its order.
    pub(super) places: Vec<Place>,
    /// What exists too far away to serve anybody within reach.
    pub(super) beyond: Vec<Place>,
    /// Where the post of each candidate travels; empty where posts stay in one place.
    pub(super) rounds: Vec<Round>,
    pub(super) problem: Problem,
    /// When it was asked, and how long it took to pose.
    pub(super) asked: (Instant, Duration),
}

/// How a search stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Value, bound and rounds, in units of the problem; [`Study::in_measure`] says what they count.
    pub progress: Progress,
    /// Distance between value and bound, in percent of the value; see [`crate::placement::gap_percent`].
    pub gap_percent: Option<f64>,
    /// Time spent.
    pub elapsed: Duration,
}

impl<'a> Study<'a> {
    /// Binds a request.
    ///
    /// # Errors
    /// The field of the request that leaves it without an answer.
    pub fn new(atlas: &'a Atlas, request: &Request) -> Result<Self, RequestError> {
        let began = Instant::now();
        let people = people(atlas, atlas.analysis().access.times().demand(), request)?;
        let places = places(atlas, request, &people.inside)?;
        let people = fitting(atlas, request, people, &places);
        let Instance { places, beyond, rounds, problem } = instance::pose(atlas, request, &people, places)?;
        let asked = (began, began.elapsed());
        Ok(Self { atlas, request: request.clone(), people, places, beyond, rounds, problem, asked })
    }

    /// Whether the seconds of the request leave time to begin something more: twice what it took to pose the question.
    #[must_use]
    pub fn has_time(&self) -> bool {
        let (began, posed) = self.asked;
        self.request.seconds.is_none_or(|limit| (began.elapsed() + 2 * posed).as_secs_f64() <= limit)
    }

    /// Seconds of the search at most. The seconds of the request are for the whole question: to pose it, and to say what the
    /// plan means, which is about as much work again and again, but never more than half of what is left.
    fn search_seconds(&self) -> Option<f64> {
        let posed = self.asked.1.as_secs_f64();
        self.request.seconds.map(|limit| (limit - 5.0 * posed).max((limit - posed) / 2.0))
    }

    /// The question as the solver has it.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// What was asked.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Searches, for what its seconds leave and for its rounds at most. A break ends it with what was found.
    ///
    /// The plan depends on the request, the edition and the rounds spent alone, not on the threads.
    pub fn solve(&self, threads: Threads, watch: &mut dyn FnMut(&Standing) -> ControlFlow<()>) -> Plan {
        let started = Instant::now();
        let limit = self.search_seconds();
        let settings = Settings { seed: self.request.seed, rounds: self.request.rounds, threads };
        let plan = place(&self.problem, settings, &mut |progress| {
            let elapsed = started.elapsed();
            watch(&Standing {
                progress: *progress,
                gap_percent: gap_percent(progress.objective, progress.bound),
                elapsed,
            })?;
            let over = limit.is_some_and(|seconds| elapsed.as_secs_f64() >= seconds);
            if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let plan = Self::without_idle(&self.problem, plan);
        // A round that brings as much from a base that is easier to ask is as good.
        prefer(&self.problem, plan, &centrality(self.atlas, &self.places))
    }

    /// A plan without the sites that bring nothing, where they can be told.
    pub(super) fn without_idle(problem: &Problem, plan: Plan) -> Plan {
        match problem.objective().shape() {
            // A post that nobody is nearest to can make room, a centre is one distance, and a set cover counts its posts.
            Shape::Served | Shape::Worst | Shape::Spent => plan,
            _ => without_idle_sites(problem, &plan),
        }
    }

    /// Persons within reach of what exists and of new posts.
    pub(super) fn covered(&self, openings: &[Opening]) -> u64 {
        let mut open: Vec<bool> = self.problem.sites().iter().map(|site| site.existing_posts > 0).collect();
        openings.iter().for_each(|opening| open[opening.site as usize] = true);
        let near = self.request.reach.cost();
        let rows = self.problem.pairs().iter().zip(&self.people.persons);
        let reached =
            |row: &[Pair]| row.iter().take_while(|pair| pair.cost <= near).any(|pair| open[pair.site as usize]);
        rows.filter(|(row, _)| reached(row)).map(|(_, &persons)| u64::from(persons)).sum()
    }

    /// Euros a year for new posts.
    pub(super) fn cost_eur(&self, openings: &[Opening]) -> u64 {
        let price = |site: u32| u64::from(self.problem.sites()[site as usize].price_eur);
        openings.iter().map(|opening| u64::from(opening.posts) * price(opening.site)).sum()
    }
}
