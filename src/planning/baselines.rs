//! Other ways to spend the same: what people would do without a search.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::ControlFlow;

use super::answer::Baseline;
use super::instance;
use super::request::{Area, Candidates, Conventions, Existing, Goal, Limit, Request};
use super::sites::{Place, count_quarters, existing_posts};
use super::study::Study;
use crate::domain::CommuneIx;
use crate::placement::{Opening, Plan, Random, Shape, Threads};

/// Rounds of search for the plan that stands beside the real allocation: it is compared, and nothing is proven of it, so that one
/// that no exchange of two sites improves is enough. Where posts fill up, that takes rounds.
const ROUNDS: u32 = 0;
const ROUNDS_OF_ROOM: u32 = 2;

/// Nothing, by population, random, and what was really done where that can be said.
pub(super) fn baselines(study: &Study, plan: &Plan) -> Vec<Baseline> {
    let mut baselines = vec![
        compared(study, "nothing", &[], &plan.openings),
        compared(study, "by-population", &by_population(study), &plan.openings),
        compared(study, "random", &random(study), &plan.openings),
    ];
    baselines.extend(real_allocation(study));
    baselines
}

/// One way beside another.
fn compared(study: &Study, name: &'static str, openings: &[Opening], ours: &[Opening]) -> Baseline {
    let (score, our_score) = (study.problem.score(openings), study.problem.score(ours));
    let (value, our_value) = (study.in_measure(score.objective), study.in_measure(our_score.objective));
    let better = if study.problem.more_is_better() { our_value - value } else { value - our_value };
    // What does not do what was asked is not compared by what it costs.
    let fair = score.shortfall <= our_score.shortfall && value > 0.0;
    Baseline {
        name,
        goal: study.request.objective,
        measure: study.measure(),
        posts: openings.iter().map(|opening| u64::from(opening.posts)).sum(),
        value,
        covered: study.covered(openings),
        our_value,
        our_covered: study.covered(ours),
        ours_is_better_percent: fair.then(|| 100.0 * better / value),
    }
}

/// The posts of the latest list, and where we would have put as many with nothing there before. Only for a territory with
/// a name and posts that stay: nobody can say which posts were meant for an outline.
fn real_allocation(study: &Study) -> Option<Baseline> {
    let Request { territory, objective, .. } = &study.request;
    // Of the longest way nothing is known but that it is within the limit of looking, and that limit is far.
    if matches!(territory, Area::Polygon(_)) || objective.kind.shape == Shape::Worst {
        return None;
    }
    let posts = existing_posts(study.atlas, Conventions::Renewed);
    let inside: Vec<(CommuneIx, u32)> = posts.into_iter().filter(|(commune, _)| study.people.holds(*commune)).collect();
    let count: u64 = inside.iter().map(|(_, posts)| u64::from(*posts)).sum();
    let objective = match objective.kind.shape {
        Shape::Gained | Shape::Saved | Shape::Served => *objective,
        _ => Goal::coverage(),
    };
    let fills_up = objective.kind.takes_room();
    let sites = count_quarters(study.atlas, &study.people.inside);
    let request = Request {
        candidates: Candidates::Communes,
        existing: Existing::None,
        forced: Vec::new(),
        forbidden: Vec::new(),
        posts_per_site: inside.iter().map(|(_, posts)| *posts).max().filter(|_| fills_up).unwrap_or(1),
        objective,
        // Where one post at a place does what two do, more posts than places are not to be placed.
        limit: Limit::Posts(if fills_up { count } else { count.min(sites) }),
        itinerant: None,
        seconds: None,
        rounds: if fills_up { ROUNDS_OF_ROOM } else { ROUNDS },
        ..study.request.clone()
    };
    let beside = beside(study, request)?;
    let ours = beside.solve(Threads::Two, &mut |_| ControlFlow::Continue(()));
    let mut sites: BTreeMap<CommuneIx, Vec<u32>> = BTreeMap::new();
    for (site, place) in (0..).zip(&beside.places) {
        place.commune.into_iter().for_each(|commune| sites.entry(commune).or_default().push(site));
    }
    // One in each quarter, and again, as existing posts stand.
    let mut real: BTreeMap<u32, u32> = BTreeMap::new();
    for (commune, posts) in inside {
        let quarters = sites.get(&commune).into_iter().flatten().cycle();
        quarters.take(posts as usize).for_each(|site| *real.entry(*site).or_insert(0) += 1);
    }
    let real: Vec<Opening> = real.into_iter().map(|(site, posts)| Opening { site, posts }).collect();
    Some(compared(&beside, "real-allocation", &real, &ours.openings))
}

/// The study of another request about the same people and their communes.
fn beside<'a>(study: &Study<'a>, request: Request) -> Option<Study<'a>> {
    let Request { candidates, itinerant, existing, .. } = &study.request;
    // Where something stands, ways were found only to what is nearer.
    let has_all_ways = *existing == Existing::None || instance::farther_matters(&study.request);
    if *candidates != Candidates::Communes || itinerant.is_some() || !has_all_ways {
        return Study::new(study.atlas, &request).ok();
    }
    // The sites are the same, so the ways need not be found again, nor kept twice.
    let nothing = |place: &Place| Place { existing: 0, ..place.clone() };
    let places: Vec<Place> = study.places.iter().map(nothing).collect();
    let sites = instance::sites(&request, &places).ok()?;
    let problem = study.problem.variant(sites, request.objective(), instance::limit(&request, &places)).ok()?;
    let (atlas, people) = (study.atlas, study.people.clone());
    let (beyond, rounds, asked) = (Vec::new(), Vec::new(), study.asked);
    Some(Study { atlas, request, people, places, beyond, rounds, problem, asked })
}

/// Opens sites in an order as long as the means last; what is forced comes first. Where a share is asked for, it ends as
/// soon as that is reached.
fn in_order(study: &Study, order: &[u32]) -> Vec<Opening> {
    let whole = opened(study, order);
    let enough = |openings: &[Opening]| study.problem.score(openings).shortfall == 0;
    if study.request.objective.kind.shape != Shape::Spent || !enough(&whole) {
        return whole;
    }
    let (mut few, mut many) = (0, order.len());
    while few < many {
        let middle = few.midpoint(many);
        if enough(&opened(study, &order[..middle])) {
            many = middle;
        } else {
            few = middle + 1;
        }
    }
    opened(study, &order[..many])
}

/// Opens sites in an order, those that can still be paid.
fn opened(study: &Study, order: &[u32]) -> Vec<Opening> {
    let problem = &study.problem;
    let sites = problem.sites();
    let mut posts: Vec<u32> = sites.iter().map(|site| site.forced_posts).collect();
    let mut left =
        problem.means() - (0..sites.len()).map(|site| problem.price(site) * i64::from(posts[site])).sum::<i64>();
    for site in order.iter().map(|&site| site as usize) {
        let price = problem.price(site);
        if posts[site] < problem.room(site) && price <= left {
            posts[site] += 1;
            left -= price;
        }
    }
    let open = (0..).zip(posts).filter(|(_, posts)| *posts > 0);
    open.map(|(site, posts)| Opening { site, posts }).collect()
}

/// As proportional to persons as whole posts can be (D'Hondt), posts that exist counted: the commune with most persons for
/// each of its posts comes next.
pub(super) fn by_population(study: &Study) -> Vec<Opening> {
    let persons_of = |commune: CommuneIx| study.people.of_commune(commune);
    let mut given: BTreeMap<Option<CommuneIx>, u64> = BTreeMap::new();
    for place in study.places.iter().chain(&study.beyond).filter(|place| place.existing > 0) {
        *given.entry(place.commune).or_insert(0) += u64::from(place.existing);
    }
    let quotient = |place: &Place, given: u64| (place.commune.map_or(0, persons_of) << 20) / (given + 1);
    let mut queue: BinaryHeap<(u64, Reverse<u32>, u32)> = BinaryHeap::new();
    for (site, place) in (0..).zip(&study.places) {
        let given = given.get(&place.commune).copied().unwrap_or(0);
        queue.push((quotient(place, given), Reverse(site), study.problem.room(site as usize)));
    }
    let mut order = Vec::new();
    while let Some((promise, Reverse(site), left)) = queue.pop() {
        let place = &study.places[site as usize];
        let given = given.entry(place.commune).or_insert(0);
        let now = quotient(place, *given);
        if left == 0 {
            continue;
        }
        if now < promise {
            queue.push((now, Reverse(site), left));
            continue;
        }
        *given += 1;
        order.push(site);
        queue.push((quotient(place, *given), Reverse(site), left - 1));
    }
    in_order(study, &order)
}

/// Anywhere, by the seed of the request.
fn random(study: &Study) -> Vec<Opening> {
    let mut order: Vec<u32> = (0..study.places.len() as u32).collect();
    let mut random = Random::new(study.request.seed);
    for last in (1..order.len()).rev() {
        order.swap(last, random.below(last + 1));
    }
    in_order(study, &order)
}
