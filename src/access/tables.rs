//! Everything about access that is computed once for an edition, and again in a moment when venues close or open.

use std::collections::BTreeSet;
use std::sync::Arc;

use typed_index_collections::{TiSlice, TiVec};

use super::catchment::{Decay, supply_per_person};
use super::demand::Site;
use super::pairs::PairList;
use super::reach::{ByMode, Mode, Reach, Reaches};
use super::times::TravelTimes;
use crate::domain::{PointIx, Seconds, SiteIx};

/// Nearest site and sites in reach of every demand point, by every mode. Made once, then only read.
pub struct AccessTables {
    times: Arc<dyn TravelTimes>,
    sites: Vec<Site>,
    /// One more than the largest ordinal.
    ordinals: SiteIx,
    nearest: ByMode<Reaches>,
    pairs: ByMode<PairList>,
}

/// What if: sites that close and sites that open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Ordinals of sites that close.
    pub closed: BTreeSet<SiteIx>,
    /// Sites that open. Their ordinals are theirs alone: from [`AccessTables::ordinals`] up.
    pub added: Vec<Site>,
}

/// The answers once a change is made.
#[derive(Debug, Clone)]
pub struct Scenario {
    nearest: ByMode<Reaches>,
}

impl AccessTables {
    /// Searches everything: the nearest site however far, and all sites within `limit`.
    #[must_use]
    pub fn build(times: Arc<dyn TravelTimes>, sites: Vec<Site>, limit: Seconds) -> Self {
        Self {
            nearest: times.nearest(&sites),
            pairs: ByMode::of(|mode| times.within(mode, &sites, limit)),
            ordinals: sites
                .iter()
                .map(|site| SiteIx::from(usize::from(site.ordinal) + 1))
                .max()
                .unwrap_or(SiteIx::new(0)),
            times,
            sites,
        }
    }

    /// Where the times come from.
    #[must_use]
    pub fn times(&self) -> &dyn TravelTimes {
        &*self.times
    }

    /// Ordinals for sites that open: those that no site of the tables has, ascending.
    pub fn new_ordinals(&self) -> impl Iterator<Item = SiteIx> + use<> {
        (self.ordinals.get()..).map(SiteIx::new)
    }

    /// One more than the largest ordinal of a site.
    #[must_use]
    pub fn ordinals(&self) -> SiteIx {
        self.ordinals
    }

    /// The nearest site of every demand point.
    #[must_use]
    pub fn nearest(&self, mode: Mode) -> &TiSlice<PointIx, Reach> {
        &self.nearest[mode]
    }

    /// All sites in reach.
    #[must_use]
    pub fn pairs(&self, mode: Mode) -> &PairList {
        &self.pairs[mode]
    }

    /// The nearest among the sites that `keep` accepts — those with a service, a label — by every mode.
    pub fn nearest_among(&self, keep: impl Fn(SiteIx) -> bool) -> ByMode<Reaches> {
        let kept: Vec<Site> = self.sites.iter().filter(|site| keep(site.ordinal)).copied().collect();
        self.times.nearest(&kept)
    }

    /// Supply per person in need: see [`supply_per_person`]. `supply` is by ordinal of site.
    #[must_use]
    pub fn supply_per_person(
        &self,
        mode: Mode,
        supply: &TiSlice<SiteIx, f64>,
        persons: &TiSlice<PointIx, f64>,
        decay: &Decay,
    ) -> TiVec<PointIx, f64> {
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
    pub fn nearest(&self, mode: Mode) -> &TiSlice<PointIx, Reach> {
        &self.nearest[mode]
    }
}
