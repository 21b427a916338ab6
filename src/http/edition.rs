//! Which edition a request is answered from: the one in force, or the one that `edition=` names. Found before any handler
//! is asked, so that waiting for an edition to open is not held against the handler's time.

use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderName};
use actix_web::rt::time::timeout;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse};

use super::headers::Audience;
use super::misnamed::{Misnamed, MisnamedPage};
use super::params::{Query, only};
use super::problem::Problem;
use super::process::Process;
use super::state::State;
use crate::editions::{Found, Listed, Opening, Snapshot, Wanted};
use crate::shares::visitor::Visitor;

/// Name of the parameter, on every address that shows data: the id of an edition, or a day, which means the newest edition
/// of that day or an earlier one.
pub const EDITION: &str = "edition";
/// Says which edition an answer comes from.
pub const HEADER: HeaderName = HeaderName::from_static("mediane-edition");
/// How long a request waits for its edition to be opened.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most requests that wait for an edition at once: a part of those that may be in flight.
const MOST_WAITING: usize = 64;

/// Why a request has no edition.
#[derive(Debug, Clone)]
enum Refused {
    /// There is no such edition; these there are.
    Unknown(Wanted, Vec<Listed>),
    /// Anything else.
    Problem(Problem),
}

/// What was found for one request, in its extensions.
#[derive(Debug, Clone)]
struct Chosen {
    current: State,
    chosen: Result<State, Refused>,
}

/// The page for people who ask for an edition that is not there.
#[derive(Debug, Clone, Copy)]
pub struct UnknownEditionPage(pub fn(&State, &Wanted, &[Listed]) -> HttpResponse);

/// Finds the edition of a request and leaves it where [`State`] is extracted from.
pub(super) async fn choose(request: &ServiceRequest, process: &Arc<Process>, visitor: Visitor) {
    let current = State::asked_by(process, visitor);
    let chosen = match only(request.query_string(), EDITION) {
        Ok(None) => Ok(current.clone()),
        Ok(Some(text)) => find(&current, &Wanted::parse(&text)).await,
        Err(problem) => Err(Refused::Problem(problem)),
    };
    request.extensions_mut().insert(Chosen { current, chosen });
}

async fn find(current: &State, wanted: &Wanted) -> Result<State, Refused> {
    let editions = &current.process.editions;
    match editions.find(wanted) {
        Found::Open(snapshot) => Ok(current.naming(snapshot)),
        Found::Unknown(listed) => Err(Refused::Unknown(wanted.clone(), listed)),
        Found::Opening(opening) => match opened(current, opening).await {
            Ok(Some(snapshot)) => Ok(current.naming(snapshot)),
            Ok(None) => Err(Refused::Unknown(wanted.clone(), editions.list())),
            Err(problem) => Err(Refused::Problem(problem)),
        },
    }
}

/// Waits for an edition, within a time and with few others: who waits holds one of the places of those being answered.
async fn opened(current: &State, opening: Opening) -> Result<Option<Arc<Snapshot>>, Problem> {
    let waiting = Waiting::begin(&current.process.waiting);
    let busy = || Problem::busy("opening-edition", "this edition is still being opened; ask again in a moment");
    if waiting.before >= MOST_WAITING {
        return Err(busy());
    }
    timeout(PATIENCE, opening).await.map_err(|_elapsed| busy())
}

/// Somebody who waits for an edition; leaves the count when dropped.
struct Waiting<'a> {
    count: &'a AtomicUsize,
    before: usize,
}

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        Self { count, before: count.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The same service with the edition of this id, whatever the request named: what is kept under an id of its own, such
/// as a job, belongs to one edition for ever.
///
/// # Errors
/// 404 when that edition is gone; 503 while it is being opened.
pub async fn of_id(request: &HttpRequest, state: &State, id: &str) -> Result<State, Problem> {
    if state.id() == id {
        return Ok(state.clone());
    }
    let found = find(state, &Wanted::Id(id.to_owned())).await.map_err(|refused| match refused {
        Refused::Unknown(wanted, listed) => unknown(&wanted, &listed),
        Refused::Problem(problem) => problem,
    })?;
    request.extensions_mut().insert(Answering(found.clone()));
    Ok(found)
}

/// The same service with the edition that a parameter other than [`EDITION`] means, by id or by day.
///
/// # Errors
/// 404 when there is none, naming the parameter; 503 while it is being opened.
pub async fn meant(state: &State, parameter: &str, text: &str) -> Result<State, Problem> {
    let wanted = Wanted::parse(text);
    find(state, &wanted).await.map_err(|refused| match refused {
        Refused::Unknown(wanted, listed) => unknown(&wanted, &listed).about(parameter, text),
        Refused::Problem(problem) => problem,
    })
}

/// Notes that the answer to a request comes from this edition.
pub fn answer_from(request: &HttpRequest, state: &State) {
    request.extensions_mut().insert(Answering(state.clone()));
}

/// The edition that a handler asked for: what its answer comes from.
#[derive(Debug, Clone)]
struct Answering(State);

/// What the answer to this request comes from; `None` when it has nothing to do with editions.
pub(super) fn state_of(request: &HttpRequest) -> Option<State> {
    request.extensions().get::<Answering>().map(|answering| answering.0.clone())
}

/// The id of the edition that an answer comes from.
pub(super) fn answering(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<Answering>().map(|answering| answering.0.id().to_owned())
}

/// Reads the parameters of an address that shows data: those it declares, and [`EDITION`].
///
/// # Errors
/// Those of [`Query::parse`].
pub fn query(request: &HttpRequest, declared: &[&str]) -> Result<Query, Problem> {
    Query::parse(request.query_string(), &[declared, &[EDITION]].concat())
}

fn unknown(wanted: &Wanted, listed: &[Listed]) -> Problem {
    let detail = match wanted {
        Wanted::Id(_) => {
            "there is no such edition here; it takes the id of an edition in full, or a day such as 2024-08-31"
        }
        Wanted::Day(_) => "there is no edition of that day or an earlier one here",
    };
    let problem = Problem::not_found("unknown-edition", detail).about(EDITION, &wanted.to_string());
    problem.allowing(listed.iter().map(|listed| listed.title.id.clone()))
}

impl FromRequest for State {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let chosen = request.extensions().get::<Chosen>().cloned();
        let Chosen { current, chosen } = chosen.expect("the middleware gives every request its edition");
        if let Some(misnamed) = Misnamed::of(request) {
            let problem = misnamed.problem();
            let page = request.app_data::<MisnamedPage>().filter(|_| is_a_person(request));
            return ready(Err(match page {
                Some(MisnamedPage(page)) => InternalError::from_response(problem, page(&current, &misnamed)).into(),
                None => problem.into(),
            }));
        }
        if let Ok(state) = &chosen {
            request.extensions_mut().insert(Answering(state.clone()));
        }
        ready(chosen.map_err(|refused| match refused {
            Refused::Problem(problem) => problem.into(),
            Refused::Unknown(wanted, listed) => {
                let problem = unknown(&wanted, &listed);
                match request.app_data::<UnknownEditionPage>().filter(|_| is_a_person(request)) {
                    Some(UnknownEditionPage(page)) => {
                        InternalError::from_response(problem, page(&current, &wanted, &listed)).into()
                    }
                    None => problem.into(),
                }
            }
        }))
    }
}

/// Whether the answer is shown to a person: a browser asks for a page.
#[must_use]
pub fn is_a_person(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Audience::of(request.path()) == Audience::Browsers && accept.contains("text/html")
}
