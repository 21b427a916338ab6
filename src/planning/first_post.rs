//! What one post costs, and which would be the first, for whoever has less money than that.

use std::ops::ControlFlow;

use super::answer::Measure;
use super::request::{Limit, Request};
use super::study::Study;
use crate::atlas::Atlas;
use crate::placement::Threads;

/// Rounds of search: one post is proven at once.
const ROUNDS: u32 = 2;

/// The first post of a question whose budget pays none.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstPost {
    /// Euros a year of the cheapest post anywhere in the territory.
    pub cheapest_eur: u32,
    /// The site where the first post would do most, whatever it costs.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Euros a year of a post there.
    pub price_eur: u32,
    /// What it would be worth, in the measure.
    pub value: f64,
    /// What that counts.
    pub measure: Measure,
}

/// The first post, when the budget of a question pays none; `None` for every other question, and where there is no answer
/// to one post either.
#[must_use]
pub fn first_post(atlas: &Atlas, request: &Request) -> Option<FirstPost> {
    let Limit::BudgetEur(budget) = request.limit else { return None };
    let one = Request { limit: Limit::Posts(1), rounds: ROUNDS, forced: Vec::new(), ..request.clone() };
    let study = Study::new(atlas, &one).ok()?;
    let prices = study.problem().sites().iter().filter(|site| site.most_posts > 0).map(|site| site.price_eur);
    let cheapest_eur = prices.min().filter(|price| u64::from(*price) > budget)?;
    let plan = study.solve(Threads::One, &mut |_| ControlFlow::Continue(()));
    let opening = plan.openings.first()?;
    let place = &study.places[opening.site as usize];
    Some(FirstPost {
        cheapest_eur,
        id: place.id.clone(),
        name: place.name.clone(),
        price_eur: study.problem().sites()[opening.site as usize].price_eur,
        value: study.in_measure(plan.objective),
        measure: study.measure(),
    })
}
