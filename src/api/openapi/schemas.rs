//! The shapes of answers and of the one body.

use serde_json::{Map, Value, json};

use super::parameters::{territory, text as printed};
use super::schema;
use crate::access::Mode;
use crate::api::times::MOST_PAIRS;
use crate::domain::need::Preset;
use crate::planning::{FIELDS, FieldKind};
use crate::ports::{MOST_SCENARIOS, MOST_VERSIONS, Visibility};
use crate::scenario::document::MOST_CHANGES;
use crate::searches::{ALTERNATIVES, SENSITIVITY};

fn text() -> Value {
    json!({ "type": "string" })
}

fn object() -> Value {
    json!({ "type": "object" })
}

fn rows() -> Value {
    json!({ "type": "array", "items": object(), "description": "Une valeur inconnue est nulle, jamais 0" })
}

/// The fields of a question for a plan; a number or a list may be written as text.
fn placement_fields() -> Value {
    let fields = FIELDS.iter().map(|field| {
        let kind = match field.kind {
            FieldKind::Text => printed(),
            FieldKind::Number => json!({ "type": ["number", "string"], "pattern": "^-?[0-9]+([.][0-9]+)?$" }),
            FieldKind::List => json!({ "type": ["array", "string"], "items": text() }),
        };
        let mut described = kind;
        described["description"] = field.help.into();
        (field.name.to_owned(), described)
    });
    let sensitivity = (SENSITIVITY.to_owned(), json!({ "type": ["boolean", "string"] }));
    let alternatives = (ALTERNATIVES.to_owned(), json!({ "type": ["integer", "string"] }));
    Value::Object(fields.chain([sensitivity, alternatives]).collect())
}

/// A scenario: what changes, and what is looked at.
fn document(position: &Value) -> Value {
    let hours = json!({ "type": "number", "minimum": 0, "maximum": 8784 });
    let list = |properties: Value, required: &[&str]| {
        let item =
            json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties });
        json!({ "type": "array", "maxItems": MOST_CHANGES, "items": item })
    };
    let added = json!({
        "position": position, "name": printed(), "label": printed(), "hours_per_year": hours, "opening_hours": printed(),
    });
    let timed = json!({ "venue": printed(), "hours_per_year": hours, "opening_hours": printed() });
    let stopped = json!({
        "employer": printed(), "commune": printed(),
        "posts": { "type": "integer", "minimum": 0, "maximum": u32::MAX },
    });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "close": { "type": "array", "maxItems": MOST_CHANGES, "items": printed() },
            "add": list(added, &["position"]),
            "move": list(json!({ "venue": printed(), "position": position }), &["venue", "position"]),
            "hours": list(timed, &["venue"]),
            "stop": list(stopped, &[]),
            "territory": territory(),
            "denominator": { "type": "string", "enum": Preset::ALL.each_ref().map(|preset| preset.id) },
            "mode": { "type": "string", "enum": Mode::ALL.map(Mode::name) },
            "threshold_min": { "type": "integer", "enum": crate::access::Threshold::ALL.map(crate::access::Threshold::minutes) },
        },
    })
}

/// The shapes of scenarios that are kept.
fn kept(text: &Value) -> Map<String, Value> {
    let visibility = json!({ "type": "string", "enum": Visibility::ALL.map(Visibility::name) });
    let mut line = json!({
        "id": text, "title": text, "territory": text, "visibility": visibility,
        "version": { "type": "integer", "minimum": 1 }, "created": text, "updated": text,
    });
    let lines = json!({ "type": "array", "items": { "type": "object", "properties": line } });
    line["scenario"] = schema("whatIf");
    line["page"] = text.clone();
    line["token"] = json!({ "type": "string", "description": "À la création seulement, et une seule fois" });
    let written = json!({
        "type": "object", "additionalProperties": false, "required": ["title", "scenario"],
        "description": format!("Au plus {MOST_SCENARIOS} scénarios par jeton, et {MOST_VERSIONS} versions par scénario"),
        "properties": {
            "title": { "type": "string", "minLength": 1, "maxLength": 120, "pattern": printed()["pattern"] },
            "visibility": visibility, "scenario": schema("whatIf"),
        },
    });
    Map::from_iter([
        ("scenario".to_owned(), json!({ "type": "object", "properties": line })),
        ("scenarios".to_owned(), json!({ "type": "object", "properties": { "scenarios": lines } })),
        ("versions".to_owned(), json!({ "type": "object", "properties": { "versions": lines } })),
        ("newScenario".to_owned(), written),
    ])
}

/// All of them by name.
pub(crate) fn all() -> Value {
    let position = json!({
        "type": "array", "prefixItems": [
            { "type": "number", "minimum": -180, "maximum": 180 }, { "type": "number", "minimum": -90, "maximum": 90 },
        ],
        "minItems": 2, "maxItems": 2,
        "description": "Longitude, latitude",
    });
    let mut all = json!({
        "object": object(),
        "text": text(),
        "binary": { "type": "string", "contentMediaType": "application/octet-stream" },
        "featureCollection": {
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": { "const": "FeatureCollection" }, "features": rows(),
                "none_within_m": { "type": "number", "description": "Nothing is nearer than so many metres: what is named is not near" },
            },
        },
        "report": {
            "type": "object",
            "required": ["subject", "territory", "parameters", "unknown", "definitions", "edition", "sources", "rows", "summary"],
            "properties": {
                "subject": text(),
                "territory": object(),
                "parameters": object(),
                "unknown": object(),
                "definitions": { "type": "object", "additionalProperties": object() },
                "edition": object(),
                "sources": rows(),
                "rows": rows(),
                "summary": rows(),
            },
        },
        "territory": {
            "type": "object",
            "required": ["level", "code", "name", "ancestors", "figures", "parent", "nation", "children", "parameters", "definitions", "edition", "sources"],
            "properties": {
                "level": text(), "code": text(), "name": text(),
                "replaced": text(), "replaced_by": text(), "arrondissement_of": text(),
                "indicators_of_commune": { "type": "array", "items": text() },
                "arrondissements": { "type": ["object", "null"] },
                "ancestors": rows(), "figures": object(),
                "parent": { "type": ["object", "null"] }, "nation": object(), "children": { "type": ["object", "null"] },
                "parameters": object(), "definitions": object(), "edition": object(), "sources": rows(),
            },
        },
        "difference": {
            "type": "object",
            "required": [
                "territory", "sentence", "closed", "added", "changes", "posts_stopped", "before", "after",
                "difference_persons_within", "communes", "parameters", "edition", "address",
            ],
            "properties": {
                "territory": object(), "sentence": text(), "closed": { "type": "array", "items": text() },
                "added": { "type": "array", "items": position }, "changes": document(&position),
                "posts_stopped": { "type": "integer" }, "before": object(), "after": object(),
                "difference_persons_within": { "type": "integer" }, "communes": rows(), "parameters": object(),
                "edition": object(), "address": { "type": ["string", "null"] },
            },
        },
        "placementRequest": {
            "type": "object",
            "additionalProperties": false,
            "properties": placement_fields(),
        },
        "placementFields": {
            "type": "object",
            "required": ["fields", "defaults", "most_seconds", "most_waiting", "waiting"],
            "properties": {
                "fields": rows(), "defaults": { "$ref": "#/components/schemas/placementRequest" },
                "most_seconds": { "type": "number" }, "most_waiting": { "type": "integer" }, "waiting": { "type": "integer" },
            },
        },
        "placementJob": {
            "type": "object",
            "required": ["id", "status", "edition", "progress", "links"],
            "properties": {
                "id": text(),
                "status": { "type": "string", "enum": ["queued", "running", "done", "cancelled", "failed"] },
                "edition": text(),
                "key": { "type": "string", "description": "De quoi retirer sa question : Authorization: Bearer ; donné à qui vient de la poser" },
                "progress": {
                    "type": ["object", "null"],
                    "description": "Valeur, borne et écart ; points : [secondes, valeur, borne]",
                },
                "links": object(),
                "problem": { "$ref": "#/components/schemas/problem" },
                "certificate": object(),
                "answer": object(),
            },
        },
        "whatIf": document(&position),
        "times": {
            "type": "object", "additionalProperties": false, "required": ["pairs"],
            "properties": {
                "pairs": {
                    "type": "array", "minItems": 1, "maxItems": MOST_PAIRS,
                    "description": "Longitude et latitude du départ, puis de l'arrivée",
                    "items": { "type": "array", "minItems": 4, "maxItems": 4, "items": { "type": "number" } },
                },
                "mode": { "type": "string", "enum": Mode::ALL.map(Mode::name) },
                "season": { "type": "string", "enum": ["year", "summer"] },
            },
        },
        "problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail", "code"],
            "properties": {
                "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(), "code": text(),
                "param": text(), "value": text(), "allowed": { "type": "array", "items": text() }, "incident": text(),
            },
        },
    });
    if let Value::Object(all) = &mut all {
        all.extend(kept(&text()));
    }
    all
}
