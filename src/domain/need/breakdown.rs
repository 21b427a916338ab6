//! Sums by territory that add up: every commune once, and a line for those that belong to none.

use std::collections::BTreeMap;

use crate::domain::territory::{Commune, Level};

/// What is known of the communes of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Sum of the known values.
    pub persons: u64,
    /// Number of communes.
    pub communes: u32,
    /// Communes whose value is unknown: they add nothing to `persons`.
    pub unknown: u32,
}

impl Tally {
    fn add(&mut self, value: Option<u32>) {
        self.communes += 1;
        self.unknown += u32::from(value.is_none());
        self.persons += u64::from(value.unwrap_or(0));
    }
}

/// Persons by territory. The lines and `elsewhere` together count every commune exactly once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Breakdown {
    /// One line per code.
    pub lines: BTreeMap<String, Tally>,
    /// Communes without a territory of this level: at the level of EPCI, four islands and the collectivités d'outre-mer.
    pub elsewhere: Tally,
}

/// Adds up one value per commune by the territories of a level. Codes are compared whole: 97 is not 974 (defect D12).
#[must_use]
pub fn by_level(communes: &[Commune], values: &[Option<u32>], level: Level) -> Breakdown {
    let mut breakdown = Breakdown::default();
    for (commune, value) in communes.iter().zip(values) {
        let code = match level {
            Level::Region => Some(commune.region.as_str()),
            Level::Departement => Some(commune.departement.as_str()),
            Level::Epci => commune.epci.as_deref(),
            Level::Commune => Some(commune.code.as_str()),
        };
        match code {
            Some(code) => match breakdown.lines.get_mut(code) {
                Some(line) => line.add(*value),
                None => breakdown.lines.entry(code.to_owned()).or_default().add(*value),
            },
            None => breakdown.elsewhere.add(*value),
        }
    }
    breakdown
}
