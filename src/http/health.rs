//! Is it alive, and should visitors be sent here?

use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::endpoint::{Answer, Endpoint, Operation};
use super::problem::Problem;
use super::process::Process;
use super::reply::JSON;

/// Both addresses.
pub const ENDPOINTS: &[Endpoint] = &[LIVE, READY];

const LIVE: Endpoint = Endpoint::at(
    "/health/live",
    &[Operation::get("live", "Le service répond", || web::to(live))
        .answering(&[Answer::ok(&[(JSON, "object")])])
        .refusing(&[400])],
);

const READY: Endpoint = Endpoint::at(
    "/health/ready",
    &[Operation::get("ready", "Une édition est ouverte ; laquelle", || web::to(ready))
        .answering(&[Answer::ok(&[(JSON, "object")])])
        .refusing(&[400, 503])],
);

/// `GET /health/live`: the process answers.
///
/// # Errors
/// 400 on any parameter.
pub async fn live(request: HttpRequest) -> Result<HttpResponse, Problem> {
    LIVE.query(&request)?;
    Ok(fresh(&json!({ "status": "live" })))
}

/// `GET /health/ready`: the edition is open, what pages stand on is worked out, and the service is not about to stop.
///
/// # Errors
/// 503 in the first seconds and once a stop signal came; 400 on any parameter.
pub async fn ready(request: HttpRequest, process: Data<Process>) -> Result<HttpResponse, Problem> {
    READY.query(&request)?;
    if process.gate.is_closing() {
        return Err(Problem::busy("stopping", "this instance is about to stop; ask another one"));
    }
    if process.is_preparing() {
        return Err(Problem::busy(
            "preparing",
            "this instance has just begun and works out its figures; ask again soon",
        ));
    }
    let snapshot = process.editions.current();
    let (atlas, edition) = (&snapshot.atlas, snapshot.atlas.edition());
    Ok(fresh(&json!({
        "status": "ready",
        "edition": edition.id,
        "as_of": edition.as_of.map(|day| day.to_string()),
        "demonstration": edition.demonstration,
        "refused": process.editions.refused(),
        "counts": {
            "venues": atlas.venues().len(),
            "communes": atlas.communes().len(),
            "candidates": atlas.candidates().len(),
            "hubs": atlas.hubs().len(),
            "indicators": atlas.indicators().len(),
        },
    })))
}

fn fresh(body: &serde_json::Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, JSON))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(body.to_string())
}
