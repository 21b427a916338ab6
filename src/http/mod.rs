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
pub mod openapi;
pub mod origin;
pub mod pages;
pub mod params;
pub mod placements;
pub mod porch;
mod prepared;
pub mod problem;
pub mod reply;
pub mod scenarios;
pub mod server;
mod state;
pub mod study;
pub mod territories;
pub mod tiles;
pub mod what_if;

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
        .service(readable("/api/access/what-if").get_or_post(what_if::asked, what_if::posted))
        .service(readable("/api/coverage").get(coverage::coverage))
        .service(readable("/api/equity").get(equity::equity))
        .service(readable("/api/placements").get_or_post(placements::description, placements::posted))
        .service(readable("/api/placements/{id}").get_or_delete(placements::status, placements::cancel))
        .service(readable("/api/placements/{id}/plan.json").get(placements::plan))
        .service(
            written(readable("/api/scenarios").get(scenarios::list), "GET, HEAD, POST, OPTIONS")
                .route(web::post().to(scenarios::create)),
        )
        .service(
            written(readable("/api/scenarios/{id}").get(scenarios::one), "GET, HEAD, PUT, DELETE, OPTIONS")
                .route(web::put().to(scenarios::save))
                .route(web::delete().to(scenarios::remove)),
        )
        .service(readable("/api/scenarios/{id}/versions").get(scenarios::versions))
        .service(readable("/api/openapi.json").get(openapi::openapi))
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

/// An address that can also be written by these methods.
fn written(resource: Resource, methods: &'static str) -> Resource {
    let other = move |request: HttpRequest| async move { other_method(&request, methods) };
    resource.app_data(web::PayloadConfig::new(scenarios::LONGEST_BODY)).default_service(web::to(other))
}

/// An address that can be read (`GET`, `HEAD`); nothing is written there, though a long question may come in a body, and
/// the work on one may be stopped.
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
            .default_service(web::to(|request: HttpRequest| async move { other_method(&request, READ) }))
    }

    /// The same, for questions that may be too long for an address.
    fn get_or_post<G, P, GetArgs, PostArgs>(self, get: G, post: P) -> Resource
    where
        G: actix_web::Handler<GetArgs> + Clone,
        GetArgs: actix_web::FromRequest + 'static,
        G::Output: actix_web::Responder + 'static,
        P: actix_web::Handler<PostArgs>,
        PostArgs: actix_web::FromRequest + 'static,
        P::Output: actix_web::Responder + 'static,
    {
        self.get(get)
            .app_data(web::PayloadConfig::new(what_if::LONGEST_BODY))
            .route(web::post().to(post))
            .default_service(web::to(|request: HttpRequest| async move { other_method(&request, ASK) }))
    }

    /// The same, for work that can be stopped.
    fn get_or_delete<G, D, GetArgs, DeleteArgs>(self, get: G, delete: D) -> Resource
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

/// A person gets a page with a way out, a program gets a problem.
async fn nowhere(request: HttpRequest, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if Audience::of(request.path()) == Audience::Browsers && accept.contains("text/html") {
        return Ok(pages::not_found(&state));
    }
    Err(Problem::not_found("not-found", "there is nothing at this address"))
}
