//! Where a territory stands among those of its level by the index for comparing places, and how far indicators, index and
//! need say the same.

use super::Atlas;
use crate::domain::need::{Compared, Correlations, Standing, of_place, standing};
use crate::domain::{CommuneIx, Level, Territory};

/// Names of the two series beside the indicators.
pub const NEED_SERIES: [&str; 2] = ["rank_index", "share_in_need"];

/// How much each pair of series ranks the communes alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Ids: [`NEED_SERIES`], then the indicators of the edition.
    pub names: Vec<String>,
    /// Their coefficients.
    pub correlations: Correlations,
}

impl Panel {
    /// Works it out over all communes, under the default national number. A second or two for all of France.
    #[must_use]
    pub(super) fn new(atlas: &Atlas) -> Self {
        let analysis = atlas.analysis();
        let need = analysis.default_need(atlas).ok().map(|(_, need)| need);
        let share = |i: CommuneIx| {
            let inhabitants = atlas.communes()[i].population.filter(|persons| persons.0 > 0)?;
            Some(f64::from(need?.estimate.persons[i]?) / f64::from(inhabitants.0))
        };
        let mut series = vec![analysis.rank.index.raw.clone(), atlas.communes().keys().map(share).collect()];
        series.extend(atlas.indicators().iter().map(|i| i.readings.iter().map(|reading| reading.value()).collect()));
        let ids = atlas.indicators().iter().map(|indicator| indicator.id.clone());
        let names = NEED_SERIES.iter().map(|name| (*name).to_owned()).chain(ids).collect();
        Self { names, correlations: Correlations::new(&series) }
    }
}

impl Atlas {
    /// Where the territory of a row stands among those of its level, and how much that depends on the weights. `None`
    /// where it has no index.
    #[must_use]
    pub fn standing(&self, level: Level, row: usize) -> Option<Standing> {
        let scores = self.scores(level);
        standing(self.compared[level as usize].get_or_init(|| Compared::new(&scores)), &of_place(&scores, row)?)
    }

    /// Where every territory of a level stands, by row.
    #[must_use]
    pub fn standings(&self, level: Level) -> Vec<Option<Standing>> {
        let scores = self.scores(level);
        let compared = Compared::new(&scores);
        let rows = scores.first().map_or(0, Vec::len);
        (0..rows).map(|row| standing(&compared, &of_place(&scores, row)?)).collect()
    }

    /// Criterion by criterion, the score of every territory of a level: the mean of its communes that have an index, by
    /// inhabitants, if half of the inhabitants live there.
    fn scores(&self, level: Level) -> Vec<Vec<Option<f64>>> {
        let rank = &self.analysis().rank;
        let of_commune = |scores: &[Option<u8>], i: CommuneIx| rank.index[i].and(scores[usize::from(i)]).map(f64::from);
        let mean = |scores: &[Option<u8>], territory: &Territory| {
            let (mut sum, mut weight, mut all) = (0.0, 0.0, 0.0);
            for &i in &territory.communes {
                let people = self.communes()[i].population.map_or(0.0, |persons| f64::from(persons.0));
                all += people;
                if let Some(score) = of_commune(scores, i) {
                    sum += score * people;
                    weight += people;
                }
            }
            (weight > 0.0 && weight >= 0.5 * all).then(|| sum / weight)
        };
        let of_level = |scores: &Vec<Option<u8>>| match level {
            Level::Commune => self.communes().keys().map(|i| of_commune(scores, i)).collect(),
            above => self.territories(above).iter().map(|territory| mean(scores, territory)).collect(),
        };
        rank.scores.iter().map(of_level).collect()
    }
}
