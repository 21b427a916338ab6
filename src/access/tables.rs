//! Everything about access that is computed once for an edition, and again in a moment when venues close or open.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::catchment::{Decay, supply_per_person};
use super::demand::Site;
use super::pairs::PairList;
use super::reach::{Mode, Reach};
use super::times::TravelTimes;
use crate::domain::Seconds;

/// Nearest site and sites in reach of every demand point, by every mode. Made once, then only read.
pub struct AccessTables {
    times: Arc<dyn TravelTimes>,
    sites: Vec<Site>,
    /// One more than the largest ordinal.
    ordinals: u32,
    nearest: [Vec<Reach>; 3],
    pairs: [PairList; 3],
}

/// What if: sites that close and sites that open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Ordinals of sites that close.
    pub closed: BTreeSet<u32>,
    /// Sites that open. Their ordinals are theirs alone: from [`AccessTables::ordinals`] up.
    pub added: Vec<Site>,
}

/// The answers once a change is made.
#[derive(Debug, Clone)]
pub struct Scenario {
    nearest: [Vec<Reach>; 3],
}

impl AccessTables {
    /// Searches everything: the nearest site however far, and all sites within `limit`.
    #[must_use]
    pub fn build(times: Arc<dyn TravelTimes>, sites: Vec<Site>, limit: Seconds) -> Self {
        Self {
            nearest: times.nearest(&sites),
            pairs: Mode::ALL.map(|mode| times.within(mode, &sites, limit)),
            ordinals: sites.iter().map(|site| site.ordinal + 1).max().unwrap_or(0),
            times,
            sites,
        }
    }

    /// Where the times come from.
    #[must_use]
    pub fn times(&self) -> &dyn TravelTimes {
        &*self.times
    }

    /// One more than the largest ordinal of a site: the first that an added site can have.
    #[must_use]
    pub fn ordinals(&self) -> u32 {
        self.ordinals
    }

    /// The nearest site of every demand point.
    #[must_use]
    pub fn nearest(&self, mode: Mode) -> &[Reach] {
        &self.nearest[mode as usize]
    }

    /// All sites in reach.
    #[must_use]
    pub fn pairs(&self, mode: Mode) -> &PairList {
        &self.pairs[mode as usize]
    }

    /// The nearest among the sites that `keep` accepts — those with a service, a label — by every mode.
    pub fn nearest_among(&self, keep: impl Fn(u32) -> bool) -> [Vec<Reach>; 3] {
        let kept: Vec<Site> = self.sites.iter().filter(|site| keep(site.ordinal)).copied().collect();
        self.times.nearest(&kept)
    }

    /// Supply per person in need: see [`supply_per_person`]. `supply` is by ordinal of site.
    #[must_use]
    pub fn supply_per_person(&self, mode: Mode, supply: &[f64], persons: &[f64], decay: &Decay) -> Vec<f64> {
        supply_per_person(&[self.pairs(mode)], supply, persons, decay)
    }

    /// The answers after a change: the nearest among all open sites.
    #[must_use]
    pub fn scenario(&self, change: &Change) -> Scenario {
        let open = self.sites.iter().filter(|site| !change.closed.contains(&site.ordinal)).copied();
        let open: Vec<Site> = open.chain(change.added.iter().map(|site| site.opening())).collect();
        Scenario { nearest: self.times.nearest(&open) }
    }
}

impl std::fmt::Debug for AccessTables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs = self.pairs.each_ref().map(PairList::len);
        write!(f, "AccessTables {{ sites: {}, pairs: {pairs:?}, times: {} }}", self.sites.len(), self.times.label())
    }
}

impl Scenario {
    /// The nearest open site of every demand point.
    #[must_use]
    pub fn nearest(&self, mode: Mode) -> &[Reach] {
        &self.nearest[mode as usize]
    }
}
