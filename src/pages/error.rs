//! The pages that say why there is no page, in French, with a way out.

use actix_web::HttpResponse;
use actix_web::ResponseError;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use askama::Template;

use crate::http::State;
use crate::http::edition::EDITION;
use crate::http::html::LOOK;
use crate::http::misnamed::Misnamed;
use crate::http::problem::Problem;

use super::frame::{Frame, Keep, html, page};
use super::params::Refused;
use super::towns::Link;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    explanation: String,
    /// Ways out, before the usual one.
    ways: Vec<Link>,
}

impl ErrorPage {
    fn new(state: &State, heading: &'static str, explanation: String) -> Self {
        Self { frame: Frame::new(state, heading, ""), heading, explanation, ways: Vec::new() }
    }
}

/// 404: nothing lives at this address.
#[must_use]
pub fn not_found(state: &State) -> HttpResponse {
    let explanation = "L'adresse est peut-être incomplète, ou le lieu n'est plus dans l'édition en cours.".to_string();
    let heading = "Cette page n'existe pas";
    let template = ErrorPage::new(state, heading, explanation);
    page(StatusCode::NOT_FOUND, Keep::Check, &template)
}

/// 400: a value of the address is not one we know.
#[must_use]
pub fn refused(state: &State, refused: &Refused) -> HttpResponse {
    let explanation = format!("La valeur « {} » n'est pas possible pour « {} ».", refused.value, refused.name);
    let heading = "Cette adresse n'est pas comprise";
    let template = ErrorPage::new(state, heading, explanation);
    page(StatusCode::BAD_REQUEST, Keep::Check, &template)
}

/// 400: the address has a name that the page does not know, and its answer would leave it out.
#[must_use]
pub fn misnamed(state: &State, misnamed: &Misnamed) -> HttpResponse {
    let name: String = misnamed.name.chars().take(80).collect();
    let known = misnamed.known.iter().filter(|known| **known != EDITION && !LOOK.contains(known));
    let known: Vec<String> = known.map(|known| format!("«\u{a0}{known}\u{a0}»")).collect();
    let knows = match &known[..] {
        [] => "Elle ne prend aucun choix.".to_owned(),
        known => format!("Elle connaît\u{a0}: {}.", known.join(", ")),
    };
    let explanation =
        format!("Cette page ne connaît pas «\u{a0}{name}\u{a0}»\u{a0}: sa réponse n’en tiendrait pas compte. {knows}");
    let corrected = misnamed.corrected.iter().zip(misnamed.meant);
    let corrected = corrected.map(|(href, meant)| Link {
        href: href.clone(),
        words: format!("Vouliez-vous écrire «\u{a0}{meant}\u{a0}»\u{a0}?"),
    });
    let without = Link { href: misnamed.without.clone(), words: format!("La même page sans «\u{a0}{name}\u{a0}»") };
    let heading = "Cette adresse n'est pas comprise";
    let ways = corrected.chain([without]).collect();
    let template = ErrorPage { ways, ..ErrorPage::new(state, heading, explanation) };
    page(StatusCode::BAD_REQUEST, Keep::Check, &template)
}

/// Any refusal, in words chosen by who refuses. A browser keeps no trace of it.
#[must_use]
pub fn told(state: &State, status: StatusCode, heading: &'static str, explanation: &str) -> HttpResponse {
    let template = ErrorPage {
        frame: Frame::new(state, heading, ""),
        heading,
        explanation: explanation.to_owned(),
        ways: Vec::new(),
    };
    page(status, Keep::Nothing, &template)
}

const NOT_IN_TIME: &str = "Cette page n'a pas pu être préparée à temps";
const TRY_AGAIN: &str = "Beaucoup de questions arrivent en même temps. Réessayez dans quelques secondes.";

/// The text of a page for a question that no page of ours could answer.
#[must_use]
pub fn unanswered(state: &State, problem: &Problem) -> String {
    let (heading, explanation) = match problem.status_code() {
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => (NOT_IN_TIME, TRY_AGAIN.to_owned()),
        status if status.is_server_error() => {
            let incident = problem.incident().map_or_else(String::new, |id| format!(" Son numéro est {id}."));
            (
                "Quelque chose s'est cassé chez nous",
                format!("L'erreur est notée.{incident} Réessayez, ou écrivez-nous."),
            )
        }
        StatusCode::NOT_FOUND => ("Cette page n'existe pas ou plus", "Elle a peut-être changé d'adresse.".to_owned()),
        StatusCode::PAYLOAD_TOO_LARGE => ("C'est trop long", "Ce que vous avez envoyé n'a pas été lu.".to_owned()),
        StatusCode::URI_TOO_LONG => ("Cette adresse est trop longue", "Elle ne peut pas être lue.".to_owned()),
        _ => ("Cette demande n'est pas comprise", "Elle n'a pas pu être lue.".to_owned()),
    };
    ErrorPage::new(state, heading, explanation).render().unwrap_or_default()
}

/// The page of work that was not done: too many asked for the like, or it took too long, or it broke.
#[must_use]
pub fn lost(state: &State, problem: &Problem) -> HttpResponse {
    let mut response = html(problem.status_code(), Keep::Nothing, unanswered(state, problem));
    if let Some(after) = problem.error_response().headers().get(RETRY_AFTER) {
        response.headers_mut().insert(RETRY_AFTER, after.clone());
    }
    response
}

/// 404: the edition has too few people for any estimate, or for the national number that was chosen.
#[must_use]
pub fn no_estimate(state: &State) -> HttpResponse {
    let explanation = "Cette édition compte trop peu d'habitants pour le chiffre national choisi.".to_string();
    let heading = "Pas d'estimation dans cette édition";
    let template =
        ErrorPage { frame: Frame::new(state, heading, "/territoires"), heading, explanation, ways: Vec::new() };
    page(StatusCode::NOT_FOUND, Keep::Check, &template)
}
