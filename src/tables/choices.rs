//! What figures rest on, chosen by the visitor: the national number, the way to travel, the venues that count.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use typed_index_collections::{TiSlice, TiVec};

use crate::access::{Decay, Mode, Reach, Threshold};
use crate::atlas::filters::FILTER_NAMES;
use crate::atlas::{Analysis, Atlas, Need, VenueFilter};
use crate::domain::need::{NeedError, Preset};
use crate::domain::vocabulary::Programme;
use crate::domain::{PointIx, Seconds, SiteIx, VenueIx};
use crate::http::filters;
use crate::http::params::Query;
use crate::http::problem::Problem;

/// The filters of venues that make sense for access; where people live is the territory's business.
pub const VENUES: &[&str] = &FILTER_NAMES;

/// The national number; `None` takes the first that the country can bear.
///
/// # Errors
/// 400 unless it is one of the short names.
pub fn denominator(query: &Query) -> Result<Option<&'static Preset>, Problem> {
    let Some(text) = query.text("denominator") else { return Ok(None) };
    Preset::named(text).map(Some).ok_or_else(|| {
        let detail = "there is no such national number of persons";
        let allowed = Preset::ALL.each_ref().map(|preset| preset.id);
        Problem::parameter("unknown-value", "denominator", text, detail).allowing(allowed)
    })
}

/// The need under a denominator. Without a choice it is the first that the country can bear: the default, but for
/// demonstrations on a few communes.
///
/// # Errors
/// 400 when the country has fewer people than the number asks for.
pub fn need<'a>(atlas: &'a Atlas, chosen: Option<&'static Preset>) -> Result<(&'static Preset, &'a Need), Problem> {
    let analysis = atlas.analysis();
    let found = match chosen {
        Some(preset) => analysis.need(atlas, preset).map(|need| (preset, need)),
        None => analysis.default_need(atlas),
    };
    found.map_err(|NeedError::TooManyPersons { persons, adults }| {
        let detail = format!("this edition has {adults} people of 15 or more, fewer than the {persons} asked for");
        let asked = chosen.unwrap_or(Preset::USUAL).id;
        Problem::parameter("denominator-too-large", "denominator", asked, detail)
    })
}

/// How people travel; by car unless something else is asked.
///
/// # Errors
/// 400 unless it is one of the three modes.
pub fn mode(query: &Query) -> Result<Mode, Problem> {
    let Some(text) = query.text("mode") else { return Ok(Mode::Car) };
    Mode::from_name(text).ok_or_else(|| mode_problem(text))
}

/// Which of its tables an answer shows where a format holds one; the first unless another is asked for.
///
/// # Errors
/// 400 unless it is one of them.
pub fn table(query: &Query, tables: &'static [&'static str]) -> Result<usize, Problem> {
    let Some(text) = query.text("table") else { return Ok(0) };
    tables.iter().position(|name| *name == text).ok_or_else(|| {
        let detail = "there is no such table";
        Problem::parameter("unknown-value", "table", text, detail).allowing(tables.iter().copied())
    })
}

/// 400 about a mode that does not exist.
#[must_use]
pub fn mode_problem(text: &str) -> Problem {
    let detail = "there is no such way to travel";
    Problem::parameter("unknown-value", "mode", text, detail).allowing(Mode::ALL.map(Mode::name))
}

/// A threshold.
///
/// # Errors
/// 400 unless it is one of the four.
pub fn threshold(query: &Query) -> Result<Option<Threshold>, Problem> {
    let Some(text) = query.text("threshold_min") else { return Ok(None) };
    Threshold::from_name(text).map(Some).ok_or_else(|| threshold_problem(text))
}

/// 400 about a threshold that is not one of the four.
#[must_use]
pub fn threshold_problem(text: &str) -> Problem {
    let detail = "coverage is told at four thresholds, in minutes";
    let allowed = Threshold::ALL.map(Threshold::name);
    Problem::parameter("unknown-value", "threshold_min", text, detail).allowing(allowed)
}

/// Those of some parameters that were given, as they were written.
#[must_use]
pub fn asked(query: &Query, names: &[&'static str]) -> Vec<(&'static str, String)> {
    names.iter().filter_map(|name| Some((*name, query.text(name)?.to_owned()))).collect()
}

/// The venues that [`Analysis::france_services`] is about.
static FRANCE_SERVICES: LazyLock<Option<VenueFilter>> =
    LazyLock::new(|| VenueFilter::only("label", &Programme::FranceServices.slug()));

/// A way to travel to some venues.
#[derive(Debug, Clone, PartialEq)]
pub struct Travel {
    /// How.
    pub mode: Mode,
    /// To which.
    pub filter: VenueFilter,
}

impl Travel {
    /// Reads the mode and the filters of venues.
    ///
    /// # Errors
    /// 400 naming the parameter that has a value it does not take.
    pub fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        Ok(Self { mode: mode(query)?, filter: filters::venue_filter(query, atlas)? })
    }

    /// Whether every venue that receives the public counts.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        self.filter == VenueFilter::default()
    }

    /// The nearest venue that counts, of every commune.
    #[must_use]
    pub fn reaches<'a>(&self, atlas: &'a Atlas) -> Cow<'a, TiSlice<PointIx, Reach>> {
        let analysis = atlas.analysis();
        if self.is_everywhere() {
            return Cow::Borrowed(analysis.access.nearest(self.mode));
        }
        if Some(&self.filter) == FRANCE_SERVICES.as_ref() {
            return Cow::Borrowed(&analysis.france_services[self.mode]);
        }
        let among = analysis.access.nearest_among(|site| self.counts(atlas, VenueIx::of_site(site)));
        Cow::Owned(among.take(self.mode))
    }

    /// How many venues of the edition count, for who reads the answer. Where none does, nobody was found to be out of reach: no
    /// list says it of any venue.
    #[must_use]
    pub fn basis(&self, atlas: &Atlas) -> Map<String, Value> {
        let fitting = atlas.venues().keys().filter(|venue| self.counts(atlas, *venue)).count();
        let mut basis = Map::from_iter([("venues_that_count".to_owned(), json!(fitting))]);
        if fitting == 0 {
            let note = "Aucune liste de cette édition ne le dit d'un lieu\u{a0}: «\u{a0}hors d'atteinte\u{a0}» veut dire ici «\u{a0}inconnu\u{a0}».";
            basis.insert("venues_note".into(), note.into());
        }
        basis
    }

    /// Hours per year and person in need of every commune, from the venues that count.
    #[must_use]
    pub fn hours<'a>(&self, atlas: &Atlas, need: &'a Need) -> Cow<'a, TiSlice<PointIx, f64>> {
        if self.is_everywhere() {
            return Cow::Borrowed(&need.hours_per_person[self.mode]);
        }
        let analysis = atlas.analysis();
        let all = analysis.supply.hours.iter_enumerated();
        let kept: TiVec<SiteIx, f64> =
            all.map(|(i, hours)| if self.counts(atlas, VenueIx::of_site(i)) { *hours } else { 0.0 }).collect();
        Cow::Owned(analysis.hours_per_person(self.mode, &kept, &need.estimate.persons))
    }

    fn counts(&self, atlas: &Atlas, venue: VenueIx) -> bool {
        self.filter.accepts(atlas, venue)
    }
}

/// What every figure of need rests on, as JSON.
#[must_use]
pub fn need_basis(preset: &Preset, need: &Need) -> Map<String, Value> {
    let Value::Object(basis) = json!({
        "denominator": preset.id,
        "denominator_label": preset.label,
        "denominator_year": preset.year,
        "denominator_provenance": preset.provenance,
        "denominator_persons": need.estimate.national,
        "offline_share": preset.offline.map(|offline| super::table::rounded(offline.share, 6)),
        "offline_who": preset.offline.map(|offline| offline.who),
        "communes_outside_survey": need.estimate.outside.len(),
        "estimate_indicators": need.estimate.indicators,
    }) else {
        unreachable!("braces make an object")
    };
    basis
}

/// What every figure of access rests on, as JSON.
#[must_use]
pub fn access_basis(atlas: &Atlas) -> Map<String, Value> {
    let analysis = atlas.analysis();
    let Decay(zones) = Analysis::decay();
    let zone = |(limit, weight): &(Seconds, f64)| json!({ "up_to_min": limit.minutes(), "weight": weight });
    let decay: Vec<Value> = zones.iter().map(zone).collect();
    let Value::Object(basis) = json!({
        "travel_times": analysis.access.label(),
        "thresholds_min": Threshold::ALL.map(|threshold| threshold.limit().minutes()),
        "decay": decay,
        "venues_with_assumed_hours": analysis.supply.assumed,
        "assumed_hours_per_year": analysis.supply.median,
    }) else {
        unreachable!("braces make an object")
    };
    basis
}
