//! `GET /api/openapi.json`: every address under `/api`, for programs (`OpenAPI` 3.1). The collections have their own
//! description, at `/ogc/api`, in the version that GDAL reads.

mod parameters;
mod scenarios;
mod schemas;

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::access;
use super::coverage;
use super::equity;
use super::nearest;
use super::need;
use super::placements;
use super::territories;
use super::what_if;
use crate::http::edition::EDITION;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, JSON, Tag};
use crate::http::{State, links};
use crate::tables::choices::VENUES;
use crate::tables::format::XLSX;

/// Media type of the description.
const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.1";

/// One address.
struct Endpoint {
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    /// Parameters in the query; those of the path are in the path.
    query: Vec<&'static str>,
    /// Media types of the answer, each with the name of its schema.
    answers: &'static [(&'static str, &'static str)],
    /// What a body holds, if the question may come as one.
    body: Option<Body>,
    /// Whether `DELETE` stops the work behind it.
    stops: bool,
}

/// A question as a body.
#[derive(Clone, Copy)]
struct Body {
    schema: &'static str,
    /// Status, and schema of the JSON that answers.
    answer: (&'static str, &'static str),
}

const TABLES: &[(&str, &str)] =
    &[(JSON, "report"), ("text/csv", "text"), (XLSX, "binary"), (GEOJSON, "featureCollection")];
const PLANS: &[(&str, &str)] =
    &[(JSON, "placementJob"), ("text/csv", "text"), (XLSX, "binary"), (GEOJSON, "featureCollection")];

/// Ids of the addresses that show nothing of an edition.
const WITHOUT_EDITION: [&str; 3] = ["placements", "editions", "openapi"];

fn endpoints() -> Vec<Endpoint> {
    let get = |path, id, summary, query: Vec<&'static str>, answers| Endpoint {
        path,
        id,
        summary,
        query,
        answers,
        body: None,
        stops: false,
    };
    let with_venues = |own: &[&'static str]| [own, VENUES].concat();
    let mut endpoints = vec![
        get(
            "/api/nearest",
            "nearest",
            "Ce qui est près d'une position, d'une commune ou d'un code postal",
            nearest::PARAMETERS.clone(),
            &[(GEOJSON, "featureCollection")],
        ),
        get(
            "/api/territories/{level}/{code}",
            "territory",
            "Tout ce qu'on sait d'un territoire, à côté de son parent et de la nation",
            territories::PARAMETERS.to_vec(),
            &[(JSON, "territory")],
        ),
        get(
            "/api/need",
            "need",
            "Personnes éloignées du numérique et indice de rang, par territoire",
            need::PARAMETERS.to_vec(),
            TABLES,
        ),
        get(
            "/api/access",
            "access",
            "Minutes jusqu'au lieu le plus proche et heures par personne, par territoire",
            with_venues(access::PARAMETERS),
            TABLES,
        ),
        Endpoint {
            body: Some(Body { schema: "whatIf", answer: ("200", "difference") }),
            ..get(
                "/api/access/what-if",
                "whatIf",
                "Qui serait assez près si des lieux fermaient, ouvraient, se déplaçaient ou changeaient d'horaires",
                what_if::PARAMETERS.to_vec(),
                &[(JSON, "difference"), ("text/csv", "text"), (XLSX, "binary"), (GEOJSON, "featureCollection")],
            )
        },
        get(
            "/api/coverage",
            "coverage",
            "Part des personnes éloignées qui ont un lieu assez près, par territoire",
            with_venues(coverage::PARAMETERS),
            TABLES,
        ),
        get(
            "/api/equity",
            "equity",
            "Inégalités d'accès : Gini, Lorenz, déciles, communes oubliées",
            with_venues(equity::PARAMETERS),
            TABLES,
        ),
        Endpoint {
            body: Some(Body { schema: "placementRequest", answer: ("202", "placementJob") }),
            ..get(
                "/api/placements",
                "placements",
                "Où placer les prochains postes : ce qu'on peut demander ; POST pose la question",
                Vec::new(),
                &[(JSON, "placementFields")],
            )
        },
        Endpoint {
            stops: true,
            ..get(
                "/api/placements/{id}",
                "placement",
                "Où en est une recherche, puis le plan avec sa borne démontrée",
                placements::PARAMETERS.to_vec(),
                PLANS,
            )
        },
        get(
            "/api/placements/{id}/plan.json",
            "placementPlan",
            "Le plan et sa preuve, à vérifier par `mediane place --verify`",
            Vec::new(),
            &[(JSON, "object")],
        ),
        get(
            "/api/editions",
            "editions",
            "Les éditions que l'on peut consulter, et celle qui est en cours",
            Vec::new(),
            &[(JSON, "object")],
        ),
        get("/api/openapi.json", "openapi", "Ce document", Vec::new(), &[(OPENAPI, "object")]),
    ];
    for endpoint in endpoints.iter_mut().filter(|endpoint| !WITHOUT_EDITION.contains(&endpoint.id)) {
        endpoint.query.push(EDITION);
    }
    endpoints
}

/// Answers with the description.
///
/// # Errors
/// 400 on a parameter.
pub async fn openapi(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    Query::parse(request.query_string(), &[])?;
    let base = links::base(&request, &state);
    let tag = Tag::of(&request, &state, &base);
    Ok(tag.not_modified(&request).unwrap_or_else(|| tag.answer(OPENAPI, document(&base).to_string().into_bytes())))
}

fn document(base: &str) -> Value {
    let mut paths: Map<String, Value> =
        endpoints().iter().map(|endpoint| (endpoint.path.to_owned(), path(endpoint))).collect();
    paths.extend(scenarios::paths());
    let named = endpoints().into_iter().flat_map(|endpoint| endpoint.query).chain(scenarios::parameters());
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
            "parameters": parameters::all(named),
            "securitySchemes": scenarios::security(),
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
    let segments = endpoint.path.split(['{', '}']).skip(1).step_by(2);
    let references =
        segments.map(|name| format!("path-{name}")).chain(endpoint.query.iter().map(|name| (*name).into()));
    let parameters: Vec<Value> =
        references.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect();
    let problems: &[&str] = if endpoint.stops { &["400", "404", "409"] } else { &["400", "404"] };
    let mut path = json!({ "get": operation(endpoint.summary, endpoint.id, "200", endpoint.answers, problems) });
    path["get"]["parameters"] = parameters.clone().into();
    path["get"]["responses"]["304"] = json!({ "description": "Inchangé depuis l'étiquette donnée par If-None-Match" });
    if let Some(Body { schema: asked, answer: (status, answer) }) = endpoint.body {
        let id = format!("{}Posted", endpoint.id);
        let answers = [(JSON, answer)];
        path["post"] = operation(endpoint.summary, &id, status, &answers, &["400", "404", "413", "415", "422", "503"]);
        path["post"]["parameters"] = json!([{ "$ref": format!("#/components/parameters/{EDITION}") }]);
        path["post"]["requestBody"] = json!({ "required": true, "content": { JSON: { "schema": schema(asked) } } });
    }
    if endpoint.stops {
        let id = format!("{}Stopped", endpoint.id);
        path["delete"] = operation("Arrête la recherche", &id, "200", &endpoint.answers[..1], &["404"]);
        path["delete"]["parameters"] = parameters[..1].into();
    }
    path
}

fn operation(summary: &str, id: &str, status: &str, answers: &[(&str, &str)], problems: &[&str]) -> Value {
    let content: Map<String, Value> =
        answers.iter().map(|(kind, name)| ((*kind).to_owned(), json!({ "schema": schema(name) }))).collect();
    let mut responses = json!({ status: { "description": summary, "content": content } });
    for problem in problems.iter().chain(&["default"]) {
        responses[*problem] = json!({ "$ref": "#/components/responses/problem" });
    }
    json!({ "operationId": id, "summary": summary, "responses": responses })
}
