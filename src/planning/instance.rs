//! From people and places to a problem of [`crate::placement`], and from its numbers back to a measure.

use std::collections::BTreeMap;

use super::error::RequestError;
use super::people::People;
use super::request::{Goal, Limit, Reach, Request};
use super::rounds::{self, Round};
use super::sites::Place;
use super::ways::Ways;
use crate::atlas::Atlas;
use crate::domain::{Level, SiteIx};
use crate::placement::{self, Draft, Pair, Pairs, Problem, ProblemError, Shape, Site};

/// A request as a problem.
pub(super) struct Instance {
    /// The sites of the problem, in its order.
    pub places: Vec<Place>,
    /// What exists too far away to serve anybody.
    pub beyond: Vec<Place>,
    /// Where the post of each site travels; empty where posts stay in one place.
    pub rounds: Vec<Round>,
    pub problem: Problem,
}

/// Poses the problem.
pub(super) fn pose(
    atlas: &Atlas,
    request: &Request,
    people: &People,
    places: Vec<Place>,
) -> Result<Instance, RequestError> {
    let ways = Ways::new(atlas, request.reach, people, &places);
    let direct = if farther_matters(request) {
        ways.pairs(request.longest())?
    } else {
        let stands = (0..).zip(&places).filter(|(_, place)| place.existing > 0);
        let stands: Vec<SiteIx> = stands.map(|(rank, _)| SiteIx::new(rank)).collect();
        ways.pairs_nearer_than(&stands, request.longest())?
    };
    let (places, beyond, direct) = in_reach(places, direct);
    let sites = sites(request, &places)?;
    let (rounds, pairs) = match request.itinerant {
        None => (Vec::new(), direct),
        Some(limits) => rounds::plan(atlas, request, limits, (people, &places), &direct)?,
    };
    let (territories, codes) = territories(atlas, request, people);
    let mut demand: Vec<f64> = people.persons.iter().map(|&persons| f64::from(persons)).collect();
    if matches!(request.objective.kind.shape, Shape::Floors | Shape::LeastShare) {
        leave_out_of_reach(request, &territories, &pairs, &mut demand);
    }
    let draft =
        Draft { demand, sites, pairs, objective: request.objective(), limit: limit(request, &places), territories };
    let problem = Problem::new(draft).map_err(|error| said(atlas, request, &places, &codes, error))?;
    Ok(Instance { places, beyond, rounds, problem })
}

/// Whether a place can be of use to somebody who has another nearer: where posts fill up, or travel between places.
pub(super) fn farther_matters(request: &Request) -> bool {
    request.objective.kind.shape == Shape::Served || request.itinerant.is_some()
}

/// Takes out what exists too far away to serve anybody: most of France, for a département.
pub(super) fn in_reach(places: Vec<Place>, pairs: Pairs) -> (Vec<Place>, Vec<Place>, Pairs) {
    let mut serves: Vec<bool> = places.iter().map(|place| place.candidate).collect();
    pairs.iter().flatten().for_each(|pair| serves[pair.site as usize] = true);
    if serves.iter().all(|serves| *serves) {
        return (places, Vec::new(), pairs);
    }
    let mut ranks = vec![0; places.len()];
    let mut kept = 0;
    for (rank, _) in ranks.iter_mut().zip(&serves).filter(|(_, serves)| **serves) {
        *rank = kept;
        kept += 1;
    }
    let row = |row: &[Pair]| -> Vec<Pair> {
        row.iter().map(|pair| Pair { site: ranks[pair.site as usize], ..*pair }).collect()
    };
    let pairs = Pairs::from_rows(kept as usize, pairs.iter().map(row)).expect("ranks are below their number");
    let (near, beyond): (Vec<_>, Vec<_>) = places.into_iter().zip(serves).partition(|(_, serves)| *serves);
    let alone = |places: Vec<(Place, bool)>| places.into_iter().map(|(place, _)| place).collect();
    (alone(near), alone(beyond), pairs)
}

pub(super) fn limit(request: &Request, places: &[Place]) -> placement::Limit {
    match request.limit {
        Limit::AsItTakes => placement::Limit::Posts(places.len() as u64),
        Limit::Posts(posts) => placement::Limit::Posts(posts),
        Limit::BudgetEur(eur) => placement::Limit::BudgetEur(eur),
    }
}

pub(super) fn sites(request: &Request, places: &[Place]) -> Result<Vec<Site>, RequestError> {
    let listed = |ids: &[String], id: &String| ids.binary_search(id).is_ok();
    let fills_up = request.objective.kind.takes_room();
    if !fills_up && places.iter().all(|place| !place.candidate || place.existing > 0) {
        let message = "every candidate is there already; expected other candidates, or existing=none";
        return Err(RequestError::new("candidates", "", message));
    }
    let sites = places.iter().map(|place| {
        let open = place.candidate && !listed(&request.forbidden, &place.id);
        Site {
            existing_posts: place.existing,
            forced_posts: u32::from(listed(&request.forced, &place.id)),
            most_posts: if open { request.posts_per_site } else { 0 },
            price_eur: if place.public { request.prices.public_eur } else { request.prices.private_eur },
        }
    });
    Ok(sites.collect())
}

/// Rank of the territory of each demand point, and the codes by rank; those that belong to none share one. Empty where
/// none are compared.
fn territories<'a>(atlas: &'a Atlas, request: &Request, people: &People) -> (Vec<u32>, Vec<&'a str>) {
    let Goal { kind, level, .. } = request.objective;
    if kind.usual_level().is_none() {
        return (Vec::new(), Vec::new());
    }
    let mut ranks: BTreeMap<&str, u32> = BTreeMap::new();
    let mut codes = Vec::new();
    let communes = people.communes.iter().map(|&commune| {
        let commune = &atlas.communes()[commune];
        let code = match level {
            Level::Region => &commune.region,
            Level::Departement => &commune.departement,
            Level::Epci => commune.epci.as_deref().unwrap_or(""),
            Level::Commune => commune.code.as_str(),
        };
        let next = ranks.len() as u32;
        *ranks.entry(code).or_insert_with(|| {
            codes.push(code);
            next
        })
    });
    (communes.collect(), codes)
}

/// Takes the people of a territory that no site reaches out of the comparison: with the commune of a neighbouring EPCI that nobody can
/// serve, the least share would be 0 whatever is done, and every plan the best; and no plan could hold a floor there.
pub(super) fn leave_out_of_reach(request: &Request, territories: &[u32], pairs: &Pairs, demand: &mut [f64]) {
    let objective = request.objective();
    let mut reached = vec![false; territories.iter().max().map_or(0, |&last| last as usize + 1)];
    for (&territory, row) in territories.iter().zip(pairs.iter()) {
        reached[territory as usize] |= row.iter().any(|pair| (objective.kind.gain)(&objective, pair.cost) > 0);
    }
    if reached.contains(&true) {
        let out = territories.iter().zip(demand).filter(|(territory, _)| !reached[**territory as usize]);
        out.for_each(|(_, persons)| *persons = 0.0);
    }
}

/// A fault of the problem in the words of the request.
fn said(atlas: &Atlas, request: &Request, places: &[Place], territories: &[&str], error: ProblemError) -> RequestError {
    use ProblemError as E;
    let text = error.to_string();
    let message = text.split_once(": ").map_or(text.as_str(), |(_, message)| message).to_owned();
    let (limit_field, limit_value) = match request.limit {
        Limit::Posts(posts) => ("posts", posts),
        Limit::BudgetEur(eur) => ("budget_eur", eur),
        Limit::AsItTakes => ("posts", 0),
    };
    let (near_field, near_value) = match request.reach {
        Reach::Radius { metres } => ("radius_km", (f64::from(metres) / 1_000.0).to_string()),
        Reach::Minutes { minutes, .. } => ("minutes", minutes.to_string()),
    };
    match error {
        E::NoDemand | E::BadWeight { .. } | E::NobodyThere | E::TooLarge { .. } => {
            RequestError::new("demand", "", message)
        }
        E::NoSites | E::UnknownSite { .. } | E::PairsForAnotherDemand { .. } | E::PairsForOtherSites { .. } => {
            RequestError::new("candidates", "", message)
        }
        E::AllForbidden { .. } => RequestError::new(
            "forbidden",
            request.forbidden.len(),
            "all candidates of the territory are forbidden; expected at least one that is not",
        ),
        E::NobodyInReach => {
            RequestError::new(near_field, near_value, "no candidate is within reach of anybody who counts")
        }
        E::ForcedBeyondMost { site, .. } => {
            RequestError::new("forced", &places[site].id, "forced, but it may receive no post")
        }
        E::FreePost { site } => {
            let field = if places[site].public { "price_public_eur" } else { "price_private_eur" };
            RequestError::new(field, 0, "expected at least 1 €")
        }
        E::NoPosts | E::TooManyPosts { .. } | E::BudgetBelowOnePost { .. } | E::BudgetBeyondAll { .. } => {
            RequestError::new(limit_field, "", message)
        }
        E::ForcedBeyondLimit { forced, .. } => {
            RequestError::new(limit_field, limit_value, format!("less than the forced posts take, {forced}"))
        }
        E::OutOfRange { field: "persons_per_post", .. } => RequestError::new("hours_per_post", "", message),
        E::FloorOutOfReach { territory, share, reachable } => {
            let whose = match territories[territory] {
                "" => "the communes that belong to none".to_owned(),
                code => match atlas.territory(request.objective.level, code) {
                    Some(known) => format!("{} ({code})", known.name),
                    None => code.to_owned(),
                },
            };
            // Rounded down: what is said to be reached can be asked for.
            let percent = (reachable * 1_000.0).floor() / 10.0;
            let message = format!(
                "all candidates together reach {percent} % of the people who count in {whose}; expected no more than that"
            );
            RequestError::new("share", share, message)
        }
        E::OutOfRange { field: "share", .. } | E::ShareOutOfReach { .. } => RequestError::new("share", "", message),
        E::OutOfRange { .. } => RequestError::new(near_field, near_value, message),
        E::SlopeUpwards { .. } => RequestError::new("objective", "gradual", message),
        E::TerritoriesForAnotherDemand { .. } | E::UnknownTerritory { .. } => RequestError::new("level", "", message),
    }
}
