//! Who counts: persons by demand point of the atlas, a commune or one of the cells that divide it.

use typed_index_collections::{TiSlice, TiVec};

use super::area;
use super::error::RequestError;
use super::request::{DemandKind, Request};
use crate::access::Demand;
use crate::atlas::{Atlas, Need};
use crate::domain::need::{DistrictNeed, Field, NeedError, Preset};
use crate::domain::{CommuneIx, DistrictIx, PointIx};

/// The demand points of the territory with a known place and a known number of persons.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    /// Ordinals of demand points of the atlas, ascending within a commune; the communes ascend.
    pub points: Vec<PointIx>,
    /// Ordinal of the commune of each.
    pub communes: Vec<CommuneIx>,
    /// Persons at each.
    pub persons: Vec<u32>,
    /// The communes of the territory that are counted, ascending, and the persons of each.
    pub inside: Vec<CommuneIx>,
    pub persons_inside: Vec<u64>,
    /// Communes of the territory whose place or persons are unknown.
    pub unknown: u32,
    /// Demand points next to each other in one commune were joined until they had so many persons; 0 where none were.
    pub joined: u64,
}

impl People {
    pub fn total(&self) -> u64 {
        self.persons.iter().map(|&persons| u64::from(persons)).sum()
    }

    /// The same people at fewer points: in each commune points that follow one another, which are near each other, join
    /// until they have so many persons, at the one with most.
    pub fn joined(&self, least: u64) -> Self {
        let mut joined =
            Self { joined: least, points: Vec::new(), communes: Vec::new(), persons: Vec::new(), ..self.clone() };
        let (mut sum, mut heaviest) = (0_u32, None::<(u32, PointIx)>);
        for (rank, (&point, &persons)) in self.points.iter().zip(&self.persons).enumerate() {
            sum += persons;
            heaviest = heaviest.filter(|(most, _)| *most >= persons).or(Some((persons, point)));
            let ends = self.communes.get(rank + 1) != Some(&self.communes[rank]);
            if ends || u64::from(sum) >= least {
                joined.points.extend(heaviest.map(|(_, point)| point));
                joined.communes.push(self.communes[rank]);
                joined.persons.push(sum);
                (sum, heaviest) = (0, None);
            }
        }
        joined
    }

    /// Whether a commune is counted.
    pub fn holds(&self, commune: CommuneIx) -> bool {
        self.inside.binary_search(&commune).is_ok()
    }

    /// Persons of a commune; nobody where it is not counted.
    pub fn of_commune(&self, commune: CommuneIx) -> u64 {
        self.inside.binary_search(&commune).map_or(0, |rank| self.persons_inside[rank])
    }

    /// Persons by commune over some demand points, communes ascending.
    pub fn by_commune(&self, points: impl Iterator<Item = usize>) -> Vec<(CommuneIx, u64)> {
        let mut sums = std::collections::BTreeMap::new();
        points.for_each(|point| *sums.entry(self.communes[point]).or_insert(0) += u64::from(self.persons[point]));
        sums.into_iter().collect()
    }
}

/// The people of the territory, where the atlas has them: `demand` is that of its travel times.
pub(super) fn people(atlas: &Atlas, demand: &Demand, request: &Request) -> Result<People, RequestError> {
    let all = area::communes(atlas, &request.territory)?;
    let persons = persons(atlas, &request.demand, request.denominator)?;
    let everywhere = shared_out(atlas, request, &persons)?;
    let mut people = People::default();
    for &commune in &all {
        let known = persons[commune].filter(|_| atlas.communes()[commune].point.is_some());
        let Some(known) = known else {
            people.unknown += 1;
            continue;
        };
        people.inside.push(commune);
        people.persons_inside.push(u64::from(known));
        let divided = demand.parts.of(commune).is_some();
        for point in demand.parts.points_of(commune) {
            let persons = everywhere[point].unwrap_or(0);
            // An empty cell asks for nothing; an empty commune is still a place that pages name.
            if persons > 0 || !divided {
                people.points.push(point);
                people.communes.push(commune);
                people.persons.push(persons);
            }
        }
    }
    if people.total() == 0 {
        return Err(RequestError::new("demand", "0 persons", nobody(atlas, &request.demand, &all, &persons)));
    }
    Ok(people)
}

/// The persons of every demand point; in Paris, Lyon and Marseille by arrondissement first, as many in each as the figures of
/// the same persons say; shares of inhabitants by inhabitants.
fn shared_out(
    atlas: &Atlas,
    request: &Request,
    persons: &TiSlice<CommuneIx, Option<u32>>,
) -> Result<TiVec<PointIx, Option<u32>>, RequestError> {
    let (districts, divided) = (atlas.districts(), atlas.country().divided());
    let of: fn(&DistrictNeed) -> Option<u32> = match request.demand {
        DemandKind::Population | DemandKind::Indicator(_) => {
            let inhabitants = |i: DistrictIx| districts.all()[i].population.map_or(0.0, |people| f64::from(people.0));
            return Ok(divided.share_out(persons, districts, inhabitants));
        }
        DemandKind::Need => |need| need.persons,
        DemandKind::Offline => |need| need.offline,
        DemandKind::WeakSkills => |need| need.weak_skills,
        DemandKind::Expected => |need| need.expected,
    };
    let need = need(atlas, request.denominator)?;
    Ok(divided.share_out(persons, districts, |i| f64::from(of(&need.districts[i]).unwrap_or(0))))
}

/// Why nobody counts: there is nobody, the survey of need did not go there, or no text says how many are offline.
fn nobody(
    atlas: &Atlas,
    demand: &DemandKind,
    communes: &[CommuneIx],
    persons: &TiVec<CommuneIx, Option<u32>>,
) -> &'static str {
    let estimated = !matches!(demand, DemandKind::Population | DemandKind::Indicator(_));
    let outside = |i: &CommuneIx| Field::of(&atlas.communes()[*i]) == Field::Outside;
    if estimated && communes.iter().all(outside) {
        "the survey of need did not go to this territory (« hors champ »); expected demand population"
    } else if matches!(demand, DemandKind::Offline | DemandKind::WeakSkills) && persons.iter().all(Option::is_none) {
        "no text says how many are offline among this denominator; expected denominator 13m, 8m, 15pc or insee-2021"
    } else {
        "nobody counts in this territory"
    }
}

fn need<'a>(atlas: &'a Atlas, preset: &'static Preset) -> Result<&'a Need, RequestError> {
    let refused = |error: NeedError| RequestError::new("denominator", preset.id, error.to_string());
    atlas.analysis().need(atlas, preset).map_err(refused)
}

/// Persons by commune of the atlas.
fn persons(
    atlas: &Atlas,
    demand: &DemandKind,
    preset: &'static Preset,
) -> Result<TiVec<CommuneIx, Option<u32>>, RequestError> {
    let population = || atlas.communes().iter().map(|commune| commune.population.map(|persons| persons.0));
    let need = || need(atlas, preset);
    Ok(match demand {
        DemandKind::Population => population().collect(),
        DemandKind::Need => need()?.estimate.persons.clone(),
        DemandKind::Offline => need()?.profiles.offline.clone(),
        DemandKind::WeakSkills => need()?.profiles.weak_skills.clone(),
        DemandKind::Expected => need()?.expected.clone(),
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
