//! `GET /api/changes`: what changed between two editions; `/api/changes.atom`: the same as a feed, one for each question.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::links;
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::tables::apart;
use crate::tables::changes::{NAMES, Question, feed, json};

/// `GET /api/changes`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/changes",
    &[Operation::get(
        "changes",
        "Ce qui a changé d'une édition à l'autre : lieux apparus, disparus, déplacés, et chiffres du territoire",
        || web::to(changes),
    )
    .of_an_edition()
    .taking(NAMES)
    .answering(&[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED])
    .refusing(&[400, 404, 503])],
);

/// `GET /api/changes.atom`.
pub const FEED: Endpoint = Endpoint::at(
    "/api/changes.atom",
    &[Operation::get("changesFeed", "Le même, en flux Atom : un flux par question, sans compte", || web::to(feed))
        .of_an_edition()
        .taking(NAMES)
        .answering(&[Answer::ok(&[("application/atom+xml", "text")]), Answer::UNCHANGED])
        .refusing(&[400, 404, 503])],
);

/// Answers with JSON.
///
/// # Errors
/// 400 or 404 naming the parameter.
pub async fn changes(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let question = Question::read(&request, &state, &ENDPOINT.query(&request)?).await?;
    let base = links::base(&request, &state);
    let tag = Tag::of(&request, &question.to, question.from.id());
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let body = apart(&state, move |_| Ok(json::write(&question, &question.answer(), &base))).await?;
    Ok(tag.answer(JSON, body.to_string().into_bytes()))
}

/// Answers with a feed.
///
/// # Errors
/// 400 or 404 naming the parameter.
pub async fn feed(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let question = Question::read(&request, &state, &FEED.query(&request)?).await?;
    let (base, here) = (links::base(&request, &state), links::here(&request, &state).to_string());
    let tag = Tag::of(&request, &question.to, question.from.id());
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let written = move |_: &State| Ok(feed::write(&question, &question.answer(), &here, &base));
    let body = apart(&state, written).await?;
    Ok(tag.answer(feed::ATOM, body.into_bytes()))
}
