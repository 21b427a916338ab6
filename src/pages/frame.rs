//! What every page shares: its title, the banner of a demonstration, the edition at its foot.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ContentType};
use askama::Template;

use crate::http::{State, assets};

use crate::tables::french;

/// The frame around a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Title of the window.
    pub title: String,
    /// Address of the entry of the menu that is current; empty when none is.
    pub here: &'static str,
    /// Whether the venues are fictitious.
    pub demonstration: bool,
    /// Id of the edition.
    pub edition: String,
    /// Day of the edition, in words.
    pub as_of: Option<String>,
    /// Whether another edition is in force.
    pub old: bool,
    /// Address of our own static files, without the final slash.
    pub assets: &'static str,
}

impl Frame {
    /// The frame of a page of this title.
    #[must_use]
    pub fn new(state: &State, title: &str, here: &'static str) -> Self {
        let edition = state.atlas.edition();
        Self {
            title: format!("{title} – Médiane"),
            here,
            demonstration: edition.demonstration,
            edition: edition.id.clone(),
            as_of: edition.as_of.map(french::date),
            old: !state.is_current(),
            assets: assets::base(),
        }
    }
}

/// How long a browser may keep a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Ask again each time: « ouvert jusqu'à » grows old within minutes.
    Check,
    /// Leave no trace on a shared computer: the page says where somebody is.
    Nothing,
}

/// Renders a page.
#[must_use]
pub fn page(status: StatusCode, keep: Keep, template: &impl Template) -> HttpResponse {
    let html = template.render().expect("values print themselves, and memory takes every byte");
    let cache = match keep {
        Keep::Check => "no-cache",
        Keep::Nothing => "no-store",
    };
    HttpResponse::build(status).insert_header(ContentType::html()).insert_header((CACHE_CONTROL, cache)).body(html)
}
