//! What every request passes through: limits, a deadline, panics turned into answers, headers, one line in the log.

mod in_flight;
mod log;

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError, web};

use self::in_flight::Ticket;
use self::log::Line;
use super::State;
use super::endpoints::Endpoints;
use super::headers::{self, Audience};
use super::problem::Problem;
use super::reply::settle_encoding;

pub use self::in_flight::Gate;
pub use self::log::{AccessLog, Lines};

/// Longest request target, in bytes.
const LONGEST_URI: usize = 8 * 1024;
/// Most header fields, and most bytes in them.
const MOST_HEADERS: usize = 64;
const MOST_HEADER_BYTES: usize = 32 * 1024;
/// Longest time a handler may take, besides the patience that its endpoint declares.
const DEADLINE: Duration = Duration::from_secs(2);
/// Bodies below this size are sent as they are.
const WORTH_COMPRESSING: u64 = 1024;

/// Leads one request through.
///
/// # Errors
/// The problem to answer with, when no handler could be asked or it panicked or took too long.
pub async fn porch<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let state = request.app_data::<web::Data<State>>().expect("the server gives every request its state").clone();
    let method = request.method().clone();
    let audience = Audience::of(request.path());
    let template = request.match_pattern().unwrap_or_else(|| "-".to_owned());
    let answer = match (Ticket::take(&state.gate), within_limits(&request)) {
        (None, _) => Err(Problem::busy("overloaded", "too many requests at once; try again in a moment")),
        (_, Err(problem)) => Err(problem),
        (Some(_ticket), Ok(())) => answered(request, next, &state, &template).await,
    };
    let status = match &answer {
        Ok(response) => response.status(),
        Err(problem) => problem.status_code(),
    };
    if state.access_log == AccessLog::Stderr {
        let (time, took) = ((state.now)(), started.elapsed());
        state.lines.push(&Line { time, method: &method, template: &template, status, took });
    }
    let mut response = answer.map_err(|problem| Outside { problem, audience })?;
    let headers = response.headers_mut();
    headers::secure(headers, audience);
    if state.is_public_over_tls() {
        headers::strict_transport(headers);
    }
    settle_encoding(headers);
    Ok(response)
}

/// A problem whose request is gone, lost in a panic or a deadline: actix answers it from outside the porch, so it brings
/// its headers along.
#[derive(Debug)]
struct Outside {
    problem: Problem,
    audience: Audience,
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl ResponseError for Outside {
    fn status_code(&self) -> StatusCode {
        self.problem.status_code()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = self.problem.error_response();
        headers::secure(response.headers_mut(), self.audience);
        response
    }
}

async fn answered<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
    state: &State,
    template: &str,
) -> Result<ServiceResponse<BoxBody>, Problem> {
    let deadline = DEADLINE + Endpoints::of(request.request()).patience(template);
    let handler = catching_panics(async { next.call(request).await });
    match actix_web::rt::time::timeout(deadline, handler).await {
        Err(_elapsed) => Err(Problem::busy("deadline", "the answer took too long to work out")),
        Ok(Err(panic)) => Err(state.gate.incident(state, template, &panic)),
        Ok(Ok(Err(error))) => Err(explained(&error, state, template)),
        Ok(Ok(Ok(response))) => Ok(with_problem_body(response.map_into_boxed_body())),
    }
}

/// Polls a future and returns its panic as a text.
async fn catching_panics<F: Future>(future: F) -> Result<F::Output, String> {
    let mut future = pin!(future);
    poll_fn(move |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
        Err(panic) => Poll::Ready(Err(panic_text(panic.as_ref()))),
    })
    .await
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic without a message".to_owned())
}

/// An error that no handler turned into an answer.
fn explained(error: &Error, state: &State, template: &str) -> Problem {
    let status = error.as_response_error().status_code();
    match error.as_error::<Problem>() {
        Some(problem) => problem.clone(),
        None if status.is_server_error() => state.gate.incident(state, template, &error.to_string()),
        None => Problem::of_status(status, &HeaderMap::new()),
    }
}

/// Gives a problem's body to errors that come without one: the router's 404 and 405, extractors, compression.
fn with_problem_body(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let bare = kind.is_empty() || kind.starts_with("text/plain");
    if !(bare && (status.is_client_error() || status.is_server_error())) {
        return response;
    }
    let problem = Problem::of_status(status, response.headers());
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, problem.error_response())
}

fn within_limits(request: &ServiceRequest) -> Result<(), Problem> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target > LONGEST_URI {
        let detail = format!("the address is longer than {LONGEST_URI} bytes");
        return Err(Problem::new(StatusCode::URI_TOO_LONG, "uri-too-long", detail));
    }
    let fields = request.headers();
    let bytes: usize = fields.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if fields.len() > MOST_HEADERS || bytes > MOST_HEADER_BYTES {
        let detail = format!("more than {MOST_HEADERS} header fields, or more than {MOST_HEADER_BYTES} bytes of them");
        return Err(Problem::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "headers-too-large", detail));
    }
    Ok(())
}

/// Stands between the handlers and the compressor, and tells it to leave small bodies alone.
///
/// # Errors
/// Those of the handler.
pub async fn spare_small_bodies<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    let small = matches!(response.response().body().size(), BodySize::Sized(bytes) if bytes < WORTH_COMPRESSING);
    if small && !response.headers().contains_key(header::CONTENT_ENCODING) {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    }
    Ok(response)
}
