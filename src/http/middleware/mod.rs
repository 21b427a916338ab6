//! What every request passes through: limits, a deadline, panics turned into answers, headers, one line in the log.

use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError, web};

use super::bodies;
use super::edition;
use super::endpoints::Endpoints;
use super::headers::{self, Audience};
use super::html;
use super::lost::LostPage;
use super::problem::{Problem, panic_text};
use super::process::Process;
use super::reply::{Tag, settle_encoding};
use super::request_id;
use super::root;
use super::state::State;
use crate::shares::limits::ANSWER_TIME;
use crate::shares::visitor::Visitor;
use crate::telemetry::access_log::{AccessLog, Line};

/// Longest request target, in bytes.
const LONGEST_URI: usize = 8 * 1024;
/// Most header fields, and most bytes in them.
const MOST_HEADERS: usize = 64;
const MOST_HEADER_BYTES: usize = 32 * 1024;
/// Bodies below this size are sent as they are.
const WORTH_COMPRESSING: u64 = 1024;

/// Leads one request through.
///
/// # Errors
/// The problem to answer with, when no handler could be asked or it panicked or took too long.
pub async fn around_every_request<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let service = request.app_data::<web::Data<Process>>().expect("the server gives every request its service");
    let process = service.clone().into_inner();
    let method = request.method().clone();
    root::take_off(&mut request, &process.root);
    let trusted = request.peer_addr().is_none_or(|peer| process.proxies.trust(peer.ip()));
    let id = request_id::of(request.headers(), trusted);
    let audience = Audience::of(request.path());
    let template = request.match_pattern().unwrap_or_else(|| "-".to_owned());
    let lost = request.app_data::<LostPage>().copied().filter(|_| edition::is_a_person(request.request()));
    let visitor = Visitor::of(request.peer_addr().map(|peer| peer.ip()), request.headers(), &process.proxies);
    let come = match within_limits(&request) {
        Ok(()) => bodies::arrive(&mut request, &process, visitor, &template).await,
        refused => refused,
    };
    // A place is taken when the request is whole: one whose body never comes holds none.
    let answer = match come.map(|()| process.gate.requests.take(visitor, 1)) {
        Err(problem) => Err(problem),
        Ok(None) => Err(Problem::busy("overloaded", "too many requests at once; try again in a moment")),
        Ok(Some(_place)) => answered(request, next, &process, (visitor, &template)).await,
    };
    let (status, problem) = match &answer {
        Ok(response) => (response.status(), response.response().error().and_then(Error::as_error::<Problem>)),
        Err(problem) => (problem.status_code(), Some(problem)),
    };
    let took = started.elapsed();
    if process.access_log == AccessLog::On {
        Line { id: &id, method: &method, template: &template, status, took }.say();
    }
    let shed = problem.filter(|_| status == StatusCode::SERVICE_UNAVAILABLE).map(Problem::code);
    process.metrics.count(template, status, took, shed);
    let mut response = answer.map_err(|problem| {
        let page = lost.map(|LostPage(page)| page(&State::current(&process), &problem));
        let page = page.map(|page| root::in_page(page.as_bytes(), &process.root));
        Outside { problem, audience, id: id.clone(), page }
    })?;
    let edition = edition::answering(response.request()).and_then(|id| HeaderValue::from_str(&id).ok());
    let headers = response.headers_mut();
    headers.insert(request_id::HEADER, id);
    if let Some(id) = edition {
        headers.insert(edition::HEADER, id);
    }
    headers::secure(headers, audience);
    if process.is_public_over_tls() {
        headers::strict_transport(headers);
    }
    settle_encoding(headers);
    Ok(response)
}

/// A problem whose request is gone, lost in a panic or a deadline: actix answers it from outside our middleware, so it brings
/// its headers along.
#[derive(Debug)]
struct Outside {
    problem: Problem,
    audience: Audience,
    id: HeaderValue,
    /// For a person: the same in French, with a way out.
    page: Option<Vec<u8>>,
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
        if let Some(page) = &self.page {
            response = response.set_body(BoxBody::new(page.clone()));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        }
        headers::secure(response.headers_mut(), self.audience);
        response.headers_mut().insert(request_id::HEADER, self.id.clone());
        response
    }
}

async fn answered<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
    process: &Arc<Process>,
    (visitor, template): (Visitor, &str),
) -> Result<ServiceResponse<BoxBody>, Problem> {
    edition::choose(&request, process, visitor).await;
    let deadline = ANSWER_TIME + Endpoints::of(request.request()).patience(template);
    let handler = catching_panics(async { next.call(request).await });
    match actix_web::rt::time::timeout(deadline, handler).await {
        // Dropped with the handler, work on other threads ends too.
        Err(_elapsed) => Err(Problem::too_long()),
        Ok(Err(panic)) => Err(process.incident(template, &panic)),
        Ok(Ok(Err(error))) => Err(explained(&error, process, template)),
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

/// An error that no handler turned into an answer.
fn explained(error: &Error, process: &Process, template: &str) -> Problem {
    let status = error.as_response_error().status_code();
    match error.as_error::<Problem>() {
        Some(problem) => problem.clone(),
        None if status.is_server_error() => process.incident(template, &error.to_string()),
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
    // Of two of them a proxy may have checked the one and we read the other.
    let single = [header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_MATCH, header::HOST];
    if let Some(name) = single.iter().find(|name| fields.get_all(*name).nth(1).is_some()) {
        let detail = format!("the header field {name} is given more than once, expected once");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "repeated-header", detail));
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

/// Stands next to the handlers and finishes their pages: links keep the edition that the request names, and a page that
/// may be kept gets a tag of its content.
///
/// # Errors
/// Those of the handler.
pub async fn finish_pages<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let Some(state) = edition::state_of(response.request()) else { return Ok(response) };
    let of = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or("");
    let is_page = of(header::CONTENT_TYPE).starts_with("text/html");
    let may_be_kept = of(header::CACHE_CONTROL) == "no-cache"
        && response.status() == StatusCode::OK
        && response.request().method().is_safe();
    let location = of(header::LOCATION).to_owned();
    let (request, mut response) = response.into_parts();
    let kept = html::kept(request.query_string(), state.named());
    let mine = html::keep(&location, &kept);
    let below = root::put_before(mine.as_deref().unwrap_or(&location), &state.process.root);
    if let Some(location) = below.or(mine).and_then(|location| HeaderValue::from_str(&location).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if !is_page {
        return Ok(ServiceResponse::new(request, response));
    }
    let origins = &state.process.embedded_by;
    let embedded = kept.iter().any(|(name, value)| *name == "embed" && value == "1") && !origins.is_empty();
    let own = response.headers().get(header::CONTENT_SECURITY_POLICY);
    if let Some(policy) = headers::embedded_by(origins, own).filter(|_| embedded) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let (mut response, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(bytes) => bytes,
        Err(body) => return Ok(ServiceResponse::new(request, response.set_body(body))),
    };
    let body = if kept.is_empty() { body } else { html::keep_in_links(&body, &kept).into() };
    let root = &*state.process.root;
    let body = if root.is_empty() { body } else { root::in_page(&body, root).into() };
    if may_be_kept {
        let tag = Tag::of_page(&state, &body);
        if let Some(fresh) = tag.not_modified(&request) {
            return Ok(ServiceResponse::new(request, fresh));
        }
        tag.mark(response.headers_mut());
    }
    Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(body))))
}
