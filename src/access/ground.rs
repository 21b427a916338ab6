//! On what ground people set out by car: out of a dense town, amid mountains, or neither.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::domain::{Commune, Density};

/// Communes amid mountains. It is an assumption of the estimate, like its speeds, so it is the same for every edition.
const TABLE: &str = include_str!("../../data/territories/relief.csv");

static AMID_MOUNTAINS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let codes = |line: &'static str| line.split(',').nth(1).unwrap_or_default().split(' ');
    TABLE.lines().skip(1).flat_map(codes).collect()
});

/// What slows a car on its first kilometres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ground {
    /// Nothing more than roads do everywhere.
    #[default]
    Open,
    /// The streets of a dense commune ([`Density`]).
    Dense,
    /// Slopes and bends.
    Relief,
}

impl Ground {
    /// That of a commune. A dense one lies at the bottom of its valley, and its streets are what slows.
    #[must_use]
    pub fn of(commune: &Commune) -> Self {
        if Density::of(commune) == Some(Density::Dense) {
            return Self::Dense;
        }
        if AMID_MOUNTAINS.contains(commune.code.as_str()) { Self::Relief } else { Self::Open }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CommuneCode;

    #[test]
    fn every_code_of_the_table_is_one_and_stands_there_once() {
        let codes: Vec<&str> =
            TABLE.lines().skip(1).flat_map(|line| line.split(',').nth(1).unwrap().split(' ')).collect();
        assert!(codes.iter().all(|code| CommuneCode::parse(code).is_some()));
        assert_eq!(codes.len(), AMID_MOUNTAINS.len());
        // Guillaumes, Cilaos; not Lille.
        assert!(
            AMID_MOUNTAINS.contains("06071") && AMID_MOUNTAINS.contains("97424") && !AMID_MOUNTAINS.contains("59350")
        );
    }
}
