//! What a map can show of territories: an indicator as published, or a figure of the analysis. Both look alike to a reader.

use crate::access::Mode;
use crate::atlas::Atlas;
use crate::atlas::figures::{Measured, Unit, layers};
use crate::domain::{Indicator, Level};
use crate::http::State;
use crate::tables::means::Means;

use super::classes::{Classes, Scale, fixed_thresholds, is_flat, shade};
use super::data::source_of;
use super::figures;
use crate::tables::french;

/// Ids that layers had in addresses until 2026, which people may have kept, and those of today.
const FORMER: [(&str, &str); 5] = [
    ("need-share", "share_in_need"),
    ("rank", "rank_index"),
    ("car-minutes", "minutes_median"),
    ("coverage-15-car", "share_within_15_min"),
    ("hours-per-person", "hours_per_person_year"),
];

/// Something that colours territories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// A figure, by its rank in [`layers`].
    Figure(usize),
    /// An indicator, by its rank in the edition.
    Indicator(usize),
}

impl Layer {
    /// The layers of an edition, figures first.
    pub fn all(atlas: &Atlas) -> impl Iterator<Item = Self> {
        let indicators = (0..atlas.indicators().len()).map(Self::Indicator);
        // A count is no colour: a larger territory would always be darker.
        let figures = (0..layers().len()).filter(|rank| layers()[*rank].figure.worse.is_some());
        figures.map(Self::Figure).chain(indicators)
    }

    /// The layer with this id.
    #[must_use]
    pub fn named(atlas: &Atlas, id: &str) -> Option<Self> {
        let id = FORMER.iter().find(|(former, _)| *former == id).map_or(id, |(_, today)| today);
        Self::all(atlas).find(|layer| layer.id(atlas) == id)
    }

    /// The layer that is shown unasked: the first with a value for a département or a commune.
    #[must_use]
    pub fn first(state: &State) -> Option<Self> {
        let atlas = &state.atlas;
        let known =
            |layer: &Self, level, rows: usize| (0..rows).any(|row| layer.value(state, level, row) != Measured::Unknown);
        Self::all(atlas).find(|layer| {
            known(layer, Level::Departement, atlas.territories(Level::Departement).len())
                || known(layer, Level::Commune, atlas.communes().len())
        })
    }

    /// Name in tiles and addresses.
    #[must_use]
    pub fn id(self, atlas: &Atlas) -> String {
        match self {
            Self::Figure(rank) => layers()[rank].name(),
            Self::Indicator(rank) => atlas.indicators()[rank].id.clone(),
        }
    }

    /// What a visitor reads.
    #[must_use]
    pub fn title(self, atlas: &Atlas) -> String {
        match self {
            Self::Figure(rank) => layers()[rank].title(),
            Self::Indicator(rank) => atlas.indicators()[rank].title.clone(),
        }
    }

    /// What it measures, in a sentence.
    #[must_use]
    pub fn definition(self, atlas: &Atlas) -> &str {
        match self {
            Self::Figure(rank) => layers()[rank].figure.definition,
            Self::Indicator(rank) => &atlas.indicators()[rank].definition,
        }
    }

    /// How values are shown.
    #[must_use]
    pub fn scale(self, atlas: &Atlas) -> Scale {
        match self {
            Self::Figure(rank) => Scale::of(&layers()[rank]),
            Self::Indicator(rank) => {
                let Indicator { decimals, unit, worse, .. } = &atlas.indicators()[rank];
                Scale { times: 1.0, decimals: *decimals, unit: unit.clone(), worse: *worse }
            }
        }
    }

    /// Its place in the page of definitions.
    #[must_use]
    pub fn anchor(self, atlas: &Atlas) -> String {
        match self {
            Self::Figure(rank) => format!("nom-{}", layers()[rank].figure.id),
            Self::Indicator(rank) => format!("indicateur-{}", atlas.indicators()[rank].id),
        }
    }

    /// Whether some territories may be out of reach, which is a class of its own.
    #[must_use]
    pub fn is_a_journey(self) -> bool {
        matches!(self, Self::Figure(rank) if layers()[rank].figure.unit == Unit::Minutes)
    }

    /// A number in words, or why there is none.
    #[must_use]
    pub fn words(self, atlas: &Atlas, told: Measured) -> String {
        match (self, told) {
            (_, Measured::Unknown) => "pas de donnée".into(),
            (Self::Figure(rank), told) => figures::said(layers()[rank].figure.unit, told),
            (Self::Indicator(rank), told) => {
                let indicator = &atlas.indicators()[rank];
                let said = |value| french::measure(value, indicator.decimals, &indicator.unit);
                told.value().map_or_else(|| figures::OUT_OF_REACH.into(), said)
            }
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

    /// Its value for a territory by row.
    #[must_use]
    pub fn value(self, state: &State, level: Level, row: usize) -> Measured {
        match self {
            Self::Figure(rank) => state.atlas.figures().of(level, row, rank),
            Self::Indicator(rank) => Means::kept(state).of(&state.atlas, level, row, rank).into(),
        }
    }

    /// Minutes and coverage have fixed thresholds, the same on every map. The others have classes of equal numbers of EPCI:
    /// between communes, too noisy, and départements, too smooth, so that one legend serves every zoom. An edition without
    /// EPCI falls back on its communes.
    #[must_use]
    pub fn classes(self, state: &State) -> Option<Classes> {
        let atlas = &state.atlas;
        let of_level = |level, rows: usize| -> Vec<f64> {
            (0..rows).filter_map(|row| self.value(state, level, row).value()).collect()
        };
        let values = || {
            let values = of_level(Level::Epci, atlas.territories(Level::Epci).len());
            if values.is_empty() { of_level(Level::Commune, atlas.communes().len()) } else { values }
        };
        match self {
            Self::Figure(rank) => Classes::of_figure(&layers()[rank], Mode::Car, values),
            Self::Indicator(_) => Classes::of_quantiles(values(), self.scale(atlas)),
        }
    }

    /// Whether most territories have one colour, or all of them two: départements or EPCI.
    #[must_use]
    pub fn is_flat(self, state: &State, classes: Option<&Classes>) -> bool {
        let of_level = |level| {
            let rows = 0..state.atlas.territories(level).len();
            rows.map(|row| shade(self.value(state, level, row), classes)).collect::<Vec<usize>>()
        };
        // What is seen of all of France first, and what is seen nearer.
        [Level::Departement, Level::Epci].into_iter().any(|level| is_flat(of_level(level)))
    }

    /// Layers that separate territories where this one does not.
    pub fn instead(self, atlas: &Atlas) -> impl Iterator<Item = Self> {
        let ids = ["minutes_median", "hours_per_person_year", "share_in_need"];
        ids.into_iter().filter_map(|id| Self::named(atlas, id)).filter(move |other| *other != self)
    }

    /// How the classes were made, in words.
    #[must_use]
    pub fn classes_said(self) -> &'static str {
        match self {
            Self::Figure(rank) if fixed_thresholds(&layers()[rank], Mode::Car).is_some() => "Classes : seuils fixes.",
            Self::Figure(_) | Self::Indicator(_) => "Classes : autant d'intercommunalités dans chacune.",
        }
    }
}
