//! OGC API – Features, Part 1: Core (OGC 17-069r4) and Part 2: reference systems (OGC 18-058r1): the way in for GDAL, QGIS
//! and every other map program.

pub mod area;
pub mod cql2;
pub mod crs;
pub mod interval;
pub mod items;
pub mod metadata;
pub mod openapi;
pub mod page;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::collections::{self, Collection};
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::endpoints::Endpoints;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, JSON, Tag};
use crate::http::{State, links};

/// Every address below `/ogc`, and it.
pub const ENDPOINTS: &[Endpoint] = &[
    LANDING,
    // Some clients add the slash, and nothing redirects them.
    Endpoint { path: "/ogc/", ..LANDING },
    CONFORMANCE,
    API,
    metadata::ALL,
    metadata::ONE,
    metadata::QUERYABLE,
    metadata::WHOLE_SCHEMA,
    items::ALL,
    items::ONE,
];

const LANDING: Endpoint = Endpoint::at(
    "/ogc",
    &[Operation::get("landing", "Page d'accueil", || web::to(landing))
        .of_an_edition()
        .taking(FORMAT)
        .answering(DESCRIBED)
        .refusing(REFUSED)],
);

const CONFORMANCE: Endpoint = Endpoint::at(
    "/ogc/conformance",
    &[Operation::get("conformance", "Normes suivies", || web::to(conformance))
        .of_an_edition()
        .taking(FORMAT)
        .answering(DESCRIBED)
        .refusing(REFUSED)],
);

const API: Endpoint = Endpoint::at(
    "/ogc/api",
    &[Operation::get("api", "Description de l'API (OpenAPI 3.0)", || web::to(api))
        .of_an_edition()
        .taking(FORMAT)
        .answering(&[Answer::ok(&[(OPENAPI, "object")]), Answer::UNCHANGED])
        .refusing(REFUSED)],
);

/// The parameter of every address.
const FORMAT: &[&[&str]] = &[&["f"]];
const DESCRIBED: &[Answer] = &[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED];
const REFUSED: &[u16] = &[400, 404, 405, 406];

/// The media type that makes GDAL read the description (with another version it filters on its own side).
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";
/// JSON Schema.
pub const SCHEMA: &str = "application/schema+json";
/// The reference system of storage: longitude, latitude, WGS 84.
pub const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
/// Relation of a collection to its queryable properties.
pub const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

const CLASSES: [&str; 19] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/array-functions",
];

/// `GET /ogc`: what there is, and where.
///
/// # Errors
/// 400 on an unknown parameter, 406 on an impossible `Accept`.
pub async fn landing(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    describe(&LANDING, &request, &state, JSON, |base| {
        json!({
            "title": "Médiane",
            "description": "Les lieux de médiation numérique en France, les territoires et leurs indicateurs.",
            "attribution": "Sources citées dans la page des données ; contours et codes : INSEE, IGN, Etalab.",
            "links": [
                link("self", JSON, "Cette page", format!("{base}/ogc")),
                link("service-desc", OPENAPI, "Description de l'API (OpenAPI 3.0)", format!("{base}/ogc/api")),
                link("service-doc", "text/html", "Les données, leurs sources et leurs dates", format!("{base}/donnees")),
                link("conformance", JSON, "Normes suivies", format!("{base}/ogc/conformance")),
                link("data", JSON, "Collections", format!("{base}/ogc/collections")),
            ],
        })
    })
}

/// `GET /ogc/conformance`: which parts of which standards are followed.
///
/// # Errors
/// 400 on an unknown parameter, 406 on an impossible `Accept`.
pub async fn conformance(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    describe(&CONFORMANCE, &request, &state, JSON, |_| json!({ "conformsTo": CLASSES }))
}

/// `GET /ogc/api`: the description of all this, for programs.
///
/// # Errors
/// 400 on an unknown parameter, 406 on an impossible `Accept`.
pub async fn api(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    describe(&API, &request, &state, OPENAPI, |base| openapi::document(&state.atlas, base, Endpoints::of(&request)))
}

/// Answers with a description, which depends on the edition and on our own address.
fn describe(
    endpoint: &Endpoint,
    request: &HttpRequest,
    state: &State,
    kind: &'static str,
    write: impl FnOnce(&str) -> Value,
) -> Result<HttpResponse, Problem> {
    format(&endpoint.query(request)?)?;
    accepts(request, &[kind, JSON])?;
    let base = links::base(request, state);
    let tag = Tag::of(request, state, &base);
    Ok(tag.not_modified(request).unwrap_or_else(|| {
        let mut document = write(&base);
        keep_edition(&mut document, state);
        tag.answer(kind, document.to_string().into_bytes())
    }))
}

/// Checks `f`. There is JSON, for now.
///
/// # Errors
/// 400 for any other format.
pub fn format(query: &Query) -> Result<(), Problem> {
    match query.text("f") {
        None | Some("json") => Ok(()),
        Some(other) => {
            let problem = Problem::parameter("unknown-format", "f", other, "there is no such format");
            Err(problem.allowing(["json"]))
        }
    }
}

/// Checks that the `Accept` headers leave room for one of these media types.
///
/// # Errors
/// 406 with the types there are.
pub fn accepts(request: &HttpRequest, offered: &[&str]) -> Result<(), Problem> {
    let mut accepted = request.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok()).peekable();
    if accepted.peek().is_none() {
        return Ok(());
    }
    let fits = |range: &str| {
        let wanted = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let kind = |full: &str| full.split(';').next().unwrap_or_default().to_owned();
        let any = wanted == "*/*" || wanted == "application/*" || wanted == "*";
        any || offered.iter().any(|offer| kind(offer) == wanted)
    };
    if accepted.any(|value| value.split(',').take(64).any(fits)) {
        return Ok(());
    }
    let detail = "none of the media types you accept is offered here";
    Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", detail).allowing(offered.iter().copied()))
}

/// The collection named in the address.
///
/// # Errors
/// 404 with the names there are.
fn named(request: &HttpRequest) -> Result<(usize, &'static dyn Collection), Problem> {
    let name = request.match_info().query("collection");
    collections::by_name(name).ok_or_else(|| {
        let names = collections::ALL.into_iter().map(Collection::name);
        Problem::not_found("unknown-collection", "there is no such collection")
            .about("collection", name)
            .allowing(names)
    })
}

/// Makes every link of a document keep the edition that the request names: a program follows them one after the other.
fn keep_edition(document: &mut Value, state: &State) {
    match document {
        Value::Array(items) => items.iter_mut().for_each(|item| keep_edition(item, state)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(address) if name == "href" => {
                        *address = links::keeping(std::mem::take(address), state);
                    }
                    _ => keep_edition(member, state),
                }
            }
        }
        _ => {}
    }
}

/// A link (RFC 8288), as JSON.
fn link(rel: &str, kind: &str, title: &str, href: impl Into<String>) -> Value {
    json!({ "rel": rel, "type": kind, "title": title, "href": href.into() })
}

/// The media types a page of features answers to.
const FEATURES: &[&str] = &[GEOJSON, JSON];
