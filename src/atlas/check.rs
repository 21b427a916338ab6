//! An indicator that only checks ours: how it ranks the communes of each région beside our index and our share of
//! persons in need. Its own values, whose terms are not open, go no further.

use super::{Atlas, PublishedTimes};
use crate::domain::need::{Preset, rank_correlation};
use crate::domain::{CommuneIx, Indicator, Level, Territory};

/// Fewer communes than this say nothing.
const ENOUGH: usize = 10;

/// What an edition is checked by: only the comparisons go further.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checks {
    /// Indicators that may not be published.
    pub indicators: Vec<Indicator>,
    /// Tables of times.
    pub times: Vec<PublishedTimes>,
}

/// The comparison with one indicator, région by région: its scale may be another in each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Check {
    /// Short name of the indicator.
    pub id: String,
    /// Régions where enough communes have both.
    pub regions: Vec<CheckedRegion>,
    /// Names of the régions where they have not.
    pub without: Vec<String>,
}

/// Rank correlations (rho of Spearman, −1 to 1) over the communes of one région.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedRegion {
    /// Its name.
    pub name: String,
    /// Communes that have both.
    pub communes: u32,
    /// With our index; `None` where it cannot be computed.
    pub index: Option<f64>,
    /// With our share of persons in need.
    pub need: Option<f64>,
}

impl Check {
    /// Compares over the communes of each région. The readings follow the table of communes.
    #[must_use]
    pub fn new(atlas: &Atlas, other: &Indicator) -> Self {
        let analysis = atlas.analysis();
        let need = Preset::ALL.iter().find_map(|preset| analysis.need(atlas, preset).ok());
        let share = |i: CommuneIx| {
            let inhabitants = atlas.communes()[i].population.filter(|persons| persons.0 > 0)?;
            Some(f64::from(need?.estimate.persons[i]?) / f64::from(inhabitants.0))
        };
        let region = |territory: &Territory| {
            let of = |value: &dyn Fn(CommuneIx) -> Option<f64>| -> Vec<Option<f64>> {
                territory.communes.iter().map(|&i| value(i)).collect()
            };
            let theirs = of(&|i| other.readings.get(i)?.value());
            let ours = of(&|i| analysis.rank.index[i]);
            let both = theirs.iter().zip(&ours).filter(|(a, b)| a.is_some() && b.is_some()).count();
            (both >= ENOUGH).then(|| CheckedRegion {
                name: territory.name.clone(),
                communes: both as u32,
                index: rank_correlation(&ours, &theirs),
                need: rank_correlation(&of(&share), &theirs),
            })
        };
        let mut check = Self { id: other.id.clone(), ..Self::default() };
        for territory in atlas.territories(Level::Region) {
            match region(territory) {
                Some(compared) => check.regions.push(compared),
                None => check.without.push(territory.name.clone()),
            }
        }
        check
    }
}
