//! `/et-si`: what would change if a venue closed, opened, moved or kept other hours. Forms and links only; the address
//! holds the whole scenario, and what is saved is saved by a form.

mod acts;
mod drawing;
mod found;
mod outcome;
mod page;
mod saved;
mod scene;

pub(super) use scene::Scene;

use actix_web::web;

use crate::http::endpoint::{Answer, Endpoint, HTML, Operation};
use crate::pages::addresses::WHAT_IF;
use crate::pages::territory::view;

/// The page, and its forms.
pub const ENDPOINT: Endpoint = Endpoint::at(
    WHAT_IF,
    &[
        Operation::page("whatIfPage", "Imaginer des changements", || web::to(page::show)).taking(&[
            &scene::NAMES,
            &view::NAMES,
            &acts::NAMES,
            &["nom"],
        ]),
        Operation::post("whatIfForm", "Garder, effacer ou consulter un scénario", || web::to(saved::posted))
            .with_form()
            .answering(&[Answer::ok(&[(HTML, "text")])]),
    ],
);
