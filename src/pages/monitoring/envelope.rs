//! `/suivi/pass-numerique`: what an envelope of passes buys, whom it reaches, and who could take them in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::SiteIx;
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::work::Kind;
use crate::monitoring::envelope::{Envelope, Range};
use crate::monitoring::facts::{Fact, facts, named};
use crate::pages::error;
use crate::pages::frame::{Frame, Keep, page};
use crate::pages::params::Params;
use crate::tables::french;
use crate::tables::monitoring::{ground, words::percent};
use crate::tables::scope::Place;

/// What an envelope is until somebody writes another: the first one of the plan.
const FIRST_EUR: f64 = 10e6;
/// Most euros of an envelope.
const MOST_EUR: f64 = 1e11;
/// Persons of the plan, and the least that its texts say.
const PERSONS: (f64, f64) = (13e6, 8e6);

#[derive(Template)]
#[template(path = "envelope.html")]
struct EnvelopePage {
    frame: Frame,
    amount: String,
    euros: String,
    passes: String,
    hours: String,
    sessions: String,
    share: String,
    share_of_least: String,
    accepting: String,
    unknown: String,
    per_venue: Option<String>,
    open_hours: Option<String>,
    desert: String,
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/suivi/pass-numerique",
    &[Operation::page("passEnvelope", "Ce que peut une enveloppe de pass numériques", || web::to(envelope))
        .taking(&[&["montant"]])],
);

/// Parse, ask, render.
pub async fn envelope(request: HttpRequest, state: State) -> HttpResponse {
    let amount = |text: &str| {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && !"\u{a0}\u{202f}€".contains(*c)).collect();
        let amount: f64 = digits.parse().ok()?;
        (0.0..=MOST_EUR).contains(&amount).then_some(amount)
    };
    let amount = match Params::of(&request).choice("montant", amount) {
        Ok(amount) => amount.unwrap_or(FIRST_EUR),
        Err(refused) => return error::refused(&state, &refused),
    };
    match state.apart(Kind::Interactive, move |state| compose(state, amount)).await {
        Ok(template) => page(StatusCode::OK, Keep::Check, &template),
        Err(problem) => error::lost(&state, &problem),
    }
}

fn compose(state: &State, amount: f64) -> EnvelopePage {
    let found = Envelope::of(amount);
    let range = |(low, high): Range| format!("de {} à {}", french::decimal(low, 0), french::decimal(high, 0));
    let share = |persons: f64| {
        found.share(persons).map_or_else(String::new, |(low, high)| format!("de {} à {}", percent(low), percent(high)))
    };
    let place = Place::nation(&state.atlas);
    let known = facts(state, ground(&place), state.now().date());
    let number = |id: &str| named(&known, id).and_then(Fact::number);
    let accepting = number("pass_accepting").filter(|venues| *venues > 0.0);
    let open = accepting.and_then(|_| open_hours(state));
    EnvelopePage {
        frame: Frame::new(state, "Enveloppe de pass numériques", "/suivi"),
        amount: format!("{amount:.0}"),
        euros: french::measure(amount, 0, "€"),
        passes: range(found.passes),
        hours: range(found.hours),
        sessions: range(found.sessions),
        share: share(PERSONS.0),
        share_of_least: share(PERSONS.1),
        accepting: accepting.map_or_else(|| "aucun lieu connu".into(), |n| french::count(n as u64, "lieu", "lieux")),
        unknown: number("pass_unknown").map_or_else(|| "?".into(), |n| french::integer(n as u64)),
        per_venue: accepting.map(|venues| range((found.sessions.0 / venues, found.sessions.1 / venues))),
        open_hours: open.map(|hours| french::decimal(hours, 0)),
        desert: number("pass_desert").map_or_else(|| "inconnu".into(), |n| french::integer(n as u64)),
    }
}

/// Opening hours in a year of the venues that say they accept the pass, assumed ones included: all the help they could give
/// if one person at a time did nothing else.
fn open_hours(state: &State) -> Option<f64> {
    let atlas = &state.atlas;
    let hours = &atlas.analysis().supply.hours;
    let accepting = atlas
        .venues()
        .iter_enumerated()
        .filter(|(_, venue)| venue.pass_numerique == Some(true) && venue.receives_public());
    accepting.map(|(venue, _)| hours.get(SiteIx::of_venue(venue)).copied()).sum()
}
