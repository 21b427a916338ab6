//! Our estimate of travel times beside a table that somebody else worked out, département by département.

use typed_index_collections::TiVec;

use super::Atlas;
use crate::access::Mode;
use crate::domain::need::rank_correlation;
use crate::domain::{CommuneIx, Level, PointIx, Reading};

/// Fewer communes than this say nothing.
const ENOUGH: usize = 10;

/// A published table: minutes from every commune to the nearest venue of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedTimes {
    /// Short name.
    pub id: String,
    /// Title.
    pub source: String,
    /// How people travel.
    pub mode: Mode,
    /// Whether to the nearest France services; else to the nearest venue.
    pub france_services: bool,
    /// Minutes, in the order of the communes.
    pub readings: TiVec<CommuneIx, Reading>,
}

/// The comparison with one table.
#[derive(Debug, Clone, PartialEq)]
pub struct TimesCheck {
    /// Short name of the table.
    pub id: String,
    /// Its title.
    pub source: String,
    /// How people travel.
    pub mode: Mode,
    /// Whether to the nearest France services; else to the nearest venue.
    pub france_services: bool,
    /// Départements with enough communes that both know, in order of code.
    pub departements: Vec<CheckedDepartement>,
}

/// What was found in one département.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedDepartement {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Communes that both know.
    pub communes: u32,
    /// Median of the minutes that our estimate is longer; negative when it is shorter.
    pub longer: f64,
    /// Median of the minutes that the two are apart.
    pub apart: f64,
    /// Rank correlation (rho of Spearman, −1 to 1); `None` where it cannot be computed.
    pub ranks: Option<f64>,
}

impl TimesCheck {
    /// Compares over the communes of each département. What either cannot reach, or does not know, is left out.
    #[must_use]
    pub fn new(atlas: &Atlas, published: &PublishedTimes) -> Self {
        let analysis = atlas.analysis();
        let reaches = if published.france_services {
            &*analysis.france_services[published.mode]
        } else {
            analysis.access.nearest(published.mode)
        };
        let both = |commune: &CommuneIx| {
            let theirs = published.readings.get(*commune)?.value()?;
            Some((reaches[PointIx::of_commune(*commune)].time()?.minutes(), theirs))
        };
        let departement = |territory: &crate::domain::Territory| {
            let pairs: Vec<(f64, f64)> = territory.communes.iter().filter_map(both).collect();
            let (ours, theirs): (Vec<Option<f64>>, Vec<Option<f64>>) =
                pairs.iter().map(|(ours, theirs)| (Some(*ours), Some(*theirs))).unzip();
            let differences = pairs.iter().map(|(ours, theirs)| ours - theirs);
            (pairs.len() >= ENOUGH).then(|| CheckedDepartement {
                code: territory.code.clone(),
                name: territory.name.clone(),
                communes: pairs.len() as u32,
                longer: tenth(median(differences.clone().collect())),
                apart: tenth(median(differences.map(f64::abs).collect())),
                ranks: rank_correlation(&ours, &theirs).map(|rho| (rho * 1_000.0).round() / 1_000.0),
            })
        };
        Self {
            id: published.id.clone(),
            source: published.source.clone(),
            mode: published.mode,
            france_services: published.france_services,
            departements: atlas.territories(Level::Departement).iter().filter_map(departement).collect(),
        }
    }
}

/// The middle of some numbers, the mean of two.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    if numbers.len().is_multiple_of(2) { f64::midpoint(numbers[middle - 1], numbers[middle]) } else { numbers[middle] }
}

fn tenth(minutes: f64) -> f64 {
    (minutes * 10.0).round() / 10.0
}
