//! Indicators: one number per commune, or the reason why there is none.

use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use crate::domain::{CommuneCode, CommuneIx};

/// What is known of one commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// A published value, in the unit of the indicator.
    Known(f64),
    /// Withheld by the publisher (secret statistique).
    Suppressed,
    /// Not in the source.
    Missing,
}

impl Reading {
    /// The value, when there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Reading::Known(value) => Some(value),
            Reading::Suppressed | Reading::Missing => None,
        }
    }
}

/// Which way is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worse {
    /// A higher value means more need.
    Higher,
    /// A lower value means more need.
    Lower,
}

/// One indicator over all communes.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Short name used in addresses: `poverty-rate`.
    pub id: String,
    /// What a visitor reads.
    pub title: String,
    /// What it measures, in a sentence.
    pub definition: String,
    /// Unit as written after the number: `%`, `€`.
    pub unit: String,
    /// Digits after the decimal mark when shown.
    pub decimals: u8,
    /// Which way is worse.
    pub worse: Worse,
    /// Id of the source it was read from.
    pub source: String,
    /// Vintage of the values: `2021`.
    pub vintage: String,
    /// One reading per commune, in the order of the table of communes.
    pub readings: TiVec<CommuneIx, Reading>,
    /// Those of arrondissements of Paris, Lyon and Marseille, by their code; one that no row speaks of is absent.
    pub districts: BTreeMap<CommuneCode, Reading>,
}

/// Mean over the communes of a territory, weighted by population; `None` when no commune has both.
///
/// A rate has to be re-weighted by its own denominator to be exact; population stands in for it, and pages say so.
#[must_use]
pub fn weighted_mean(readings: impl IntoIterator<Item = (Reading, u32)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (reading, persons) in readings {
        if let Some(value) = reading.value() {
            sum += value * f64::from(persons);
            weights += f64::from(persons);
        }
    }
    (weights > 0.0).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_weighs_nothing() {
        let mean = weighted_mean([(Reading::Known(10.0), 100), (Reading::Missing, 900), (Reading::Known(20.0), 300)]);
        assert_eq!(mean, Some(17.5));
        assert_eq!(weighted_mean([(Reading::Suppressed, 100), (Reading::Known(3.0), 0)]), None);
    }
}
