//! The list of endpoints, and what the transport makes of it: routes, refusals of methods, limits of bodies, deadlines.

use std::time::Duration;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource};

use super::endpoint::{Endpoint, Operation};
use super::problem::Problem;

/// What scripts of other sites may send along. `Authorization` is not in it: tokens stay on our site.
const SENT: &str = "If-None-Match, Content-Type";
/// How long browsers may remember it, in seconds.
const REMEMBERED: &str = "86400";

/// Every endpoint of a service, in groups. The application holds it, for whoever describes the service.
#[derive(Debug, Clone, Copy)]
pub struct Endpoints(&'static [&'static [Endpoint]]);

impl Endpoints {
    /// These.
    #[must_use]
    pub const fn new(groups: &'static [&'static [Endpoint]]) -> Self {
        Self(groups)
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = &'static Endpoint> {
        self.0.iter().copied().flatten()
    }

    /// Those of the application that a request came to; none where none were mounted.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        request.app_data().copied().unwrap_or(Self(&[]))
    }

    /// What a request asks for: its address and its method among those that were mounted.
    #[must_use]
    pub fn asked(request: &HttpRequest) -> Option<&'static Operation> {
        let path = request.match_pattern()?;
        let endpoint = Self::of(request).iter().find(|endpoint| endpoint.path == path)?;
        endpoint.operations.iter().find(|operation| operation.takes(request.method()))
    }

    /// Puts all of them, and the list itself, into an application.
    pub fn mount(self, cfg: &mut ServiceConfig) {
        for endpoint in self.iter() {
            cfg.service(resource(endpoint));
        }
        cfg.app_data(self);
    }

    /// Longest body that this address takes, in bytes; `None` when it takes none.
    #[must_use]
    pub fn body_limit(self, path: &str) -> Option<usize> {
        self.iter().find(|endpoint| endpoint.path == path).and_then(Endpoint::body_limit)
    }

    /// How much longer than others the handlers of this address may take.
    #[must_use]
    pub fn patience(self, path: &str) -> Duration {
        let mut patient = self.iter().filter(|endpoint| !endpoint.patience.is_zero());
        patient.find(|endpoint| endpoint.path == path).map_or(Duration::ZERO, |endpoint| endpoint.patience)
    }
}

/// Its handlers under their methods, its limit, and an answer to all other methods.
fn resource(endpoint: &'static Endpoint) -> Resource {
    let mut resource = web::resource(endpoint.path);
    for operation in endpoint.operations {
        for method in operation.verb.methods() {
            resource = resource.route((operation.route)().method(method.clone()));
        }
    }
    if let Some(limit) = endpoint.body_limit() {
        resource = resource.app_data(web::PayloadConfig::new(limit));
    }
    resource.default_service(web::to(move |request: HttpRequest| async move { other_method(&request, endpoint) }))
}

/// `OPTIONS` says what may be done; the rest may not be done.
fn other_method(request: &HttpRequest, endpoint: &Endpoint) -> Result<HttpResponse, Problem> {
    let methods = endpoint.allow();
    let allowed = HeaderValue::from_str(&methods).expect("methods are written in ASCII letters");
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent()
            .insert_header((header::ALLOW, allowed.clone()))
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, allowed))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, SENT))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, REMEMBERED))
            .finish());
    }
    let detail = "this address does not take that method";
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail);
    Err(problem.allowing(methods.split(", ")).with_header(header::ALLOW, allowed))
}
