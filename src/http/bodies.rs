//! Bodies come whole before their request takes a place among those being answered: one that never comes holds a
//! connection, and keeps nobody waiting.

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use actix_web::rt::time::timeout;
use actix_web::web;

use super::endpoints::Endpoints;
use super::problem::Problem;
use super::process::Process;
use crate::shares::limits::BODY_TIME;
use crate::shares::visitor::Visitor;

/// What a body costs besides its bytes, so that empty ones are not free.
const EACH: usize = 1024;

/// Waits for the body of a request, as far as its address takes one.
///
/// # Errors
/// 408 when it does not come in time, 413 when it is too long, 503 when too much is on its way already, 400 when it breaks off.
pub(super) async fn arrive(
    request: &mut ServiceRequest,
    process: &Process,
    visitor: Visitor,
    template: &str,
) -> Result<(), Problem> {
    let Some(announced) = announced(request.headers()) else { return Ok(()) };
    let Some(limit) = Endpoints::of(request.request()).body_limit(template) else { return Ok(()) };
    if announced.is_some_and(|bytes| bytes > limit) {
        return Err(too_long());
    }
    let Some(_share) = process.gate.bodies.take(visitor, EACH + announced.unwrap_or(limit)) else {
        return Err(Problem::busy("overloaded", "too many bodies are on their way; try again in a moment"));
    };
    let Ok(payload) = request.extract::<web::Payload>().await else { return Ok(()) };
    let bytes = match timeout(BODY_TIME, payload.to_bytes_limited(limit)).await {
        Ok(Ok(Ok(bytes))) => bytes,
        Ok(Ok(Err(_broken))) => {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "broken-body",
                "the body breaks off or is badly encoded",
            ));
        }
        Ok(Err(_longer)) => return Err(too_long()),
        Err(_elapsed) => {
            let detail = format!("the body did not come whole within {} seconds", BODY_TIME.as_secs());
            return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "body-timeout", detail));
        }
    };
    request.set_payload(Payload::from(bytes));
    Ok(())
}

fn too_long() -> Problem {
    Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE, &HeaderMap::new())
}

/// The length that is announced; `Some(None)` for a body of unknown length, `None` when there is no body.
#[expect(clippy::option_option, reason = "no body and a body of unknown length are two things")]
fn announced(headers: &HeaderMap) -> Option<Option<usize>> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return Some(None);
    }
    let length = headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().unwrap_or(usize::MAX);
    (length > 0).then_some(Some(length))
}
