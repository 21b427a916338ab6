//! The pages: server-rendered, in French, usable without JavaScript. Nothing about the visitor is stored.

// Pages.
mod data;
mod download;
mod error;
mod findings;
mod home;
mod map;
mod venue;

// What they are made of.
mod card;
mod classes;
mod filters;
mod frame;
mod opening;
mod params;
mod report;
mod typed;
mod whereabouts;

// Words.
mod contact;
mod french;
mod report_words;
mod words;

#[cfg(test)]
mod testing;

use actix_web::web;

pub use error::not_found;

/// The routing table of the pages and of the files they need.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/", web::get().to(home::home))
        .route("/lieux/{id}", web::get().to(venue::venue))
        .route("/carte", web::get().to(map::map))
        .route("/donnees", web::get().to(data::data))
        .route("/donnees/rapport/{source}", web::get().to(findings::findings))
        .route("/donnees/fichiers/{name}", web::get().to(download::download))
        .configure(super::assets::routes);
}
