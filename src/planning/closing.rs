//! Which of the places of today could close and hurt least, what each closure costs, and where its people go.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Instant;

use super::centrality::centrality;
use super::error::RequestError;
use super::instance::in_reach;
use super::people::{People, people};
use super::request::{Existing, Limit, Reach, Request};
use super::sites::{self, Place};
use super::ways::{Ways, fitting};
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Position};
use crate::placement::{self, Draft, Objective, Settings, Site, Threads, close};

/// People go on to places so many times farther than what is near; who finds none by then counts as so far.
const TIMES: u32 = 2;
/// Rounds of search.
const ROUNDS: u32 = 40;
/// Places that may be looked at: those of a large région.
const MOST_PLACES: usize = 2_000;

/// What hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hurt {
    /// Minutes that people travel more, all together.
    Minutes,
    /// Persons who are no longer near any place.
    Persons,
}

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosingRequest {
    /// Whose people count, which places may close (`existing`), how people travel and what is near; the rest is not read.
    pub request: Request,
    /// How many close.
    pub close: usize,
    /// What hurts.
    pub hurt: Hurt,
    /// Seconds after which the search ends even so.
    pub seconds: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// Those that close, the least painful first.
    pub closed: Vec<ClosedPlace>,
    /// Every place that could have closed: id, name, whether it does.
    pub places: Vec<(String, String, bool)>,
    /// Persons who count.
    pub persons: u64,
    /// Persons near a place today, and then.
    pub near: [u64; 2],
    /// Mean minutes over all persons today, and then; who is farther than twice what is near counts as so far.
    pub mean_minutes: [f64; 2],
    /// No other closures leave more persons near, or fewer minutes, as the question has it: in that unit.
    pub bound: f64,
    /// Whether it is proven that no other closures hurt less.
    pub proven: bool,
    /// Whether the clock ended the search.
    pub stopped: bool,
    /// Seconds of search.
    pub seconds: f64,
}

/// One place that closes.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedPlace {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where.
    pub position: Position,
    /// Its commune, where known.
    pub commune: Option<CommuneIx>,
    /// Persons whose nearest place it is today.
    pub persons: u64,
    /// Of these, those who are no longer near any place.
    pub persons_lost: u64,
    /// Their mean minutes today and then; who finds none within twice what is near counts as so far.
    pub minutes: [f64; 2],
    /// Id and name of the place that most of them go to then, and how many do; `None` when none is within reach.
    pub go_to: Option<(String, String, u64)>,
}

/// Finds which places of a territory close.
///
/// # Errors
/// The field that leaves the question without an answer.
pub fn closing(atlas: &Atlas, asked: &ClosingRequest) -> Result<Closing, RequestError> {
    let started = Instant::now();
    let request = &asked.request;
    let people = people(atlas, atlas.analysis().access.times().demand(), request)?;
    let within = |place: &Place| place.commune.is_some_and(|commune| people.holds(commune));
    let mut all = sites::existing(atlas, request);
    all.iter_mut().for_each(|place| place.candidate = within(place));
    let may = all.iter().filter(|place| place.candidate).count();
    let wrong = |field, value: usize, message: String| Err(RequestError::new(field, value, message));
    if request.existing == Existing::None || may < 2 {
        return wrong("existing", may, "expected a list with at least two places in this territory".into());
    }
    if may > MOST_PLACES {
        return wrong("territory", may, format!("expected at most {MOST_PLACES} places that may close"));
    }
    if asked.close == 0 || asked.close >= may {
        return wrong("close", asked.close, format!("expected from 1 to {} of the {may} places", may - 1));
    }
    let longest = TIMES * request.reach.cost();
    let people = fitting(atlas, &further(request), people, &all);
    let pairs = Ways::new(atlas, request.reach, &people, &all).pairs(longest)?;
    let (places, _, pairs) = in_reach(all, pairs);
    let objective = match asked.hurt {
        Hurt::Minutes => Objective::median(longest),
        Hurt::Persons => Objective::coverage(request.reach.cost()),
    };
    let closable: Vec<u32> = (0..).zip(&places).filter(|(_, place)| place.candidate).map(|(rank, _)| rank).collect();
    let draft = Draft {
        demand: people.persons.iter().map(|&persons| f64::from(persons)).collect(),
        sites: vec![Site::EXISTING; places.len()],
        pairs,
        objective,
        limit: placement::Limit::Posts(1),
        territories: Vec::new(),
    };
    let settings = Settings { seed: request.seed, rounds: ROUNDS, threads: Threads::One };
    let found = close(draft, &closable, asked.close, &centrality(atlas, &places), settings, &mut |_| {
        let over = started.elapsed().as_secs_f64() > asked.seconds;
        if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let found = found.map_err(|error| RequestError::new("existing", may, error.to_string()))?;
    let table = Table { people: &people, places: &places, near: request.reach.cost(), longest };
    let (proven, stopped) = (found.plan.is_optimal(), found.plan.stopped);
    let total = people.total().max(1) as f64 * found.problem.grains_per_person() as f64;
    let bound = match asked.hurt {
        Hurt::Minutes => found.plan.bound as f64 / total / 60.0,
        Hurt::Persons => found.plan.bound as f64 / found.problem.grains_per_person() as f64,
    };
    let mut answer = table.answer(&found.problem, &found.closed);
    (answer.bound, answer.proven, answer.stopped) = (bound, proven, stopped);
    answer.seconds = started.elapsed().as_secs_f64();
    Ok(answer)
}

/// The same question of places farther away, by which the number of ways is foreseen.
fn further(request: &Request) -> Request {
    let reach = match request.reach {
        Reach::Radius { metres } => Reach::Radius { metres: TIMES * metres },
        Reach::Minutes { mode, minutes } => Reach::Minutes { mode, minutes: TIMES * minutes },
    };
    Request { reach, limit: Limit::Posts(1), ..request.clone() }
}

struct Table<'a> {
    people: &'a People,
    places: &'a [Place],
    near: u32,
    longest: u32,
}

/// The people of one place that closes.
#[derive(Debug, Clone, Default)]
struct Losses {
    persons: u64,
    lost: u64,
    seconds: [f64; 2],
    go_to: BTreeMap<u32, u64>,
}

impl Table<'_> {
    /// Who goes where today and then, person by person: no part of the search.
    fn answer(&self, problem: &placement::Problem, closed: &[u32]) -> Closing {
        let shut = |site: u32| closed.binary_search(&site).is_ok();
        let (mut near, mut seconds) = ([0; 2], [0.0; 2]);
        let mut of: BTreeMap<u32, Losses> = closed.iter().map(|&site| (site, Losses::default())).collect();
        for (row, &persons) in problem.pairs().iter().zip(&self.people.persons) {
            let persons = u64::from(persons);
            let (today, then) = (row.first(), row.iter().find(|pair| !shut(pair.site)));
            let cost = [today, then].map(|pair| pair.map_or(self.longest, |pair| pair.cost.min(self.longest)));
            let is_near = [today, then].map(|pair| pair.is_some_and(|pair| pair.cost <= self.near));
            for side in 0..2 {
                near[side] += if is_near[side] { persons } else { 0 };
                seconds[side] += persons as f64 * f64::from(cost[side]);
            }
            let Some(losses) = today.and_then(|pair| of.get_mut(&pair.site)) else { continue };
            losses.persons += persons;
            losses.lost += if is_near[0] && !is_near[1] { persons } else { 0 };
            for (seconds, cost) in losses.seconds.iter_mut().zip(cost) {
                *seconds += persons as f64 * f64::from(cost);
            }
            then.into_iter().for_each(|pair| *losses.go_to.entry(pair.site).or_default() += persons);
        }
        let mean = |seconds: f64, persons: u64| seconds / 60.0 / persons.max(1) as f64;
        let told = |(site, losses): (u32, Losses)| {
            let place = &self.places[site as usize];
            let most = losses.go_to.iter().max_by_key(|(site, persons)| (**persons, std::cmp::Reverse(**site)));
            ClosedPlace {
                id: place.id.clone(),
                name: place.name.clone(),
                position: place.position,
                commune: place.commune,
                persons: losses.persons,
                persons_lost: losses.lost,
                minutes: losses.seconds.map(|seconds| mean(seconds, losses.persons)),
                go_to: most.map(|(&site, &persons)| {
                    let place = &self.places[site as usize];
                    (place.id.clone(), place.name.clone(), persons)
                }),
            }
        };
        let more = |place: &ClosedPlace| (place.minutes[1] - place.minutes[0]) * place.persons as f64;
        let mut told: Vec<ClosedPlace> = of.into_iter().map(told).collect();
        told.sort_by(|a, b| {
            a.persons_lost.cmp(&b.persons_lost).then(more(a).total_cmp(&more(b))).then(a.id.cmp(&b.id))
        });
        let all = (0..).zip(self.places).filter(|(_, place)| place.candidate);
        Closing {
            closed: told,
            places: all.map(|(rank, place)| (place.id.clone(), place.name.clone(), shut(rank))).collect(),
            persons: self.people.total(),
            near,
            mean_minutes: seconds.map(|seconds| mean(seconds, self.people.total())),
            bound: 0.0,
            proven: false,
            stopped: false,
            seconds: 0.0,
        }
    }
}
