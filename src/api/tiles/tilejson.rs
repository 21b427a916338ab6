//! `TileJSON` 3.0.0: what a layer of tiles holds, for map libraries.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::{Layer, around};
use crate::api::collections;
use crate::atlas::Atlas;
use crate::atlas::figures::layers;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::http::{State, links};
use crate::tables::definitions::definition;

/// `GET /tiles/{layer}.json`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/tiles/{layer}.json",
    &[Operation::get("tileJson", "Ce que contient une couche de tuiles (TileJSON 3.0.0)", || web::to(tilejson))
        .of_an_edition()
        .answering(&[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED])
        .refusing(&[400, 404])],
);

/// Answers with the document.
///
/// # Errors
/// 404 for a layer that does not exist, 400 on any parameter.
pub async fn tilejson(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let layer = Layer::named(request.match_info().query("layer"))?;
    ENDPOINT.query(&request)?;
    let base = links::base(&request, &state);
    let tag = Tag::of(&request, &state, &base);
    Ok(tag
        .not_modified(&request)
        .unwrap_or_else(|| tag.answer(JSON, document(&state, layer, &base).to_string().into_bytes())))
}

fn document(state: &State, layer: Layer, base: &str) -> Value {
    let name = layer.name();
    let edition = &state.atlas.edition().id;
    let (_, collection) = collections::by_name(name).expect("every layer of tiles is a collection");
    let (first, last) = layer.zooms();
    let mut document = json!({
        "tilejson": "3.0.0",
        "name": name,
        "description": collection.description(),
        "version": "1.0.0",
        "attribution": attribution(&state.atlas, layer),
        "scheme": "xyz",
        "tiles": [format!("{base}/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt?edition={edition}")],
        "minzoom": first,
        "maxzoom": last,
        "vector_layers": vector_layers(&state.atlas, layer, [first, last]),
    });
    if let Some(bounds) = around::bounds(state, layer) {
        document["bounds"] = json!(bounds);
    }
    document
}

/// What is in a tile between two zooms.
pub(super) fn vector_layers(atlas: &Atlas, layer: Layer, [first, last]: [u32; 2]) -> Value {
    let name = layer.name();
    let (_, collection) = collections::by_name(name).expect("every layer of tiles is a collection");
    json!([{
        "id": name,
        "description": collection.title(),
        "minzoom": first,
        "maxzoom": last,
        "fields": fields(atlas, layer),
    }])
}

/// Who made what the tiles show, as their licences ask.
pub(super) fn attribution(atlas: &Atlas, layer: Layer) -> String {
    match layer {
        Layer::Territories(_) => {
            format!("Contours et codes : INSEE, IGN, Etalab ({})", atlas.edition().territories_vintage)
        }
        Layer::Venues => atlas.edition().attribution_of_venues(),
    }
}

fn fields(atlas: &Atlas, layer: Layer) -> Map<String, Value> {
    let described = |(name, title): (&str, &str)| (name.to_owned(), title.into());
    match layer {
        Layer::Venues => [
            ("count", "Nombre de lieux réunis en ce point"),
            ("id", "Identifiant, quand le lieu est seul"),
            ("name", "Nom, quand le lieu est seul"),
            ("labels", "Dispositifs nationaux, séparés par des virgules, quand le lieu est seul"),
        ]
        .into_iter()
        .map(described)
        .collect(),
        Layer::Territories(_) => {
            let reach = definition("reach");
            let fixed = [("code", "Code"), ("name", "Nom"), (reach.id, reach.title)].into_iter();
            let indicators =
                atlas.indicators().iter().map(|indicator| (indicator.id.as_str(), indicator.title.as_str()));
            let figures = layers().iter().map(|figure| (figure.name(), figure.title().into()));
            fixed.chain(indicators).map(described).chain(figures).collect()
        }
    }
}
