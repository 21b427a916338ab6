//! What a map can show of territories: an indicator as published, or a figure of the analysis. Both look alike to a reader.

use crate::api::means::Means;
use crate::atlas::Atlas;
use crate::domain::{Indicator, Level, Worse};
use crate::http::State;
use crate::tables::map_figures::MapFigure;
use crate::tables::map_figures::MapFigures;

use super::classes::{COVERAGE_PERCENT, Classes, MINUTES, Scale};
use super::data::source_of;
use crate::tables::french;

/// Something that colours territories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// A figure of the analysis.
    Figure(MapFigure),
    /// An indicator, by its rank in the edition.
    Indicator(usize),
}

impl Layer {
    /// The layers of an edition, figures first.
    pub fn all(atlas: &Atlas) -> impl Iterator<Item = Self> {
        let indicators = (0..atlas.indicators().len()).map(Self::Indicator);
        MapFigure::ALL.into_iter().map(Self::Figure).chain(indicators)
    }

    /// The layer with this id.
    #[must_use]
    pub fn named(atlas: &Atlas, id: &str) -> Option<Self> {
        Self::all(atlas).find(|layer| layer.id(atlas) == id)
    }

    /// The layer that is shown unasked: the first with a value for a département or a commune.
    #[must_use]
    pub fn first(state: &State) -> Option<Self> {
        let atlas = &state.atlas;
        let known = |layer: &Self, level, rows: usize| (0..rows).any(|row| layer.value(state, level, row).is_some());
        Self::all(atlas).find(|layer| {
            known(layer, Level::Departement, atlas.territories(Level::Departement).len())
                || known(layer, Level::Commune, atlas.communes().len())
        })
    }

    /// Name in tiles and addresses.
    #[must_use]
    pub fn id(self, atlas: &Atlas) -> &str {
        match self {
            Self::Figure(figure) => figure.id(),
            Self::Indicator(rank) => &atlas.indicators()[rank].id,
        }
    }

    /// What a visitor reads.
    #[must_use]
    pub fn title(self, atlas: &Atlas) -> &str {
        match self {
            Self::Figure(figure) => figure.title(),
            Self::Indicator(rank) => &atlas.indicators()[rank].title,
        }
    }

    /// What it measures, in a sentence.
    #[must_use]
    pub fn definition(self, atlas: &Atlas) -> &str {
        match self {
            Self::Figure(figure) => figure.definition(),
            Self::Indicator(rank) => &atlas.indicators()[rank].definition,
        }
    }

    /// How values are shown.
    #[must_use]
    pub fn scale(self, atlas: &Atlas) -> Scale {
        match self {
            Self::Figure(figure) => {
                Scale { decimals: figure.decimals(), unit: figure.unit().into(), worse: figure.worse() }
            }
            Self::Indicator(rank) => {
                let Indicator { decimals, unit, worse, .. } = &atlas.indicators()[rank];
                Scale { decimals: *decimals, unit: unit.clone(), worse: *worse }
            }
        }
    }

    /// Which way is worse.
    #[must_use]
    pub fn worse(self, atlas: &Atlas) -> Worse {
        match self {
            Self::Figure(figure) => figure.worse(),
            Self::Indicator(rank) => atlas.indicators()[rank].worse,
        }
    }

    /// Who says so.
    #[must_use]
    pub fn source(self, atlas: &Atlas) -> String {
        let Self::Indicator(rank) = self else { return "calcul de Médiane sur l'édition en cours".into() };
        let indicator = &atlas.indicators()[rank];
        let publisher =
            source_of(atlas, indicator).map_or(indicator.source.as_str(), |source| source.publisher.as_str());
        format!("{publisher}, {}", french::vintage(&indicator.vintage))
    }

    /// Its value for a territory by row; `None` when unknown.
    #[must_use]
    pub fn value(self, state: &State, level: Level, row: usize) -> Option<f64> {
        match self {
            Self::Figure(figure) => MapFigures::kept(state).of(level, row, figure),
            Self::Indicator(rank) => Means::kept(state).of(&state.atlas, level, row, rank),
        }
    }

    /// Minutes and coverage have fixed thresholds, the same on every map. The others have classes of equal numbers of EPCI:
    /// between communes, too noisy, and départements, too smooth, so that one legend serves every zoom. An edition without
    /// EPCI falls back on its communes.
    #[must_use]
    pub fn classes(self, state: &State) -> Option<Classes> {
        let atlas = &state.atlas;
        let fixed = |thresholds: &[f64]| Some(Classes::fixed(thresholds, Scale { decimals: 0, ..self.scale(atlas) }));
        match self {
            Self::Figure(MapFigure::CarMinutes) => return fixed(&MINUTES),
            Self::Figure(MapFigure::Coverage) => return fixed(&COVERAGE_PERCENT),
            Self::Figure(_) | Self::Indicator(_) => {}
        }
        let of_level =
            |level, rows: usize| -> Vec<f64> { (0..rows).filter_map(|row| self.value(state, level, row)).collect() };
        let mut values = of_level(Level::Epci, atlas.territories(Level::Epci).len());
        if values.is_empty() {
            values = of_level(Level::Commune, atlas.communes().len());
        }
        Classes::of_quantiles(values, self.scale(atlas))
    }

    /// How the classes were made, in words.
    #[must_use]
    pub fn classes_said(self) -> &'static str {
        match self {
            Self::Figure(MapFigure::CarMinutes | MapFigure::Coverage) => "Classes : seuils fixes.",
            Self::Figure(_) | Self::Indicator(_) => "Classes : autant d'intercommunalités dans chacune.",
        }
    }
}
