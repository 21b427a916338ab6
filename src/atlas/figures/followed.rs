//! The few figures that are followed from edition to edition, for the nation and every territory above the commune.

use std::collections::BTreeMap;

use super::{Basis, Figure, FigureAt, Measured, Summary};
use crate::access::Threshold;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};

/// Figures that are followed, with the rank of their threshold.
pub const FOLLOWED: [(&str, usize); 5] =
    [("share_within", 1), ("share_within", 2), ("venues", 0), ("venues_france_services", 0), ("persons_beyond", 2)];

/// Levels whose territories have a line of their own; communes are few enough to be summed up when they are asked for.
const LEVELS: [Level; 3] = [Level::Region, Level::Departement, Level::Epci];

/// A territory by its level and code; the nation has no level.
pub type TerritoryKey = (Option<Level>, String);

/// The figures that are followed.
pub fn followed() -> impl Iterator<Item = FigureAt> {
    FOLLOWED
        .iter()
        .filter_map(|(id, rank)| Figure::named(id).map(|figure| FigureAt::new(figure, Threshold::ALL[*rank])))
}

/// The summary of the nation and of every territory above the commune.
#[must_use]
pub fn above_communes(basis: &Basis<'_>) -> BTreeMap<TerritoryKey, Summary> {
    let atlas: &Atlas = basis.atlas;
    let all: Vec<CommuneIx> = atlas.communes().keys().collect();
    let nation = ((None, "france".to_owned()), basis.summary(&all));
    let territories = LEVELS.into_iter().flat_map(|level| atlas.territories(level));
    let of = |territory: &crate::domain::Territory| {
        ((Some(territory.level), territory.code.clone()), basis.summary(&territory.communes))
    };
    std::iter::once(nation).chain(territories.map(of)).collect()
}

/// What one edition says of every territory above the commune. An edition is sealed, so it never says anything else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Followed(BTreeMap<TerritoryKey, [Measured; FOLLOWED.len()]>);

impl Followed {
    /// Takes the figures from the summaries.
    pub fn of<'a>(summaries: impl IntoIterator<Item = (&'a TerritoryKey, &'a Summary)>) -> Self {
        let figures: Vec<FigureAt> = followed().collect();
        let line = |(key, summary): (&TerritoryKey, &Summary)| {
            let mut values = [Measured::Unknown; FOLLOWED.len()];
            values.iter_mut().zip(&figures).for_each(|(value, figure)| *value = figure.of(summary));
            (key.clone(), values)
        };
        Self(summaries.into_iter().map(line).collect())
    }

    /// From lines that were written.
    #[must_use]
    pub fn from_lines(lines: impl IntoIterator<Item = (TerritoryKey, [Measured; FOLLOWED.len()])>) -> Self {
        Self(lines.into_iter().collect())
    }

    /// Every line, the nation first.
    pub fn lines(&self) -> impl Iterator<Item = (&TerritoryKey, &[Measured; FOLLOWED.len()])> + Clone {
        self.0.iter()
    }

    /// The number of a territory for one of [`FOLLOWED`].
    #[must_use]
    pub fn value(&self, level: Option<Level>, code: &str, rank: usize) -> Measured {
        self.0.get(&(level, code.to_owned())).map_or(Measured::Unknown, |values| values[rank])
    }
}
