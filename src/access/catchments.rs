//! Which sites the persons of each commune reach, and how much they count there: what supply per person (E2SFCA) is summed
//! from.
//!
//! The method is linear in the persons: what the points of a commune have on the mean is what the commune has when it counts
//! at each site as its points count there on the mean. So one list by commune stands for all its points. A sample of these is
//! enough: the zones are ten minutes wide, and half a million points would have tens of millions of pairs.

use typed_index_collections::{TiSlice, TiVec};

use super::asked::Asked;
use super::catchment::Decay;
use super::demand::Site;
use super::reach::Mode;
use super::times::TravelTimes;
use crate::domain::{CommuneIx, PointIx, Seconds, SiteIx};

/// Sites searched from at a time: their pairs are dropped before the next.
const AT_A_TIME: usize = 500;
/// One point of the sample in so many inhabitants…
const ONE_IN: f64 = 2_000.0;
/// …and this many in a commune at most.
const MOST: usize = 12;

/// For each commune the sites in reach of somebody there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catchments {
    /// Where each commune begins; one more than there are communes.
    starts: Vec<u32>,
    sites: Vec<SiteIx>,
    /// Mean weight of the persons of the commune at the site, in (0, 1].
    weights: Vec<f32>,
}

impl Catchments {
    /// Searches from all sites. `communes` is the number of communes, the first of the demand points.
    #[must_use]
    pub fn new(times: &dyn TravelTimes, mode: Mode, sites: &[Site], decay: &Decay, communes: usize) -> Self {
        let demand = times.demand();
        let samples: TiVec<CommuneIx, Vec<(PointIx, f64)>> =
            (0..communes).map(|commune| demand.parts.sample(commune.into(), ONE_IN, MOST)).collect();
        let mut asked: TiVec<PointIx, bool> = vec![false; demand.points.len()].into();
        samples.iter().flatten().for_each(|(point, _)| asked[*point] = true);
        let mut found: Vec<(CommuneIx, SiteIx, f32)> = Vec::new();
        let mut sites = sites.to_vec();
        sites.sort_by_key(|site| site.ordinal);
        let mut here: Vec<(SiteIx, f64)> = Vec::new();
        for sites in sites.chunks(AT_A_TIME) {
            let pairs = times.within_for(mode, sites, decay.limit(), Asked::these(&asked));
            for (commune, sample) in samples.iter_enumerated() {
                here.clear();
                for (point, share) in sample {
                    let row = pairs.row(*point).iter();
                    here.extend(row.map(|pair| (pair.site, share * decay.weight(Seconds(pair.seconds)))));
                }
                here.sort_by_key(|(site, _)| *site);
                for same in here.chunk_by(|a, b| a.0 == b.0) {
                    let weight: f64 = same.iter().map(|(_, weight)| weight).sum();
                    if weight > 0.0 {
                        found.push((commune, same[0].0, weight as f32));
                    }
                }
            }
        }
        // Sites ascend from chunk to chunk, so a stable sort leaves them ascending in each commune.
        found.sort_by_key(|(commune, ..)| *commune);
        let mut starts = vec![0; communes + 1];
        found.iter().for_each(|(commune, ..)| starts[usize::from(*commune) + 1] += 1);
        (0..communes).for_each(|commune| starts[commune + 1] += starts[commune]);
        Self {
            starts,
            sites: found.iter().map(|(_, site, _)| *site).collect(),
            weights: found.iter().map(|(_, _, weight)| *weight).collect(),
        }
    }

    /// How many pairs of a commune and a site there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sites.len()
    }

    /// Whether nobody reaches anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    fn row(&self, commune: CommuneIx) -> impl Iterator<Item = (SiteIx, f64)> {
        let rank = usize::from(commune);
        let range = self.starts[rank] as usize..self.starts[rank + 1] as usize;
        let weights = self.weights[range.clone()].iter().map(|weight| f64::from(*weight));
        self.sites[range].iter().copied().zip(weights)
    }

    /// Supply per person of every commune, as the point it begins with: see [`super::supply_per_person`]. `supply` is by
    /// ordinal of site, `persons` by commune.
    #[must_use]
    pub fn supply_per_person(
        &self,
        supply: &TiSlice<SiteIx, f64>,
        persons: &TiSlice<CommuneIx, f64>,
    ) -> TiVec<PointIx, f64> {
        let mut around: TiVec<SiteIx, f64> = vec![0.0; supply.len()].into();
        for (commune, persons) in persons.iter_enumerated() {
            self.row(commune).for_each(|(site, weight)| around[site] += weight * persons);
        }
        let offer = |(around, supply): (&f64, &f64)| if *around > 0.0 { supply / around } else { 0.0 };
        let offers: TiVec<SiteIx, f64> = around.iter().zip(supply).map(offer).collect();
        persons
            .keys()
            .map(|commune| self.row(commune).map(|(site, weight)| weight * offers[site]).sum::<f64>())
            .collect()
    }
}
