//! Network first, or mediation first: communes by their access to superfast internet and by their share of persons in need.

use typed_index_collections::TiVec;

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Reading};
use crate::editions::Snapshot;

/// The indicator of the network.
pub const NETWORK: &str = "superfast-share";

/// One of the four cases, or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// Less network and more need than half of the communes of France.
    Both,
    /// Less network, less need.
    Network,
    /// More network, more need.
    Mediation,
    /// More network, less need.
    Neither,
    /// One of the two is unknown.
    Unknown,
}

impl Case {
    /// Every case with its name in answers and its words.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Both, "both", "réseau et médiation"),
        (Self::Network, "network_first", "réseau d’abord"),
        (Self::Mediation, "mediation_first", "médiation d’abord"),
        (Self::Neither, "neither", "ni l’un ni l’autre en priorité"),
        (Self::Unknown, "unknown", "inconnu"),
    ];
}

/// Communes and their persons in need in each case, in the order of [`Case::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cases {
    /// Communes.
    pub communes: [u32; 5],
    /// Persons in need of these communes; `None` where there are communes, and nobody knows of any of them.
    pub persons: [Option<u64>; 5],
}

/// The case of every commune, with the two medians that part them; `None` without the indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Median share of premises with superfast access over communes, in per cent.
    pub network: f64,
    /// Median share of persons in need over communes, from 0 to 1.
    pub need: f64,
    cases: TiVec<CommuneIx, Case>,
    persons: TiVec<CommuneIx, Option<u32>>,
}

impl Split {
    /// That of an edition, worked out once; `None` without the indicator.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> Option<&Self> {
        snapshot.kept(Self::new).as_ref()
    }

    /// Parts the communes of an edition.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Option<Self> {
        let indicator = atlas.indicator(NETWORK)?;
        let (_, need) = atlas.analysis().default_need(atlas).ok()?;
        let shares: Vec<Option<f64>> = (atlas.communes().iter())
            .zip(&need.estimate.persons)
            .map(|(commune, persons)| {
                let people = commune.population.filter(|people| people.0 > 0)?;
                Some(f64::from((*persons)?) / f64::from(people.0))
            })
            .collect();
        let network = median(indicator.readings.iter().filter_map(|reading| reading.value()))?;
        let need_median = median(shares.iter().flatten().copied())?;
        let case = |(reading, share): (&Reading, &Option<f64>)| match (reading.value(), share) {
            (Some(value), Some(share)) => match (value < network, *share > need_median) {
                (true, true) => Case::Both,
                (true, false) => Case::Network,
                (false, true) => Case::Mediation,
                (false, false) => Case::Neither,
            },
            _ => Case::Unknown,
        };
        let cases = indicator.readings.iter().zip(&shares).map(case).collect();
        Some(Self { network, need: need_median, cases, persons: need.estimate.persons.clone() })
    }

    /// Counts the communes of a territory.
    #[must_use]
    pub fn of(&self, communes: &[CommuneIx]) -> Cases {
        let mut counted = Cases::default();
        for &i in communes {
            let case = self.cases[i] as usize;
            counted.communes[case] += 1;
            if let Some(persons) = self.persons[i] {
                *counted.persons[case].get_or_insert_default() += u64::from(persons);
            }
        }
        // Where no commune has a case, nobody knows how many persons are in any: that is not nobody.
        let is_known = counted.communes[Case::Unknown as usize] < communes.len() as u32;
        for (persons, communes) in counted.persons.iter_mut().zip(counted.communes) {
            *persons = persons.or_else(|| (communes == 0 && is_known).then_some(0));
        }
        counted
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    (!sorted.is_empty()).then(|| sorted[(sorted.len() - 1) / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_no_commune_has_a_case_nobody_is_counted_as_nobody() {
        let ix = |i: usize| CommuneIx::from(i);
        let cases = [Case::Both, Case::Unknown, Case::Unknown].into_iter().collect();
        let persons = [Some(30), None, Some(5)].into_iter().collect();
        let split = Split { network: 50.0, need: 0.2, cases, persons };
        assert_eq!(split.of(&[ix(1)]).persons, [None; 5], "none of its communes has a case");
        assert_eq!(split.of(&[ix(1), ix(2)]).persons, [None, None, None, None, Some(5)]);
        assert_eq!(split.of(&[ix(0), ix(1)]).persons, [Some(30), Some(0), Some(0), Some(0), None]);
    }
}
