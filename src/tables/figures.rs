//! All that is known of one territory, as JSON. What is unknown is null, never 0 (defect D7).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::{Map, Value, json};
use typed_index_collections::{TiSlice, TiVec};

use super::scope::{Place, level_name};
use super::table::{self, rounded};
use crate::access::{ByMode, Mode, Reach, Threshold};
use crate::atlas::figures::{Basis, FigureAt, Shown, Summary, figures_of, layers};
use crate::atlas::{Analysis, Atlas, Need};
use crate::domain::need::Preset;
use crate::domain::{CommuneIx, Level, PointIx};
use crate::editions::Snapshot;
use crate::features::Value as Cell;

/// A part of a whole, to six decimals; `None` when there is no whole.
#[must_use]
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| rounded(part as f64 / whole as f64, 6))
}

/// Level, code and name.
#[must_use]
pub fn named(place: &Place) -> Map<String, Value> {
    [("level", level_name(place.level)), ("code", &place.code), ("name", &place.name)]
        .map(|(key, text)| (key.to_owned(), text.into()))
        .into_iter()
        .collect()
}

/// The territory that an answer is about, and whose place it takes where another was asked about: somebody who asked for an
/// arrondissement must not take the figures of its city for those.
#[must_use]
pub fn asked_about(atlas: &Atlas, place: &Place) -> Map<String, Value> {
    let mut told = named(place);
    if let Some(old) = &place.replaced {
        told.insert("replaced".into(), old.as_str().into());
        told.insert("replaced_by".into(), place.code.as_str().into());
        told.extend(place.instead_of_district(atlas).map(|note| ("note".to_owned(), note.into())));
    }
    let town = place.district.and(place.communes.first()).map(|&town| atlas.communes()[town].code);
    told.extend(town.map(|town| ("arrondissement_of".to_owned(), town.as_str().into())));
    told
}

/// Preset, level and code.
type Key = (&'static str, Option<Level>, String);

/// The figures of the territories that every answer stands beside, each worked out when it is first asked for.
#[derive(Debug, Default)]
struct Large(Mutex<BTreeMap<Key, Arc<OnceLock<Value>>>>);

/// Every figure of a territory as a map: the plain ones, then those of each threshold, then coverage by every mode, for all
/// venues and for those of France services. Those of the nation, its régions and départements are kept.
#[must_use]
pub fn figures(snapshot: &Snapshot, (preset, need): (&Preset, &Need), place: &Place) -> Value {
    let is_large = place.whole && matches!(place.level, None | Some(Level::Region | Level::Departement));
    let work_out = || worked_out(&snapshot.atlas, need, place);
    if !is_large {
        return work_out();
    }
    let large: &Large = snapshot.kept(|_| Large::default());
    let key = (preset.id, place.level, place.code.clone());
    let kept = Arc::clone(large.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
    kept.get_or_init(work_out).clone()
}

/// Works out those of the nation, beside which every territory stands.
pub fn prepare(snapshot: &Snapshot) {
    let atlas = &snapshot.atlas;
    if let Ok(need) = atlas.analysis().default_need(atlas) {
        let _ = figures(snapshot, need, &Place::nation(atlas));
    }
}

fn worked_out(atlas: &Atlas, need: &Need, place: &Place) -> Value {
    let basis = Basis::new(atlas, need, Mode::Car);
    let summary = place.summary(&basis);
    let figures: Vec<FigureAt> = figures_of(None, &Threshold::ALL).into_iter().filter(|f| place.has(f)).collect();
    let mut told = members(&figures, &summary);
    told.insert("reach".into(), summary.reach.name().into());
    let by_mode = |reaches: ByMode<&TiSlice<PointIx, Reach>>| -> Map<String, Value> {
        let of_mode = |mode: Mode| {
            let basis = Basis { reaches: Cow::Borrowed(reaches[mode]), ..basis.clone() };
            let summary = Summary { coverage: place.coverage(&basis), ..summary.clone() };
            (mode.name().to_owned(), coverage(place, &summary))
        };
        Mode::ALL.map(of_mode).into_iter().collect()
    };
    let analysis = atlas.analysis();
    told.insert("coverage".into(), by_mode(ByMode::of(|mode| analysis.access.nearest(mode))).into());
    let labelled = by_mode(analysis.france_services.each_ref().map(TiVec::as_slice));
    told.insert("coverage_france_services".into(), labelled.into());
    Value::Object(told)
}

/// The figures of a line of several territories: what layers show, and whether the person in the middle reaches a venue.
#[must_use]
pub fn line(basis: &Basis<'_>, communes: &[CommuneIx]) -> Map<String, Value> {
    let summary = basis.summary(communes);
    let mut told = layers_of(&summary);
    told.insert("communes".into(), summary.communes.into());
    told
}

/// What layers show of some numbers, and whether the person in the middle reaches a venue.
#[must_use]
pub fn layers_of(summary: &Summary) -> Map<String, Value> {
    let mut told = members(layers(), summary);
    told.insert("reach".into(), summary.reach.name().into());
    told
}

/// Some figures by name.
fn members(figures: &[FigureAt], summary: &Summary) -> Map<String, Value> {
    figures.iter().map(|figure| (figure.name(), json_of(figure, summary))).collect()
}

fn json_of(figure: &FigureAt, summary: &Summary) -> Value {
    match table::figure(figure, summary) {
        Cell::Integer(number) => number.into(),
        Cell::Number(number) => number.into(),
        _ => Value::Null,
    }
}

/// What coverage is by one mode, from the figures of the table of coverage.
fn coverage(place: &Place, summary: &Summary) -> Value {
    let (at, plain): (Vec<FigureAt>, Vec<FigureAt>) = figures_of(Some(Shown::Coverage), &Threshold::ALL)
        .into_iter()
        .filter(|figure| figure.figure.id != "communes" && place.has(figure))
        .partition(|figure| figure.threshold.is_some());
    let within = at.chunk_by(|a, b| a.threshold == b.threshold).map(|figures| {
        let told = figures.iter().map(|figure| (figure.figure.id.to_owned(), json_of(figure, summary)));
        let minutes = figures[0].minutes();
        std::iter::once(("threshold_min".to_owned(), minutes.into())).chain(told).collect::<Map<String, Value>>()
    });
    let within: Vec<Value> = within.map(Value::Object).collect();
    let mut told = members(&plain, summary);
    told.insert("within".into(), within.into());
    Value::Object(told)
}

/// Which indicators the index of ranks rests on, as JSON.
#[must_use]
pub fn rank_basis(analysis: &Analysis) -> Map<String, Value> {
    let weights: Map<String, Value> = analysis.rank_criteria.iter().map(|id| ((*id).to_owned(), json!(1))).collect();
    Map::from_iter([("weights".to_owned(), Value::Object(weights)), ("frame".to_owned(), "nation".into())])
}
