//! What a collection is: its extent, its links, its properties.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::cql2::GEOMETRY;
use super::crs;
use super::{CRS84, DESCRIBED, FORMAT, QUERYABLES, REFUSED, SCHEMA, describe, link, named};
use crate::api::bounds::Boxes;
use crate::api::collections;
use crate::api::collections::{Collection, Property, PropertyType};
use crate::atlas::Atlas;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, JSON};

/// `/ogc/collections`.
pub const ALL: Endpoint = Endpoint::at(
    "/ogc/collections",
    &[Operation::get("collections", "Collections", || web::to(collections))
        .of_an_edition()
        .taking(FORMAT)
        .answering(DESCRIBED)
        .refusing(REFUSED)],
);

/// `/ogc/collections/{collection}`.
pub const ONE: Endpoint = Endpoint::at(
    "/ogc/collections/{collection}",
    &[Operation::get("collection", "Description", || web::to(one))
        .of_an_edition()
        .taking(FORMAT)
        .answering(DESCRIBED)
        .refusing(REFUSED)],
);

/// `/ogc/collections/{collection}/queryables`.
pub const QUERYABLE: Endpoint = Endpoint::at(
    "/ogc/collections/{collection}/queryables",
    &[Operation::get("queryables", "Filtres", || web::to(queryables))
        .of_an_edition()
        .taking(FORMAT)
        .answering(SCHEMAS)
        .refusing(REFUSED)],
);

/// `/ogc/collections/{collection}/schema`.
pub const WHOLE_SCHEMA: Endpoint = Endpoint::at(
    "/ogc/collections/{collection}/schema",
    &[Operation::get("schema", "Propriétés", || web::to(whole_schema))
        .of_an_edition()
        .taking(FORMAT)
        .answering(SCHEMAS)
        .refusing(REFUSED)],
);

const SCHEMAS: &[Answer] = &[Answer::ok(&[(SCHEMA, "object")]), Answer::UNCHANGED];

/// `GET /ogc/collections`: all of them.
///
/// # Errors
/// 400 on an unknown parameter, 406 on an impossible `Accept`.
pub async fn collections(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    describe(&ALL, &request, &state, JSON, |base| {
        let all = collections::ALL.into_iter().enumerate();
        json!({
            "links": [link("self", JSON, "Cette page", format!("{base}/ogc/collections"))],
            "collections": all.map(|ranked| collection(&state, base, ranked)).collect::<Vec<_>>(),
        })
    })
}

/// `GET /ogc/collections/{collection}`: one of them.
///
/// # Errors
/// 404 for an unknown collection, 400 on an unknown parameter, 406 on an impossible `Accept`.
pub async fn one(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let ranked = named(&request)?;
    describe(&ONE, &request, &state, JSON, |base| collection(&state, base, ranked))
}

/// `GET /ogc/collections/{collection}/queryables`: what can be asked for by name.
///
/// # Errors
/// 404 for an unknown collection, 400 on an unknown parameter, 406 on an impossible `Accept`.
pub async fn queryables(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let (_, collection) = named(&request)?;
    describe(&QUERYABLE, &request, &state, SCHEMA, |base| {
        let properties = collection.properties(&state.atlas);
        let mut queryables = schema(base, collection, "queryables", properties.iter().collect());
        queryables["properties"][GEOMETRY] =
            json!({ "format": "geometry-any", "title": "Géométrie", "x-ogc-role": "primary-geometry" });
        queryables
    })
}

/// `GET /ogc/collections/{collection}/schema`: every property.
///
/// # Errors
/// 404 for an unknown collection, 400 on an unknown parameter, 406 on an impossible `Accept`.
pub async fn whole_schema(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let (_, collection) = named(&request)?;
    describe(&WHOLE_SCHEMA, &request, &state, SCHEMA, |base| {
        let properties = collection.properties(&state.atlas);
        schema(base, collection, "schema", properties.iter().collect())
    })
}

fn collection(state: &State, base: &str, (rank, collection): (usize, &'static dyn Collection)) -> Value {
    let here = format!("{base}/ogc/collections/{}", collection.name());
    let mut extent = Map::new();
    if let Some(around) = Boxes::kept(state).around(rank) {
        let bbox = [around.min().x, around.min().y, around.max().x, around.max().y];
        extent.insert("spatial".into(), json!({ "bbox": [bbox], "crs": CRS84 }));
    }
    if let Some(interval) = days(&state.atlas, collection) {
        extent.insert("temporal".into(), json!({ "interval": [interval] }));
    }
    json!({
        "id": collection.name(),
        "title": collection.title(),
        "description": collection.description(),
        "itemType": "feature",
        "crs": crs::ALL.iter().map(|crs| crs.uri).collect::<Vec<_>>(),
        "storageCrs": CRS84,
        "extent": extent,
        "links": [
            link("self", JSON, collection.title(), here.clone()),
            link("items", GEOJSON, "Les objets", format!("{here}/items")),
            link(QUERYABLES, SCHEMA, "Ce qui se demande par son nom", format!("{here}/queryables")),
            link("describedby", SCHEMA, "Les propriétés", format!("{here}/schema")),
        ],
    })
}

/// The first and the last day that features of a collection describe.
fn days(atlas: &Atlas, collection: &dyn Collection) -> Option<[String; 2]> {
    let days = || (0..collection.len(atlas)).filter_map(|row| collection.day(atlas, row));
    let text = |day: chrono::NaiveDate| format!("{day}T00:00:00Z");
    Some([days().min().map(text)?, days().max().map(text)?])
}

fn schema(base: &str, collection: &dyn Collection, page: &str, properties: Vec<&Property>) -> Value {
    let mut described: Map<String, Value> = Map::new();
    for property in properties {
        let mut schema = type_of(property.kind);
        schema["title"] = property.title.as_ref().into();
        described.insert(property.name.clone().into_owned(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("{base}/ogc/collections/{}/{page}", collection.name()),
        "type": "object",
        "title": collection.title(),
        "properties": described,
        "additionalProperties": false,
    })
}

/// The JSON Schema of a kind of value.
#[must_use]
pub fn type_of(kind: PropertyType) -> Value {
    match kind {
        PropertyType::Text => json!({ "type": "string" }),
        PropertyType::List => json!({ "type": "array", "items": { "type": "string" } }),
        PropertyType::Day => json!({ "type": "string", "format": "date" }),
        PropertyType::Integer => json!({ "type": "integer" }),
        PropertyType::Number => json!({ "type": "number" }),
        PropertyType::Flag => json!({ "type": "boolean" }),
    }
}
