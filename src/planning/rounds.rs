//! Posts that travel: a base and its stops as one candidate, whose way to a person is the way from the nearest stop.

use super::error::RequestError;
use super::people::People;
use super::request::{Request, Rounds};
use super::sites::Place;
use super::ways::site;
use crate::access::{Mode, Site};
use crate::atlas::Atlas;
use crate::domain::{Seconds, SiteIx};
use crate::placement::{Pair, Pairs};

/// One round: ranks of the places where the post stops, the base first. Empty for a place that is no candidate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Round {
    pub stops: Vec<u32>,
}

/// A round from every candidate, and the ways to the nearest stop of each. What exists keeps its own ways.
///
/// Stops are added greedily: of those within the limit from the last stop and back to the base, the one that brings most
/// beyond the stops before, ties by rank.
pub(super) fn plan(
    atlas: &Atlas,
    request: &Request,
    limits: Rounds,
    (people, places): (&People, &[Place]),
    direct: &Pairs,
) -> Result<(Vec<Round>, Pairs), RequestError> {
    let reached = reached(direct);
    let objective = request.objective();
    let worth = |cost: u32| u64::from((objective.kind.gain)(&objective, cost));
    let near = neighbours(atlas, places, limits);
    let mut best = vec![0; people.persons.len()];
    for (demand, best) in best.iter_mut().enumerate() {
        let first = direct.of(demand).iter().find(|pair| places[pair.site as usize].existing > 0);
        *best = first.map_or(0, |pair| worth(pair.cost));
    }
    let mut rounds = vec![Round::default(); places.len()];
    let mut touched: Vec<(u32, u64)> = Vec::new();
    for base in (0..places.len() as u32).filter(|&rank| places[rank as usize].candidate) {
        let mut stops = vec![base];
        while stops.len() < limits.stops as usize {
            let last = stops[stops.len() - 1];
            take(&reached[last as usize], &mut best, &mut touched, worth);
            let home = &near[base as usize];
            let open =
                near[last as usize].iter().filter(|stop| home.binary_search(stop).is_ok() && !stops.contains(stop));
            let gain = |stop: u32| -> u64 {
                let each = reached[stop as usize].iter().map(|pair| {
                    let more = worth(pair.cost).saturating_sub(best[pair.site as usize]);
                    more * u64::from(people.persons[pair.site as usize])
                });
                each.sum()
            };
            let next = open.map(|&stop| (gain(stop), std::cmp::Reverse(stop))).max().filter(|(gain, _)| *gain > 0);
            let Some((_, std::cmp::Reverse(next))) = next else { break };
            stops.push(next);
        }
        // What this round reached is free again for the next base.
        touched.drain(..).rev().for_each(|(demand, before)| best[demand as usize] = before);
        rounds[base as usize] = Round { stops };
    }
    let pairs = pairs_of_rounds(&rounds, direct);
    Ok((rounds, pairs.map_err(|error| RequestError::new("stops", "", error.to_string()))?))
}

/// Marks what a stop reaches, and what stood there before.
fn take(reached: &[Pair], best: &mut [u64], touched: &mut Vec<(u32, u64)>, worth: impl Fn(u32) -> u64) {
    for pair in reached {
        let value = worth(pair.cost);
        let best = &mut best[pair.site as usize];
        if value > *best {
            touched.push((pair.site, *best));
            *best = value;
        }
    }
}

/// The ways the other way round: for each place the demand points it reaches, named in `site`.
fn reached(direct: &Pairs) -> Vec<Vec<Pair>> {
    let mut reached = vec![Vec::new(); direct.sites()];
    for (demand, row) in (0..).zip(direct.iter()) {
        row.iter().for_each(|pair| reached[pair.site as usize].push(Pair { site: demand, cost: pair.cost }));
    }
    reached
}

/// For each candidate the candidates within the limit by car from its commune, ascending by rank.
fn neighbours(atlas: &Atlas, places: &[Place], limits: Rounds) -> Vec<Vec<u32>> {
    let candidates = (0..).zip(places).filter(|(_, place)| place.candidate);
    let sites: Vec<Site> = candidates.map(|(rank, place)| site(atlas, SiteIx::new(rank), place)).collect();
    let list = atlas.analysis().access.times().within(Mode::Car, &sites, Seconds::from_minutes(limits.minutes));
    let mut near = vec![Vec::new(); places.len()];
    for from in &sites {
        if let Some(commune) = from.point {
            let row = list.row(commune).iter().map(|pair| pair.site);
            near[usize::from(from.ordinal)] = row.filter(|&other| other != from.ordinal).map(SiteIx::get).collect();
        }
    }
    near
}

/// Ways to rounds instead of ways to their stops.
fn pairs_of_rounds(rounds: &[Round], direct: &Pairs) -> Result<Pairs, crate::placement::ProblemError> {
    let mut stopping = vec![Vec::new(); rounds.len()];
    for (rank, round) in (0..).zip(rounds) {
        round.stops.iter().for_each(|&stop| stopping[stop as usize].push(rank));
    }
    let row = |row: &[Pair]| -> Vec<Pair> {
        let on_rounds = row.iter().flat_map(|pair| {
            let own = rounds[pair.site as usize].stops.is_empty().then_some(pair.site);
            let rounds = stopping[pair.site as usize].iter().copied();
            own.into_iter().chain(rounds).map(|site| Pair { site, cost: pair.cost })
        });
        on_rounds.collect()
    };
    Pairs::from_rows(direct.sites(), direct.iter().map(row))
}
