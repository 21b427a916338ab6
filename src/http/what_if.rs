//! `/api/access/what-if`: who is near enough when some venues close and others open. `GET` for a question that fits an
//! address and can be shared, `POST` for a long one. Nothing is kept.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::params::{Query, in_france};
use super::problem::Problem;
use super::reply::{JSON, Tag};
use super::study::choices;
use super::study::scope::Place;
use super::study::what_if::Question;
use super::{State, links};
use crate::access::Mode;
use crate::atlas::Atlas;
use crate::domain::{Degrees, Position};

/// What may be asked in an address.
pub const PARAMETERS: &[&str] = &["close", "add", "territory", "denominator", "mode", "threshold_min"];
/// Longest body, in bytes.
pub const LONGEST_BODY: usize = 256 * 1024;
/// Most venues closed and added together.
pub const MOST_CHANGES: usize = 200;

/// A question as a body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'a> {
    #[serde(default)]
    close: Vec<String>,
    #[serde(default, borrow)]
    add: Vec<Added<'a>>,
    territory: Option<String>,
    denominator: Option<String>,
    mode: Option<String>,
    threshold_min: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Added<'a> {
    /// Longitude, latitude; raw, so that an error repeats what was written.
    #[serde(borrow)]
    position: &'a RawValue,
}

/// Answers a question in an address.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered.
pub async fn asked(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Problem> {
    let query = Query::parse(request.query_string(), PARAMETERS)?;
    let question = of_query(&query, &state.atlas, &query.list("close")?, query.positions("add")?)?;
    let base = links::base(&request, &state);
    let tag = Tag::of(&request, &state, &base);
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let answer = super::study::apart(&request, &state, move |state| question.answer(state, &base)).await?;
    Ok(tag.answer(JSON, answer.to_string().into_bytes()))
}

/// Answers a question in a body.
///
/// # Errors
/// 400 naming the member that cannot be answered, 413 when the body is too long, 415 when it does not say it is JSON.
pub async fn posted(request: HttpRequest, state: Data<State>, body: Bytes) -> Result<HttpResponse, Problem> {
    Query::parse(request.query_string(), &[])?;
    must_be_json(&request)?;
    let question = of_body(&body, &state.atlas)?;
    let base = links::base(&request, &state);
    let answer = super::study::apart(&request, &state, move |state| question.answer(state, &base)).await?;
    let body = answer.to_string();
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, JSON)).insert_header((CACHE_CONTROL, "no-store")).body(body))
}

/// Sees that a body is announced as JSON.
///
/// # Errors
/// 415 when it does not say that it is JSON.
pub fn must_be_json(request: &HttpRequest) -> Result<(), Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) == Some(JSON) {
        return Ok(());
    }
    let detail = "the body must be JSON and say so: Content-Type: application/json";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail))
}

fn of_body(bytes: &[u8], atlas: &Atlas) -> Result<Question, Problem> {
    let body: Body<'_> = serde_json::from_slice(bytes).map_err(|error| {
        Problem::new(StatusCode::BAD_REQUEST, "invalid-body", format!("the body is wrong: {error}"))
    })?;
    if body.close.len() + body.add.len() > MOST_CHANGES {
        let (value, detail) = (
            (body.close.len() + body.add.len()).to_string(),
            format!("at most {MOST_CHANGES} venues are closed and added together"),
        );
        return Err(Problem::parameter("too-many-changes", "close", &value, detail));
    }
    let added = body.add.iter().map(|added| {
        let text = added.position.get();
        let [lon, lat]: [f64; 2] = serde_json::from_str(text).map_err(|_| {
            Problem::parameter("invalid-position", "position", text, "a position is two numbers, [LON,LAT]")
        })?;
        in_france("position", text, Degrees { lon, lat })
    });
    let added: Vec<Position> = added.collect::<Result<_, _>>()?;
    // What has the same meaning in a body and in an address is read the same way.
    let threshold = body.threshold_min.map(|minutes| minutes.to_string());
    let members = [
        ("territory", &body.territory),
        ("denominator", &body.denominator),
        ("mode", &body.mode),
        ("threshold_min", &threshold),
    ];
    let given = members.iter().filter_map(|(name, value)| Some(format!("{name}={}", links::encoded(value.as_ref()?))));
    let query = Query::parse(&given.collect::<Vec<_>>().join("&"), PARAMETERS)?;
    of_query(&query, atlas, &body.close.iter().map(String::as_str).collect::<Vec<_>>(), added)
}

fn of_query(query: &Query, atlas: &Atlas, close: &[&str], added: Vec<Position>) -> Result<Question, Problem> {
    if close.is_empty() && added.is_empty() {
        let problem = Problem::parameter("missing-parameter", "close", "", "say which venues close or open");
        return Err(problem.allowing(["close=ID,ID", "add=LON,LAT;LON,LAT"]));
    }
    let mode: Mode = choices::mode(query)?;
    Ok(Question {
        place: Place::of_query(atlas, query)?,
        denominator: choices::denominator(query)?,
        mode,
        threshold: choices::threshold(query)?.unwrap_or(1),
        closed: close.iter().map(|id| venue(atlas, id)).collect::<Result<BTreeSet<u32>, _>>()?,
        added,
    })
}

/// The ordinal of a venue by its id of today or of old.
fn venue(atlas: &Atlas, id: &str) -> Result<u32, Problem> {
    let today = if atlas.venue(id).is_some() { Some(id) } else { atlas.venue_alias(id) };
    let found = today.and_then(|id| atlas.venues().binary_search_by(|venue| venue.id.as_str().cmp(id)).ok());
    let refuse = |code, detail: &str| Problem::parameter(code, "close", id, detail);
    let ordinal = found.ok_or_else(|| refuse("unknown-venue", "no venue of this edition has this id"))?;
    let venue = &atlas.venues()[ordinal];
    if !venue.receives_public() || venue.location.position().is_none() {
        let detail = "this venue receives no public or has no place: nobody is counted near it, so it cannot close";
        return Err(refuse("venue-not-counted", detail));
    }
    Ok(ordinal as u32)
}
