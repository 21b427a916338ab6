//! The description of `/ogc` for programs: `OpenAPI` 3.0.3, each queryable property declared as a plain parameter, without
//! which GDAL does not push filters down.

use serde_json::{Map, Value, json};

use super::metadata::type_of;
use super::page::{MAX_LIMIT, MAX_OFFSET, queryables};
use super::{OPENAPI, SCHEMA};
use crate::api::collections;
use crate::api::collections::{Collection, Kind};
use crate::atlas::Atlas;
use crate::http::params::LONGEST_TEXT;
use crate::http::reply::{GEOJSON, JSON};

/// Writes the document.
#[must_use]
pub fn document(atlas: &Atlas, base: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Médiane — OGC API Features",
            "description": "Lieux de médiation numérique, territoires et indicateurs, en GeoJSON. Sans clé.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": format!("{base}/ogc") }],
        "tags": [{ "name": "capacités" }, { "name": "données" }],
        "paths": paths(atlas),
        "components": { "parameters": parameters(), "responses": responses(), "schemas": schemas() },
    })
}

fn paths(atlas: &Atlas) -> Map<String, Value> {
    let mut paths = Map::new();
    for (path, id, summary, kind) in [
        ("/", "landing", "Page d'accueil", JSON),
        ("/conformance", "conformance", "Normes suivies", JSON),
        ("/api", "api", "Ce document", OPENAPI),
        ("/collections", "collections", "Collections", JSON),
    ] {
        paths.insert(path.into(), read("capacités", id, summary, kind, &[reference("f")]));
    }
    for collection in collections::ALL {
        let name = collection.name();
        let here = format!("/collections/{name}");
        let title = collection.title();
        let mut add = |suffix: &str, id: &str, summary: String, kind: &str, parameters: &[Value]| {
            paths.insert(
                format!("{here}{suffix}"),
                read("données", &format!("{name}.{id}"), &summary, kind, parameters),
            );
        };
        add("", "collection", format!("{title} : description"), JSON, &[reference("f")]);
        add("/queryables", "queryables", format!("{title} : filtres"), SCHEMA, &[reference("f")]);
        add("/schema", "schema", format!("{title} : propriétés"), SCHEMA, &[reference("f")]);
        add("/items", "items", format!("{title} : objets"), GEOJSON, &item_parameters(atlas, collection));
        let feature = [reference("featureId"), reference("f")];
        add("/items/{featureId}", "item", format!("{title} : un objet"), GEOJSON, &feature);
    }
    paths
}

fn reference(parameter: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{parameter}") })
}

fn item_parameters(atlas: &Atlas, collection: &dyn Collection) -> Vec<Value> {
    let common = ["limit", "offset", "cursor", "bbox", "datetime", "f"].into_iter().map(reference);
    let properties = collection.properties(atlas);
    let plain = queryables(&properties).map(|(_, property)| {
        json!({
            "name": property.name,
            "in": "query",
            "description": property.title,
            "required": false,
            "schema": asked(property.kind),
            "style": "form",
            "explode": false,
        })
    });
    common.chain(plain).collect()
}

/// The schema of a parameter that asks for a property: as the property, never empty, never long.
fn asked(kind: Kind) -> Value {
    let mut schema = type_of(kind);
    if schema["type"] == "string" {
        schema["minLength"] = 1.into();
        schema["maxLength"] = LONGEST_TEXT.into();
    }
    schema
}

fn read(tag: &str, id: &str, summary: &str, kind: &str, parameters: &[Value]) -> Value {
    let schema = match kind {
        GEOJSON if parameters.contains(&reference("bbox")) => "featureCollection",
        GEOJSON => "feature",
        _ => "object",
    };
    let mut content = Map::new();
    content.insert(kind.to_owned(), json!({ "schema": { "$ref": format!("#/components/schemas/{schema}") } }));
    let mut responses = json!({
        "200": { "description": summary, "content": content },
        "304": { "description": "Inchangé depuis l'étiquette donnée par If-None-Match" },
    });
    let failures =
        [("400", "problem"), ("404", "problem"), ("405", "problem"), ("406", "problem"), ("default", "problem")];
    for (status, problem) in failures {
        responses[status] = json!({ "$ref": format!("#/components/responses/{problem}") });
    }
    let taken = [parameters, &[reference("edition")]].concat();
    json!({
        "get": { "tags": [tag], "operationId": id, "summary": summary, "parameters": taken, "responses": responses }
    })
}

fn parameters() -> Value {
    let query = |name: &str, description: &str, schema: Value| {
        json!({
            "name": name, "in": "query", "required": false, "description": description, "schema": schema,
            "style": "form", "explode": false,
        })
    };
    let numbers =
        |least: u8| json!({ "type": "array", "minItems": least, "maxItems": 6, "items": { "type": "number" } });
    json!({
        "edition": query("edition", "Édition : identifiant, ou jour ; celle en cours par défaut", json!({ "type": "string" })),
        "f": query("f", "Format", json!({ "type": "string", "enum": ["json"] })),
        "limit": query(
            "limit",
            "Nombre d'objets par page ; une valeur plus grande que le maximum y est ramenée",
            json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 10 }),
        ),
        "offset": query(
            "offset",
            "Nombre d'objets à passer ; au-delà, suivre les liens « next »",
            json!({ "type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0 }),
        ),
        "cursor": query("cursor", "Suite d'une lecture, donnée par les liens « next » et « prev »", json!({ "type": "string", "pattern": "^[0-9]+-[0-9a-f]{12}$" })),
        "bbox": query("bbox", "Ouest, sud, est, nord (CRS84) ; ouest > est traverse le 180e méridien", numbers(4)),
        "datetime": query("datetime", "Jour, instant ou intervalle (RFC 3339)", json!({ "type": "string", "minLength": 1 })),
        "featureId": {
            "name": "featureId", "in": "path", "required": true, "description": "Identifiant",
            "schema": { "type": "string" },
        },
    })
}

fn responses() -> Value {
    json!({
        "problem": {
            "description": "Ce qui n'allait pas (RFC 9457)",
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/problem" } } },
        },
    })
}

fn schemas() -> Value {
    let text = || json!({ "type": "string" });
    json!({
        "object": { "type": "object" },
        "problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail", "code"],
            "properties": {
                "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(), "code": text(),
                "param": text(), "value": text(), "allowed": { "type": "array", "items": text() }, "incident": text(),
            },
        },
        "feature": {
            "type": "object",
            "required": ["type", "id", "geometry", "properties"],
            "properties": {
                "type": { "type": "string", "enum": ["Feature"] },
                "id": text(),
                "geometry": { "type": "object", "nullable": true },
                "properties": { "type": "object" },
                "links": { "type": "array", "items": { "type": "object" } },
            },
        },
        "featureCollection": {
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": { "type": "string", "enum": ["FeatureCollection"] },
                "features": { "type": "array", "items": { "$ref": "#/components/schemas/feature" } },
                "numberMatched": { "type": "integer" },
                "numberReturned": { "type": "integer" },
                "timeStamp": { "type": "string", "format": "date-time" },
                "links": { "type": "array", "items": { "type": "object" } },
            },
        },
    })
}
