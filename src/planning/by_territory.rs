//! A plan territory by territory: posts, euros and persons, before and after, so that whoever shares out the posts sees
//! what each receives.

use std::collections::BTreeMap;

use super::people::People;
use super::study::Study;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};
use crate::placement::Plan;

/// Levels that are told, the smallest last.
pub(super) const LEVELS: [Level; 3] = [Level::Region, Level::Departement, Level::Epci];

/// What one territory receives; only its part in the territory of the question counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its level.
    pub level: Level,
    /// Its code; `None` for communes that belong to none of this level, and for sites that lie in no commune.
    pub code: Option<String>,
    /// New posts.
    pub posts: u64,
    /// Euros a year for them.
    pub cost_eur: u64,
    /// Posts that are there already.
    pub existing_posts: u64,
    /// Persons who count.
    pub persons: u64,
    /// Of these, those within reach of what exists.
    pub covered_before: u64,
    /// Those within reach of what exists and the plan.
    pub covered_after: u64,
}

/// Every territory of each level that the plan touches, by level, then code; together those of a level hold everybody.
pub(super) fn by_territory(study: &Study, plan: &Plan, covered: [&[bool]; 2]) -> Vec<Received> {
    let persons = by_commune(&study.people, |point| covered.map(|covered| covered[point]));
    LEVELS.into_iter().flat_map(|level| of_level(study, plan, &persons, level)).collect()
}

/// Persons of each commune, all of them and those to whom each of some things applies, point by point.
pub(super) fn by_commune<const N: usize>(
    people: &People,
    applies: impl Fn(usize) -> [bool; N],
) -> BTreeMap<CommuneIx, (u64, [u64; N])> {
    let mut communes: BTreeMap<CommuneIx, (u64, [u64; N])> = BTreeMap::new();
    for (point, (&commune, &here)) in people.communes.iter().zip(&people.persons).enumerate() {
        let (all, some) = communes.entry(commune).or_insert((0, [0; N]));
        *all += u64::from(here);
        for (sum, _) in some.iter_mut().zip(applies(point)).filter(|(_, applies)| *applies) {
            *sum += u64::from(here);
        }
    }
    communes
}

fn of_level(study: &Study, plan: &Plan, persons: &BTreeMap<CommuneIx, (u64, [u64; 2])>, level: Level) -> Vec<Received> {
    let atlas = study.atlas;
    let mut all: BTreeMap<Option<String>, Received> = BTreeMap::new();
    let mut add = |commune: Option<CommuneIx>, more: &dyn Fn(&mut Received)| {
        let code = commune.and_then(|commune| code(atlas, commune, level));
        let none = || Received {
            level,
            code: code.clone(),
            posts: 0,
            cost_eur: 0,
            existing_posts: 0,
            persons: 0,
            covered_before: 0,
            covered_after: 0,
        };
        more(all.entry(code.clone()).or_insert_with(none));
    };
    for (&commune, &(persons, [before, after])) in persons {
        add(Some(commune), &|of| {
            of.persons += persons;
            of.covered_before += before;
            of.covered_after += after;
        });
    }
    for opening in &plan.openings {
        // A site of a list of one's own may lie in no commune, and a round counts where its base is.
        let commune = study.places[opening.site as usize].commune;
        let cost = study.cost_eur(&[*opening]);
        add(commune, &|of| {
            of.posts += u64::from(opening.posts);
            of.cost_eur += cost;
        });
    }
    for place in study.places.iter().chain(&study.beyond).filter(|place| place.existing > 0) {
        if let Some(commune) = place.commune.filter(|commune| study.people.holds(*commune)) {
            add(Some(commune), &|of| of.existing_posts += u64::from(place.existing));
        }
    }
    all.into_values().collect()
}

/// The code of the territory of a level that a commune lies in.
pub(super) fn code(atlas: &Atlas, commune: CommuneIx, level: Level) -> Option<String> {
    let commune = &atlas.communes()[commune];
    match level {
        Level::Region => Some(commune.region.clone()),
        Level::Departement => Some(commune.departement.clone()),
        Level::Epci => commune.epci.clone(),
        Level::Commune => Some(commune.code.to_string()),
    }
}
