//! `/lieux/{id}/signaler` and `/moderation`: « c'est faux », « fermé », « déménagé », said without an account, shown to nobody
//! until a moderator decided.

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::domain::Venue;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, HTML, Operation};
use crate::ports::{LONGEST_REPORT, Page, Report, ReportId, ReportKind, StoreError, Verdict};
use crate::saved::{Token, reports};
use crate::tables::french;

use super::frame::{Frame, Keep, page};
use super::language::{Words, others};
use super::params::{Params, query};
use super::{card, error};

/// Reports on the page of moderators.
const SHOWN: u32 = 50;

/// `/lieux/{id}/signaler`.
pub const REPORT: Endpoint = Endpoint::at(
    "/lieux/{id}/signaler",
    &[
        Operation::page("reportForm", "Signaler une erreur sur un lieu", || web::to(form)),
        Operation::post("report", "La même, envoyée", || web::to(send))
            .with_form()
            .answering(&[Answer::ok(&[(HTML, "text")])])
            .refusing(&[400, 404, 409, 413, 429, 503]),
    ],
);

/// `/moderation`.
pub const MODERATION: Endpoint = Endpoint::at(
    "/moderation",
    &[
        Operation::page("moderation", "Décider des signalements", || web::to(door)),
        Operation::post("moderate", "La même, avec le jeton d'un modérateur", || web::to(moderate))
            .with_form()
            .answering(&[Answer::ok(&[(HTML, "text")])])
            .refusing(&[400, 401, 413, 503]),
    ],
);

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    t: Words,
    name: String,
    href: String,
    action: String,
    kinds: [(&'static str, String); 3],
    longest: usize,
    sent: bool,
    open: bool,
}

/// A report on the page of moderators.
struct Line {
    id: String,
    venue: String,
    href: String,
    kind: &'static str,
    text: String,
    sent: String,
}

#[derive(Template)]
#[template(path = "moderation.html")]
struct ModerationPage {
    frame: Frame,
    token: Option<String>,
    lines: Vec<Line>,
    refused: bool,
}

fn venue_of<'a>(state: &'a State, id: &str) -> Option<&'a Venue> {
    state.atlas.venue(id).or_else(|| state.atlas.venue(state.atlas.venue_alias(id)?))
}

fn report_page(request: &HttpRequest, state: &State, venue: &Venue, sent: bool) -> ReportPage {
    let t = Words::of(request);
    ReportPage {
        frame: Frame::new(state, &t.say("report-title"), "").speaking(t, others(request, state, &[])).unlisted(),
        t,
        name: venue.name.clone(),
        href: card::venue_href(&venue.id),
        action: format!("{}/signaler{}", card::venue_href(&venue.id), query(&[("lang", t.0.code())])),
        kinds: [
            (ReportKind::Closed.name(), t.say("report-closed")),
            (ReportKind::Moved.name(), t.say("report-moved")),
            (ReportKind::Wrong.name(), t.say("report-wrong")),
        ],
        longest: LONGEST_REPORT,
        sent,
        open: state.process.reports.is_some(),
    }
}

/// `GET`: the form.
pub async fn form(request: HttpRequest, id: web::Path<String>, state: State) -> HttpResponse {
    match venue_of(&state, &id) {
        Some(venue) => page(StatusCode::OK, Keep::Check, &report_page(&request, &state, venue, false)),
        None => error::not_found(&state),
    }
}

/// `POST`: keeps what was said, and says thank you.
pub async fn send(request: HttpRequest, id: web::Path<String>, state: State, body: Bytes) -> HttpResponse {
    let params = Params::read(std::str::from_utf8(&body).unwrap_or_default());
    let Some(venue) = venue_of(&state, &id) else { return error::not_found(&state) };
    let kind = match params.choice("quoi", ReportKind::from_name) {
        Ok(kind) => kind.unwrap_or(ReportKind::Wrong),
        Err(refused) => return error::refused(&state, &refused),
    };
    let text = params.one("texte").unwrap_or_default();
    match reports::keep_report(&state, &request, &venue.id, kind, text).await {
        Ok(()) => page(StatusCode::OK, Keep::Nothing, &report_page(&request, &state, venue, true)),
        Err(problem) => {
            let t = Words::of(&request);
            let status = actix_web::ResponseError::status_code(&problem);
            error::told(&state, status, "Signalement non enregistré", &t.say("report-refused"))
        }
    }
}

/// `GET /moderation`: asks for the token.
pub async fn door(state: State) -> HttpResponse {
    page(StatusCode::OK, Keep::Nothing, &moderation(&state, None, Vec::new(), false))
}

fn moderation(state: &State, token: Option<String>, lines: Vec<Line>, refused: bool) -> ModerationPage {
    ModerationPage { frame: Frame::new(state, "Modération", "").unlisted(), token, lines, refused }
}

/// `POST /moderation`: decides, if a decision is given, and shows what waits. The token is in the body, in no address.
pub async fn moderate(request: HttpRequest, state: State, body: Bytes) -> HttpResponse {
    let params = Params::read(std::str::from_utf8(&body).unwrap_or_default());
    let given = params.one("jeton").unwrap_or_default().to_owned();
    if reports::moderator(&state, Token::given(&given).as_ref()).is_err() {
        return page(StatusCode::UNAUTHORIZED, Keep::Nothing, &moderation(&state, None, Vec::new(), true));
    }
    let failed = |problem: crate::http::problem::Problem| {
        let status = actix_web::ResponseError::status_code(&problem);
        error::told(
            &state,
            status,
            "Modération impossible",
            "Le service ne garde pas de signalements, ou ne répond pas.",
        )
    };
    let store = match reports::reports(&state) {
        Ok(store) => store,
        Err(problem) => return failed(problem),
    };
    let decision = params.one("signalement").and_then(ReportId::parse).zip(params.one("decision"));
    if let Some((id, verdict)) = decision.and_then(|(id, text)| Some((id, Verdict::from_name(text)?))) {
        match store.decide(id, verdict, state.now()).await {
            // Decided meanwhile by somebody else: the list shows what is left.
            Ok(()) | Err(StoreError::NotFound) => {}
            Err(error) => return failed(reports::problem(&state, &request, error)),
        }
    }
    match store.waiting(Page { limit: SHOWN, offset: 0 }).await {
        Ok(waiting) => {
            let lines = waiting.into_iter().map(|report| line(&state, report)).collect();
            page(StatusCode::OK, Keep::Nothing, &moderation(&state, Some(given), lines, false))
        }
        Err(error) => failed(reports::problem(&state, &request, error)),
    }
}

fn line(state: &State, report: Report) -> Line {
    Line {
        venue: state.atlas.venue(&report.venue).map_or_else(|| report.venue.clone(), |venue| venue.name.clone()),
        href: card::venue_href(&report.venue),
        kind: said(report.kind),
        text: report.text,
        sent: french::date(report.sent.date()),
        id: report.id.as_str().to_owned(),
    }
}

fn said(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Wrong => "C’est faux",
        ReportKind::Closed => "Fermé pour toujours",
        ReportKind::Moved => "Déménagé",
    }
}

/// What moderators confirmed of a venue, in words; nothing when there is no store, or it does not answer.
pub async fn confirmed(state: &State, venue: &Venue) -> Vec<String> {
    let Some(store) = state.process.reports.as_deref() else { return Vec::new() };
    let Ok(found) = store.confirmed(venue.id.clone()).await else { return Vec::new() };
    let told = |report: &Report| {
        let (_, day) = report.decided?;
        Some(format!("{}, signalé par un visiteur et vérifié le {}.", said(report.kind), french::date(day.date())))
    };
    let mut said: Vec<String> = found.iter().filter_map(told).collect();
    said.dedup();
    said
}
