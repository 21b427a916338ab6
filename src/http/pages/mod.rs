//! The pages: server-rendered, in French, usable without JavaScript. Nothing about the visitor is stored.

mod card;
mod contact;
mod error;
mod filters;
mod frame;
mod french;
mod home;
mod opening;
mod params;
mod typed;
mod whereabouts;
mod words;

#[cfg(test)]
mod testing;

use actix_web::web;

pub use error::not_found;

/// The routing table of the pages and of the files they need.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/", web::get().to(home::home)).configure(super::assets::routes);
}
