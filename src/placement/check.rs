//! The independent checker: from the question and the plan alone it counts the objective again and bounds every plan
//! again. It shares no code with the search, only the definition of a benefit and the exact score.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::thread;

use super::bundles::{self, Bundle, Bundles, stands};
use super::cover::{self, Cover};
use super::everything;
use super::plan::{Case, Cases, Counted, PAYS_ALL, PAYS_NOTHING, Plan, Prices, Proof, Question};
use super::problem::Problem;
use super::weighted;

/// Why a plan does not stand.
#[allow(missing_docs, reason = "the fields are what the sentence of their variant names")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A site that the problem does not have, or twice, or with more posts than it may receive, or a forced one missing.
    Openings { site: u32 },
    /// More spent than there is.
    Limit { spent: i64, means: i64 },
    /// The plan is worth something else.
    Objective { claimed: i64, counted: i64 },
    /// The plan lacks something else of what was asked.
    Shortfall { claimed: i64, counted: i64 },
    /// The proof has the wrong shape.
    Proof { reason: &'static str },
    /// The proof shows another bound.
    Bound { claimed: i64, proven: i64 },
    /// The plan is worth more than its bound allows: one of the two is wrong.
    Beyond { objective: i64, bound: i64 },
    /// The proof shows another least shortfall, or none.
    LeastShortfall { claimed: i64, proven: i64 },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Openings { site } => {
                write!(f, "openings: site {site} is unknown, repeated, forbidden, too full or missing")
            }
            Self::Limit { spent, means } => write!(f, "openings: they take {spent}, and there is {means}"),
            Self::Objective { claimed, counted } => write!(f, "objective: {claimed} is claimed, {counted} is counted"),
            Self::Shortfall { claimed, counted } => write!(f, "shortfall: {claimed} is claimed, {counted} is counted"),
            Self::Proof { reason } => write!(f, "proof: {reason}"),
            Self::Bound { claimed, proven } => write!(f, "bound: {claimed} is claimed, {proven} is proven"),
            Self::Beyond { objective, bound } => write!(f, "bound: {bound}, and the plan is better: {objective}"),
            Self::LeastShortfall { claimed, proven } => {
                write!(f, "least_shortfall: {claimed} is claimed, {proven} is proven")
            }
        }
    }
}

impl std::error::Error for Fault {}

/// Checks a plan against its question.
///
/// # Errors
/// The first thing in the plan that does not follow from the question.
pub fn verify(problem: &Problem, plan: &Plan) -> Result<(), Fault> {
    openings(problem, plan)?;
    let score = problem.score(&plan.openings);
    if score.objective != plan.objective {
        return Err(Fault::Objective { claimed: plan.objective, counted: score.objective });
    }
    if score.shortfall != plan.shortfall {
        return Err(Fault::Shortfall { claimed: plan.shortfall, counted: score.shortfall });
    }
    let proven = proven_bound(problem, plan)?;
    if proven != plan.bound {
        return Err(Fault::Bound { claimed: plan.bound, proven });
    }
    let (objective, bound) = (plan.objective, plan.bound);
    if if problem.more_is_better() { objective > bound } else { objective < bound } {
        return Err(Fault::Beyond { objective, bound });
    }
    let (claimed, proven) = (plan.least_shortfall, proven_shortfall(problem, plan)?);
    if claimed == proven && claimed <= plan.shortfall { Ok(()) } else { Err(Fault::LeastShortfall { claimed, proven }) }
}

/// The bound that the proof of a plan shows.
fn proven_bound(problem: &Problem, plan: &Plan) -> Result<i64, Fault> {
    match &plan.proof {
        Proof::Everything => {
            let (_, best) = everything::best(problem).ok_or(Fault::Proof { reason: "too many plans to try all" })?;
            // Its objective bounds the plans that lack as little as it does, and no others.
            let alike = best.shortfall == plan.shortfall;
            alike.then_some(best.objective).ok_or(Fault::Proof { reason: "another plan lacks less" })
        }
        Proof::Tried { cost, points } => {
            let known = |point: &u32| problem.weights.get(*point as usize).is_some_and(|&weight| weight > 0);
            if !points.iter().all(known) {
                return Err(Fault::Proof { reason: "a demand point that is unknown or where nobody is" });
            }
            match cover::within(problem, *cost, points, &mut || true) {
                Cover::Impossible => {
                    weighted::dearer(problem, *cost).ok_or(Fault::Proof { reason: "a bound on another question" })
                }
                _ => Err(Fault::Proof { reason: "the demand points can be reached" }),
            }
        }
        Proof::AllSites => Ok(weighted::all_sites(problem)),
        Proof::Prices(prices) => proven_objective(problem, prices, plan.shortfall),
    }
}

/// The least shortfall that the proofs of a plan show.
fn proven_shortfall(problem: &Problem, plan: &Plan) -> Result<i64, Fault> {
    match &plan.shortfall_proof {
        Some(prices) => proven_least_shortfall(problem, prices),
        None if plan.proof == Proof::Everything => Ok(plan.shortfall),
        None => Ok(0),
    }
}

fn openings(problem: &Problem, plan: &Plan) -> Result<(), Fault> {
    let mut posts = vec![0_u32; problem.sites.len()];
    let mut last = None;
    for opening in &plan.openings {
        let site = opening.site;
        let known = (site as usize) < posts.len() && last.is_none_or(|last| last < site);
        if !known || opening.posts == 0 || opening.posts > problem.room(site as usize) {
            return Err(Fault::Openings { site });
        }
        posts[site as usize] = opening.posts;
        last = Some(site);
    }
    let forced = |site: usize| problem.sites[site].forced_posts.min(problem.room(site));
    if let Some(site) = (0..posts.len()).find(|&site| posts[site] < forced(site)) {
        return Err(Fault::Openings { site: site as u32 });
    }
    let (spent, means) = (problem.spent(&plan.openings), problem.means());
    if spent > means { Err(Fault::Limit { spent, means }) } else { Ok(()) }
}

/// What prices say about the objective of every plan that lacks no more than this.
pub(super) fn proven_objective(problem: &Problem, prices: &Prices, shortfall: i64) -> Result<i64, Fault> {
    let Prices { question, cases } = prices;
    let Question::CaseByCase(counted) = question else {
        let value = proven_value(problem, question, cases)?;
        return weighted::objective_bound(problem, question, value, shortfall)
            .ok_or(Fault::Proof { reason: "a bound on another question" });
    };
    let bounds = weighted::CaseBounds::new(problem, counted);
    let mut highest = None;
    each_case(problem, question, cases, &mut |list, value| {
        highest = highest.max(bounds.most_covered(list, value, shortfall));
    })?;
    highest.ok_or(Fault::Proof { reason: "no plan lacks as little" })
}

/// What prices say every plan lacks.
pub(super) fn proven_least_shortfall(problem: &Problem, prices: &Prices) -> Result<i64, Fault> {
    let Prices { question, cases } = prices;
    let Question::CaseByCase(counted) = question else {
        let value = proven_value(problem, question, cases)?;
        return weighted::least_shortfall(problem, question, value)
            .ok_or(Fault::Proof { reason: "a bound on another question than the shortfall" });
    };
    let bounds = weighted::CaseBounds::new(problem, counted);
    let mut least: Option<i64> = None;
    each_case(problem, question, cases, &mut |list, value| {
        let lacks = bounds.least_shortfall(list, value);
        least = Some(least.map_or(lacks, |least| least.min(lacks)));
    })?;
    least.ok_or(Fault::Proof { reason: "no plan fits" })
}

/// The most that any plan can be worth on the question of the proof.
fn proven_value(problem: &Problem, question: &Question, cases: &Cases) -> Result<i64, Fault> {
    let mut highest = None;
    each_case(problem, question, cases, &mut |_, value| highest = highest.max(Some(value)))?;
    highest.ok_or(Fault::Proof { reason: "no plan fits" })
}

/// Tells of each case that can be paid the list of prices that it names, and the most that any plan of it can be worth.
fn each_case(
    problem: &Problem,
    question: &Question,
    cases: &Cases,
    tell: &mut dyn FnMut(usize, i64),
) -> Result<(), Fault> {
    let prices = cases.prices.first().map_or(0, Vec::len);
    let is_payer = |payer: &u32| (*payer as usize) < prices || *payer == PAYS_NOTHING || *payer == PAYS_ALL;
    let whole = cases.prices.iter().all(|list| list.len() == prices)
        && cases.payers.len() == problem.weights.len()
        && cases.payers.iter().all(is_payer);
    if cases.shift > 60 || !whole {
        return Err(Fault::Proof { reason: "one price is needed for each demand point" });
    }
    if let Question::CaseByCase(counted) = question
        && (counted.len() != cases.prices.len() || cases.shift > FINEST_UP_TO)
    {
        return Err(Fault::Proof { reason: "each list of prices needs to say how persons count" });
    }
    let terms =
        weighted::Terms::new(problem, question).ok_or(Fault::Proof { reason: "a bound on another question" })?;
    let bundles = (cases.prices.len() > 1 || !terms.counted.is_empty()).then(|| Bundles::new(problem, &terms, cases));
    let floors = if terms.counted.is_empty() { Vec::new() } else { weighted::floors(problem) };
    let offers_of = |list: usize| {
        let prices = (cases.shift, cases.prices[list].as_slice());
        match (&bundles, terms.counted.get(list)) {
            (Some(bundles), Some(counted)) => Offers::up_to(problem, prices, counted, &floors, bundles),
            (Some(bundles), None) => Offers::new(problem, prices, |tell| bundles.each(tell)),
            (None, _) => Offers::new(problem, prices, |tell| bundles::each(problem, &terms, cases, tell)),
        }
    };
    let (half, lists) = (cases.prices.len() / 2, cases.prices.len());
    let offers: Vec<Offers> = thread::scope(|scope| {
        let aside = (half > 0).then(|| scope.spawn(|| (0..half).map(offers_of).collect::<Vec<_>>()));
        let rest = (half..lists).map(offers_of).collect();
        match aside {
            Some(aside) => [aside.join().expect("counting does not panic"), rest].concat(),
            None => rest,
        }
    });
    let mut fates = vec![None; problem.sites.len()];
    // Splits on the way to the present case, and whether their second half has begun.
    let mut path: Vec<(u32, bool)> = Vec::new();
    for (rank, case) in cases.tree.iter().enumerate() {
        match *case {
            Case::Split { site } => {
                let fate = fates.get_mut(site as usize).filter(|fate| fate.is_none());
                *fate.ok_or(Fault::Proof { reason: "a case splits on a site that is unknown or settled" })? =
                    Some(true);
                path.push((site, false));
            }
            Case::Leaf { prices } => {
                let offers = offers.get(prices as usize).ok_or(Fault::Proof { reason: "a case without prices" })?;
                offers.bound(problem, terms.left, &fates).into_iter().for_each(|value| tell(prices as usize, value));
                while let Some((site, true)) = path.last() {
                    fates[*site as usize] = None;
                    path.pop();
                }
                match path.last_mut() {
                    Some((site, second)) => {
                        *second = true;
                        fates[*site as usize] = Some(false);
                    }
                    None if rank + 1 == cases.tree.len() => {
                        return Ok(());
                    }
                    None => break,
                }
            }
        }
    }
    Err(Fault::Proof { reason: "the cases do not make a tree" })
}

/// Where what is below floors counts, prices are no finer than this, so that sums stay exact.
const FINEST_UP_TO: u32 = 32;

/// What each site offers above one list of prices, in units of 2^-shift, the best rate first.
#[derive(Clone)]
struct Offers {
    shift: u32,
    /// Paid by everybody, whatever the plan.
    paid: i128,
    worths: Vec<i128>,
    /// Sites that the plan may choose.
    by_rate: Vec<u32>,
}

impl Offers {
    fn new(problem: &Problem, (shift, prices): (u32, &[u32]), each: impl FnOnce(&mut dyn FnMut(&Bundle))) -> Self {
        let mut paid = 0;
        let mut worths = vec![0; problem.sites.len()];
        each(&mut |bundle| {
            let (weight, price) = (i128::from(bundle.weight), bundle.price(prices, shift));
            paid += weight * ((i128::from(bundle.at_once) << shift) + price);
            for &(site, more) in bundle.offers {
                let above = (i128::from(more) << shift) - price;
                if above <= 0 {
                    break;
                }
                worths[site as usize] += weight * above;
            }
        });
        Self::of(problem, shift, paid, worths)
    }

    /// The same where persons count once, or not at all, and so many times more up to the floor of their territory. What is paid
    /// for leaves so much up to the floor, and no site adds more than that to what is below it.
    fn up_to(
        problem: &Problem,
        (shift, prices): (u32, &[u32]),
        counted: &Counted,
        floors: &[i64],
        bundles: &Bundles,
    ) -> Self {
        let once = i128::from(if counted.once { weighted::ONCE } else { 0 });
        let mut paid_for = vec![0; floors.len()];
        let mut added: HashMap<(u32, u32), i128> = HashMap::new();
        bundles.each(&mut |bundle| {
            let (weight, price) = (i128::from(bundle.weight), bundle.price(prices, shift));
            paid_for[bundle.territory as usize] += weight * ((i128::from(bundle.at_once) << shift) + price);
            for &(site, more) in bundle.offers {
                let above = (i128::from(more) << shift) - price;
                if above <= 0 {
                    break;
                }
                *added.entry((site, bundle.territory)).or_insert(0) += weight * above;
            }
        });
        let mut paid = 0;
        let mut worths = vec![0; problem.sites.len()];
        let floor = |territory: usize| i128::from(floors[territory]) << shift;
        for (territory, &paid_for) in paid_for.iter().enumerate() {
            paid += once * paid_for + i128::from(counted.times[territory]) * paid_for.min(floor(territory));
        }
        for ((site, territory), added) in added {
            let territory = territory as usize;
            let lacks = (floor(territory) - paid_for[territory]).max(0);
            worths[site as usize] += once * added + i128::from(counted.times[territory]) * added.min(lacks);
        }
        Self::of(problem, shift, paid, worths)
    }

    fn of(problem: &Problem, shift: u32, paid: i128, worths: Vec<i128>) -> Self {
        let free = |&site: &u32| !stands(problem, site as usize) && problem.room(site as usize) > 0;
        let mut by_rate: Vec<u32> = (0..worths.len() as u32).filter(free).collect();
        by_rate.sort_by(|&a, &b| rate_order(problem, &worths, a, b));
        Self { shift, paid, worths, by_rate }
    }

    /// The most that a plan can be worth when some sites are settled; nothing when they cannot be paid. The last site may
    /// count in part.
    fn bound(&self, problem: &Problem, means: i64, fates: &[Option<bool>]) -> Option<i64> {
        let price = |site: u32| i128::from(problem.price(site as usize));
        let open = || self.by_rate.iter().copied().filter(|&site| fates[site as usize] == Some(true));
        let mut left = i128::from(means) - open().map(price).sum::<i128>();
        if left < 0 {
            return None;
        }
        // Whatever is bought of these costs a multiple of what divides all their prices.
        let payable = self.by_rate.iter().filter(|&&site| fates[site as usize].is_none() && price(site) <= left);
        let step = payable.map(|&site| problem.price(site as usize)).fold(0, weighted::gcd).max(1);
        left -= left % i128::from(step);
        let mut sum = self.paid + open().map(|site| self.worths[site as usize]).sum::<i128>();
        let room = left;
        for &site in self.by_rate.iter().filter(|&&site| fates[site as usize].is_none() && price(site) <= room) {
            let worth = self.worths[site as usize];
            if price(site) > left {
                sum += worth * left / price(site);
                break;
            }
            left -= price(site);
            sum += worth;
        }
        Some(i64::try_from(sum >> self.shift).unwrap_or(i64::MAX))
    }
}

/// The highest worth per price first.
fn rate_order(problem: &Problem, worths: &[i128], a: u32, b: u32) -> Ordering {
    let cross = |a: u32, b: u32| worths[a as usize] * i128::from(problem.price(b as usize));
    cross(b, a).cmp(&cross(a, b)).then(a.cmp(&b))
}
