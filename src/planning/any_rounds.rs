//! What no rounds can pass, whatever their stops. Stops are chosen one by one, so the proof of a plan of rounds says nothing of
//! other stops; but as many posts that stay as there are stops in all do whatever the rounds do, and more.

use std::ops::ControlFlow;

use super::request::{Limit, Request};
use super::study::Study;
use crate::placement::{Shape, Threads};

/// Rounds of search: the bound is wanted, not the plan.
const ROUNDS: u32 = 4;

/// The bound of the question with one post that stays for each stop, in the measure of the plan; `None` where posts do not travel,
/// or where values are no sum over persons.
pub(super) fn any_rounds(study: &Study) -> Option<f64> {
    let Request { itinerant, objective, limit, prices, forbidden, .. } = &study.request;
    let stops = u64::from((*itinerant)?.stops);
    if !matches!(objective.kind.shape, Shape::Gained | Shape::Saved) {
        return None;
    }
    let posts = match *limit {
        Limit::Posts(posts) => posts,
        // A stop may be cheaper than its base.
        Limit::BudgetEur(eur) => eur / u64::from(prices.public_eur.min(prices.private_eur).max(1)),
        Limit::AsItTakes => return None,
    };
    let open = study.problem.sites().iter().filter(|site| site.existing_posts == 0 && site.most_posts > 0);
    let room = open.count() as u64;
    let request = Request {
        itinerant: None,
        // A round stops where no base may be.
        forced: Vec::new(),
        forbidden: Vec::new(),
        limit: Limit::Posts(posts.saturating_mul(stops).min(room + forbidden.len() as u64)),
        seconds: None,
        rounds: ROUNDS,
        ..study.request.clone()
    };
    let stays = Study::new(study.atlas, &request).ok()?;
    let plan = stays.solve(Threads::One, &mut |_| ControlFlow::Continue(()));
    Some(stays.in_measure(plan.bound))
}
