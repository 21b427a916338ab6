//! Two plans beside what exists, counted with one measure: the people, the travel times, what is near and what exists of one
//! question, whatever each plan was looked for with.

use std::collections::BTreeMap;

use super::answer::{Answer, SiteAnswer};
use super::by_territory::{LEVELS, by_commune, code};
use super::error::RequestError;
use super::people::{People, people};
use super::request::Request;
use super::sites::{Place, existing};
use super::ways::{Ways, fitting};
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level, Position, SiteIx};

/// Two sites that stand so near to each other are one place, in metres.
const SAME_PLACE_M: f64 = 100.0;

/// A place where posts are new.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSite {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where its posts receive people, and in which commune, where known; the base first when they travel.
    pub stops: Vec<(Position, Option<CommuneIx>)>,
    /// Posts.
    pub posts: u64,
    /// Euros a year for them; `None` when nobody says what they cost.
    pub cost_eur: Option<u64>,
}

/// One of two things to compare: a plan, what somebody imagines, or nothing more than today.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// What is new.
    pub sites: Vec<NewSite>,
    /// Ids of what exists that would be no more.
    pub closed: Vec<String>,
}

impl Side {
    /// The sites of a plan.
    #[must_use]
    pub fn of_plan(answer: &Answer) -> Self {
        let site = |site: &SiteAnswer| NewSite {
            id: site.id.clone(),
            name: site.name.clone(),
            stops: site.receives_at.clone(),
            posts: site.posts.into(),
            cost_eur: Some(site.cost_eur),
        };
        Self { sites: answer.sites.iter().map(site).collect(), closed: Vec::new() }
    }
}

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

/// Compares two sides by the measure of a question.
///
/// # Errors
/// The field of the question that leaves it without an answer.
pub fn compare(atlas: &Atlas, request: &Request, sides: [&Side; 2]) -> Result<Compared, RequestError> {
    let people = people(atlas, atlas.analysis().access.times().demand(), request)?;
    let existing = existing(atlas, request);
    // Which of today and the two sides have each place.
    let mut open: Vec<[bool; 3]> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for place in existing {
        let stays = |side: &Side| !side.closed.contains(&place.id);
        open.push([true, stays(sides[0]), stays(sides[1])]);
        places.push(place);
    }
    let counted = |id: &String| places.iter().any(|place| place.id == *id);
    let idle_closures = sides.iter().flat_map(|side| &side.closed).filter(|id| !counted(id)).count();
    for (which, side) in sides.iter().enumerate() {
        for (site, &(position, commune)) in
            side.sites.iter().flat_map(|site| site.stops.iter().map(move |at| (site, at)))
        {
            open.push([false, which == 0, which == 1]);
            places.push(Place::new_at(&site.id, &site.name, position, commune));
        }
    }
    let people = fitting(atlas, request, people, &places);
    let ways = Ways::new(atlas, request.reach, &people, &places);
    let near = request.reach.cost();
    let covered: Vec<[bool; 3]> = (ways.pairs(near)?.iter())
        .map(|row| {
            let mut within = [false; 3];
            for pair in row.iter().take_while(|pair| pair.cost <= near) {
                let open = open[pair.site as usize];
                (0..3).for_each(|which| within[which] |= open[which]);
            }
            within
        })
        .collect();
    let minutes = [0, 1, 2].map(|which| {
        let ranks = (0..).map(SiteIx::new).zip(&open).filter(|(_, open)| open[which]).map(|(rank, _)| rank);
        mean_minutes(&people, &ways.nearest(&ranks.collect::<Vec<_>>()))
    });
    let communes = by_commune(&people, |point| covered[point]);
    let communes: Vec<(CommuneIx, u64, [u64; 3])> =
        communes.into_iter().map(|(commune, (all, within))| (commune, all, within)).collect();
    let sum = |which: usize| communes.iter().map(|(_, _, covered)| covered[which]).sum();
    Ok(Compared {
        persons: people.total(),
        unknown: people.unknown,
        covered: [sum(0), sum(1), sum(2)],
        minutes,
        territories: LEVELS.into_iter().flat_map(|level| of_level(atlas, level, &communes, sides)).collect(),
        communes,
        shared: shared(sides),
        idle_closures,
    })
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
