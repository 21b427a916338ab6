//! Posts that fill up: as many persons as possible within reach of a post that has room for them.

use super::engine::{self, Settings};
use super::everything;
use super::flow::{Flow, most_served};
use super::model::Model;
use super::place::{Finding, Progress, Watch, finish};
use super::plan::{Opening, Plan, Prices, Proof, Question};
use super::problem::Problem;
use super::random::Random;
use super::weighted::objective_bound;

/// Exchanges tried in a round.
const EXCHANGES: usize = 60;
/// Rounds without a better plan after which the search ends.
const PATIENCE: u32 = 20;

pub(super) fn place(problem: &Problem, settings: Settings, watch: &mut Watch) -> Plan {
    if let Some((openings, _)) = everything::best(problem) {
        let (proof, shortfall_proof) = (Proof::Everything, None);
        return finish(problem, Finding { openings, proof, shortfall_proof, rounds: 0, stopped: false }, settings);
    }
    search(problem, settings, watch)
}

/// The same where there are too many plans to try them all.
pub(super) fn search(problem: &Problem, settings: Settings, watch: &mut Watch) -> Plan {
    // Without capacities more is covered, so that bound holds here too.
    let model = Model::new(problem);
    let half = Settings { rounds: settings.rounds / 2, ..settings };
    let mut plan = Filling::greedy(problem, settings.seed);
    let found = engine::run(&model, half, None, &mut |standing| {
        let bound = objective_bound(problem, &Question::Own, standing.bound, 0).unwrap_or(standing.bound);
        watch(&Progress { objective: plan.served, bound, rounds: standing.rounds })
    });
    let bound = objective_bound(problem, &Question::Own, found.bound, 0).unwrap_or(found.bound);
    let (mut rounds, mut idle, mut stopped) = (found.rounds, 0, found.stopped);
    while !stopped && idle < PATIENCE && rounds < settings.rounds && plan.served < bound {
        idle = if plan.exchange() { 0 } else { idle + 1 };
        rounds += 1;
        stopped = watch(&Progress { objective: plan.served, bound, rounds }).is_break();
    }
    let proof = Proof::Prices(Prices { question: Question::Own, cases: found.cases });
    let openings = plan.openings();
    finish(problem, Finding { openings, proof, shortfall_proof: None, rounds, stopped }, settings)
}

/// New posts at each site, and how many persons all posts serve.
struct Filling<'p> {
    problem: &'p Problem,
    new_posts: Vec<u32>,
    left: i64,
    served: i64,
    random: Random,
}

impl<'p> Filling<'p> {
    /// One post after the other where most persons wait for the price of it.
    fn greedy(problem: &'p Problem, seed: u64) -> Self {
        let sites = 0..problem.sites.len();
        let forced = |site: usize| problem.sites[site].forced_posts.min(problem.room(site));
        let new_posts: Vec<u32> = sites.clone().map(forced).collect();
        let spent: i64 = sites.clone().map(|site| i64::from(new_posts[site]) * problem.price(site)).sum();
        let mut filling =
            Self { problem, new_posts, left: problem.means() - spent, served: 0, random: Random::new(seed) };
        let mut flow = Flow::new(problem);
        for site in sites.clone() {
            let posts = problem.sites[site].existing_posts + filling.new_posts[site];
            if posts > 0 {
                flow.add_posts(site as u32, posts);
            }
        }
        loop {
            let rate = |site: usize| flow.waiting(site as u32) as f64 / problem.price(site) as f64;
            let open = sites.clone().filter(|&site| filling.has_room(site) && problem.price(site) <= filling.left);
            let best = open.max_by(|&a, &b| rate(a).total_cmp(&rate(b)).then(b.cmp(&a)));
            let Some(site) = best.filter(|&site| flow.waiting(site as u32) > 0) else { break };
            flow.add_posts(site as u32, 1);
            filling.add(site);
        }
        filling.served = flow.served;
        filling
    }

    /// Tries to move single posts elsewhere; whether that served more.
    fn exchange(&mut self) -> bool {
        let before = self.served;
        for _ in 0..EXCHANGES {
            let from = self.random.below(self.new_posts.len());
            let to = self.random.below(self.new_posts.len());
            let price = self.problem.price(to);
            let forced = self.problem.sites[from].forced_posts;
            // A site without a post to give stands for the money that is left.
            let gives = self.new_posts[from] > forced;
            let freed = if gives { self.problem.price(from) } else { 0 };
            if from == to || !self.has_room(to) || price > self.left + freed {
                continue;
            }
            if gives {
                self.remove(from);
            }
            self.add(to);
            let served = most_served(self.problem, &self.posts());
            if served >= self.served {
                self.served = served;
            } else {
                self.remove(to);
                if gives {
                    self.add(from);
                }
            }
        }
        self.served > before
    }

    fn has_room(&self, site: usize) -> bool {
        self.new_posts[site] < self.problem.room(site)
    }

    fn add(&mut self, site: usize) {
        self.new_posts[site] += 1;
        self.left -= self.problem.price(site);
    }

    fn remove(&mut self, site: usize) {
        self.new_posts[site] -= 1;
        self.left += self.problem.price(site);
    }

    fn posts(&self) -> Vec<u32> {
        self.problem.sites.iter().zip(&self.new_posts).map(|(site, new)| site.existing_posts + new).collect()
    }

    fn openings(&self) -> Vec<Opening> {
        let openings = (0..).zip(&self.new_posts).map(|(site, &posts)| Opening { site, posts });
        openings.filter(|opening| opening.posts > 0).collect()
    }
}
