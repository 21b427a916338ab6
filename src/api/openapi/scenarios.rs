//! The addresses where scenarios are kept: the only ones that change anything.

use serde_json::{Map, Value, json};

use super::schema;
use crate::api::scenarios::{LISTED, READ};
use crate::http::reply::JSON;
use crate::ports::{MOST_SCENARIOS, MOST_VERSIONS, Visibility};

/// One way to use an address.
struct Operation {
    method: &'static str,
    id: &'static str,
    summary: &'static str,
    query: &'static [&'static str],
    /// The schema of the body, if there is one.
    body: Option<&'static str>,
    /// Status and schema of what is answered when all goes well.
    answer: (&'static str, Option<&'static str>),
    /// Whether only the holder of the token may.
    owner: bool,
}

const READING: Operation =
    Operation { method: "get", id: "", summary: "", query: &[], body: None, answer: ("200", None), owner: false };

const PATHS: &[(&str, &[Operation])] = &[
    (
        "/api/scenarios",
        &[
            Operation {
                id: "scenarios",
                summary: "Scénarios publiés, du plus récent au plus ancien",
                query: LISTED,
                answer: ("200", Some("scenarios")),
                ..READING
            },
            Operation {
                method: "post",
                id: "createScenario",
                summary: "Garder un scénario ; sans jeton, un jeton est donné, une seule fois",
                body: Some("newScenario"),
                answer: ("201", Some("scenario")),
                ..READING
            },
        ],
    ),
    (
        "/api/scenarios/{id}",
        &[
            Operation {
                id: "scenario",
                summary: "Un scénario ; une version passée pour son propriétaire",
                query: READ,
                answer: ("200", Some("scenario")),
                ..READING
            },
            Operation {
                method: "put",
                id: "saveScenario",
                summary: "Enregistrer une nouvelle version (If-Match)",
                body: Some("newScenario"),
                answer: ("200", Some("scenario")),
                owner: true,
                ..READING
            },
            Operation {
                method: "delete",
                id: "deleteScenario",
                summary: "Effacer un scénario et toutes ses versions",
                answer: ("204", None),
                owner: true,
                ..READING
            },
        ],
    ),
    (
        "/api/scenarios/{id}/versions",
        &[Operation {
            id: "scenarioVersions",
            summary: "Toutes les versions, pour le propriétaire",
            answer: ("200", Some("versions")),
            owner: true,
            ..READING
        }],
    ),
];

/// Every parameter of these addresses, by its name in the query.
pub(crate) fn parameters() -> impl Iterator<Item = &'static str> {
    PATHS.iter().flat_map(|(_, operations)| operations.iter()).flat_map(|operation| operation.query).copied()
}

/// The addresses, each with what can be done there.
pub(crate) fn paths() -> Map<String, Value> {
    let path = |(path, operations): &(&str, &[Operation])| {
        let told = operations.iter().map(|operation| (operation.method.to_owned(), told(path, operation)));
        ((*path).to_owned(), Value::Object(told.collect()))
    };
    PATHS.iter().map(path).collect()
}

fn told(path: &str, operation: &Operation) -> Value {
    let in_path = path.contains("{id}").then_some("path-id");
    let names = in_path.into_iter().chain(operation.query.iter().copied());
    let parameters: Vec<Value> =
        names.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect();
    let (status, answer) = operation.answer;
    let content = answer.map(|name| json!({ JSON: { "schema": schema(name) } })).unwrap_or(json!({}));
    let mut told = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": {
            status: { "description": operation.summary, "content": content },
            "400": { "$ref": "#/components/responses/problem" },
            "404": { "$ref": "#/components/responses/problem" },
            "503": { "$ref": "#/components/responses/problem" },
            "default": { "$ref": "#/components/responses/problem" },
        },
    });
    if let Some(body) = operation.body {
        told["requestBody"] = json!({ "required": true, "content": { JSON: { "schema": schema(body) } } });
    }
    let token = json!({ "token": [] });
    told["security"] = if operation.owner { json!([token]) } else { json!([{}, token]) };
    told
}

/// How a token is given.
pub(crate) fn security() -> Value {
    json!({ "token": { "type": "http", "scheme": "bearer", "description": "Le jeton donné à la création du scénario" } })
}

/// The shapes of these answers.
pub(crate) fn schemas(text: &Value) -> Map<String, Value> {
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
        "properties": { "title": text, "visibility": visibility, "scenario": schema("whatIf") },
    });
    Map::from_iter([
        ("scenario".to_owned(), json!({ "type": "object", "properties": line })),
        ("scenarios".to_owned(), json!({ "type": "object", "properties": { "scenarios": lines } })),
        ("versions".to_owned(), json!({ "type": "object", "properties": { "versions": lines } })),
        ("newScenario".to_owned(), written),
    ])
}
