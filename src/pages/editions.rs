//! Editions in words: the list of those there are, and the page for who asks for another.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::editions::{Listed, Wanted};
use crate::http::State;

use super::frame::{Frame, Keep, page};
use crate::tables::french;

#[derive(Template)]
#[template(path = "unknown_edition.html")]
struct UnknownEdition {
    frame: Frame,
    explanation: String,
    editions: Vec<Line>,
}

/// One edition of a list.
pub(super) struct Line {
    /// Its day and its id.
    pub words: String,
    /// Leads to the data of that edition.
    pub href: String,
    /// Whether it is the one in force.
    pub current: bool,
}

/// The editions that can be asked for, the newest first.
#[must_use]
pub(super) fn lines(listed: &[Listed]) -> Vec<Line> {
    let line = |listed: &Listed| {
        let title = &listed.title;
        let day = title.as_of.map_or_else(|| "sans date".to_owned(), french::date);
        let (words, href) = (format!("{day} ({})", title.id), format!("/donnees?edition={}", title.id));
        Line { words, href, current: listed.current }
    };
    listed.iter().map(line).collect()
}

/// 404: there is no such edition, but there are these.
#[must_use]
pub fn unknown_edition(state: &State, wanted: &Wanted, listed: &[Listed]) -> HttpResponse {
    let explanation = match wanted {
        Wanted::Id(id) => {
            format!("Aucune édition ne porte l'identifiant « {} ».", id.chars().take(40).collect::<String>())
        }
        Wanted::Day(day) => format!("Aucune édition n'est datée du {} ou d'avant.", french::date(*day)),
    };
    let frame = Frame::new(state, "Cette édition n'est pas ici", "");
    page(StatusCode::NOT_FOUND, Keep::Check, &UnknownEdition { frame, explanation, editions: lines(listed) })
}
