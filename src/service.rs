//! The whole service on one screen: every address, for people and tests alike.

use std::io;
use std::net::SocketAddr;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, Error, HttpRequest, HttpResponse};

use crate::api::bounds::Boxes;
use crate::api::{
    access, coverage, editions, equity, layers, nearest, need, ogc, openapi, placements, scenarios, territories, tiles,
    what_if,
};
use crate::editions::Snapshot;
use crate::http::edition::{UnknownEditionPage, is_a_person};
use crate::http::problem::Problem;
use crate::http::server::{self, Options};
use crate::http::{State, health, readable, written};
use crate::pages;
use crate::searches;
use crate::tables::means::Means;

/// The whole application, as it is served and as it is tested.
pub fn app(
    state: &State,
) -> App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()>
    + use<>,
> {
    server::app(state, routes)
}

/// Serves until SIGTERM or SIGINT; `announce` is told the address that was bound.
///
/// # Errors
/// When the address cannot be bound, or signals cannot be listened to.
pub fn serve(state: State, options: Options, announce: impl FnMut(SocketAddr)) -> io::Result<()> {
    server::serve(state, routes, options, |process| searches::jobs(process).close(), announce)
}

/// Works out what visitors of an edition should not wait for.
pub fn prepare(snapshot: &Snapshot) {
    let _ = snapshot.atlas.figures();
    let _ = Boxes::kept(snapshot);
    let _ = Means::kept(snapshot);
}

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
        .service(readable("/api/editions").get(editions::editions))
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
    cfg.app_data(UnknownEditionPage(pages::unknown_edition));
    cfg.default_service(web::to(nowhere));
}

/// A person gets a page with a way out, a program gets a problem.
async fn nowhere(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    if is_a_person(&request) {
        return Ok(pages::not_found(&state));
    }
    Err(Problem::not_found("not-found", "there is nothing at this address"))
}
