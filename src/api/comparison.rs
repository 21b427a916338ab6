//! `GET /api/comparison`: two of a plan, a what-if and today, each perhaps of another edition, counted with one measure: the
//! figures of `/comparer-plans`.

mod operand;

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::http::work::Kind;
use crate::http::{State, links};
use crate::searches::asked::impossible;
use crate::searches::compared::{TABLES, compared, report};
use crate::shares::limits::EXPORT_TIME;
use crate::tables::answer::answer_in;
use crate::tables::choices;
use crate::tables::format::Format;

use operand::{Given, NAMES, prepared};

/// `GET /api/comparison`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/comparison",
    &[Operation::get("comparison", "Deux plans, un plan et aujourd'hui, ou deux éditions, comptés de même", || {
        web::to(comparison)
    })
    .of_an_edition()
    .taking(&[&NAMES, &["table", "format"]])
    .answering(&[
        Answer::ok(&Format::contents("object")),
        Answer { status: 202, content: &[(JSON, "object")] },
        Answer::UNCHANGED,
    ])
    .refusing(&[400, 404, 406, 422, 503])],
)
.waiting(EXPORT_TIME);

/// How long both plans are waited for.
const PATIENCE: Duration = Duration::from_secs(8);

/// Compares what two texts name. People, ways and territories are those of the edition of the request; each of the two may
/// name another one of its own.
///
/// # Errors
/// 400, 404 or 422 naming what cannot be compared; 503 when too many searches wait.
pub async fn comparison(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let format = Format::parse(&query, &request)?;
    let table = TABLES[choices::table(&query, &TABLES)?];
    let begun = Instant::now();
    let mut given = Vec::new();
    for name in NAMES {
        let text = query.text(name).ok_or_else(|| {
            let detail = "say both: today, the address of a plan or of a what-if, or the id of a search";
            Problem::parameter("missing-parameter", name, "", detail)
        })?;
        given.push(prepared(&state, name, text, PATIENCE.saturating_sub(begun.elapsed())).await?);
    }
    let waited: Vec<&str> = given.iter().filter_map(|one| one.as_ref().err()).map(String::as_str).collect();
    if !waited.is_empty() {
        return Ok(not_yet(&request, &state, &waited));
    }
    let given: Vec<Given> = given.into_iter().flatten().collect();
    let digests: Vec<&str> = given.iter().map(|one| one.digest.as_str()).collect();
    let tag = Tag::of(&request, &state, &format!("{} {}", format.name(), digests.join(" ")));
    let choices: Vec<(&'static str, String)> =
        NAMES.into_iter().zip(&given).map(|(name, one)| (name, one.text.clone())).collect();
    // The page of a comparison has this time too.
    answer_in(Kind::Export, &tag, &request, &state, format, move |state| {
        let operands: [_; 2] = given
            .into_iter()
            .map(|one| one.operand)
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "missing-parameter", "there are two to compare"))?;
        let unmeasured = || {
            let detail = "neither says what to count: a plan, or today?territory=…&existing=…&minutes=…";
            Problem::parameter("missing-measure", NAMES[0], "today", detail)
        };
        let found = compared(&state.atlas, operands)
            .map_err(|error| error.map_or_else(unmeasured, |error| impossible(&error)))?;
        Ok(report(&state.atlas, &found, choices, table))
    })
    .await
}

/// 202: these searches go on; the same question again has the answer.
fn not_yet(request: &HttpRequest, state: &State, jobs: &[&str]) -> HttpResponse {
    let base = links::base(request, state);
    let jobs: Vec<String> = jobs.iter().map(|id| format!("{base}/api/placements/{id}")).collect();
    let body = json!({ "status": "running", "searches": jobs });
    HttpResponse::Accepted()
        .insert_header((CONTENT_TYPE, JSON))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((RETRY_AFTER, HeaderValue::from_static("2")))
        .body(body.to_string())
}
