//! What the page looks at: a territory, the choices of the visitor, what changes, and the saved scenario it came from.

use std::fmt::Write;

use crate::access::Threshold;
use crate::atlas::Atlas;
use crate::domain::need::Preset;
use crate::pages::addresses::{self, WHAT_IF};
use crate::pages::params::{Params, Refused, percent_encoded};
use crate::pages::territory::view::View;
use crate::ports::Scenario;
use crate::scenario::document::Document;
use crate::tables::scope::Place;

/// Which scenario of the store this is, or began as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its id.
    pub id: String,
    /// The version that was read.
    pub version: u32,
}

/// Everything the address says.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Where people are counted.
    pub place: Place,
    /// National number, mode, threshold.
    pub view: View,
    /// The changes; its choices are those of `place` and `view`.
    pub document: Document,
    /// The saved scenario.
    pub origin: Option<Origin>,
}

/// Names in its address, beside those of the view.
pub const NAMES: [&str; 3] = ["territoire", "changements", "scenario"];

impl Scene {
    /// Reads an address or a form. `None` when no territory is chosen yet.
    ///
    /// # Errors
    /// Names the parameter that cannot be read.
    pub fn read(params: &Params, atlas: &Atlas) -> Result<Option<Self>, Refused> {
        let view = View { by: None, ..View::read(params)? };
        let Some(place) = params.choice("territoire", |text| place(atlas, text))? else { return Ok(None) };
        let document = params.choice("changements", |text| serde_json::from_str::<Document>(text).ok())?;
        let origin = params.choice("scenario", origin)?;
        Ok(Some(Self { place, view, document: document.unwrap_or_default().without_choices(), origin }))
    }

    /// The scene of a saved scenario. `None` when its territory or choices are not those of this edition.
    pub fn of_saved(scenario: &Scenario, atlas: &Atlas) -> Option<Self> {
        let document: Document = serde_json::from_str(&scenario.content.document).ok()?;
        let usual = View::default();
        let view = View {
            preset: document.denominator.as_deref().and_then(Preset::named),
            mode: document.mode.as_deref().and_then(crate::access::Mode::from_name).unwrap_or(usual.mode),
            threshold: document.threshold_min.and_then(Threshold::from_minutes).unwrap_or(usual.threshold),
            ..usual
        };
        let place = place(atlas, &scenario.content.territory)?;
        let origin = Origin { id: scenario.id.as_str().to_owned(), version: scenario.version };
        Some(Self { place, view, document: document.without_choices(), origin: Some(origin) })
    }

    /// The document with every choice said, as the API takes it.
    pub fn whole(&self) -> Document {
        Document {
            territory: Some(self.place.path()),
            denominator: self.view.preset.map(|preset| preset.id.to_owned()),
            mode: Some(self.view.mode.name().to_owned()),
            threshold_min: Some(self.view.threshold.minutes().into()),
            ..self.document.clone()
        }
    }

    /// The address of this scene.
    pub fn address(&self) -> String {
        let own = View { order: View::default().order, ..self.view }.address(WHAT_IF);
        let mut address = addresses::what_if(&own, &self.place);
        for (name, value) in self.fields() {
            let _ = write!(address, "&{name}={}", percent_encoded(&value));
        }
        address
    }

    /// What a form must carry along besides the territory and the choices.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        if self.document.changes() > 0 {
            fields.push(("changements", self.document.json()));
        }
        if let Some(Origin { id, version }) = &self.origin {
            fields.push(("scenario", format!("{id}.{version}")));
        }
        fields
    }

    /// The same scene with other changes.
    pub fn with(&self, change: impl FnOnce(&mut Document)) -> Self {
        let mut other = self.clone();
        change(&mut other.document);
        other
    }
}

/// `departements/23`, `nation` or `nation/france`.
pub fn place(atlas: &Atlas, text: &str) -> Option<Place> {
    let (level, code) = text.split_once('/').unwrap_or((text, "france"));
    Place::of_path(atlas, level, code).ok()
}

/// `ID.VERSION`.
fn origin(text: &str) -> Option<Origin> {
    let (id, version) = text.split_once('.')?;
    let id = crate::ports::ScenarioId::parse(id)?.as_str().to_owned();
    Some(Origin { id, version: version.parse().ok()? })
}
