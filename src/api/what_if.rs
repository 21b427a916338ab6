//! `/api/access/what-if`: who is near enough when venues close, open, move or change their hours, and when conventions end.
//! `GET` for a question that fits an address and can be shared, `POST` for a long one. Nothing is kept.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::http::endpoint::{Answer, Endpoint, LONG_BODY, Operation};
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::http::{State, links};
use crate::scenario::document::{Added, Coordinates, Document};
use crate::scenario::{changing, resolve};
use crate::shares::limits::EXPORT_TIME;
use crate::tables::answer::answer;
use crate::tables::apart;
use crate::tables::format::Format;

/// `GET` and `POST /api/access/what-if`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    PATH,
    &[
        Operation::get("whatIf", SUMMARY, || web::to(asked))
            .of_an_edition()
            .taking(&[&NAMES, &["format"]])
            .answering(&[Answer::ok(&Format::contents("difference")), Answer::UNCHANGED])
            .refusing(&[400, 404, 406]),
        Operation::post("whatIfPosted", SUMMARY, || web::to(posted))
            .of_an_edition()
            .with_json("whatIf", LONG_BODY)
            .answering(&[Answer::ok(&[(JSON, "difference")])])
            .refusing(&[400, 404, 413, 415]),
    ],
)
.waiting(EXPORT_TIME);

/// Names of a question in an address.
pub(super) const NAMES: [&str; 7] = ["close", "add", "changes", "territory", "denominator", "mode", "threshold_min"];

/// Path of the question.
pub(super) const PATH: &str = "/api/access/what-if";

const SUMMARY: &str =
    "Qui serait assez près si des lieux fermaient, ouvraient, se déplaçaient ou changeaient d'horaires";

/// Answers a question in an address.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered.
pub async fn asked(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let document = of_query(&query)?;
    let format = Format::parse(&query, &request)?;
    if format != Format::Json {
        let work = move |state: &State| changing(resolve(document, &state.atlas)?)?.report(&state.atlas);
        return answer(&request, &state, format, work).await;
    }
    let base = links::base(&request, &state);
    let tag = Tag::of(&request, &state, &base);
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let answer = answered(&state, document, base).await?;
    Ok(tag.answer(JSON, answer.to_string().into_bytes()))
}

/// Answers a question in a body.
///
/// # Errors
/// 400 naming the member that cannot be answered, 413 when the body is too long, 415 when it does not say it is JSON.
pub async fn posted(request: HttpRequest, state: State, body: Bytes) -> Result<HttpResponse, Problem> {
    ENDPOINT.query(&request)?;
    let document = json_body(&request, &body)?;
    let answer = answered(&state, document, links::base(&request, &state)).await?;
    let body = answer.to_string();
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, JSON)).insert_header((CACHE_CONTROL, "no-store")).body(body))
}

/// Reads and answers on another thread: the opening hours of a week take a millisecond each to read.
async fn answered(state: &State, document: Document, base: String) -> Result<Value, Problem> {
    apart(state, move |state| changing(resolve(document, &state.atlas)?)?.answer(state, &base)).await
}

/// Sees that a body is announced as JSON.
///
/// # Errors
/// 415 when it does not say that it is JSON.
pub fn must_be_json(request: &HttpRequest) -> Result<(), Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mut parts = kind.split(';').map(str::trim);
    // JSON is UTF-8 (RFC 8259); a body that says another encoding says what we would not read.
    let is_json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(JSON));
    let utf_8 = |part: &str| {
        let charset = part.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        charset.is_none_or(|(_, value)| value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"))
    };
    if is_json && parts.all(utf_8) {
        return Ok(());
    }
    let detail = "the body must be JSON in UTF-8 and say so: Content-Type: application/json";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail))
}

/// Reads a body that says it is JSON.
///
/// # Errors
/// 415 when it says something else, 400 when it is not of this shape.
pub fn json_body<T: DeserializeOwned>(request: &HttpRequest, body: &[u8]) -> Result<T, Problem> {
    must_be_json(request)?;
    serde_json::from_slice(body)
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, "invalid-body", format!("the body is wrong: {error}")))
}

/// The document that an address writes. What has a parameter of its own may also stand in `changes`; the parameter wins.
pub(super) fn of_query(query: &Query) -> Result<Document, Problem> {
    let mut document = match query.text("changes") {
        None => Document::default(),
        Some(text) => serde_json::from_str(text).map_err(|error| {
            Problem::parameter("invalid-parameter", "changes", text, format!("`changes` is wrong: {error}"))
        })?,
    };
    document.close.extend(query.list("close")?.into_iter().map(ToOwned::to_owned));
    let places = query.positions("add")?.into_iter().map(|p| Added::at(Coordinates::of(p.lon(), p.lat())));
    document.add.extend(places);
    let given = |name| query.text(name).map(ToOwned::to_owned);
    document.territory = given("territory").or(document.territory);
    document.denominator = given("denominator").or(document.denominator);
    document.mode = given("mode").or(document.mode);
    if let Some(threshold) = crate::tables::choices::threshold(query)? {
        document.threshold_min = Some(threshold.minutes().into());
    }
    Ok(document)
}
