//! The front door: OGC API, GeoJSON, tiles, pages, status codes. Actix never leaves this porch.

pub mod collections;
pub mod features;
pub mod filters;
pub mod headers;
pub mod health;
pub mod links;
mod means;
pub mod nearest;
pub mod origin;
pub mod pages;
pub mod params;
pub mod porch;
pub mod problem;
pub mod reply;
pub mod server;
mod state;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource};

pub use porch::AccessLog;
use problem::Problem;
pub use state::State;

/// Every address of the service, on one screen. The same table serves people and tests.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(readable("/health/live").get(health::live))
        .service(readable("/health/ready").get(health::ready))
        .service(readable("/api/nearest").get(nearest::nearest));
    pages::routes(cfg);
    cfg.default_service(web::to(nowhere));
}

/// An address that can be read (`GET`, `HEAD`) and nothing else.
struct Readable(&'static str);

fn readable(path: &'static str) -> Readable {
    Readable(path)
}

impl Readable {
    fn get<F, Args>(self, handler: F) -> Resource
    where
        F: actix_web::Handler<Args> + Clone,
        Args: actix_web::FromRequest + 'static,
        F::Output: actix_web::Responder + 'static,
    {
        let head = handler.clone();
        web::resource(self.0)
            .route(web::get().to(handler))
            .route(web::head().to(head))
            .default_service(web::to(other_method))
    }
}

/// `OPTIONS` says what may be done; the rest may not be done.
async fn other_method(request: HttpRequest) -> Result<HttpResponse, Problem> {
    const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent()
            .insert_header((header::ALLOW, METHODS))
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match"))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
            .finish());
    }
    let detail = "this address can be read, not written";
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail);
    Err(problem.allowing(["GET", "HEAD", "OPTIONS"]).with_header(header::ALLOW, METHODS))
}

async fn nowhere() -> Result<HttpResponse, Problem> {
    Err(Problem::not_found("not-found", "there is nothing at this address"))
}
