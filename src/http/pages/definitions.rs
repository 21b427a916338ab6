//! `/definitions`: what every figure of a territory means, how it is computed, and what it does not say.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::frame::{Frame, Keep, page};
use crate::access::Assumptions;
use crate::http::State;
use crate::http::study::definitions::DEFINITIONS;

/// One name of the answers for machines, in words.
struct Entry {
    id: &'static str,
    title: &'static str,
    unit: &'static str,
    text: &'static str,
}

#[derive(Template)]
#[template(path = "definitions.html")]
struct DefinitionsPage {
    frame: Frame,
    assumptions: Assumptions,
    entries: Vec<Entry>,
}

/// Parse, ask, render.
pub async fn definitions(state: web::Data<State>) -> HttpResponse {
    let entries = DEFINITIONS.iter().map(|d| Entry { id: d.id, title: d.title, unit: d.unit, text: d.text }).collect();
    let frame = Frame::new(&state, "Définition des chiffres", "/definitions");
    page(StatusCode::OK, Keep::Check, &DefinitionsPage { frame, assumptions: Assumptions::default(), entries })
}
