//! `GET /api/places`: what a place that is still being typed may be.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::atlas::meaning::{Meant, island_of, suggest};
use crate::domain::Level;
use crate::features;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::JSON;
use crate::http::work::Kind;

const DEFAULT_LIMIT: usize = 8;
const MAX_LIMIT: usize = 20;
/// Longest text, in characters; a longer one is no place.
const LONGEST: usize = crate::atlas::meaning::LONGEST;

/// `GET /api/places`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/places",
    &[Operation::get(
        "places",
        "Ce que peut être un lieu en cours de frappe : commune, code postal, territoire, lieu d'aide",
        || web::to(places),
    )
    .of_an_edition()
    .taking(&[&["text", "limit"]])
    .answering(&[Answer::ok(&[(JSON, "object")])])
    .refusing(&[400])],
);

/// Answers with readings in words, the most likely first. What somebody types is kept by nobody: `no-store`.
///
/// # Errors
/// 400 naming the parameter that cannot be answered.
pub async fn places(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let text = query
        .text("text")
        .ok_or_else(|| Problem::parameter("missing-parameter", "text", "", "say what was typed so far"))?;
    if text.chars().count() > LONGEST {
        let detail = format!("a place has at most {LONGEST} characters");
        return Err(Problem::parameter("invalid-value", "text", "", detail));
    }
    let limit = query.integer("limit", 1..=MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let text = text.to_owned();
    // Likeness of a name to all others takes milliseconds: another thread finds them.
    let out = state.apart(Kind::Interactive, move |state| found(state, &text, limit)).await?;
    Ok(HttpResponse::Ok().content_type(JSON).insert_header(("Cache-Control", "no-store")).body(out))
}

fn found(state: &State, text: &str, limit: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    out.extend_from_slice(br#"{"places":"#);
    let found = suggest(&state.atlas, text, limit);
    features::write_array(&mut out, found.iter(), |out, meant| {
        let (kind, code) = named(state, meant);
        // « Porquerolles, Hyères » leads to Hyères, and there it is said that a boat has to be taken.
        let words = island_of(&state.atlas, text, meant).unwrap_or_else(|| state.atlas.in_words(meant));
        out.push(b'{');
        for (name, value) in [("text", words), ("kind", kind.to_owned()), ("code", code)] {
            features::write_key(out, name);
            features::write_text(out, &value);
        }
        out.push(b'}');
    });
    out.push(b'}');
    out
}

/// The kind of a reading and the code or id it has there.
fn named(state: &State, meant: &Meant) -> (&'static str, String) {
    let atlas = &state.atlas;
    match meant {
        Meant::Commune(ordinal) => ("commune", atlas.communes()[*ordinal].code.to_string()),
        Meant::Arrondissement(arrondissement) => ("arrondissement", arrondissement.code.to_owned()),
        Meant::Postcode(code, _) => ("postcode", code.clone()),
        Meant::Territory(level, ordinal) => {
            let kind = match level {
                Level::Region => "region",
                Level::Departement => "departement",
                _ => "epci",
            };
            (kind, atlas.territories(*level)[*ordinal as usize].code.clone())
        }
        Meant::Address(commune, _) => ("address", atlas.communes()[*commune].code.to_string()),
        Meant::Venue(ordinal) => ("venue", atlas.venues()[*ordinal].id.clone()),
    }
}
