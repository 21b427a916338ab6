//! The pages: server-rendered, in French, usable without JavaScript. Nothing about the visitor is stored.

// Pages.
mod data;
mod definitions;
mod download;
mod editions;
mod error;
mod findings;
mod home;
mod map;
mod names;
mod planner;
mod territory;
mod venue;
mod what_if;

// What they are made of.
mod addresses;
mod card;
mod classes;
mod figures;
mod filters;
mod fragility;
mod frame;
mod layer;
mod opening;
mod params;
mod ranking;
mod report;
mod typed;
mod whereabouts;

// Words.
mod contact;
mod report_words;
mod words;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use actix_web::web::{self, ServiceConfig};

use crate::http::middleware::PLANNER;
use crate::http::{readable, written};

pub use editions::unknown_edition;
pub use error::not_found;

/// The routing table of the pages and of the files they need.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(readable("/").get(home::home))
        .service(readable("/lieux/{id}").get(venue::venue))
        .service(readable("/carte").get(map::map))
        .service(readable("/carte/noms.json").get(names::names))
        .service(readable("/territoires").get(territory::index))
        .service(readable("/territoires/france").get(territory::nation))
        .service(readable("/territoires/{level}/{code}").get(territory::territory))
        .service(readable(PLANNER).get(planner::planner))
        .service(
            written(readable("/et-si").get(what_if::show), "GET, HEAD, POST, OPTIONS")
                .route(web::post().to(what_if::posted)),
        )
        .service(readable("/definitions").get(definitions::definitions))
        .service(readable("/donnees").get(data::data))
        .service(readable("/donnees/rapport/{source}").get(findings::findings))
        .service(readable("/donnees/fichiers/{name}").get(download::download));
    crate::http::assets::routes(cfg);
}
