//! Several plans for one question, and what all of them share.

use std::ops::ControlFlow;

use super::study::Study;
use crate::placement::{self, Plan, Settings, Threads, difference, gap_percent};

/// Id and name of a site.
pub type Named = (String, String);

/// Plans beside a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alternatives {
    /// Sites of the first plan that are in every other one too.
    pub core: Vec<Named>,
    /// The others, the best first.
    pub plans: Vec<Alternative>,
}

/// One plan beside the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// New posts.
    pub posts: u64,
    /// Euros a year for them.
    pub cost_eur: u64,
    /// Persons within reach of what exists and of these posts.
    pub covered: u64,
    /// Value, in the measure of the first plan.
    pub value: f64,
    /// Distance to what no plan can pass, in percent of the value; see [`crate::placement::gap_percent`].
    pub gap_percent: Option<f64>,
    /// Share of the sites that the first plan does not have.
    pub difference: f64,
    /// Sites of the first plan that this one leaves.
    pub gone: Vec<Named>,
    /// Sites that it has instead.
    pub come: Vec<Named>,
}

impl Study<'_> {
    /// So many plans at most beside one, each searched for so many rounds: different, and nearly as good.
    #[must_use]
    pub fn alternatives(&self, plan: &Plan, most: usize, rounds: u32, stop: &dyn Fn() -> bool) -> Alternatives {
        let settings = Settings { seed: self.request.seed, rounds, threads: Threads::One };
        let others = placement::alternatives(&self.problem, plan, most, &mut |question| {
            let go_on = || if stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
            let found = placement::place(question, settings, &mut |_| go_on());
            (!stop()).then(|| Self::without_idle(question, found))
        });
        let named = |site: u32| {
            let place = &self.places[site as usize];
            (place.id.clone(), place.full_name(self.atlas))
        };
        let has = |plan: &Plan, site: u32| plan.openings.iter().any(|opening| opening.site == site);
        let only = |a: &Plan, b: &Plan| -> Vec<Named> {
            a.openings.iter().map(|opening| opening.site).filter(|&site| !has(b, site)).map(named).collect()
        };
        let alternative = |other: &Plan| Alternative {
            posts: other.posts(),
            cost_eur: self.cost_eur(&other.openings),
            covered: self.covered(&other.openings),
            value: self.in_measure(other.objective),
            gap_percent: gap_percent(other.objective, other.bound),
            difference: difference(plan, other),
            gone: only(plan, other),
            come: only(other, plan),
        };
        let everywhere = |site: u32| others.iter().all(|other| has(other, site));
        let core = plan.openings.iter().map(|opening| opening.site).filter(|&site| everywhere(site)).map(named);
        Alternatives { core: core.collect(), plans: others.iter().map(alternative).collect() }
    }
}
