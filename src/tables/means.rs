//! Each indicator over each territory above the commune, worked out once when the door opens.

use std::collections::BTreeMap;

use crate::atlas::Atlas;
use crate::domain::indicator::weighted_mean;
use crate::domain::{CommuneIx, Indicator, Level, Reading, Territory};
use crate::editions::Snapshot;

/// Means weighted by population, by level, then territory, then indicator, in the orders of the atlas.
#[derive(Debug, Default)]
pub struct Means(BTreeMap<Level, Vec<Vec<Option<f64>>>>);

impl Means {
    /// Those of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    /// Works them out.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let of_territory = |territory: &Territory| {
            atlas.indicators().iter().map(|indicator| mean(atlas, indicator, territory)).collect()
        };
        let of_level = |level| (level, atlas.territories(level).iter().map(of_territory).collect());
        Self([Level::Region, Level::Departement, Level::Epci].into_iter().map(of_level).collect())
    }

    /// The mean of an indicator over a territory; the reading itself for a commune. Both by ordinal.
    #[must_use]
    pub fn of(&self, atlas: &Atlas, level: Level, territory: usize, indicator: usize) -> Option<f64> {
        match level {
            Level::Commune => {
                atlas.indicators()[indicator].readings.get(CommuneIx::from(territory)).copied().and_then(Reading::value)
            }
            above => self.0.get(&above)?.get(territory)?[indicator],
        }
    }
}

/// Rounded as the indicator is shown: a mean is no better known than what it was made of.
fn mean(atlas: &Atlas, indicator: &Indicator, territory: &Territory) -> Option<f64> {
    let communes = atlas.communes();
    let readings = territory.communes.iter().filter_map(|&ordinal| {
        let population = communes[ordinal].population?;
        Some((*indicator.readings.get(ordinal)?, population.0))
    });
    let scale = 10_f64.powi(i32::from(indicator.decimals));
    weighted_mean(readings).map(|mean| (mean * scale).round() / scale)
}
