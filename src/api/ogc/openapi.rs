//! The description of `/ogc` for programs: `OpenAPI` 3.0.3, each queryable property declared as a plain parameter, without
//! which GDAL does not push filters down.

use serde_json::{Map, Value, json};

use super::cql2::{LANGUAGES, LONGEST};
use super::crs;
use super::items;
use super::metadata::type_of;
use super::page::{DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET};
use crate::api::collections;
use crate::api::collections::{Collection, Property, PropertyType};
use crate::atlas::Atlas;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::endpoints::Endpoints;
use crate::http::params::LONGEST_TEXT;

/// Where all this stands.
const ROOT: &str = "/ogc";
/// What stands in an address for the name of a collection.
const COLLECTION: &str = "{collection}";

/// Writes the document.
#[must_use]
pub fn document(atlas: &Atlas, base: &str, endpoints: Endpoints) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Médiane — OGC API Features",
            "description": "Lieux de médiation numérique, territoires et indicateurs, en GeoJSON. Sans clé.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": format!("{base}{ROOT}") }],
        "tags": [{ "name": "capacités" }, { "name": "données" }],
        "paths": paths(atlas, endpoints),
        "components": { "parameters": parameters(), "responses": responses(), "schemas": schemas() },
    })
}

/// Every address of the list, those of a collection once for each.
fn paths(atlas: &Atlas, endpoints: Endpoints) -> Map<String, Value> {
    let mut paths = Map::new();
    for endpoint in endpoints.iter() {
        // With and without its slash, the landing page is one.
        let Some(path) = endpoint.path.strip_prefix(ROOT).filter(|path| *path != "/") else { continue };
        let path = if path.is_empty() { "/" } else { path };
        for operation in endpoint.operations {
            if !path.contains(COLLECTION) {
                let parameters: Vec<Value> = parameters_of(endpoint, operation).collect();
                paths.insert(path.to_owned(), described(operation, "capacités", None, &parameters));
                continue;
            }
            for collection in collections::ALL {
                let mut parameters: Vec<Value> = parameters_of(endpoint, operation).collect();
                if operation.id == items::ALL.operations[0].id {
                    parameters.extend(queried(atlas, collection));
                }
                let path = path.replace(COLLECTION, collection.name());
                paths.insert(path, described(operation, "données", Some(collection), &parameters));
            }
        }
    }
    paths
}

/// Those of its path that stay, and those of its query.
fn parameters_of(endpoint: &Endpoint, operation: &Operation) -> impl Iterator<Item = Value> {
    let segments = endpoint.segments().filter(|name| *name != "collection");
    segments.chain(operation.names()).map(reference)
}

fn reference(parameter: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{parameter}") })
}

/// The properties that may be asked for by name, as plain parameters.
fn queried(atlas: &Atlas, collection: &dyn Collection) -> Vec<Value> {
    let properties = collection.properties(atlas);
    let plain = properties.iter().map(|property| {
        json!({
            "name": property.name,
            "in": "query",
            "description": property.title,
            "required": false,
            "schema": asked(property),
            "style": "form",
            "explode": false,
        })
    });
    plain.collect()
}

/// The schema of a parameter that asks for a property: as the property, never empty, never long.
fn asked(property: &Property) -> Value {
    let kind = if property.kind == PropertyType::List { PropertyType::Text } else { property.kind };
    let mut schema = type_of(kind);
    if let Some(words) = property.usage.words() {
        schema["enum"] = words.into();
    } else if schema["type"] == "string" {
        schema["minLength"] = 1.into();
        schema["maxLength"] = LONGEST_TEXT.into();
    }
    schema
}

fn described(operation: &Operation, tag: &str, of: Option<&dyn Collection>, parameters: &[Value]) -> Value {
    let id = of.map_or(operation.id.to_owned(), |collection| format!("{}.{}", collection.name(), operation.id));
    let summary = of.map_or(operation.summary.to_owned(), |of| format!("{} : {}", of.title(), operation.summary));
    let mut responses = Map::new();
    for answer in operation.answers {
        let schema = |name: &str| json!({ "schema": { "$ref": format!("#/components/schemas/{name}") } });
        let content: Map<String, Value> =
            answer.content.iter().map(|(kind, name)| ((*kind).to_owned(), schema(name))).collect();
        let mut told = json!({ "description": answer.description(operation.summary) });
        if !content.is_empty() {
            told["content"] = content.into();
        }
        responses.insert(answer.status.to_string(), told);
    }
    let refused = operation.problems.iter().map(u16::to_string).chain(["default".to_owned()]);
    responses.extend(refused.map(|status| (status, json!({ "$ref": "#/components/responses/problem" }))));
    json!({ "get": {
        "tags": [tag], "operationId": id, "summary": summary, "parameters": parameters, "responses": responses,
    } })
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
        "edition": query("edition", "Édition : identifiant, ou jour ; celle en cours par défaut", json!({
            "type": "string", "pattern": "^([0-9a-f]{16}|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
        })),
        "f": query("f", "Format", json!({ "type": "string", "enum": ["json"] })),
        "limit": query(
            "limit",
            "Nombre d'objets par page ; une valeur plus grande que le maximum y est ramenée",
            json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT }),
        ),
        "offset": query(
            "offset",
            "Nombre d'objets à passer ; au-delà, suivre les liens « next »",
            json!({ "type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0 }),
        ),
        "cursor": query(
            "cursor",
            "Suite d'une lecture, donnée par les liens « next » et « prev »",
            json!({ "type": "string", "pattern": "^[0-9]+-[0-9a-f]{12}$" }),
        ),
        "crs": query("crs", "Système de coordonnées des réponses ; CRS84 par défaut", systems()),
        "bbox": query("bbox", "Ouest, sud, est, nord, dans l’ordre de bbox-crs ; ouest > est traverse le 180e méridien", numbers(4)),
        "bbox-crs": query("bbox-crs", "Système de coordonnées de bbox ; CRS84 par défaut", systems()),
        "datetime": query("datetime", "Jour, instant ou intervalle (RFC 3339)", json!({ "type": "string", "minLength": 1 })),
        "filter": query("filter", "Condition en CQL2", json!({ "type": "string", "minLength": 1, "maxLength": LONGEST })),
        "filter-lang": query(
            "filter-lang",
            "Façon dont elle est écrite",
            json!({ "type": "string", "enum": LANGUAGES, "default": LANGUAGES[0] }),
        ),
        "filter-crs": query("filter-crs", "Système de coordonnées de ses géométries ; CRS84 par défaut", systems()),
        "featureId": {
            "name": "featureId", "in": "path", "required": true, "description": "Identifiant",
            "schema": { "type": "string" },
        },
    })
}

fn systems() -> Value {
    json!({ "type": "string", "format": "uri", "enum": crs::ALL.iter().map(|crs| crs.uri).collect::<Vec<_>>() })
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
