//! Why a plan is as it is: what each site brings, which site comes second, what stays uncovered, and what the next post
//! would be worth.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::capacity;
use super::greedy::fill;
use super::model::Model;
use super::objective::Shape;
use super::open::{NONE, Open};
use super::plan::{Opening, Plan};
use super::problem::Problem;

/// What one site of a plan is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Rank of the site.
    pub site: u32,
    /// Demand points whose nearest post this is.
    pub serves: Vec<u32>,
    /// Grains of persons at those points.
    pub persons: i64,
    /// Benefit that goes if this site alone is closed: its marginal value.
    pub marginal: i64,
    /// Benefit that it added when the sites of the plan were opened one by one, the most useful first.
    pub added: i64,
    /// The closed site that would replace it best at no higher price, and what the exchange would lose. Where the value of a plan is no
    /// sum of benefits, only a site that keeps the plan at least as good, and 0; where a minimum is asked of every territory, only one
    /// that keeps as much of it, unless the plan itself does not hold it.
    pub runner_up: Option<(u32, i64)>,
}

/// A plan, explained. Benefits are those of [`Problem::benefit`] × grains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// One reason for each new site, the most useful first; forced sites are not weighed.
    pub reasons: Vec<Reason>,
    /// Demand points with persons but without benefit.
    pub uncovered: Vec<u32>,
    /// What one more post would add at most, and where.
    pub next: Option<(u32, i64)>,
}

/// Explains a plan of an objective that is a sum of benefits, or of posts that fill up; for the others, the same sites as
/// coverage of the radius.
#[must_use]
pub fn explain(problem: &Problem, plan: &Plan) -> Explanation {
    if problem.objective.shape() == Shape::Served {
        return explain_filling(problem, plan);
    }
    let model = Model::new(problem);
    let ranks = ranks_in(&model, problem);
    let chosen = chosen(&ranks, plan);
    let mut open = Open::new(&model);
    open.reset(&chosen);
    let serves = served_by(problem, &plan.openings);
    let mut reasons: Vec<Reason> = order_of_use(&model, &chosen)
        .into_iter()
        .map(|(rank, added)| {
            let site = model.site_ids[rank as usize];
            let serves = serves.nearest[site as usize].clone();
            let persons = serves.iter().map(|&demand| problem.weights()[demand as usize]).sum();
            Reason { site, serves, persons, marginal: open.loss(rank), added, runner_up: None }
        })
        .collect();
    let next = runners_up(&mut open, &mut reasons, &ranks);
    if !matches!(problem.objective.shape(), Shape::Gained | Shape::Saved) {
        keep_equals(problem, plan, &mut reasons);
    }
    Explanation { reasons, uncovered: serves.uncovered, next }
}

/// Forgets the second choices with which a plan would be worse: benefits say which is likeliest, not what the plan is worth.
fn keep_equals(problem: &Problem, plan: &Plan, reasons: &mut [Reason]) {
    let own = problem.score(&plan.openings);
    let is_sum = problem.objective.shape() == Shape::Floors;
    for reason in reasons {
        let Some((second, _)) = reason.runner_up else { continue };
        let swapped: Vec<Opening> = plan
            .openings
            .iter()
            .map(|opening| if opening.site == reason.site { Opening { site: second, ..*opening } } else { *opening })
            .collect();
        let score = problem.score(&swapped);
        let holds = own.shortfall > 0 || score.shortfall == 0;
        let is_worse = own.beats(&score, problem);
        let loses = if is_worse { (own.objective - score.objective).max(0) } else { 0 };
        reason.runner_up = (!is_worse || (is_sum && holds)).then_some((second, loses));
    }
}

/// Posts that fill up: what each site serves that no other has room for. Every other place for a post would have to be
/// tried, so no second one is named.
fn explain_filling(problem: &Problem, plan: &Plan) -> Explanation {
    let served = served_by(problem, &plan.openings);
    let reason = |(site, added, marginal): (u32, i64, i64)| {
        let serves = served.nearest[site as usize].clone();
        let persons = serves.iter().map(|&demand| problem.weights()[demand as usize]).sum();
        Reason { site, serves, persons, marginal, added, runner_up: None }
    };
    let reasons = capacity::weigh(problem, plan).into_iter().map(reason).collect();
    Explanation { reasons, uncovered: served.uncovered, next: None }
}

/// Closes the sites of a plan that bring nothing beside the others, the least useful first: where posts are left over, the
/// search has no reason to be sparing. Objective, bound and proof stay; forced sites stay too.
#[must_use]
pub fn without_idle_sites(problem: &Problem, plan: &Plan) -> Plan {
    let model = Model::new(problem);
    let chosen = chosen(&ranks_in(&model, problem), plan);
    let mut open = Open::new(&model);
    open.reset(&chosen);
    let mut idle = std::collections::BTreeSet::new();
    for (rank, _) in order_of_use(&model, &chosen).into_iter().rev() {
        if open.loss(rank) == 0 {
            open.close(rank);
            idle.insert(model.site_ids[rank as usize]);
        }
    }
    let openings = plan.openings.iter().filter(|opening| !idle.contains(&opening.site)).copied().collect();
    Plan { openings, ..plan.clone() }
}

/// Values of the plans with one post, two posts and so on, as far as the means go: what the next post is worth. The
/// plans are greedy, so each contains the one before; a search for one number of posts alone may do a little better.
///
/// Pairs of means spent and objective reached, beginning with nothing spent on new posts but the forced ones.
#[must_use]
pub fn pareto(problem: &Problem) -> Vec<(i64, i64)> {
    if problem.objective.shape() == Shape::Served {
        return capacity::curve(problem);
    }
    let model = Model::new(problem);
    let forced = problem.means() - model.means;
    let mut open = Open::new(&model);
    fill(&mut open, |gain, price| gain / price);
    let sites = open.sites.clone();
    open.reset(&[]);
    let mut curve = vec![(forced, open.value)];
    for site in sites {
        open.open(site);
        curve.push((forced + open.spent, open.value));
    }
    if matches!(problem.objective.shape(), Shape::Saved | Shape::Worst) {
        let whole = problem.weights().iter().sum::<i64>() * i64::from(problem.most_benefit());
        curve.iter_mut().for_each(|(_, value)| *value = whole - *value);
    }
    curve
}

/// The rank in the model of each site of the problem; [`NONE`] for those that it leaves out.
fn ranks_in(model: &Model, problem: &Problem) -> Vec<u32> {
    let mut ranks = vec![NONE; problem.sites().len()];
    (0..).zip(&model.site_ids).for_each(|(rank, &id)| ranks[id as usize] = rank);
    ranks
}

/// The sites of a plan, as ranks in the model; forced ones are folded into it.
fn chosen(ranks: &[u32], plan: &Plan) -> Vec<u32> {
    plan.openings.iter().map(|opening| ranks[opening.site as usize]).filter(|&rank| rank != NONE).collect()
}

/// The sites of a plan in the order in which they help most, and what each adds to those before.
fn order_of_use(model: &Model, chosen: &[u32]) -> Vec<(u32, i64)> {
    let mut open = Open::new(model);
    let mut promises: BinaryHeap<(i64, Reverse<u32>)> = chosen.iter().map(|&site| (i64::MAX, Reverse(site))).collect();
    let mut order = Vec::with_capacity(chosen.len());
    while let Some((_, Reverse(site))) = promises.pop() {
        let promise = (open.gain(site), Reverse(site));
        if promises.peek().is_some_and(|next| *next > promise) {
            promises.push(promise);
        } else {
            order.push((site, promise.0));
            open.open(site);
        }
    }
    order
}

struct Served {
    /// For each site of the problem, the demand points whose nearest new post it is.
    nearest: Vec<Vec<u32>>,
    uncovered: Vec<u32>,
}

fn served_by(problem: &Problem, openings: &[Opening]) -> Served {
    let mut posts: Vec<u32> = problem.sites().iter().map(|site| site.existing_posts).collect();
    openings.iter().for_each(|opening| posts[opening.site as usize] += opening.posts);
    let mut served = Served { nearest: vec![Vec::new(); posts.len()], uncovered: Vec::new() };
    for (demand, row) in (0..).zip(problem.pairs().iter()) {
        let near = row.iter().find(|pair| posts[pair.site as usize] > 0 && problem.benefit(pair.cost) > 0);
        match near {
            Some(pair) => served.nearest[pair.site as usize].push(demand),
            None if problem.weights()[demand as usize] > 0 => served.uncovered.push(demand),
            None => (),
        }
    }
    served
}

/// Finds for each site the closed one that would replace it best, and the best closed site beside all of them.
fn runners_up(open: &mut Open, reasons: &mut [Reason], ranks: &[u32]) -> Option<(u32, i64)> {
    let model = open.model;
    let mut place_of = vec![usize::MAX; model.sites()];
    for (place, reason) in reasons.iter().enumerate() {
        place_of[ranks[reason.site as usize] as usize] = place;
    }
    let mut most: Option<(u32, i64)> = None;
    for site in (0..model.sites() as u32).filter(|&site| place_of[site as usize] == usize::MAX) {
        let mut exchanges = Vec::new();
        let gain = open.gain_and_losses(site, |out, cost| exchanges.push((out, cost)));
        if gain > 0 && most.is_none_or(|(_, value)| gain > value) {
            most = Some((site, gain));
        }
        for (out, cost) in exchanges {
            let fits = open.spent - open.price(out) + open.price(site) <= model.means;
            let reason = &mut reasons[place_of[out as usize]];
            let loses = cost - gain;
            if fits && reason.runner_up.is_none_or(|(_, least)| loses < least) {
                reason.runner_up = Some((model.site_ids[site as usize], loses));
            }
        }
    }
    most.map(|(site, gain)| (model.site_ids[site as usize], gain))
}
