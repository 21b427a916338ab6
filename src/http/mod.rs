//! The front door: OGC API, `GeoJSON`, tiles, pages, status codes. Actix never leaves this porch.

pub mod access;
pub mod assets;
pub mod bounds;
pub mod collections;
pub mod coverage;
pub mod equity;
pub mod features;
pub mod figures;
pub mod filters;
pub mod headers;
pub mod health;
pub mod layers;
pub mod links;
mod means;
pub mod nearest;
pub mod need;
pub mod ogc;
pub mod origin;
pub mod pages;
pub mod params;
pub mod porch;
mod prepared;
pub mod problem;
pub mod reply;
pub mod server;
mod state;
pub mod study;
pub mod territories;
pub mod tiles;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource};

use headers::Audience;
pub use porch::AccessLog;
use problem::Problem;
pub use state::State;

/// Every address of the service, on one screen. The same table serves people and tests.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(readable("/health/live").get(health::live))
        .service(readable("/health/ready").get(health::ready))
        .service(readable("/api/nearest").get(nearest::nearest))
        .service(readable("/api/territories/{level}/{code}").get(territories::territory))
        .service(readable("/api/need").get(need::need))
        .service(readable("/api/access").get(access::access))
        .service(readable("/api/coverage").get(coverage::coverage))
        .service(readable("/api/equity").get(equity::equity))
        .service(readable("/ogc").get(ogc::landing))
        .service(readable("/ogc/").get(ogc::landing))
        .service(readable("/ogc/conformance").get(ogc::conformance))
        .service(readable("/ogc/api").get(ogc::api))
        .service(readable("/ogc/collections").get(ogc::metadata::collections))
        .service(readable("/ogc/collections/{collection}").get(ogc::metadata::one))
        .service(readable("/ogc/collections/{collection}/queryables").get(ogc::metadata::queryables))
        .service(readable("/ogc/collections/{collection}/schema").get(ogc::metadata::whole_schema))
        .service(readable("/ogc/collections/{collection}/items").get(ogc::items::items))
        .service(readable("/ogc/collections/{collection}/items/{feature}").get(ogc::items::item))
        .service(readable("/tiles/{layer}.json").get(tiles::tilejson::tilejson))
        .service(readable("/tiles/{layer}/{z}/{x}/{y}.mvt").get(tiles::tile))
        .service(readable("/layers/venues.geojson").get(layers::venues));
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

/// A person gets a page with a way out, a program gets a problem.
async fn nowhere(request: HttpRequest, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if Audience::of(request.path()) == Audience::Browsers && accept.contains("text/html") {
        return Ok(pages::not_found(&state));
    }
    Err(Problem::not_found("not-found", "there is nothing at this address"))
}
