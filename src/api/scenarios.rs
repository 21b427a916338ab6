//! `/api/scenarios`: what somebody imagined, kept for them, shown to whom they choose.
//!
//! Who holds the token of a scenario owns it. To everybody else a private one is not there: 404, never 403.

use std::time::Instant;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, LOCATION, VARY};
use actix_web::web::{self, Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::what_if::json_body;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation, SHORT_BODY, Token};
use crate::http::problem::Problem;
use crate::http::reply::JSON;
use crate::ports::{Content, Expected, Page, Scenario, Visibility};
use crate::saved::once::once;
use crate::saved::{Written, after_a_while, asked, keep_new, problem, readable, store, wire};
use crate::tables::apart;

/// `/api/scenarios`.
pub const ALL: Endpoint = Endpoint::at(
    "/api/scenarios",
    &[
        Operation::get("scenarios", "Scénarios publiés, du plus récent au plus ancien", || web::to(list))
            .taking(&[&["limit", "offset"]])
            .answering(&[Answer::ok(&[(JSON, "scenarios")])])
            .refusing(&[400, 503]),
        Operation::post(
            "createScenario",
            "Garder un scénario ; sans jeton, un jeton est donné, une seule fois",
            || web::to(create),
        )
        .with_token(Token::Welcome)
        .with_json("newScenario", SHORT_BODY)
        .repeatable()
        .answering(&[Answer { status: 201, content: &[(JSON, "scenario")] }])
        .refusing(&[400, 401, 409, 413, 415, 422, 429, 503]),
    ],
);

/// `/api/scenarios/{id}`.
pub const ONE: Endpoint = Endpoint::at(
    "/api/scenarios/{id}",
    &[
        Operation::get("scenario", "Un scénario ; une version passée pour son propriétaire", || web::to(one))
            .taking(&[&["version"]])
            .with_token(Token::Welcome)
            .answering(&[Answer::ok(&[(JSON, "scenario")])])
            .refusing(&[400, 404, 503]),
        Operation::put("saveScenario", "Enregistrer une nouvelle version (If-Match)", || web::to(save))
            .with_token(Token::Required)
            .with_json("newScenario", SHORT_BODY)
            .answering(&[Answer::ok(&[(JSON, "scenario")])])
            .refusing(&[400, 401, 404, 409, 412, 413, 415, 428, 503]),
        Operation::delete("deleteScenario", "Effacer un scénario et toutes ses versions", || web::to(remove))
            .with_token(Token::Required)
            .answering(&[Answer::EMPTY])
            .refusing(&[400, 401, 404, 412, 503]),
    ],
);

/// `/api/scenarios/{id}/versions`.
pub const VERSIONS: Endpoint = Endpoint::at(
    "/api/scenarios/{id}/versions",
    &[Operation::get("scenarioVersions", "Toutes les versions, pour le propriétaire", || web::to(versions))
        .with_token(Token::Required)
        .answering(&[Answer::ok(&[(JSON, "versions")])])
        .refusing(&[400, 401, 404, 503])],
);

/// `GET /api/scenarios`: the published ones, the latest first.
///
/// # Errors
/// 400 on a parameter, 503 without a store.
pub async fn list(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = asked::query(&request, &ALL)?;
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
pub async fn create(request: HttpRequest, state: State, body: Bytes) -> Result<HttpResponse, Problem> {
    let work = created(request.clone(), state.clone(), body.clone());
    once(&request, &state, &body, Box::pin(work)).await
}

async fn created(request: HttpRequest, state: State, body: Bytes) -> Result<HttpResponse, Problem> {
    asked::query(&request, &ALL)?;
    let content = content(&state, json_body(&request, &body)?).await?;
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

/// Checks what somebody wrote, on another thread: opening hours take a while to read.
async fn content(state: &State, written: Written) -> Result<Content, Problem> {
    apart(state, move |state| asked::content(written, &state.atlas)).await
}

/// `GET /api/scenarios/{id}`: the latest version, or the one asked for, which is for the owner alone.
///
/// # Errors
/// 404 when it is not there, or not for who asks; 400, 503.
pub async fn one(request: HttpRequest, state: State, id: Path<String>) -> Result<HttpResponse, Problem> {
    let query = asked::query(&request, &ONE)?;
    let version = query.integer("version", 1..=1_000_000)?.map(|version| version as u32);
    let scenario = readable(&state, &request, &id, version, asked::bearer(&request)).await?;
    Ok(answer(StatusCode::OK, &scenario, &wire::whole(&scenario)))
}

/// `PUT /api/scenarios/{id}`: a new version, if the one that was read is still the latest.
///
/// # Errors
/// 401 without a token, 404 for another's, 412 when somebody saved in between, 428 without `If-Match`; 400, 409, 413, 415, 503.
pub async fn save(request: HttpRequest, state: State, id: Path<String>, body: Bytes) -> Result<HttpResponse, Problem> {
    asked::query(&request, &ONE)?;
    let (id, token) = (asked::id(&id)?, asked::required(&request)?);
    let expected = asked::if_match(&request)?.ok_or_else(asked::unconditional)?;
    let content = content(&state, json_body(&request, &body)?).await?;
    let told = |error| problem(&state, &request, error);
    let (began, store) = (Instant::now(), store(&state)?);
    let version = match store.save(id.clone(), token.owner(), expected, content, state.now()).await.map_err(told) {
        Ok(version) => version,
        Err(refused) => return Err(after_a_while(began, refused).await),
    };
    // The version that was saved, not one that somebody saved meanwhile.
    let scenario = store.read(id, Some(version)).await.map_err(told)?.ok_or_else(asked::not_there)?;
    Ok(answer(StatusCode::OK, &scenario, &wire::whole(&scenario)))
}

/// `DELETE /api/scenarios/{id}`: every version is gone.
///
/// # Errors
/// 401 without a token, 404 for another's, 412 when `If-Match` names an earlier version; 503.
pub async fn remove(request: HttpRequest, state: State, id: Path<String>) -> Result<HttpResponse, Problem> {
    asked::query(&request, &ONE)?;
    let (id, token) = (asked::id(&id)?, asked::required(&request)?);
    let expected = asked::if_match(&request)?.unwrap_or(Expected::Any);
    let began = Instant::now();
    if let Err(error) = store(&state)?.delete(id, token.owner(), expected).await {
        return Err(after_a_while(began, problem(&state, &request, error)).await);
    }
    Ok(HttpResponse::NoContent().insert_header((CACHE_CONTROL, "no-store")).finish())
}

/// `GET /api/scenarios/{id}/versions`: every version, the latest first, for the owner.
///
/// # Errors
/// 401 without a token, 404 for another's; 503.
pub async fn versions(request: HttpRequest, state: State, id: Path<String>) -> Result<HttpResponse, Problem> {
    asked::query(&request, &VERSIONS)?;
    let (id, token) = (asked::id(&id)?, asked::required(&request)?);
    let began = Instant::now();
    let found = match store(&state)?.versions(id, token.owner()).await {
        Ok(found) => found,
        Err(error) => return Err(after_a_while(began, problem(&state, &request, error)).await),
    };
    let told: Vec<Value> = found.iter().map(wire::line).collect();
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "versions": told })))
}

fn answer(status: StatusCode, scenario: &Scenario, told: &Value) -> HttpResponse {
    let kept = if scenario.content.visibility == Visibility::Private { "no-store" } else { "no-cache" };
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, JSON))
        .insert_header((CACHE_CONTROL, kept))
        .insert_header((VARY, "Authorization"))
        .insert_header((ETAG, wire::tag(scenario.version)))
        .json(told)
}
