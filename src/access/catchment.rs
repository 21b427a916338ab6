//! Supply per person that knows about capacity: the enhanced two-step floating catchment area (E2SFCA).
//!
//! Source: W. Luo and Y. Qi, *An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial
//! accessibility to primary care physicians*, Health & Place 15 (2009). Step one: each site divides its supply among all
//! persons in its catchment, the near ones counting more. Step two: each place adds up what the sites in its reach offer.

use typed_index_collections::{TiSlice, TiVec};

use super::pairs::PairList;
use crate::domain::{PointIx, Seconds, SiteIx};

/// How much a person counts for a site, by travel time: a weight up to and including each limit, ascending; nothing beyond
/// the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Decay(pub Vec<(Seconds, f64)>);

impl Default for Decay {
    /// The zones of Luo and Qi: 1 up to 10 minutes, 0.68 up to 20, 0.22 up to 30.
    fn default() -> Self {
        let zones = [(10, 1.0), (20, 0.68), (30, 0.22)];
        Self(zones.map(|(minutes, weight)| (Seconds::from_minutes(minutes), weight)).to_vec())
    }
}

impl Decay {
    /// Weight of a travel time.
    #[must_use]
    pub fn weight(&self, time: Seconds) -> f64 {
        self.0.iter().find(|(limit, _)| time <= *limit).map_or(0.0, |(_, weight)| *weight)
    }

    /// Longest travel time that counts.
    #[must_use]
    pub fn limit(&self) -> Seconds {
        self.0.last().map_or(Seconds(0), |(limit, _)| *limit)
    }

    /// Weights by whole seconds; the last one is for everything beyond the limit.
    fn table(&self) -> Vec<f64> {
        (0..=self.limit().0 + 1).map(|second| self.weight(Seconds(second))).collect()
    }
}

/// Supply per person of every demand point, in units of supply (hours per year) per person.
///
/// `A_i = Σ_j w(t_ij) S_j / Σ_k w(t_kj) N_k`, over all `lists` together, whose rows are the same demand points and whose
/// sites are distinct. `supply` is by ordinal of site, `persons` by demand point. A site that nobody reaches offers nothing;
/// all the other supply is shared out: Σ persons × A equals [`reachable_supply`].
#[must_use]
pub fn supply_per_person(
    lists: &[&PairList],
    supply: &TiSlice<SiteIx, f64>,
    persons: &TiSlice<PointIx, f64>,
    decay: &Decay,
) -> TiVec<PointIx, f64> {
    let weights = decay.table();
    let offer = offers(&persons_around(lists, supply.len(), persons, &weights), supply);
    let mut per_person: TiVec<PointIx, f64> = vec![0.0; persons.len()].into();
    for list in lists {
        for (row, per_person) in list.iter().zip(&mut per_person) {
            for pair in row {
                *per_person += weight(&weights, pair.seconds) * offer[pair.site];
            }
        }
    }
    per_person
}

/// The supply of all sites that at least one person reaches.
#[must_use]
pub fn reachable_supply(
    lists: &[&PairList],
    supply: &TiSlice<SiteIx, f64>,
    persons: &TiSlice<PointIx, f64>,
    decay: &Decay,
) -> f64 {
    let around = persons_around(lists, supply.len(), persons, &decay.table());
    around.iter().zip(supply).filter(|(around, _)| **around > 0.0).map(|(_, supply)| supply).sum()
}

/// `Σ_k w(t_kj) N_k` of every site.
fn persons_around(
    lists: &[&PairList],
    sites: usize,
    persons: &TiSlice<PointIx, f64>,
    weights: &[f64],
) -> TiVec<SiteIx, f64> {
    let mut around: TiVec<SiteIx, f64> = vec![0.0; sites].into();
    for list in lists {
        for (row, persons) in list.iter().zip(persons) {
            for pair in row {
                around[pair.site] += weight(weights, pair.seconds) * persons;
            }
        }
    }
    around
}

/// `S_j` over the persons around it.
fn offers(around: &TiSlice<SiteIx, f64>, supply: &TiSlice<SiteIx, f64>) -> TiVec<SiteIx, f64> {
    let offer = |(around, supply): (&f64, &f64)| if *around > 0.0 { supply / around } else { 0.0 };
    around.iter().zip(supply).map(offer).collect()
}

fn weight(table: &[f64], seconds: u32) -> f64 {
    table[(seconds as usize).min(table.len() - 1)]
}
