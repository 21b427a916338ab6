//! Posts that fill up: as many persons as possible within reach of a post that has room for them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::engine::{self, Settings};
use super::everything;
use super::finding::{Finding, Progress, Watch, finish};
use super::flow::{self, Flow};
use super::model::Model;
use super::plan::{Opening, Plan, Prices, Proof, Question};
use super::problem::Problem;
use super::random::Random;
use super::spread::{Room, Spread};
use super::weighted::room_for;

/// Exchanges tried in a round at most: as many as go over so many pairs, each looking at all.
const EXCHANGES: usize = 60;
const PAIRS_A_ROUND: usize = 20_000_000;
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
    let mut plan = Filling::greedy(problem, settings.seed);
    // Where all posts that can be paid are full there is no better plan, however many are as good.
    let room = room_for(problem);
    let half = Settings { rounds: settings.rounds / 2, ..settings };
    // Without capacities more is covered, so that bound holds here too; it says something where not even all of these can be received.
    let reached: i64 = problem.covered_by_territory(&plan.posts()).into_iter().map(|(covered, _)| covered).sum();
    let model = (plan.served < room && reached < room).then(|| Model::new(problem));
    let found = model.as_ref().map(|model| {
        engine::run(model, half, None, &mut |standing| {
            let bound = standing.bound.min(room);
            watch(&Progress { objective: plan.served, bound, rounds: standing.rounds })
        })
    });
    let (mut rounds, mut stopped) = found.as_ref().map_or((0, false), |found| (found.rounds, found.stopped));
    let bound = found.as_ref().map_or(room, |found| found.bound.min(room));
    let (mut idle, mut flow) = (0, plan.flow());
    while !stopped && idle < PATIENCE && rounds < settings.rounds && plan.served < bound {
        idle = if plan.exchange(&mut flow) { 0 } else { idle + 1 };
        rounds += 1;
        stopped = watch(&Progress { objective: plan.served, bound, rounds }).is_break();
    }
    let proof = match found {
        Some(found) if found.bound < room => Proof::Prices(Prices { question: Question::Own, cases: found.cases }),
        _ => Proof::AllSites,
    };
    let openings = plan.openings();
    finish(problem, Finding { openings, proof, shortfall_proof: None, rounds, stopped }, settings)
}

/// Values of the plans with one post, two posts and so on, as far as the means go, each containing the one before: means
/// spent and grains served.
pub(super) fn curve(problem: &Problem) -> Vec<(i64, i64)> {
    let mut filling = Filling::forced(problem, 0);
    let mut flow = filling.flow();
    let mut curve = vec![(problem.means() - filling.left, flow.served)];
    filling.fill(&mut flow, |site, more| {
        let (spent, served) = curve[curve.len() - 1];
        curve.push((spent + problem.price(site as usize), served + more));
    });
    curve
}

/// For each site of a plan with posts that nobody forced: what it added when the posts were opened one site after the
/// other, those for whom most waited first, and what goes if it alone is closed.
pub(super) fn weigh(problem: &Problem, plan: &Plan) -> Vec<(u32, i64, i64)> {
    let mut filling = Filling::forced(problem, 0);
    let mut flow = filling.flow();
    let mut weighed = Vec::new();
    let free = plan.openings.iter().filter(|opening| problem.sites[opening.site as usize].forced_posts < opening.posts);
    let more = |opening: &Opening| opening.posts - problem.sites[opening.site as usize].forced_posts;
    // Fewer and fewer wait anywhere, so what was counted once is never too low.
    let mut left: BinaryHeap<(i64, std::cmp::Reverse<u32>, u32)> =
        free.map(|opening| (flow.waiting(opening.site), std::cmp::Reverse(opening.site), more(opening))).collect();
    while let Some((counted, std::cmp::Reverse(site), posts)) = left.pop() {
        let waiting = flow.waiting(site);
        if waiting < counted {
            left.push((waiting, std::cmp::Reverse(site), posts));
            continue;
        }
        let added = flow.add_posts(site, posts);
        (0..posts).for_each(|_| filling.add(site as usize));
        weighed.push((site, posts, added));
    }
    weighed.into_iter().map(|(site, posts, added)| (site, added, flow.loss(site, posts))).collect()
}

/// New posts at each site, and how many persons all posts serve.
struct Filling<'p> {
    problem: &'p Problem,
    new_posts: Vec<u32>,
    left: i64,
    served: i64,
    random: Random,
    /// Exchanges tried in a round.
    exchanges: usize,
}

impl Room for Flow<'_> {
    fn most(&self, site: u32) -> i64 {
        self.waiting(site).min(self.capacity())
    }

    fn wanting(&self, site: u32) -> f64 {
        Flow::wanting(self, site)
    }

    fn add_post(&mut self, site: u32) -> i64 {
        self.add_posts(site, 1)
    }
}

/// What one more post at a site serves for its price, and how much those near it want one.
#[derive(Debug, PartialEq)]
struct Promise {
    rate: f64,
    wanting: f64,
    site: u32,
}

impl Eq for Promise {}

impl Ord for Promise {
    /// The highest rate first, then the one that is wanted most, then the lowest rank.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_use = self.rate.total_cmp(&other.rate).then(self.wanting.total_cmp(&other.wanting));
        by_use.then(other.site.cmp(&self.site))
    }
}

impl PartialOrd for Promise {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'p> Filling<'p> {
    /// The forced posts alone.
    fn forced(problem: &'p Problem, seed: u64) -> Self {
        let sites = 0..problem.sites.len();
        let forced = |site: usize| problem.sites[site].forced_posts.min(problem.room(site));
        let new_posts: Vec<u32> = sites.clone().map(forced).collect();
        let spent: i64 = sites.clone().map(|site| i64::from(new_posts[site]) * problem.price(site)).sum();
        Self {
            problem,
            new_posts,
            left: problem.means() - spent,
            served: 0,
            random: Random::new(seed),
            exchanges: EXCHANGES,
        }
    }

    /// One post after the other where it serves most persons for its price; of several that would be full, where most want
    /// one. Where there is room for a part of the persons only, posts are laid out first as if each took its even share of them
    /// ([`Spread`]): all are full either way, and every town has its part. Where that serves fewer, it is not taken.
    fn greedy(problem: &'p Problem, seed: u64) -> Self {
        let Some(spread) = Spread::new(problem) else { return Self::laid_out(problem, seed, None) };
        let even = Self::laid_out(problem, seed, Some(spread));
        let room: i64 = even.posts().iter().map(|posts| i64::from(*posts) * flow::capacity(problem)).sum();
        if even.served >= room && even.left < even.cheapest() {
            return even;
        }
        let own = Self::laid_out(problem, seed, None);
        if own.served > even.served { own } else { even }
    }

    fn laid_out(problem: &'p Problem, seed: u64, spread: Option<Spread>) -> Self {
        let mut filling = Self::forced(problem, seed);
        if let Some(mut spread) = spread {
            spread.add_all(&filling.posts());
            filling.fill(&mut spread, |_, _| {});
        }
        let mut flow = filling.flow();
        filling.fill(&mut flow, |_, _| {});
        filling.served = flow.served;
        filling.exchanges = (PAIRS_A_ROUND / flow.pairs().max(1)).clamp(1, EXCHANGES);
        filling
    }

    /// Who is served by the posts at hand.
    fn flow(&self) -> Flow<'p> {
        let mut flow = Flow::new(self.problem);
        for (site, posts) in (0..).zip(self.posts()).filter(|(_, posts)| *posts > 0) {
            flow.add_posts(site, posts);
        }
        flow
    }

    /// What the cheapest post costs that could still be opened.
    fn cheapest(&self) -> i64 {
        let open = (0..self.new_posts.len()).filter(|&site| self.has_room(site));
        open.map(|site| self.problem.price(site)).min().unwrap_or(i64::MAX)
    }

    /// Adds posts one by one where one serves most persons for its price, and tells each: its site, and how many more are
    /// served. Where few posts could serve but a small part of those who wait, all would be full wherever they went: they go
    /// where most want one ([`Flow::wanting`]). Fewer and fewer wait anywhere, so a promise is never too low.
    fn fill<R: Room>(&mut self, flow: &mut R, mut added: impl FnMut(u32, i64)) {
        let problem = self.problem;
        let promise = |flow: &R, site: u32| {
            let price = problem.price(site as usize) as f64;
            Promise { rate: flow.most(site) as f64 / price, wanting: flow.wanting(site) / price, site }
        };
        let open = (0..self.new_posts.len() as u32).filter(|&site| self.has_room(site as usize));
        let mut promises: BinaryHeap<Promise> = open.map(|site| promise(flow, site)).collect();
        while let Some(best) = promises.pop() {
            let site = best.site;
            if !self.has_room(site as usize) || problem.price(site as usize) > self.left {
                continue;
            }
            let now = promise(flow, site);
            if promises.peek().is_some_and(|next| *next > now) {
                promises.push(now);
            } else if now.rate > 0.0 {
                let more = flow.add_post(site);
                self.add(site as usize);
                added(site, more);
                promises.push(now);
            }
        }
    }

    /// Tries to move single posts elsewhere; whether that served more.
    fn exchange(&mut self, flow: &mut Flow) -> bool {
        let before = self.served;
        for _ in 0..self.exchanges {
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
            if flow.exchange(gives.then_some(from as u32), to as u32) {
                if gives {
                    self.remove(from);
                }
                self.add(to);
                self.served = flow.served;
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
