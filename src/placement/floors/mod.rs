//! Floors kept, or missed by as little as can be: the best plan and its proof, where the question is small enough to be searched
//! to the end.

mod asked;
mod list;
mod tree;
mod weighing;

use std::collections::BTreeSet;

use super::engine::Settings;
use super::finding::{Finding, Progress, Watch, finish};
use super::plan::{Opening, Plan, Proof};
use super::problem::Problem;
use super::score::Score;
use super::territories::Territories;
use super::weighted::{all_sites, floors};
use asked::Asked;
use tree::{Aim, Tree};

/// Questions of more groups of people than this are not searched to the end.
const MOST_GROUPS: usize = 5_000;
/// Work of a round, and rounds of each of the two questions at most: whoever waits has waited long enough.
const WORK: u64 = 4_000_000;
const MOST_ROUNDS: u32 = 50;
/// Plans that are improved after a round, those that are best already.
const MOST_HINTS: usize = 3;

/// The plan that lacks least of the floors and, of those, covers most; nothing where the question is too large.
pub(super) fn place(problem: &Problem, settings: Settings, watch: &mut Watch) -> Option<Plan> {
    let asked = Asked::new(problem);
    let shift = list::shift(&asked, problem.weights.iter().sum())?;
    if asked.groups() > MOST_GROUPS {
        return None;
    }
    let mut search = Search::new(problem, settings, watch, &asked);
    let shortfall_proof = (search.score.shortfall > 0).then(|| search.prove(Aim::Shortfall, shift).proof());
    let shortfall = search.score.shortfall;
    let proof = Proof::Prices(search.prove(Aim::Objective { shortfall }, shift).proof());
    let Search { openings, rounds, stopped, .. } = search;
    Some(finish(problem, Finding { openings, proof, shortfall_proof, rounds, stopped }, settings))
}

/// The best plan so far, and where others come from.
struct Search<'a, 'w> {
    problem: &'a Problem,
    settings: Settings,
    watch: &'a mut Watch<'w>,
    asked: &'a Asked,
    all_sites: i64,
    territories: Territories<'a>,
    openings: Vec<Opening>,
    score: Score,
    seen: BTreeSet<Vec<u32>>,
    rounds: u32,
    stopped: bool,
}

impl<'a, 'w> Search<'a, 'w> {
    fn new(problem: &'a Problem, settings: Settings, watch: &'a mut Watch<'w>, asked: &'a Asked) -> Self {
        let mut territories = Territories::new(problem, settings.seed);
        territories.set_floors(floors(problem));
        territories.descend();
        let openings = territories.openings();
        let score = problem.score(&openings);
        let (all_sites, seen) = (all_sites(problem), BTreeSet::new());
        let (rounds, stopped) = (0, false);
        Self { problem, settings, watch, asked, all_sites, territories, openings, score, seen, rounds, stopped }
    }

    /// Grows a tree until its bound is at the plan, or the work is done.
    fn prove(&mut self, aim: Aim, shift: u32) -> Tree<'a> {
        let mut tree = Tree::new(self.asked, aim, shift);
        let end = self.settings.rounds.min(self.rounds + MOST_ROUNDS);
        // However little time there is, the whole is bounded.
        let mut work = 1;
        loop {
            let target = self.target(aim);
            tree.run(target, work);
            work = WORK;
            self.offer(std::mem::take(&mut tree.hints));
            self.tell(aim, &tree);
            if self.stopped || tree.is_done(self.target(aim)) || self.rounds >= end {
                return tree;
            }
            self.rounds += 1;
        }
    }

    /// The key of the best plan.
    fn target(&self, aim: Aim) -> i64 {
        match aim {
            Aim::Shortfall => -self.score.shortfall,
            Aim::Objective { .. } => self.score.objective,
        }
    }

    fn tell(&mut self, aim: Aim, tree: &Tree) {
        let objective = self.score.objective;
        let bound = if aim == Aim::Shortfall { self.all_sites } else { tree.key().clamp(objective, self.all_sites) };
        self.stopped |= (self.watch)(&Progress { objective, bound, rounds: self.rounds }).is_break();
    }

    /// Improves the best plans from elsewhere, and keeps one if it is the best.
    fn offer(&mut self, mut hints: Vec<Vec<u32>>) {
        hints.iter_mut().for_each(|sites| sites.sort_unstable());
        hints.retain(|sites| self.seen.insert(sites.clone()));
        let mut hints: Vec<(i64, i64, Vec<u32>)> = hints
            .into_iter()
            .map(|sites| {
                let ids: Vec<u32> = sites.iter().map(|&site| self.asked.site_ids[site as usize]).collect();
                self.territories.reset(&ids);
                (self.territories.missing(), -self.territories.value(), ids)
            })
            .collect();
        hints.sort_unstable();
        for (_, _, sites) in hints.into_iter().take(MOST_HINTS) {
            self.territories.reset(&sites);
            self.territories.descend();
            let openings = self.territories.openings();
            let score = self.problem.score(&openings);
            if score.beats(&self.score, self.problem) {
                (self.openings, self.score) = (openings, score);
            }
        }
    }
}
