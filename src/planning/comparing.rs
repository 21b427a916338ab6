//! Two plans beside what exists, counted with one measure: the people, the travel times, what is near and what exists of one
//! question, whatever each plan was looked for with.

use std::collections::BTreeMap;

use super::by_territory::{LEVELS, by_commune, code};
use super::error::RequestError;
use super::people::{People, people};
use super::request::Request;
use super::sides::{NewSite, Side, StandingPlaces};
use super::sites::{Place, existing};
use super::ways::{Ways, fitting};
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level, SiteIx};
use crate::placement::Pair;

/// Two sites that stand so near to each other are one place, in metres.
const SAME_PLACE_M: f64 = 100.0;

/// What one territory has today, and under each of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedTerritory {
    /// Its level.
    pub level: Level,
    /// Its code; `None` for communes that belong to none, and for sites that lie in no commune.
    pub code: Option<String>,
    /// New posts of each.
    pub posts: [u64; 2],
    /// Persons who count.
    pub persons: u64,
    /// Persons within reach today, and under each.
    pub covered: [u64; 3],
}

/// Two things compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Persons who count.
    pub persons: u64,
    /// Communes whose persons or place are unknown.
    pub unknown: u32,
    /// Persons within reach today, and under each.
    pub covered: [u64; 3],
    /// Mean minutes to the nearest place today, and under each, over those who have one.
    pub minutes: [Option<f64>; 3],
    /// The same by territory: levels from the largest, then codes.
    pub territories: Vec<ComparedTerritory>,
    /// Communes with their persons, and those within reach today and under each.
    pub communes: Vec<(CommuneIx, u64, [u64; 3])>,
    /// Places in the lists of sites that are the same place in both.
    pub shared: Vec<(usize, usize)>,
    /// Ids that one of the two closes and that do not count as existing: they change nothing here.
    pub idle_closures: usize,
}

/// Compares two sides by the measure of a question; today is what exists in `atlas`, whose people count.
///
/// # Errors
/// The field of the question that leaves it without an answer.
pub fn compare(atlas: &Atlas, request: &Request, sides: [&Side; 2]) -> Result<Compared, RequestError> {
    let people = people(atlas, atlas.analysis().access.times().demand(), request)?;
    let today = existing(atlas, request);
    let is_counted = |side: &&Side, id: &String| {
        let places = side.standing.as_ref().map_or(&today, |standing| &standing.0);
        places.iter().any(|place| place.id == *id)
    };
    let closures = sides.iter().flat_map(|side| side.closed.iter().map(move |id| (side, id)));
    let idle_closures = closures.filter(|(side, id)| !is_counted(side, id)).count();
    // Every place at once says how many points there is room for, so that all are counted with the same people.
    let elsewhere = sides.iter().filter_map(|side| side.standing.as_ref()).flat_map(|StandingPlaces(places)| places);
    let all: Vec<Place> =
        today.iter().chain(elsewhere).cloned().chain(sides.iter().flat_map(|side| opened(side))).collect();
    let people = fitting(atlas, request, people, &all);
    let mut counted = vec![Counted::default(); 3];
    // Those that stand on the same places are looked at together: who stays at home counts what stands there.
    let here: Vec<usize> = (0..2).filter(|&which| sides[which].standing.is_none()).collect();
    let of_today: Vec<Option<&Side>> =
        std::iter::once(None).chain(here.iter().map(|&which| Some(sides[which]))).collect();
    let slots = std::iter::once(0).chain(here.iter().map(|which| which + 1));
    for (slot, found) in slots.zip(count(atlas, request, &people, &today, &of_today)?) {
        counted[slot] = found;
    }
    for (which, side) in sides.iter().enumerate() {
        if let Some(StandingPlaces(places)) = &side.standing {
            counted[which + 1] = count(atlas, request, &people, places, &[Some(*side)])?.remove(0);
        }
    }
    let communes = by_commune(&people, |point| [0, 1, 2].map(|which| counted[which].within[point]));
    let communes: Vec<(CommuneIx, u64, [u64; 3])> =
        communes.into_iter().map(|(commune, (all, within))| (commune, all, within)).collect();
    let sum = |which: usize| communes.iter().map(|(_, _, covered)| covered[which]).sum();
    Ok(Compared {
        persons: people.total(),
        unknown: people.unknown,
        covered: [sum(0), sum(1), sum(2)],
        minutes: [0, 1, 2].map(|which| counted[which].minutes),
        territories: LEVELS.into_iter().flat_map(|level| of_level(atlas, level, &communes, sides)).collect(),
        communes,
        shared: shared(sides),
        idle_closures,
    })
}

/// Who is within reach of some places, point by point, and the mean minutes to the nearest.
#[derive(Debug, Clone, Default)]
struct Counted {
    within: Vec<bool>,
    minutes: Option<f64>,
}

/// The new places of a side.
fn opened(side: &Side) -> impl Iterator<Item = Place> {
    side.sites.iter().flat_map(|site| {
        site.stops.iter().map(|&(position, commune)| Place::new_at(&site.id, &site.name, position, commune))
    })
}

/// Counts, for each of some sides (`None`: nothing new) beside the places that stand.
fn count(
    atlas: &Atlas,
    request: &Request,
    people: &People,
    standing: &[Place],
    sides: &[Option<&Side>],
) -> Result<Vec<Counted>, RequestError> {
    // Which of the sides have each place.
    let stays = |side: Option<&Side>, place: &Place| side.is_none_or(|side| !side.closed.contains(&place.id));
    let mut open: Vec<Vec<bool>> =
        standing.iter().map(|place| sides.iter().map(|side| stays(*side, place)).collect()).collect();
    let mut places = standing.to_vec();
    for (which, side) in sides.iter().enumerate() {
        for place in side.iter().flat_map(|side| opened(side)) {
            open.push((0..sides.len()).map(|other| other == which).collect());
            places.push(place);
        }
    }
    let ways = Ways::new(atlas, request.reach, people, &places);
    let near = request.reach.cost();
    let pairs = ways.pairs(near)?;
    let count = |which: usize| {
        let is_open = |site: u32| open[site as usize][which];
        let within = |row: &[Pair]| row.iter().take_while(|pair| pair.cost <= near).any(|pair| is_open(pair.site));
        let ranks: Vec<SiteIx> = (0..places.len() as u32).filter(|&site| is_open(site)).map(SiteIx::new).collect();
        Counted { within: pairs.iter().map(within).collect(), minutes: mean_minutes(people, &ways.nearest(&ranks)) }
    };
    Ok((0..sides.len()).map(count).collect())
}

fn mean_minutes(people: &People, seconds: &[Option<u32>]) -> Option<f64> {
    let (mut persons, mut sum) = (0.0, 0.0);
    for (&here, seconds) in people.persons.iter().zip(seconds) {
        if let Some(seconds) = seconds {
            persons += f64::from(here);
            sum += f64::from(here) * f64::from(*seconds) / 60.0;
        }
    }
    (persons > 0.0).then(|| sum / persons)
}

fn of_level(
    atlas: &Atlas,
    level: Level,
    communes: &[(CommuneIx, u64, [u64; 3])],
    sides: [&Side; 2],
) -> Vec<ComparedTerritory> {
    let mut all: BTreeMap<Option<String>, ComparedTerritory> = BTreeMap::new();
    let mut of = |commune: Option<CommuneIx>, add: &dyn Fn(&mut ComparedTerritory)| {
        let code = commune.and_then(|commune| code(atlas, commune, level));
        let none = || ComparedTerritory { level, code: code.clone(), posts: [0; 2], persons: 0, covered: [0; 3] };
        add(all.entry(code.clone()).or_insert_with(none));
    };
    for &(commune, persons, covered) in communes {
        of(Some(commune), &|territory| {
            territory.persons += persons;
            (0..3).for_each(|which| territory.covered[which] += covered[which]);
        });
    }
    for (which, side) in sides.iter().enumerate() {
        for site in &side.sites {
            let commune = site.stops.first().and_then(|(_, commune)| *commune);
            of(commune, &|territory| territory.posts[which] += site.posts);
        }
    }
    all.into_values().collect()
}

/// Sites of the first that are at the same place as one of the second, each with one other at most.
fn shared([first, second]: [&Side; 2]) -> Vec<(usize, usize)> {
    let mut free: Vec<bool> = vec![true; second.sites.len()];
    let same = |one: &NewSite, other: &NewSite| {
        let at = |site: &NewSite| site.stops.first().map(|(at, _)| *at);
        one.id == other.id
            || matches!((at(one), at(other)), (Some(a), Some(b)) if a.geodesic_to(b).value() <= SAME_PLACE_M)
    };
    let mut shared = Vec::new();
    for (rank, site) in first.sites.iter().enumerate() {
        let found = second.sites.iter().enumerate().position(|(other, it)| free[other] && same(site, it));
        if let Some(other) = found {
            free[other] = false;
            shared.push((rank, other));
        }
    }
    shared
}
