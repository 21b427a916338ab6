//! The questions that prices can bound, and what such a bound says about the objective.

use super::benefit::grains_of_share;
use super::flow;
use super::objective::Shape;
use super::plan::{Counted, Opening, Question};
use super::problem::Problem;
use super::score::SHARE_UNITS;

/// A person counts so many times, besides what the multiplier of the territory adds, where floors are asked for.
pub(super) const ONCE: i64 = 1_024;

/// The highest multiplier that a case may have.
const MOST_TIMES: i64 = 1 << 30;

/// A question about a sum of benefits: weights of demand points, means, and which benefit counts.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub weights: Vec<i64>,
    /// All the means.
    pub means: i64,
    /// The means that forced posts leave.
    pub left: i64,
    /// How persons count with each list of prices, up to the floors; empty where all lists count them alike.
    pub counted: Vec<Counted>,
    within: Option<u32>,
}

impl Terms {
    /// The terms of a question; none when the objective is about something else.
    pub fn new(problem: &Problem, question: &Question) -> Option<Self> {
        let own = || problem.weights.clone();
        let (weights, means, within) = match (question, problem.objective.shape()) {
            (Question::Own, Shape::Gained | Shape::Saved | Shape::Served) => (own(), problem.means(), None),
            (Question::PointsWithin(cost), Shape::Worst) => {
                let points = problem.weights.iter().map(|&weight| i64::from(weight > 0)).collect();
                (points, problem.means(), Some(*cost))
            }
            (Question::PersonsFor(means), Shape::Spent) => (own(), *means, None),
            (Question::Weighted(times), Shape::Floors) => (times_each(problem, ONCE, times)?, problem.means(), None),
            (Question::Weighted(times), Shape::LeastShare) | (Question::Lacking(times), Shape::Floors) => {
                (times_each(problem, 0, times)?, problem.means(), None)
            }
            (Question::CaseByCase(counted), Shape::Floors) => {
                let whole = problem.territories.iter().max().map_or(1, |&last| last as usize + 1);
                let fair = |times: &i64| (0..=MOST_TIMES).contains(times);
                let fits = |counted: &Counted| counted.times.len() == whole && counted.times.iter().all(fair);
                if !counted.iter().all(fits) {
                    return None;
                }
                (own(), problem.means(), None)
            }
            _ => return None,
        };
        let counted = if let Question::CaseByCase(counted) = question { counted.clone() } else { Vec::new() };
        Some(Self { weights, means, left: means - forced_spending(problem), counted, within })
    }

    pub fn benefit(&self, problem: &Problem, cost: u32) -> u32 {
        self.within.map_or_else(|| problem.benefit(cost), |within| u32::from(cost <= within))
    }
}

/// The persons of each demand point, counted `once` and so many times more as its territory has it; nothing when the
/// multipliers are too few, too large or below 0.
fn times_each(problem: &Problem, once: i64, times: &[i64]) -> Option<Vec<i64>> {
    if times.iter().any(|&times| times < 0) {
        return None;
    }
    let count =
        |demand: usize| times.get(problem.territories[demand] as usize).and_then(|times| once.checked_add(*times));
    problem.weights.iter().enumerate().map(|(demand, weight)| weight.checked_mul(count(demand)?)).collect()
}

/// What a bound on the value of a question says about the objective of every plan that lacks at most `shortfall` of what
/// was asked; nothing when it says nothing.
pub(super) fn objective_bound(problem: &Problem, question: &Question, value: i64, shortfall: i64) -> Option<i64> {
    let (all, share): (i64, f64) = (problem.weights.iter().sum(), problem.objective.share);
    match (question, problem.objective.shape()) {
        (Question::Own, Shape::Saved) => Some(all * i64::from(problem.most_benefit()) - value),
        (Question::Own, Shape::Served) => Some(value.min(room_for(problem))),
        (Question::Own, _) => Some(value),
        (Question::PointsWithin(cost), Shape::Worst) => {
            let points = problem.weights.iter().filter(|&&weight| weight > 0).count() as i64;
            if value < points { dearer(problem, *cost) } else { None }
        }
        (Question::PersonsFor(means), Shape::Spent) => {
            let step = price_step(problem);
            (value < grains_of_share(share, all) - shortfall).then(|| (means.div_euclid(step) + 1) * step)
        }
        (Question::Weighted(times), Shape::Floors) => {
            most_covered(times, times_floors(problem, times), value, shortfall)
        }
        (Question::Weighted(times), Shape::LeastShare) => {
            let persons = people(problem).into_iter().zip(times);
            let whole: i128 = persons.map(|(all, &times)| i128::from(all) * i128::from(times)).sum();
            // Multipliers that count nobody say nothing.
            let share = (i128::from(value) * i128::from(SHARE_UNITS)).checked_div(whole)?;
            Some(i64::try_from(share).unwrap_or(SHARE_UNITS).min(SHARE_UNITS))
        }
        _ => None,
    }
}

/// The least that the centre costs when this cost does not suffice; nothing when the objective is about something else.
pub(super) fn dearer(problem: &Problem, cost: u32) -> Option<i64> {
    let penalty = problem.objective.near;
    let dearer = problem.pairs.iter().flatten().map(|pair| pair.cost).filter(|other| *other > cost);
    (problem.objective.shape() == Shape::Worst).then(|| i64::from(dearer.min().unwrap_or(penalty).min(penalty)))
}

/// What a bound on the value of a question says about the shortfall: no plan lacks less. Nothing when it says nothing.
pub(super) fn least_shortfall(problem: &Problem, question: &Question, value: i64) -> Option<i64> {
    let share = problem.objective.share;
    let least = match (question, problem.objective.shape()) {
        (Question::PersonsFor(means), Shape::Spent) => {
            let step = price_step(problem);
            let all_means = (means.div_euclid(step) + 1) * step > problem.means();
            all_means.then(|| i128::from(grains_of_share(share, problem.weights.iter().sum()) - value))
        }
        (Question::Lacking(times), Shape::Floors) => least_lacking(times, times_floors(problem, times), value),
        _ => None,
    };
    least.and_then(|least| i64::try_from(least.max(0)).ok())
}

/// What a plan that lacks no more than this covers at most: floors are due, and whatever it lacks of them it is credited for at
/// the highest of the multipliers.
fn most_covered(times: &[i64], due: i128, value: i64, shortfall: i64) -> Option<i64> {
    let credit = i128::from(times.iter().copied().max().unwrap_or(0)) * i128::from(shortfall);
    i64::try_from((i128::from(value) - due + credit).div_euclid(i128::from(ONCE))).ok()
}

/// What every plan lacks at least, where it counts at most once in each territory.
fn least_lacking(times: &[i64], due: i128, value: i64) -> Option<i128> {
    let fair = times.iter().all(|&times| times <= ONCE);
    fair.then(|| -(i128::from(value) - due).div_euclid(i128::from(ONCE)))
}

/// What the bounds on the cases of a question say, where each list of prices counts persons in its own way.
pub(super) struct CaseBounds<'q> {
    counted: &'q [Counted],
    /// The floors of the territories, as often as each list counts them.
    due: Vec<i128>,
    all_sites: i64,
}

impl<'q> CaseBounds<'q> {
    pub fn new(problem: &Problem, counted: &'q [Counted]) -> Self {
        let floors = floors(problem);
        let due = counted.iter().map(|counted| times_each_floor(&floors, &counted.times)).collect();
        Self { counted, due, all_sites: all_sites(problem) }
    }

    /// The most that a plan of a case covers if it lacks no more than this; nothing when every plan of the case lacks more.
    pub fn most_covered(&self, list: usize, value: i64, shortfall: i64) -> Option<i64> {
        let Counted { once, times } = &self.counted[list];
        if *once {
            return Some(most_covered(times, self.due[list], value, shortfall).unwrap_or(self.all_sites));
        }
        let lacks = least_lacking(times, self.due[list], value).unwrap_or(0);
        (lacks <= i128::from(shortfall)).then_some(self.all_sites)
    }

    /// What every plan of a case lacks at least.
    pub fn least_shortfall(&self, list: usize, value: i64) -> i64 {
        let Counted { once, times } = &self.counted[list];
        let lacks = if *once { None } else { least_lacking(times, self.due[list], value) };
        lacks.and_then(|lacks| i64::try_from(lacks.max(0)).ok()).unwrap_or(0)
    }
}

/// The floors of the territories, each so many times.
fn times_floors(problem: &Problem, times: &[i64]) -> i128 {
    times_each_floor(&floors(problem), times)
}

fn times_each_floor(floors: &[i64], times: &[i64]) -> i128 {
    floors.iter().zip(times).map(|(&floor, &times)| i128::from(floor) * i128::from(times)).sum()
}

/// Grains that each territory is promised.
pub(super) fn floors(problem: &Problem) -> Vec<i64> {
    let share = problem.objective.share;
    people(problem).into_iter().map(|all| grains_of_share(share, all)).collect()
}

/// Grains of persons of each territory.
pub(super) fn people(problem: &Problem) -> Vec<i64> {
    problem.covered_by_territory(&vec![0; problem.sites.len()]).into_iter().map(|(_, all)| all).collect()
}

/// The objective with every site open: no plan is better.
pub(super) fn all_sites(problem: &Problem) -> i64 {
    if problem.objective.shape() == Shape::Spent {
        return forced_spending(problem);
    }
    let openings = (0..problem.sites.len()).map(|site| Opening { site: site as u32, posts: problem.room(site) });
    if problem.objective.shape() == Shape::Served {
        let standing = problem.sites.iter().map(|site| site.existing_posts);
        let posts: Vec<u32> = standing.zip(openings).map(|(standing, opening)| standing + opening.posts).collect();
        return flow::served_up_to(problem, &posts, room_for(problem));
    }
    problem.score(&openings.collect::<Vec<_>>()).objective
}

/// All that is spent is a multiple of this: the greatest common divisor of the prices.
pub(super) fn price_step(problem: &Problem) -> i64 {
    let prices = (0..problem.sites.len()).filter(|&site| problem.room(site) > 0).map(|site| problem.price(site));
    prices.fold(0, gcd).max(1)
}

/// The greatest common divisor; that of nothing is 0.
pub(super) fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What the forced posts take from the limit.
pub(super) fn forced_spending(problem: &Problem) -> i64 {
    let sites = problem.sites.iter().enumerate();
    sites.map(|(rank, site)| i64::from(site.forced_posts.min(problem.room(rank))) * problem.price(rank)).sum()
}

/// Grains that no plan serves more than: those whom standing posts can serve, and what the new ones that can be paid have room for.
pub(super) fn room_for(problem: &Problem) -> i64 {
    let standing: Vec<u32> = problem.sites.iter().map(|site| site.existing_posts).collect();
    let new = most_posts(problem).saturating_mul(flow::capacity(problem));
    flow::most_served(problem, &standing).saturating_add(new)
}

/// New posts that can be paid, where each is the cheapest.
pub(super) fn most_posts(problem: &Problem) -> i64 {
    let open = (0..problem.sites.len()).filter(|&site| problem.room(site) > 0);
    problem.means() / open.map(|site| problem.price(site)).min().unwrap_or(1).max(1)
}
