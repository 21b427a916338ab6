//! `GET /api/openapi.json`: every address that programs ask, for programs (`OpenAPI` 3.1), written from the list of
//! endpoints. The collections have their own description, at `/ogc/api`, in the version that GDAL reads.

mod parameters;
mod schemas;

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use crate::atlas::Atlas;
use crate::http::endpoint::{Answer, Endpoint, Operation, Token};
use crate::http::endpoints::Endpoints;
use crate::http::headers::Audience;
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::http::{State, links};

/// `GET /api/openapi.json`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/openapi.json",
    &[Operation::get("openapi", "Ce document", || web::to(openapi))
        .answering(&[Answer::ok(&[(OPENAPI, "object")]), Answer::UNCHANGED])
        .refusing(&[400])],
);

/// Media type of the description.
const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.1";

/// Answers with the description.
///
/// # Errors
/// 400 on a parameter.
pub async fn openapi(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    ENDPOINT.query(&request)?;
    let base = links::base(&request, &state);
    let tag = Tag::of(&request, &state, &base);
    Ok(tag.not_modified(&request).unwrap_or_else(|| {
        tag.answer(OPENAPI, document(&base, Endpoints::of(&request), &state.atlas).to_string().into_bytes())
    }))
}

/// Whether an address belongs into this description: programs ask it, and no other description has it.
fn is_described(endpoint: &Endpoint) -> bool {
    Audience::of(endpoint.path) == Audience::Machines && !endpoint.path.starts_with("/ogc")
}

fn document(base: &str, endpoints: Endpoints, atlas: &Atlas) -> Value {
    let described = || endpoints.iter().filter(|endpoint| is_described(endpoint));
    let paths: Map<String, Value> = described().map(|endpoint| (endpoint.path.to_owned(), path(endpoint))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Médiane",
            "description": "Besoin, accès et équité de la médiation numérique en France, par territoire. Sans clé.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": base }],
        "externalDocs": { "description": "Collections OGC API Features", "url": format!("{base}/ogc/api") },
        "paths": paths,
        "components": {
            "parameters": parameters::all(described(), atlas),
            "securitySchemes": { "token": {
                "type": "http", "scheme": "bearer", "description": "Le jeton donné à la création du scénario",
            } },
            "responses": { "problem": {
                "description": "Ce qui n'allait pas (RFC 9457)",
                "content": { "application/problem+json": { "schema": schema("problem") } },
            } },
            "schemas": schemas::all(),
        },
    })
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn path(endpoint: &Endpoint) -> Value {
    let described = |operation: &Operation| {
        let method = operation.verb.methods()[0].as_str().to_ascii_lowercase();
        (method, self::operation(endpoint, operation))
    };
    Value::Object(endpoint.operations.iter().map(described).collect())
}

fn operation(endpoint: &Endpoint, operation: &Operation) -> Value {
    let in_path = endpoint.segments().map(parameters::component_of_path);
    let names = in_path.chain(operation.names().map(|name| parameters::component(endpoint.path, name)));
    let names = names.chain(operation.is_repeatable.then(|| parameters::IDEMPOTENCY_KEY.to_owned()));
    let parameters: Vec<Value> =
        names.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect();
    let answers = operation.answers.iter().map(|answer| (answer.status.to_string(), told(operation, answer)));
    let refused = operation.problems.iter().map(u16::to_string).chain(["default".to_owned()]);
    let refused = refused.map(|status| (status, json!({ "$ref": "#/components/responses/problem" })));
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": answers.chain(refused).collect::<Map<String, Value>>(),
    });
    if let Some(body) = operation.body {
        described["requestBody"] = json!({
            "required": true,
            "description": format!("Au plus {} octets", body.limit),
            "content": { body.kind: { "schema": schema(body.schema) } },
        });
    }
    let token = json!({ "token": [] });
    match operation.token {
        Token::Unread => {}
        Token::Welcome => described["security"] = json!([{}, token]),
        Token::Required => described["security"] = json!([token]),
    }
    described
}

fn told(operation: &Operation, answer: &Answer) -> Value {
    let mut told = json!({ "description": answer.description(operation.summary) });
    for (kind, name) in answer.content {
        told["content"][*kind] = json!({ "schema": schema(name) });
    }
    told
}
