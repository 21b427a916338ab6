//! `/suivi/mode-d-emploi`: how not to use these figures.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::pages::frame::{Frame, Keep, page};

#[derive(Template)]
#[template(path = "cautions.html")]
struct CautionsPage {
    frame: Frame,
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/suivi/mode-d-emploi",
    &[Operation::page("cautions", "Comment ne pas se servir de ces chiffres", || web::to(cautions))],
);

/// Ask, render.
pub async fn cautions(state: State) -> HttpResponse {
    let frame = Frame::new(&state, "Comment ne pas se servir de ces chiffres", "/suivi");
    page(StatusCode::OK, Keep::Check, &CautionsPage { frame })
}
