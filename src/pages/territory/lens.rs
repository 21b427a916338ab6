//! The figures of the edition, seen through the choices of a visitor: one national number, one mode, one threshold.

use typed_index_collections::TiSlice;

use crate::access::Reach;
use crate::atlas::figures::{Basis, FigureAt, Measured, Summary};
use crate::atlas::{Analysis, Atlas, Need};
use crate::domain::need::Preset;
use crate::domain::{CommuneIx, Level, PointIx};
use crate::pages::figures::named;

use super::view::View;

/// What a page asks with.
pub struct Lens<'a> {
    /// The edition.
    pub atlas: &'a Atlas,
    /// Its analysis.
    pub analysis: &'a Analysis,
    /// Need under the chosen number.
    pub need: &'a Need,
    /// That number.
    pub preset: &'static Preset,
    /// The choices.
    pub view: View,
    /// What every figure of the page rests on.
    pub basis: Basis<'a>,
}

impl<'a> Lens<'a> {
    /// Looks at an edition. `None` when it has too few people for the chosen national number, or for all of them.
    #[must_use]
    pub fn new(atlas: &'a Atlas, view: View) -> Option<Self> {
        let analysis = atlas.analysis();
        let (preset, need) = match view.preset {
            Some(preset) => (preset, analysis.need(atlas, preset).ok()?),
            None => analysis.default_need(atlas).ok()?,
        };
        let basis = Basis::new(atlas, need, view.mode);
        Some(Self { atlas, analysis, need, preset, view, basis })
    }

    /// Every number of some communes.
    #[must_use]
    pub fn summary(&self, communes: &[CommuneIx]) -> Summary {
        self.basis.summary(communes)
    }

    /// A figure at the chosen threshold, where it has one.
    #[must_use]
    pub fn figure(&self, id: &str) -> FigureAt {
        named(id, self.view.threshold)
    }

    /// The nearest venue of every demand point by the chosen mode.
    #[must_use]
    pub fn reaches(&self) -> &TiSlice<PointIx, Reach> {
        &self.basis.reaches
    }

    /// A figure of every EPCI; of every commune where there is no EPCI. Those nobody knows are absent.
    #[must_use]
    pub fn everywhere(&self, figure: &FigureAt) -> Vec<f64> {
        let of = |communes: &[CommuneIx]| figure.of(&self.summary(communes)).value();
        let epcis = self.atlas.territories(Level::Epci);
        if epcis.is_empty() {
            return (self.atlas.communes().keys()).filter_map(|i| of(&[i])).collect();
        }
        epcis.iter().filter_map(|epci| of(&epci.communes)).collect()
    }
}

/// The mean time of a commune.
#[must_use]
pub fn minutes_of(reach: Reach) -> Measured {
    match reach {
        Reach::Reached(nearest) => Measured::Known(nearest.time.minutes()),
        Reach::Unreachable => Measured::Unreachable,
        Reach::Unknown => Measured::Unknown,
    }
}
