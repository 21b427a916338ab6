//! What visitors say of venues, on its way to the store, and who may decide about it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use sha2::{Digest, Sha256};

use super::asked::{bearer, unauthorized};
use super::token::{Token, fresh_id};
use crate::http::State;
use crate::http::problem::Problem;
use crate::http::rate_limit::RateLimit;
use crate::ports::{LONGEST_REPORT, Report, ReportKind, ReportStore, StoreError};
use crate::shares::limits::MOST_REPORTS_A_MINUTE;

/// The minute under way, for reports alone.
#[derive(Debug, Default)]
struct Reports(RateLimit);

/// The store of reports of this instance.
///
/// # Errors
/// 503 when it was given none.
pub fn reports(state: &State) -> Result<&dyn ReportStore, Problem> {
    state.process.reports.as_deref().ok_or_else(|| {
        let detail = "this instance keeps no reports: it was started without --store";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no-store", detail)
    })
}

/// Keeps what a visitor says of a venue of the edition.
///
/// # Errors
/// 400 for a text that is too long, 404 for a venue that is not there, 409 when many wait already, 429, 503.
pub async fn keep_report(
    state: &State,
    request: &HttpRequest,
    venue: &str,
    kind: ReportKind,
    text: &str,
) -> Result<(), Problem> {
    let store = reports(state)?;
    if state.atlas.venue(venue).is_none() {
        return Err(Problem::not_found("no-venue", "there is no such venue in this edition"));
    }
    // Control characters would be instructions to a terminal; the rest is text, and shown as text.
    let text: String = text.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if text.chars().count() > LONGEST_REPORT {
        let detail = format!("a report has at most {LONGEST_REPORT} characters");
        return Err(Problem::parameter("invalid-text", "texte", "", detail));
    }
    super::pass(state, request, &state.process.kept::<Reports>().0, ("report", MOST_REPORTS_A_MINUTE)).await?;
    let id = fresh_id().map_err(|error| problem(state, request, error))?;
    let report = Report { id, venue: venue.to_owned(), kind, text, sent: state.now(), decided: None };
    store.report(report).await.map_err(|error| problem(state, request, error))
}

/// Lets a moderator through: one whose token's SHA-256 is in the configuration. Compared as hashes of 256 random bits, so
/// that the time a comparison takes tells nothing.
///
/// # Errors
/// 401 without a token, or with another.
pub fn moderator(state: &State, token: Option<&Token>) -> Result<(), Problem> {
    let Some(token) = token else {
        return Err(unauthorized("missing-token", "give the token of a moderator: Authorization: Bearer"));
    };
    let hash: [u8; 32] = Sha256::digest(token.as_str().as_bytes()).into();
    if state.process.moderators.contains(&hash) {
        return Ok(());
    }
    Err(unauthorized("unknown-token", "this is no token of a moderator"))
}

/// The same for the header of a request.
///
/// # Errors
/// As [`moderator`].
pub fn moderator_of(state: &State, request: &HttpRequest) -> Result<(), Problem> {
    moderator(state, bearer(request).as_ref())
}

/// What a visitor is told of a failure of the store.
#[must_use]
pub fn problem(state: &State, request: &HttpRequest, error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => Problem::not_found("no-report", "no such report waits for a decision"),
        StoreError::Full => {
            let detail = "as many reports wait for a decision as can be; try again another day";
            Problem::new(StatusCode::CONFLICT, "too-many-reports", detail)
        }
        other => super::problem(state, request, other),
    }
}
