//! `/definitions`: what every figure means, how it is worked out, from which sources, and what it cannot say.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use crate::access::Assumptions;
use crate::atlas::Atlas;
use crate::domain::need::Preset;
use crate::domain::{Indicator, Worse};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::tables::definitions::{self, Definition};

use super::data::source_of;
use super::frame::{Frame, Keep, page};
use crate::tables::french;

/// An indicator as its source publishes it.
struct Published {
    id: String,
    title: String,
    definition: String,
    unit: String,
    worse: &'static str,
    source: String,
    vintage: String,
    known: String,
    /// Whether it is one of those of the rank index.
    ranked: bool,
}

#[derive(Template)]
#[template(path = "definitions.html")]
struct DefinitionsPage {
    frame: Frame,
    presets: &'static [Preset],
    assumptions: [String; 8],
    median_hours: Option<String>,
    assumed_hours: String,
    venues: String,
    posts_source: String,
    indicators: Vec<Published>,
    /// Every column of the files and every member of the answers for machines.
    names: &'static [Definition],
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/definitions",
    &[Operation::page("definitions", "Ce que veut dire chaque chiffre", || web::to(definitions))],
);

/// Ask, render.
pub async fn definitions(state: State) -> HttpResponse {
    let atlas: &Atlas = &state.atlas;
    let analysis = atlas.analysis();
    let Assumptions { detour, walk_kmh, bicycle_kmh, car_kmh, dense_car_kmh, dense_km, relief, relief_km } =
        Assumptions::default();
    let number = |value: f64| value.to_string().replace('.', ",");
    let template = DefinitionsPage {
        frame: Frame::new(&state, "Définition des chiffres", ""),
        presets: Preset::ALL,
        assumptions: [detour, walk_kmh, bicycle_kmh, car_kmh, dense_car_kmh, dense_km, relief, relief_km].map(number),
        median_hours: analysis.supply.median.map(|hours| french::measure(hours, 0, "heures")),
        assumed_hours: french::integer(analysis.supply.assumed.into()),
        venues: french::count(atlas.venues().len() as u64, "lieu", "lieux"),
        posts_source: posts_source(atlas),
        indicators: atlas.indicators().iter().map(|indicator| published(atlas, indicator)).collect(),
        names: definitions::definitions(),
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// The latest list of posts, with its day.
fn posts_source(atlas: &Atlas) -> String {
    let lists = atlas.edition().sources.iter().filter(|source| source.role == "posts" && source.present);
    lists.max_by_key(|source| source.vintage.as_str()).map_or_else(
        || "aucune liste dans cette édition".into(),
        |source| format!("{} ({})", source.title, french::vintage(&source.vintage)),
    )
}

fn published(atlas: &Atlas, indicator: &Indicator) -> Published {
    let known = indicator.readings.iter().filter(|reading| reading.value().is_some()).count() as u64;
    Published {
        id: indicator.id.clone(),
        title: indicator.title.clone(),
        definition: indicator.definition.clone(),
        unit: if indicator.unit.is_empty() { "sans unité".into() } else { indicator.unit.clone() },
        worse: match indicator.worse {
            Worse::Higher => "une valeur haute est défavorable",
            Worse::Lower => "une valeur basse est défavorable",
        },
        source: source_of(atlas, indicator)
            .map_or_else(|| indicator.source.clone(), |s| format!("{}, {}", s.publisher, s.title)),
        vintage: french::vintage(&indicator.vintage),
        known: format!(
            "{} sur {}",
            french::count(known, "commune", "communes"),
            french::integer(indicator.readings.len() as u64)
        ),
        ranked: atlas.analysis().rank_criteria.contains(&indicator.id.as_str()),
    }
}
