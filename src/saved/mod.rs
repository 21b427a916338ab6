//! Scenarios that are kept: whose they are, who may read them, how many may be begun.
//!
//! Who holds the token of a scenario owns it. To everybody else a private one is not there: 404, never 403.

pub mod asked;
pub mod once;
pub mod reports;
pub mod wire;

mod token;

use std::time::{Duration, Instant};

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::rt::time::sleep;

use crate::http::State;
use crate::http::problem::Problem;
use crate::http::rate_limit::{RateLimit, too_many};
use crate::ports::{Content, Scenario, ScenarioStore, StoreError, Visibility};
use crate::shares::limits::MOST_TOKENS_A_MINUTE;

pub use asked::{content, expected};
pub use token::{Token, fresh_id};
pub use wire::Written;

/// How many scenarios each stranger began in this minute: a disk is filled by many small texts as well as by large ones.
#[derive(Debug, Default)]
struct NewTokens(RateLimit);

/// A scenario that is not there is told so at one of these steps after the question.
const STEP: Duration = Duration::from_millis(20);

/// Keeps a new scenario for who holds this token, or for who is given the one that comes back.
///
/// # Errors
/// 401 for a token nobody was given, 409 when there are too many, 429 when too many come at once, 503.
pub async fn keep_new(
    state: &State,
    request: &HttpRequest,
    held: Option<Token>,
    content: Content,
) -> Result<(Scenario, Option<Token>), Problem> {
    let store = store(state)?;
    let told = |error| problem(state, request, error);
    let fresh = match &held {
        Some(token) if store.knows(token.owner()).await.map_err(told)? => None,
        // A token that somebody thought up could be thought up by others.
        Some(_) => return Err(asked::unauthorized("unknown-token", "nobody was given this token")),
        None => {
            let counted = &state.process.kept::<NewTokens>().0;
            pass(state, request, counted, ("token", MOST_TOKENS_A_MINUTE)).await?;
            Some(Token::fresh().map_err(told)?)
        }
    };
    let owner = fresh.as_ref().or(held.as_ref()).expect("one of the two is there").owner();
    let now = state.now();
    let id = fresh_id().map_err(told)?;
    let scenario = Scenario { id, owner, version: 1, created: now, updated: now, content };
    store.create(scenario.clone()).await.map_err(told)?;
    Ok((scenario, fresh))
}

/// Lets one more through, unless this visitor did it so many times in this minute: asked of this process first, then of all that
/// share its store.
async fn pass(
    state: &State,
    request: &HttpRequest,
    counted: &RateLimit,
    (what, most): (&'static str, u32),
) -> Result<(), Problem> {
    counted.pass(state.visitor(), most, state.now())?;
    let told = |error| problem(state, request, error);
    let (Some(store), Some(secret)) = (&state.process.plans, state.secret().await.map_err(told)?) else {
        return Ok(());
    };
    let visitor = secret.visitor(state.visitor());
    if visitor.is_empty() || store.pass(what, visitor, most).await.map_err(told)? {
        return Ok(());
    }
    Err(too_many(most))
}

/// A scenario that who holds this token may read.
///
/// # Errors
/// 404 when it is not there, or not for them; 503.
pub async fn readable(
    state: &State,
    request: &HttpRequest,
    id: &str,
    version: Option<u32>,
    held: Option<Token>,
) -> Result<Scenario, Problem> {
    let (began, id) = (Instant::now(), asked::id(id)?);
    let found = store(state)?.read(id, version).await.map_err(|error| problem(state, request, error))?;
    let owned = |scenario: &Scenario| held.as_ref().is_some_and(|token| token.owner() == scenario.owner);
    // What was shared in an earlier version was not shared for ever.
    let shown = |scenario: &Scenario| version.is_none() && scenario.content.visibility != Visibility::Private;
    match found.filter(|scenario| owned(scenario) || shown(scenario)) {
        Some(scenario) => Ok(scenario),
        None => Err(after_a_while(began, asked::not_there()).await),
    }
}

/// Tells what is not there at a time that does not tell whether it is: reading a row and hiding it takes longer than finding
/// none.
pub async fn after_a_while(began: Instant, problem: Problem) -> Problem {
    if problem.code() == asked::NOT_THERE {
        let passed = began.elapsed().as_micros() / STEP.as_micros() + 1;
        let told = STEP * u32::try_from(passed).unwrap_or(u32::MAX);
        sleep(told.saturating_sub(began.elapsed())).await;
    }
    problem
}

/// The store of this instance.
///
/// # Errors
/// 503 when it was given none.
pub fn store(state: &State) -> Result<&dyn ScenarioStore, Problem> {
    state.process.store.as_deref().ok_or_else(|| {
        let detail = "this instance keeps no scenarios: it was started without --store";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no-store", detail)
    })
}

/// What a visitor is told of a failure of the store.
#[must_use]
pub fn problem(state: &State, request: &HttpRequest, error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => asked::not_there(),
        StoreError::Conflict(latest) => {
            let detail = format!("version {latest} was saved in between; read it, then save again");
            let problem = Problem::new(StatusCode::PRECONDITION_FAILED, "version-conflict", detail);
            problem.allowing([wire::tag(latest)])
        }
        StoreError::Full => {
            let detail = "there are as many scenarios of this token, or versions of this scenario, as can be";
            Problem::new(StatusCode::CONFLICT, "too-many-scenarios", detail)
        }
        StoreError::Busy => Problem::busy("store-busy", "the store did not answer in time; try again in a moment"),
        StoreError::Broken(cause) => state.incident(&request.match_pattern().unwrap_or_default(), &cause),
    }
}
