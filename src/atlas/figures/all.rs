//! The figures of every territory of an edition under its default denominator, by car: what maps, tiles and features show.

use super::basis::Basis;
use super::figure::FigureAt;
use super::lookup::layers;
use super::measured::{Measured, ReachState};
use crate::access::Mode;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};

/// Worked out once for an atlas, at the first question; then only read.
#[derive(Debug, Default)]
pub struct AllFigures(Vec<(Level, Vec<Line>)>);

/// One territory: a number for each of [`layers`].
#[derive(Debug)]
struct Line {
    values: Box<[Measured]>,
    reach: ReachState,
}

impl AllFigures {
    /// Works them out. A country that can bear no national number has no figures.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let Ok((_, need)) = atlas.analysis().default_need(atlas) else { return Self::default() };
        let basis = Basis::new(atlas, need, Mode::Car);
        let line = |communes: &[CommuneIx]| {
            let summary = basis.summary(communes);
            Line { values: layers().iter().map(|figure| figure.of(&summary)).collect(), reach: summary.reach }
        };
        let of_level = |level| match level {
            Level::Commune => (atlas.communes().keys()).map(|i| line(&[i])).collect(),
            above => atlas.territories(above).iter().map(|territory| line(&territory.communes)).collect(),
        };
        Self(Level::ALL.map(|level| (level, of_level(level))).into())
    }

    /// The number of a territory, given by its row, for one of [`layers`], given by its rank.
    #[must_use]
    pub fn of(&self, level: Level, row: usize, layer: usize) -> Measured {
        self.line(level, row).and_then(|line| line.values.get(layer).copied()).unwrap_or_default()
    }

    /// Every number of a territory, with its figure.
    pub fn each(&self, level: Level, row: usize) -> impl Iterator<Item = (&'static FigureAt, Measured)> {
        let values = self.line(level, row).map_or(&[][..], |line| &*line.values);
        layers().iter().zip(values.iter().copied())
    }

    /// Whether the person in the middle of a territory reaches a venue.
    #[must_use]
    pub fn reach(&self, level: Level, row: usize) -> ReachState {
        self.line(level, row).map_or(ReachState::Unknown, |line| line.reach)
    }

    fn line(&self, level: Level, row: usize) -> Option<&Line> {
        self.0.iter().find(|(known, _)| *known == level)?.1.get(row)
    }
}
