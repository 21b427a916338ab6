//! Who counts: persons by commune of the territory.

use super::area;
use super::error::RequestError;
use super::request::{DemandKind, Request};
use crate::atlas::Atlas;
use crate::domain::need::{Denominator, TakeUp, estimate, expected_demand, profiles};

/// The demand points: communes with a known place and a known number of persons.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    /// Ordinals, ascending.
    pub communes: Vec<u32>,
    /// Persons in each.
    pub persons: Vec<u32>,
    /// Communes of the territory of which one or the other is unknown.
    pub unknown: u32,
}

impl People {
    pub fn total(&self) -> u64 {
        self.persons.iter().map(|&persons| u64::from(persons)).sum()
    }
}

/// The people of the territory.
pub(super) fn people(atlas: &Atlas, request: &Request) -> Result<People, RequestError> {
    let inside = area::communes(atlas, &request.territory)?;
    let persons = persons(atlas, &request.demand, request.denominator)?;
    let mut people = People::default();
    for commune in inside {
        match persons[commune as usize].filter(|_| atlas.communes()[commune as usize].point.is_some()) {
            Some(persons) => {
                people.communes.push(commune);
                people.persons.push(persons);
            }
            None => people.unknown += 1,
        }
    }
    if people.total() == 0 {
        return Err(RequestError::new("demand", "0 persons", "nobody counts in this territory"));
    }
    Ok(people)
}

/// Persons by commune of the atlas. Need is estimated here and not asked of [`Atlas::analysis`], which would compute the
/// access of all of France for it.
fn persons(atlas: &Atlas, demand: &DemandKind, preset: usize) -> Result<Vec<Option<u32>>, RequestError> {
    let population = || atlas.communes().iter().map(|commune| commune.population.map(|persons| persons.0));
    let need = || {
        let preset = &Denominator::PRESETS[preset];
        estimate(atlas.communes(), atlas.indicators(), preset.denominator)
            .map_err(|error| RequestError::new("denominator", preset.id, error.to_string()))
    };
    Ok(match demand {
        DemandKind::Population => population().collect(),
        DemandKind::Need => need()?.persons,
        DemandKind::Offline => profiles(&need()?).offline,
        DemandKind::WeakSkills => profiles(&need()?).weak_skills,
        DemandKind::Expected => expected_demand(&need()?, TakeUp::default()),
        DemandKind::Indicator(id) => {
            let indicator = atlas.indicator(id).filter(|indicator| indicator.unit.trim() == "%");
            let Some(indicator) = indicator else {
                let shares = atlas.indicators().iter().filter(|indicator| indicator.unit.trim() == "%");
                let ids = shares.map(|indicator| indicator.id.as_str()).collect::<Vec<_>>().join(", ");
                let message = format!("expected need, offline, weak-skills, expected, population or one of: {ids}");
                return Err(RequestError::new("demand", id, message));
            };
            let part = |(persons, share): (Option<u32>, Option<f64>)| {
                Some((f64::from(persons?) * share?.clamp(0.0, 100.0) / 100.0).round() as u32)
            };
            population().zip(indicator.readings.iter().map(|reading| reading.value())).map(part).collect()
        }
    })
}
