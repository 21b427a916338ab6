//! `/`: one question, then the venues nearest to the answer.

use actix_web::http::StatusCode;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};

use super::error;
use super::frame::{Frame, Keep, page};
use super::geocoded;
use super::params::Params;
use super::search::{Answer, Form, NAMES, Search};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    form: Form,
    answer: Answer,
}

/// The page.
pub const ENDPOINT: Endpoint =
    Endpoint::at("/", &[Operation::page("home", "Trouver un lieu près de chez soi", || web::to(home)).taking(&NAMES)]);

/// What search engines show of it.
const WHAT: &str = "Trouver près de chez soi une personne qui aide avec internet, l’ordinateur ou les démarches. Rien n’est enregistré.";

/// Parse, ask, render.
pub async fn home(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    let place = geocoded::reading(&state, &params).await;
    let search = match Search::read(&state, &params, "/", place) {
        Ok(search) => search,
        Err(refused) => return error::refused(&state, &refused),
    };
    let (form, answer) = (search.form(), search.answer());
    let keep = if matches!(answer, Answer::Question) { Keep::Check } else { Keep::Nothing };
    let title = match &answer {
        Answer::Results(results) => format!("Lieux d'aide près {}", results.near),
        _ => "Où avez-vous besoin d'aide ?".to_string(),
    };
    let frame = Frame::new(&state, &title, "/").in_french_only(&request);
    let frame = if keep == Keep::Check { frame.described(WHAT) } else { frame };
    page(StatusCode::OK, keep, &Home { frame, form, answer })
}
