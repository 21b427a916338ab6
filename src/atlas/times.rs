//! Travel times of an edition, made at the first question that no table of it answers.

use std::sync::{Arc, OnceLock};

use super::{Country, Roads};
use crate::access::{Assumptions, CrowFly, Demand, MixedTimes, RoadTimes, Season, Site, TravelTimes};

/// Where the times come from: roads where there are roads, the land elsewhere.
#[derive(Debug)]
pub(super) struct Times {
    country: Arc<Country>,
    sites: Vec<Site>,
    made: OnceLock<Made>,
}

struct Made {
    roads: Option<Arc<RoadTimes>>,
    source: Arc<dyn TravelTimes>,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.source.label())
    }
}

impl Times {
    /// Times to the sites of an edition.
    pub fn new(country: Arc<Country>, sites: Vec<Site>) -> Self {
        Self { country, sites, made: OnceLock::new() }
    }

    /// The source.
    pub fn source(&self) -> &Arc<dyn TravelTimes> {
        &self.made().source
    }

    /// Times by road; without a network nothing is made.
    pub fn roads(&self) -> Option<&Arc<RoadTimes>> {
        self.country.roads.as_ref()?;
        self.made().roads.as_ref()
    }

    fn made(&self) -> &Made {
        self.made.get_or_init(|| {
            let Country { communes, cells, roads, .. } = &*self.country;
            let demand = Demand::of_communes(communes, &self.sites).with_cells(communes, cells);
            let roads = roads.as_ref().map(|Roads { network, source }| {
                let network = Arc::clone(network);
                Arc::new(RoadTimes::new(network, demand.clone(), Assumptions::default(), source.clone()))
            });
            let land = Arc::clone(self.country.land());
            let crow = CrowFly::new(demand, Assumptions::default()).over(land, Season::AllYear);
            let source: Arc<dyn TravelTimes> = match &roads {
                Some(roads) => Arc::new(MixedTimes::new(Arc::clone(roads), crow)),
                None => Arc::new(crow),
            };
            Made { roads, source }
        })
    }
}
