//! `/api/scenarios`: what somebody imagined, kept for them, shown to whom they choose.
//!
//! Who holds the token of a scenario owns it. To everybody else a private one is not there: 404, never 403.

mod asked;
mod token;
mod turnstile;
mod wire;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, LOCATION};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::what_if::json_body;
use crate::http::State;
use crate::http::problem::Problem;
use crate::http::reply::JSON;
use crate::ports::{Page, Scenario, ScenarioStore, StoreError, Visibility};

pub use asked::{content, expected};
pub use token::{Token, fresh_id};
pub use turnstile::Turnstile;
pub use wire::Written;

/// Longest body, in bytes.
pub const LONGEST_BODY: usize = 64 * 1024;
/// What may be asked of the list.
pub const LISTED: &[&str] = &["limit", "offset"];
/// What may be asked of one scenario.
pub const READ: &[&str] = &["version"];

/// `GET /api/scenarios`: the published ones, the latest first.
///
/// # Errors
/// 400 on a parameter, 503 without a store.
pub async fn list(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Problem> {
    let query = asked::query(&request, LISTED)?;
    let page = Page {
        limit: query.integer("limit", 1..=100)?.unwrap_or(20) as u32,
        offset: query.integer("offset", 0..=10_000)?.unwrap_or(0) as u32,
    };
    let found = store(&state)?.published(page).await.map_err(|error| problem(&state, &request, error))?;
    let told: Vec<Value> = found.iter().map(wire::line).collect();
    let body = json!({ "scenarios": told, "limit": page.limit, "offset": page.offset });
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, JSON)).insert_header((CACHE_CONTROL, "no-cache")).json(body))
}

/// `POST /api/scenarios`: keeps a new one. Without a token it makes one and shows it, this once.
///
/// # Errors
/// 400 naming what cannot be kept, 401 for a token nobody was given, 409 when there are too many, 413, 415, 429, 503.
pub async fn create(request: HttpRequest, state: Data<State>, body: Bytes) -> Result<HttpResponse, Problem> {
    asked::query(&request, &[])?;
    let content = asked::content(json_body::<Written>(&request, &body)?, &state.atlas)?;
    let held = asked::bearer(&request);
    let (scenario, token) = keep_new(&state, &request, held, content).await?;
    let mut told = wire::whole(&scenario);
    if let Some(token) = token {
        told["token"] = token.as_str().into();
    }
    let path = format!("{}/api/scenarios/{}", crate::http::links::base(&request, &state), scenario.id.as_str());
    let mut response = answer(StatusCode::CREATED, &scenario, &told);
    // The one answer that holds a token is nobody's to keep, however public the scenario.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(path) = HeaderValue::from_str(&path) {
        response.headers_mut().insert(LOCATION, path);
    }
    Ok(response)
}

/// Keeps a new scenario for who holds this token, or for who is given the one that comes back.
///
/// # Errors
/// 401 for a token nobody was given, 409 when there are too many, 429 when too many come at once, 503.
pub async fn keep_new(
    state: &State,
    request: &HttpRequest,
    held: Option<Token>,
    content: crate::ports::Content,
) -> Result<(Scenario, Option<Token>), Problem> {
    let store = store(state)?;
    let told = |error| problem(state, request, error);
    let fresh = match &held {
        Some(token) if store.knows(token.owner()).await.map_err(told)? => None,
        // A token that somebody thought up could be thought up by others.
        Some(_) => return Err(asked::unauthorized("unknown-token", "nobody was given this token")),
        None => {
            state.turnstile.pass((state.now)())?;
            Some(Token::fresh().map_err(told)?)
        }
    };
    let owner = fresh.as_ref().or(held.as_ref()).expect("one of the two is there").owner();
    let now = (state.now)();
    let id = fresh_id().map_err(told)?;
    let scenario = Scenario { id, owner, version: 1, created: now, updated: now, content };
    store.create(scenario.clone()).await.map_err(told)?;
    Ok((scenario, fresh))
}

/// `GET /api/scenarios/{id}`: the latest version, or the one asked for, which is for the owner alone.
///
/// # Errors
/// 404 when it is not there, or not for who asks; 400, 503.
pub async fn one(request: HttpRequest, state: Data<State>, id: Path<String>) -> Result<HttpResponse, Problem> {
    let query = asked::query(&request, READ)?;
    let version = query.integer("version", 1..=1_000_000)?.map(|version| version as u32);
    let scenario = readable(&state, &request, &id, version, asked::bearer(&request)).await?;
    Ok(answer(StatusCode::OK, &scenario, &wire::whole(&scenario)))
}

/// A scenario that who holds this token may read.
///
/// # Errors
/// 404 when it is not there, or not for them; 503.
pub async fn readable(
    state: &State,
    request: &HttpRequest,
    id: &str,
    version: Option<u32>,
    held: Option<Token>,
) -> Result<Scenario, Problem> {
    let id = asked::id(id)?;
    let found = store(state)?.read(id, version).await.map_err(|error| problem(state, request, error))?;
    let owned = |scenario: &Scenario| held.as_ref().is_some_and(|token| token.owner() == scenario.owner);
    // What was shared in an earlier version was not shared for ever.
    let shown = |scenario: &Scenario| version.is_none() && scenario.content.visibility != Visibility::Private;
    found.filter(|scenario| owned(scenario) || shown(scenario)).ok_or_else(asked::not_there)
}

/// `PUT /api/scenarios/{id}`: a new version, if the one that was read is still the latest.
///
/// # Errors
/// 401 without a token, 404 for another's, 412 when somebody saved in between, 428 without `If-Match`; 400, 409, 413, 415, 503.
pub async fn save(
    request: HttpRequest,
    state: Data<State>,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    asked::query(&request, &[])?;
    let (id, token) = (asked::id(&id)?, asked::required(&request)?);
    let expected = asked::if_match(&request)?.ok_or_else(asked::unconditional)?;
    let content = asked::content(json_body::<Written>(&request, &body)?, &state.atlas)?;
    let told = |error| problem(&state, &request, error);
    let store = store(&state)?;
    store.save(id.clone(), token.owner(), expected, content, (state.now)()).await.map_err(told)?;
    let scenario = store.read(id, None).await.map_err(told)?.ok_or_else(asked::not_there)?;
    Ok(answer(StatusCode::OK, &scenario, &wire::whole(&scenario)))
}

/// `DELETE /api/scenarios/{id}`: every version is gone.
///
/// # Errors
/// 401 without a token, 404 for another's, 412 when `If-Match` names an earlier version; 503.
pub async fn remove(request: HttpRequest, state: Data<State>, id: Path<String>) -> Result<HttpResponse, Problem> {
    asked::query(&request, &[])?;
    let (id, token) = (asked::id(&id)?, asked::required(&request)?);
    let expected = asked::if_match(&request)?.unwrap_or(crate::ports::Expected::Any);
    let deleted = store(&state)?.delete(id, token.owner(), expected).await;
    deleted.map_err(|error| problem(&state, &request, error))?;
    Ok(HttpResponse::NoContent().insert_header((CACHE_CONTROL, "no-store")).finish())
}

/// `GET /api/scenarios/{id}/versions`: every version, the latest first, for the owner.
///
/// # Errors
/// 401 without a token, 404 for another's; 503.
pub async fn versions(request: HttpRequest, state: Data<State>, id: Path<String>) -> Result<HttpResponse, Problem> {
    asked::query(&request, &[])?;
    let (id, token) = (asked::id(&id)?, asked::required(&request)?);
    let found = store(&state)?.versions(id, token.owner()).await;
    let found = found.map_err(|error| problem(&state, &request, error))?;
    let told: Vec<Value> = found.iter().map(wire::line).collect();
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "versions": told })))
}

/// The store of this instance.
///
/// # Errors
/// 503 when it was given none.
pub fn store(state: &State) -> Result<&dyn ScenarioStore, Problem> {
    state.store.as_deref().ok_or_else(|| {
        let detail = "this instance keeps no scenarios: it was started without --store";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no-store", detail)
    })
}

/// What a visitor is told of a failure of the store.
#[must_use]
pub fn problem(state: &State, request: &HttpRequest, error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => asked::not_there(),
        StoreError::Conflict(latest) => {
            let detail = format!("version {latest} was saved in between; read it, then save again");
            let problem = Problem::new(StatusCode::PRECONDITION_FAILED, "version-conflict", detail);
            problem.allowing([wire::tag(latest)])
        }
        StoreError::Full => {
            let detail = "there are as many scenarios of this token, or versions of this scenario, as can be";
            Problem::new(StatusCode::CONFLICT, "too-many-scenarios", detail)
        }
        StoreError::Busy => Problem::busy("store-busy", "the store did not answer in time; try again in a moment"),
        StoreError::Broken(cause) => state.gate.incident(state, &request.match_pattern().unwrap_or_default(), &cause),
    }
}

fn answer(status: StatusCode, scenario: &Scenario, told: &Value) -> HttpResponse {
    let kept = if scenario.content.visibility == Visibility::Private { "no-store" } else { "no-cache" };
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, JSON))
        .insert_header((CACHE_CONTROL, kept))
        .insert_header((ETAG, wire::tag(scenario.version)))
        .json(told)
}
