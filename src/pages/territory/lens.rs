//! The figures of the edition, seen through the choices of a visitor: one national number, one mode, one threshold.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use typed_index_collections::TiSlice;

use crate::access::{Mode, Reach};
use crate::atlas::figures::{Basis, FigureAt, Measured, Summary};
use crate::atlas::{Analysis, Atlas, Need};
use crate::domain::need::Preset;
use crate::domain::{CommuneIx, Level, PointIx, Territory};
use crate::editions::Snapshot;
use crate::monitoring::overview::Overview;
use crate::pages::figures::named;
use crate::tables::scope::Place;

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
    /// Where the numbers of whole territories are kept; `None` keeps none.
    kept: Option<&'a Snapshot>,
}

/// Numbers of whole territories above the commune, by national number, mode, level and code: each is worked out once for an
/// edition, whichever page asks first. Those of the usual choices are in [`Overview`] already.
#[derive(Debug, Default)]
struct Summaries(Mutex<BTreeMap<Asked, Arc<Summary>>>);

/// Most of these kept: some ten megabytes.
const MOST_KEPT: usize = 20_000;

type Asked = (&'static str, Mode, Option<Level>, String);

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
        Some(Self { atlas, analysis, need, preset, view, basis, kept: None })
    }

    /// The same for an edition that keeps the numbers of its territories.
    #[must_use]
    pub fn of(snapshot: &'a Snapshot, view: View) -> Option<Self> {
        Self::new(&snapshot.atlas, view).map(|lens| Self { kept: Some(snapshot), ..lens })
    }

    /// Every number of a territory.
    #[must_use]
    pub fn of_place(&self, place: &Place) -> Summary {
        match place.district {
            Some(_) => place.summary(&self.basis),
            None => self.of_whole(place.level, &place.code, &place.communes, place.whole),
        }
    }

    /// Every number of a part of a territory that bears a name of its own.
    #[must_use]
    pub fn of_part(&self, place: &Place, part: &str, communes: &[CommuneIx]) -> Summary {
        match self.kept.filter(|_| place.whole && place.level != Some(Level::Commune)) {
            // No code holds such a mark.
            Some(snapshot) => self.remembered(snapshot, place.level, format!("{}#{part}", place.code), communes),
            None => self.summary(communes),
        }
    }

    /// Every number of a territory, or of the part of it that some communes are.
    fn of_whole(&self, level: Option<Level>, code: &str, communes: &[CommuneIx], whole: bool) -> Summary {
        let Some(snapshot) = self.kept.filter(|_| whole && level != Some(Level::Commune)) else {
            return self.summary(communes);
        };
        let usual = self.analysis.default_need(self.atlas).is_ok_and(|(preset, _)| preset.id == self.preset.id);
        if usual && self.view.mode == Mode::Car {
            let known = Overview::kept(snapshot).summary(self.atlas, level, code, communes);
            return known.map_or_else(|| self.summary(communes), std::borrow::Cow::into_owned);
        }
        self.remembered(snapshot, level, code.to_owned(), communes)
    }

    fn remembered(&self, snapshot: &Snapshot, level: Option<Level>, code: String, communes: &[CommuneIx]) -> Summary {
        let kept: &Summaries = snapshot.kept(|_| Summaries::default());
        let asked = (self.preset.id, self.view.mode, level, code);
        let book = || kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = book().get(&asked).cloned();
        // Who asks at the same moment works it out too, and finds the same.
        let known = known.unwrap_or_else(|| {
            let made = Arc::new(self.summary(communes));
            let mut book = book();
            if book.len() >= MOST_KEPT {
                book.clear();
            }
            book.entry(asked).or_insert(made).clone()
        });
        Summary::clone(&known)
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
        let whole = |epci: &Territory| self.of_whole(Some(Level::Epci), &epci.code, &epci.communes, true);
        epcis.iter().filter_map(|epci| figure.of(&whole(epci)).value()).collect()
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
