//! From a plan to what it means for people.

use std::collections::BTreeMap;

use super::answer::{Answer, LeftOut, Part, SiteAnswer, Status, Step, Summary};
use super::any_rounds::any_rounds;
use super::baselines::baselines;
use super::by_territory::{Received, by_territory};
use super::hosts::{Around, Hosting, Known, Zones};
use super::least::least;
use super::measure::measure_of_benefits;
use super::route::route;
use super::served::served;
use super::sites::{Place, hosting};
use super::study::Study;
use super::ways::Ways;
use crate::domain::{CommuneIx, SiteIx};
use crate::placement::{Explanation, Limit, Pair, Plan, Shape, explain, pareto};

impl Study<'_> {
    /// What a plan of this study means.
    #[must_use]
    pub fn answer(&self, plan: &Plan) -> Answer {
        answer(self, plan, &mut |_| true)
    }

    /// The same without the parts that are not `wanted`, each asked for when it would be worked out.
    #[must_use]
    pub fn answer_in(&self, plan: &Plan, wanted: &mut dyn FnMut(Part) -> bool) -> Answer {
        answer(self, plan, wanted)
    }
}

fn answer(study: &Study, plan: &Plan, wanted: &mut dyn FnMut(Part) -> bool) -> Answer {
    let mut untold = Vec::new();
    let mut tells = |part: Part| {
        let is_wanted = wanted(part);
        untold.extend((!is_wanted).then_some(part));
        is_wanted
    };
    let minutes = Minutes::new(study, plan);
    let explanation = explain(&study.problem, plan);
    let serves = serves(study, plan);
    let sites = sites(study, plan, (&explanation, &serves), &minutes);
    let mut summary = summary(study, plan, &minutes);
    let curve = if tells(Part::Curve) { curve(study) } else { Vec::new() };
    let mut baselines_told = Vec::new();
    if tells(Part::Comparison) {
        baselines_told = baselines(study, plan);
        summary.any_rounds = any_rounds(study);
    }
    let new: Vec<u32> = plan.openings.iter().map(|opening| opening.site).collect();
    let open = |site: u32| study.places[site as usize].existing > 0 || new.binary_search(&site).is_ok();
    let after = covered(study, open);
    let by_territory = shared_out(study, plan, &after);
    let (least, left_out) = (least(study, plan, &after), left_out(study, &after, &minutes));
    Answer {
        summary,
        served: served(study, &sites, &serves, [&minutes.before, &minutes.after]),
        sites,
        left_out,
        by_territory,
        least,
        curve,
        measure_of_benefits: measure_of_benefits(&study.request),
        baselines: baselines_told,
        foreseen: study.foreseen(),
        untold,
    }
}

/// Seconds to the nearest place of each demand point, before and after.
struct Minutes {
    before: Vec<Option<u32>>,
    after: Vec<Option<u32>>,
}

impl Minutes {
    fn new(study: &Study, plan: &Plan) -> Self {
        // The nearest place may be out of reach.
        let places = [&study.places[..], &study.beyond].concat();
        let ways = Ways::new(study.atlas, study.request.reach, &study.people, &places);
        let ranks = (0..).map(SiteIx::new).zip(&places);
        let existing: Vec<SiteIx> = ranks.filter(|(_, place)| place.existing > 0).map(|(rank, _)| rank).collect();
        let mut all = existing.clone();
        for opening in &plan.openings {
            match study.rounds.get(opening.site as usize) {
                Some(round) => all.extend(round.stops.iter().copied().map(SiteIx::new)),
                None => all.push(SiteIx::new(opening.site)),
            }
        }
        all.sort_unstable();
        all.dedup();
        Self { before: ways.nearest(&existing), after: ways.nearest(&all) }
    }

    /// Mean minutes over the persons of some demand points, before and after, those without any place left out of both.
    fn means(&self, study: &Study, points: impl Iterator<Item = usize>) -> [Option<f64>; 2] {
        let mut sums = [(0.0, 0.0); 2];
        for point in points {
            let persons = f64::from(study.people.persons[point]);
            for (sum, seconds) in sums.iter_mut().zip([self.before[point], self.after[point]]) {
                if let Some(seconds) = seconds {
                    *sum = (sum.0 + persons, sum.1 + persons * f64::from(seconds) / 60.0);
                }
            }
        }
        sums.map(|(persons, minutes)| (persons > 0.0).then(|| minutes / persons))
    }
}

fn summary(study: &Study, plan: &Plan, minutes: &Minutes) -> Summary {
    let [minutes_before, minutes_after] = minutes.means(study, 0..study.people.persons.len());
    let inside = |commune: Option<CommuneIx>| commune.is_some_and(|commune| study.people.holds(commune));
    let existing = study
        .places
        .iter()
        .chain(&study.beyond)
        .filter(|place| inside(place.commune))
        .map(|place| u64::from(place.existing));
    // Nothing at all has no longest way, no price, and its mean way is that of the limit.
    let before = study.problem.score(&[]);
    Summary {
        persons: study.people.total(),
        communes_unknown: study.people.unknown,
        joined: study.people.joined,
        covered_before: study.covered(&[]),
        covered_after: study.covered(&plan.openings),
        measure: study.measure(),
        value_before: study.problem.more_is_better().then(|| study.in_measure(before.objective)),
        value: study.in_measure(plan.objective),
        bound: study.in_measure(plan.bound),
        any_rounds: None,
        gap_percent: plan.gap_percent(),
        status: Status::of(plan, study.request.objective.kind.shape),
        shortfall: study.persons_of(plan.shortfall),
        least_shortfall: study.persons_of(plan.least_shortfall),
        stopped: plan.stopped,
        posts: plan.posts(),
        existing_posts: existing.sum(),
        cost_eur: study.cost_eur(&plan.openings),
        minutes_before,
        minutes_after,
    }
}

/// The sites in the order of their use; those that were forced come last, by id.
fn sites(
    study: &Study,
    plan: &Plan,
    (explanation, serves): (&Explanation, &BTreeMap<u32, Vec<usize>>),
    minutes: &Minutes,
) -> Vec<SiteAnswer> {
    let reasons: BTreeMap<u32, (usize, _)> =
        explanation.reasons.iter().enumerate().map(|(rank, reason)| (reason.site, (rank, reason))).collect();
    let mut openings = plan.openings.clone();
    openings.sort_by_key(|opening| (reasons.get(&opening.site).map_or(usize::MAX, |(rank, _)| *rank), opening.site));
    let near = study.request.reach.cost();
    let covered_before = covered(study, |site| study.places[site as usize].existing > 0);
    let communes: std::collections::BTreeSet<CommuneIx> =
        openings.iter().filter_map(|opening| study.places[opening.site as usize].commune).collect();
    let known = Known::new(study.atlas, &communes.into_iter().collect::<Vec<_>>());
    let zones = Zones::new(study.atlas);
    let at = |place: &Place| (place.position, place.commune);
    let answer = |(rank, opening): (usize, crate::placement::Opening)| {
        let place = &study.places[opening.site as usize];
        let points = serves.get(&opening.site).map_or(&[][..], Vec::as_slice);
        let persons = |points: &mut dyn Iterator<Item = usize>| -> u64 {
            points.map(|point| u64::from(study.people.persons[point])).sum()
        };
        let [minutes_before, minutes_after] = minutes.means(study, points.iter().copied());
        let reason = reasons.get(&opening.site).map(|(_, reason)| *reason);
        let runner_up = reason.and_then(|reason| reason.runner_up).map(|(site, loses)| {
            let place = &study.places[site as usize];
            (place.id.clone(), place.full_name(study.atlas), study.benefit_in_measure(loses))
        });
        let round = study.rounds.get(opening.site as usize);
        let hosting = hosting(study.atlas, &study.request, &known, place);
        let venue = match &hosting {
            Hosting::Host(host) => host.venue.as_deref(),
            Hosting::ToFind(_) => None,
        };
        let around = Around::of(study.atlas, &zones, place.position, place.commune, venue);
        SiteAnswer {
            id: place.id.clone(),
            name: place.name.clone(),
            position: place.position,
            commune: place.commune,
            stops: round.map_or_else(Vec::new, |round| {
                round.stops.iter().filter_map(|&stop| study.places[stop as usize].commune).collect()
            }),
            round: round.map_or_else(Vec::new, |round| route(study, round)),
            receives_at: match round {
                Some(round) => round.stops.iter().map(|&stop| &study.places[stop as usize]).map(at).collect(),
                None => vec![at(place)],
            },
            posts: opening.posts,
            cost_eur: study.cost_eur(&[opening]),
            rank: rank as u32 + 1,
            forced: study.problem.sites()[opening.site as usize].forced_posts > 0,
            serves: study.people.by_commune(points.iter().copied()).into_iter().map(|(commune, _)| commune).collect(),
            persons: persons(&mut points.iter().copied()),
            persons_gained: persons(&mut points.iter().copied().filter(|&point| {
                let now = |row: &[Pair]| row.iter().any(|pair| pair.site == opening.site && pair.cost <= near);
                !covered_before[point] && now(study.problem.pairs().of(point))
            })),
            minutes_before,
            minutes_after,
            marginal: reason.map_or(0.0, |reason| study.benefit_in_measure(reason.marginal)),
            added: reason.map_or(0.0, |reason| study.benefit_in_measure(reason.added)),
            runner_up,
            hosting,
            around,
            price_eur: study.problem.sites()[opening.site as usize].price_eur,
        }
    };
    openings.into_iter().enumerate().map(answer).collect()
}

/// Demand points within reach whose nearest place is a new post, by site. An existing place goes before a new one.
fn serves(study: &Study, plan: &Plan) -> BTreeMap<u32, Vec<usize>> {
    let new: BTreeMap<u32, u32> = plan.openings.iter().map(|opening| (opening.site, opening.posts)).collect();
    let exists = |site: u32| study.places[site as usize].existing > 0;
    let mut serves: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (point, row) in study.problem.pairs().iter().enumerate() {
        let first = row.iter().find(|pair| exists(pair.site) || new.contains_key(&pair.site));
        if let Some(pair) = first.filter(|pair| !exists(pair.site)) {
            serves.entry(pair.site).or_default().push(point);
        }
    }
    serves
}

/// Whether each demand point is within reach of an open place.
fn covered(study: &Study, open: impl Fn(u32) -> bool) -> Vec<bool> {
    let near = study.request.reach.cost();
    let rows = study.problem.pairs().iter();
    rows.map(|row| row.iter().take_while(|pair| pair.cost <= near).any(|pair| open(pair.site))).collect()
}

fn shared_out(study: &Study, plan: &Plan, after: &[bool]) -> Vec<Received> {
    let before = covered(study, |site| study.places[site as usize].existing > 0);
    by_territory(study, plan, [&before, after])
}

fn left_out(study: &Study, after: &[bool], minutes: &Minutes) -> Vec<LeftOut> {
    let mut points: BTreeMap<CommuneIx, Vec<usize>> = BTreeMap::new();
    for (point, _) in after.iter().enumerate().filter(|(_, covered)| !**covered) {
        points.entry(study.people.communes[point]).or_default().push(point);
    }
    let left = |(commune, points): (CommuneIx, Vec<usize>)| LeftOut {
        commune,
        persons: points.iter().map(|&point| u64::from(study.people.persons[point])).sum(),
        of: study.people.of_commune(commune),
        minutes: minutes.means(study, points.into_iter())[1],
    };
    let mut out: Vec<LeftOut> = points.into_iter().map(left).filter(|left| left.persons > 0).collect();
    out.sort_by_key(|left| (std::cmp::Reverse(left.persons), left.commune));
    out
}

/// Up to twice the means, where there is room: what one more post is worth is seen beyond the plan.
fn curve(study: &Study) -> Vec<Step> {
    let problem = &study.problem;
    let longer = match (problem.objective().shape(), problem.limit()) {
        // Its limit is a ceiling, nothing to double.
        (Shape::Spent, _) => None,
        (_, Limit::Posts(posts)) => problem.with_limit(Limit::Posts(2 * posts)).ok(),
        (_, Limit::BudgetEur(budget)) => problem.with_limit(Limit::BudgetEur(2 * budget)).ok(),
    };
    let steps = pareto(longer.as_ref().unwrap_or(problem)).into_iter();
    steps.map(|(means, value)| Step { means: means as u64, value: study.benefit_in_measure(value) }).collect()
}
