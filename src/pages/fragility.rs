//! Our index beside another one: rank correlation with the indice de fragilité numérique of 2020, région by région.

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::domain::need::{Denominator, rank_correlation};

use crate::tables::french;

/// The other index, which none of ours is made of: base 100 is the mean of each région, so régions are compared apart.
const OTHER: &str = "fragility-index";
/// Fewer communes than this say nothing.
const ENOUGH: usize = 10;

/// One région.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Communes that have both.
    pub communes: String,
    /// Correlation of our index with the other.
    pub index: String,
    /// Correlation of the share of persons in need with the other.
    pub need: String,
}

/// What can be compared, and where nothing can.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Régions with the other index.
    pub lines: Vec<Line>,
    /// Names of the régions without it.
    pub without: Vec<String>,
}

/// Compares over the communes of each région; empty when the edition lacks the other index.
#[must_use]
pub fn compare(atlas: &Atlas) -> Comparison {
    let Some(other) = atlas.indicator(OTHER) else { return Comparison::default() };
    let analysis = atlas.analysis();
    let need = (0..Denominator::PRESETS.len()).find_map(|preset| analysis.need(atlas, preset).ok());
    let share = |i: u32| {
        let inhabitants = atlas.communes()[i as usize].population.filter(|persons| persons.0 > 0)?;
        Some(f64::from(need?.estimate.persons[i as usize]?) / f64::from(inhabitants.0))
    };
    let line = |territory: &crate::domain::Territory| {
        let of = |value: &dyn Fn(u32) -> Option<f64>| -> Vec<Option<f64>> {
            territory.communes.iter().map(|&i| value(i)).collect()
        };
        let theirs = of(&|i| other.readings.get(i as usize)?.value());
        let ours = of(&|i| analysis.rank.index[i as usize]);
        let both = theirs.iter().zip(&ours).filter(|(a, b)| a.is_some() && b.is_some()).count();
        let said = |mine: &[Option<f64>]| {
            let correlation = rank_correlation(mine, &theirs);
            correlation.map_or_else(|| "inconnu".into(), |correlation| french::decimal(correlation, 2))
        };
        (both >= ENOUGH).then(|| Line {
            name: territory.name.clone(),
            communes: french::integer(both as u64),
            index: said(&ours),
            need: said(&of(&share)),
        })
    };
    let mut comparison = Comparison::default();
    for territory in atlas.territories(Level::Region) {
        match line(territory) {
            Some(line) => comparison.lines.push(line),
            None => comparison.without.push(territory.name.clone()),
        }
    }
    comparison
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::atlas::TerritoryName;
    use crate::domain::{Indicator, Reading};

    #[test]
    fn a_region_without_the_other_index_is_named_and_never_zero() {
        let mut leaves = testing::leaves();
        leaves.territories.insert(
            Level::Region,
            vec![TerritoryName { code: "84".into(), name: "Auvergne-Rhône-Alpes".into(), parent: None }],
        );
        let other = Indicator {
            id: OTHER.into(),
            readings: vec![Reading::Missing; leaves.communes.len()],
            ..leaves.indicators[0].clone()
        };
        leaves.indicators.push(other);
        let comparison = compare(&Atlas::bind(leaves));
        assert_eq!((comparison.lines, comparison.without), (vec![], vec!["Auvergne-Rhône-Alpes".to_owned()]));
    }

    #[test]
    fn without_the_other_index_there_is_nothing_to_compare() {
        assert_eq!(compare(&testing::atlas()), Comparison::default());
    }
}
