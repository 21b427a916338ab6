//! Two profiles of need, and the demand that can be expected: not everybody in need will come.

use typed_index_collections::TiVec;

use super::estimate::NeedEstimate;
use super::rake::{largest_remainder, rake_odds};
use super::rates::{Composition, odds};
use crate::domain::rank::CommuneIx;

/// People of 75 or more without Internet at home, and those of 15 to 74: 53 %, and what is left of the 12 % of all people
/// of 15 or more when 11.5 % of them have 75 or more. INSEE Première 1780 (October 2019), survey of 2019.
const OFFLINE_75_PLUS: f64 = 0.53;
const OFFLINE_BELOW_75: f64 = 0.067;

/// People willing to learn: 76 % of all; of people without diploma 57 % say no (figures of the national plan, 2018).
const WILLING: f64 = 0.76;
const WILLING_WITHOUT_DIPLOMA: f64 = 0.43;
/// People without diploma among those of 15 or more out of school (INSEE, census of 2018).
const WITHOUT_DIPLOMA: f64 = 0.219;

/// Persons in need by what they need, commune by commune. The two add up to the estimate, to the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Profiles {
    /// Never online: needs people, telephones, paper, equipment.
    pub offline: TiVec<CommuneIx, Option<u32>>,
    /// Online with weak skills: needs workshops.
    pub weak_skills: TiVec<CommuneIx, Option<u32>>,
}

/// Splits the estimate into the two profiles: nationally by the published share of those who never go online
/// ([`super::Preset::offline`]), locally by the share of people of 75 or more, who are offline more often. Without a
/// published share both are unknown everywhere.
#[must_use]
pub fn profiles(need: &NeedEstimate, offline: Option<f64>) -> Profiles {
    let Some(share) = offline else {
        let unknown: TiVec<CommuneIx, Option<u32>> = vec![None; need.persons.len()].into();
        return Profiles { offline: unknown.clone(), weak_skills: unknown };
    };
    let persons: Vec<f64> = need.persons.iter().map(|persons| f64::from(persons.unwrap_or(0))).collect();
    let places: Vec<(f64, f64)> =
        persons.iter().zip(&need.compositions).map(|(persons, c)| (*persons, odds(offline_rate(c)))).collect();
    let target = (share * need.national as f64).round();
    // Only a country without inhabitants has nothing to rake.
    let expected = rake_odds(&places, target).unwrap_or_else(|| vec![0.0; places.len()]);
    let offline = largest_remainder(&expected, target as u64);
    let split = need.persons.iter().zip(offline).map(|(persons, offline)| {
        // Rounding up can pass the persons of a commune by one only where all of them are offline.
        persons.map(|persons| (offline as u32).min(persons)).zip(*persons)
    });
    let split: Vec<Option<(u32, u32)>> = split.collect();
    Profiles {
        offline: split.iter().map(|s| s.map(|(offline, _)| offline)).collect(),
        weak_skills: split.iter().map(|s| s.map(|(offline, persons)| persons - offline)).collect(),
    }
}

pub(super) fn offline_rate(composition: &Composition) -> f64 {
    let oldest = composition.aged_75_plus();
    oldest * OFFLINE_75_PLUS + (1.0 - oldest) * OFFLINE_BELOW_75
}

/// Which part of the people in need would come; all are shares in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TakeUp {
    /// The same part everywhere.
    Everywhere(f64),
    /// Parts of people without diploma and of the others.
    ByDiploma {
        /// Of people without diploma.
        without: f64,
        /// Of the others.
        others: f64,
    },
}

impl Default for TakeUp {
    /// 43 % of people without diploma, and as many of the others (85 %) as make 76 % of all. People in need have no
    /// diploma more often, so about 60 % of *them* are expected.
    fn default() -> Self {
        Self::ByDiploma {
            without: WILLING_WITHOUT_DIPLOMA,
            others: (WILLING - WITHOUT_DIPLOMA * WILLING_WITHOUT_DIPLOMA) / (1.0 - WITHOUT_DIPLOMA),
        }
    }
}

impl TakeUp {
    /// The part of the people in need of a place who would come.
    pub(super) fn part(self, composition: &Composition) -> f64 {
        let part = match self {
            Self::Everywhere(part) => part,
            Self::ByDiploma { without, others } => {
                let no_diploma = composition.without_diploma_in_need();
                no_diploma * without + (1.0 - no_diploma) * others
            }
        };
        part.clamp(0.0, 1.0)
    }
}

/// Persons in need who would come, commune by commune. They add up to the rounded national sum, to the person.
#[must_use]
pub fn expected_demand(need: &NeedEstimate, take_up: TakeUp) -> TiVec<CommuneIx, Option<u32>> {
    let expected = need.persons.iter().zip(&need.compositions);
    let expected: Vec<f64> = expected.map(|(persons, c)| f64::from(persons.unwrap_or(0)) * take_up.part(c)).collect();
    let whole = largest_remainder(&expected, expected.iter().sum::<f64>().round() as u64);
    need.persons.iter().zip(whole).map(|(persons, whole)| persons.map(|_| whole as u32)).collect()
}
