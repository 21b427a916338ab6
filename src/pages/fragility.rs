//! Our index beside another one, région by région, as the edition compared them.

use crate::atlas::Atlas;

use crate::tables::french;

/// The other index, which none of ours is made of: base 100 is the mean of each région, so régions are compared apart.
const OTHER: &str = "fragility-index";

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

/// The comparison in words; empty when the edition had no other index.
#[must_use]
pub fn compare(atlas: &Atlas) -> Comparison {
    let Some(check) = atlas.edition().checks.iter().find(|check| check.id == OTHER) else {
        return Comparison::default();
    };
    let said = |rho: Option<f64>| rho.map_or_else(|| "inconnu".into(), |rho| french::decimal(rho, 2));
    let line = |region: &crate::atlas::CheckedRegion| Line {
        name: region.name.clone(),
        communes: french::integer(u64::from(region.communes)),
        index: said(region.index),
        need: said(region.need),
    };
    Comparison { lines: check.regions.iter().map(line).collect(), without: check.without.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::atlas::{Check, TerritoryName};
    use crate::domain::{Indicator, Level, Reading};

    #[test]
    fn a_region_without_the_other_index_is_named_and_never_zero() {
        let mut leaves = testing::leaves();
        leaves.territories.insert(
            Level::Region,
            vec![TerritoryName { code: "84".into(), name: "Auvergne-Rhône-Alpes".into(), parent: None }],
        );
        let other = Indicator {
            id: OTHER.into(),
            readings: vec![Reading::Missing; leaves.communes.len()].into(),
            ..leaves.indicators[0].clone()
        };
        let check = Check::new(&Atlas::bind(leaves.clone()), &other);
        leaves.edition.checks.push(check);
        let comparison = compare(&Atlas::bind(leaves));
        assert_eq!((comparison.lines, comparison.without), (vec![], vec!["Auvergne-Rhône-Alpes".to_owned()]));
    }

    #[test]
    fn without_the_other_index_there_is_nothing_to_compare() {
        assert_eq!(compare(&testing::atlas()), Comparison::default());
    }
}
