//! `GET /api/editions`: which editions can be asked for, the newest first, and which is in force.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::editions::Listed;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::JSON;
use crate::http::{State, links};

/// `GET /api/editions`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/editions",
    &[Operation::get("editions", "Les éditions que l'on peut consulter, et celle qui est en cours", || {
        web::to(editions)
    })
    .answering(&[Answer::ok(&[(JSON, "object")])])
    .refusing(&[400])],
);

/// Answers with the list. It changes when an edition is published, so nobody keeps it.
///
/// # Errors
/// 400 on any parameter.
pub async fn editions(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    ENDPOINT.query(&request)?;
    let base = links::base(&request, &state);
    let listed = state.process.editions.list();
    let current = listed.iter().find(|listed| listed.current).map(|listed| listed.title.id.as_str());
    let body = json!({
        "current": current,
        "editions": listed.iter().map(|listed| described(listed, &base)).collect::<Vec<Value>>(),
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, JSON))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(body.to_string()))
}

fn described(listed: &Listed, base: &str) -> Value {
    let title = &listed.title;
    json!({
        "id": title.id,
        "as_of": title.as_of.map(|day| day.to_string()),
        "current": listed.current,
        "open": listed.open,
        "demonstration": title.demonstration,
        "territories_vintage": title.territories_vintage,
        "links": { "page": format!("{base}/?edition={}", title.id), "ogc": format!("{base}/ogc?edition={}", title.id) },
    })
}
