//! `/api/reports`: what visitors say of venues, for moderators alone.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{self, Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

use super::what_if::json_body;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation, SHORT_BODY, Token};
use crate::http::problem::Problem;
use crate::http::reply::JSON;
use crate::ports::{Page, Report, ReportId, Verdict};
use crate::saved::once::once;
use crate::saved::{asked, reports};

/// `/api/reports`.
pub const ALL: Endpoint = Endpoint::at(
    "/api/reports",
    &[Operation::get("reports", "Signalements qui attendent une décision, pour les modérateurs", || web::to(list))
        .taking(&[&["limit", "offset"]])
        .with_token(Token::Required)
        .answering(&[Answer::ok(&[(JSON, "object")])])
        .refusing(&[400, 401, 503])],
);

/// `/api/reports/{id}`.
pub const ONE: Endpoint = Endpoint::at(
    "/api/reports/{id}",
    &[Operation::post("decideReport", "Décider d'un signalement : confirmed ou rejected", || web::to(decide))
        .with_token(Token::Required)
        .with_json("object", SHORT_BODY)
        .repeatable()
        .answering(&[Answer::EMPTY])
        .refusing(&[400, 401, 404, 409, 413, 415, 422, 503])],
);

/// What a moderator decides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    verdict: String,
}

/// `GET /api/reports`.
///
/// # Errors
/// 400 on a parameter, 401 without the token of a moderator, 503 without a store.
pub async fn list(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = asked::query(&request, &ALL)?;
    reports::moderator_of(&state, &request)?;
    let page = Page {
        limit: query.integer("limit", 1..=100)?.unwrap_or(20) as u32,
        offset: query.integer("offset", 0..=10_000)?.unwrap_or(0) as u32,
    };
    let found = reports::reports(&state)?.waiting(page).await;
    let found = found.map_err(|error| reports::problem(&state, &request, error))?;
    let rows: Vec<Value> = found.iter().map(row).collect();
    let body = json!({ "reports": rows, "limit": page.limit, "offset": page.offset });
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(body))
}

/// `POST /api/reports/{id}`.
///
/// # Errors
/// 400 naming what is wrong, 401 without the token of a moderator, 404 when no such report waits, 503.
pub async fn decide(
    request: HttpRequest,
    state: State,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let work = decided(request.clone(), state.clone(), id, body.clone());
    once(&request, &state, &body, Box::pin(work)).await
}

async fn decided(request: HttpRequest, state: State, id: Path<String>, body: Bytes) -> Result<HttpResponse, Problem> {
    asked::query(&request, &ONE)?;
    reports::moderator_of(&state, &request)?;
    let decision: Decision = json_body(&request, &body)?;
    let verdict = Verdict::from_name(&decision.verdict).ok_or_else(|| {
        let problem = Problem::parameter("unknown-value", "verdict", &decision.verdict, "there is no such verdict");
        problem.allowing(Verdict::ALL.map(Verdict::name))
    })?;
    let told = |error| reports::problem(&state, &request, error);
    let id = ReportId::parse(&id).ok_or_else(|| told(crate::ports::StoreError::NotFound))?;
    reports::reports(&state)?.decide(id, verdict, state.now()).await.map_err(told)?;
    Ok(HttpResponse::NoContent().insert_header((CACHE_CONTROL, "no-store")).finish())
}

fn row(report: &Report) -> Value {
    json!({
        "id": report.id.as_str(),
        "venue": report.venue,
        "kind": report.kind.name(),
        "text": report.text,
        "sent": report.sent.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    })
}
