//! The transport: strict questions, answers, limits, the server. What is asked and answered stands in `api` and `pages`.

pub mod assets;
pub mod edition;
pub mod features;
pub mod filters;
pub mod headers;
pub mod health;
mod html;
pub mod links;
pub mod middleware;
pub mod origin;
pub mod params;
pub mod problem;
pub mod process;
pub mod reply;
pub mod server;
mod state;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse, Resource};

pub use middleware::AccessLog;
use problem::Problem;
pub use process::Process;
pub use state::State;

/// Longest body, in bytes.
pub const LONGEST_BODY: usize = 64 * 1024;

/// An address that can also be written by these methods.
pub fn written(resource: Resource, methods: &'static str) -> Resource {
    let other = move |request: HttpRequest| async move { other_method(&request, methods) };
    resource.app_data(web::PayloadConfig::new(LONGEST_BODY)).default_service(web::to(other))
}

/// An address that can be read (`GET`, `HEAD`); nothing is written there, though a long question may come in a body, and
/// the work on one may be stopped.
pub struct Readable(&'static str);

/// An address that can be read.
#[must_use]
pub fn readable(path: &'static str) -> Readable {
    Readable(path)
}

impl Readable {
    /// Answers `GET` and `HEAD`.
    pub fn get<F, Args>(self, handler: F) -> Resource
    where
        F: actix_web::Handler<Args> + Clone,
        Args: actix_web::FromRequest + 'static,
        F::Output: actix_web::Responder + 'static,
    {
        let head = handler.clone();
        web::resource(self.0)
            .route(web::get().to(handler))
            .route(web::head().to(head))
            .default_service(web::to(|request: HttpRequest| async move { other_method(&request, READ) }))
    }

    /// The same, for questions that may be too long for an address.
    pub fn get_or_post<G, P, GetArgs, PostArgs>(self, get: G, post: P) -> Resource
    where
        G: actix_web::Handler<GetArgs> + Clone,
        GetArgs: actix_web::FromRequest + 'static,
        G::Output: actix_web::Responder + 'static,
        P: actix_web::Handler<PostArgs>,
        PostArgs: actix_web::FromRequest + 'static,
        P::Output: actix_web::Responder + 'static,
    {
        self.get(get)
            .app_data(web::PayloadConfig::new(LONGEST_BODY))
            .route(web::post().to(post))
            .default_service(web::to(|request: HttpRequest| async move { other_method(&request, ASK) }))
    }

    /// The same, for work that can be stopped.
    pub fn get_or_delete<G, D, GetArgs, DeleteArgs>(self, get: G, delete: D) -> Resource
    where
        G: actix_web::Handler<GetArgs> + Clone,
        GetArgs: actix_web::FromRequest + 'static,
        G::Output: actix_web::Responder + 'static,
        D: actix_web::Handler<DeleteArgs>,
        DeleteArgs: actix_web::FromRequest + 'static,
        D::Output: actix_web::Responder + 'static,
    {
        self.get(get)
            .route(web::delete().to(delete))
            .default_service(web::to(|request: HttpRequest| async move { other_method(&request, STOP) }))
    }
}

const READ: &str = "GET, HEAD, OPTIONS";
const ASK: &str = "GET, HEAD, POST, OPTIONS";
const STOP: &str = "GET, HEAD, DELETE, OPTIONS";

/// `OPTIONS` says what may be done; the rest may not be done.
fn other_method(request: &HttpRequest, methods: &'static str) -> Result<HttpResponse, Problem> {
    let allowed = HeaderValue::from_static(methods);
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent()
            .insert_header((header::ALLOW, allowed.clone()))
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, allowed))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match, Content-Type"))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
            .finish());
    }
    let detail = "this address does not take that method";
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail);
    Err(problem.allowing(methods.split(", ")).with_header(header::ALLOW, allowed))
}
