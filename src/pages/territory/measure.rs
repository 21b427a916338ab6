//! What the map of a territory shows, in classes that are the same for every territory, so that two maps compare.

use crate::domain::{Level, Worse};
use crate::pages::classes::{COVERAGE_PERCENT, Classes, MINUTES, Scale};

use super::lens::{Lens, Tally, said, said_minutes, said_percent};
use super::view::{Order, View, mode_words};

/// A column of the table that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Persons in need per thousand inhabitants.
    Need,
    /// Share within the threshold.
    Coverage,
    /// Minutes of the person in the middle.
    Minutes,
    /// Hours per person and year.
    Hours,
}

impl Measure {
    /// What is drawn when the table is sorted so. A commune is wholly within the threshold or wholly beyond, so between
    /// communes minutes say more.
    #[must_use]
    pub fn drawn(order: Order, level: Level) -> Self {
        match order {
            Order::Need => Self::Need,
            Order::Hours => Self::Hours,
            Order::Minutes => Self::Minutes,
            _ if level == Level::Commune => Self::Minutes,
            Order::Far | Order::Coverage | Order::Venues | Order::Name => Self::Coverage,
        }
    }

    /// Its value for some communes.
    #[must_use]
    pub fn of(self, tally: &Tally) -> Option<f64> {
        match self {
            Self::Need => tally.need_per_thousand(),
            Self::Coverage => tally.covered_percent(),
            Self::Minutes => tally.minutes,
            Self::Hours => tally.hours,
        }
    }

    /// A value in words.
    #[must_use]
    pub fn words(self, value: Option<f64>) -> String {
        match self {
            Self::Need => said(value, 0, ""),
            Self::Coverage => said_percent(value),
            Self::Minutes => said_minutes(value),
            Self::Hours => said(value, 1, "h"),
        }
    }

    /// Title of the map.
    #[must_use]
    pub fn title(self, view: &View) -> String {
        let mode = mode_words(view.mode);
        match self {
            Self::Need => "Personnes éloignées du numérique pour 1\u{202f}000 habitants".into(),
            Self::Coverage => format!("Part des personnes à moins de {}\u{a0}minutes {mode} d'un lieu", view.minutes()),
            Self::Minutes => format!("Minutes {mode} jusqu'au lieu le plus proche"),
            Self::Hours => format!("Heures d'ouverture par personne et par an, à portée {mode}"),
        }
    }

    /// Where the limits of the classes come from.
    #[must_use]
    pub fn classes_said(self) -> &'static str {
        match self {
            Self::Need | Self::Hours => "Classes : autant d'intercommunalités de France dans chacune.",
            Self::Coverage | Self::Minutes => "Classes : seuils fixes, les mêmes pour toute la France.",
        }
    }

    /// Fixed thresholds, or as many EPCI of France in each class.
    #[must_use]
    pub fn classes(self, lens: &Lens<'_>) -> Option<Classes> {
        let scale = |decimals, unit: &str, worse| Scale { decimals, unit: unit.into(), worse };
        match self {
            Self::Minutes => Some(Classes::fixed(&MINUTES, scale(0, "min", Worse::Higher))),
            Self::Coverage => Some(Classes::fixed(&COVERAGE_PERCENT, scale(0, "%", Worse::Lower))),
            Self::Need => Classes::of_quantiles(self.everywhere(lens), scale(0, "", Worse::Higher)),
            Self::Hours => Classes::of_quantiles(self.everywhere(lens), scale(1, "h", Worse::Lower)),
        }
    }

    /// Its value for every EPCI; for every commune where there is no EPCI.
    fn everywhere(self, lens: &Lens<'_>) -> Vec<f64> {
        let epcis = lens.atlas.territories(Level::Epci);
        if epcis.is_empty() {
            return (0..lens.atlas.communes().len() as u32).filter_map(|i| self.of(&lens.tally(&[i]))).collect();
        }
        epcis.iter().filter_map(|epci| self.of(&lens.tally(&epci.communes))).collect()
    }
}
