//! A plan territory by territory: posts, euros and persons, before and after, so that whoever shares out the posts sees
//! what each receives.

use std::collections::BTreeMap;

use super::study::Study;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};
use crate::placement::Plan;

/// Levels that are told, the smallest last.
const LEVELS: [Level; 3] = [Level::Region, Level::Departement, Level::Epci];

/// What one territory receives; only its part in the territory of the question counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its level.
    pub level: Level,
    /// Its code; `None` for the communes that belong to none of this level.
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
    LEVELS.into_iter().flat_map(|level| of_level(study, plan, covered, level)).collect()
}

fn of_level(study: &Study, plan: &Plan, covered: [&[bool]; 2], level: Level) -> Vec<Received> {
    let atlas = study.atlas;
    let mut all: BTreeMap<Option<String>, Received> = BTreeMap::new();
    let mut add = |commune: CommuneIx, more: &dyn Fn(&mut Received)| {
        let code = code(atlas, commune, level);
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
    for (point, (&commune, &persons)) in study.people.communes.iter().zip(&study.people.persons).enumerate() {
        let persons = u64::from(persons);
        let within = covered.map(|covered| if covered[point] { persons } else { 0 });
        add(commune, &|of| {
            of.persons += persons;
            of.covered_before += within[0];
            of.covered_after += within[1];
        });
    }
    for opening in &plan.openings {
        // A site of a list of one's own is in no commune that anybody named.
        let Some(commune) = study.places[opening.site as usize].commune else { continue };
        let cost = study.cost_eur(&[*opening]);
        add(commune, &|of| {
            of.posts += u64::from(opening.posts);
            of.cost_eur += cost;
        });
    }
    for place in study.places.iter().chain(&study.beyond).filter(|place| place.existing > 0) {
        if let Some(commune) = place.commune.filter(|commune| study.people.holds(*commune)) {
            add(commune, &|of| of.existing_posts += u64::from(place.existing));
        }
    }
    all.into_values().collect()
}

fn code(atlas: &Atlas, commune: CommuneIx, level: Level) -> Option<String> {
    let commune = &atlas.communes()[commune];
    match level {
        Level::Region => Some(commune.region.clone()),
        Level::Departement => Some(commune.departement.clone()),
        Level::Epci => commune.epci.clone(),
        Level::Commune => Some(commune.code.to_string()),
    }
}
