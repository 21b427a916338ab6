//! `/planifier`: where the next posts should go. Three questions and a form that waits; with JavaScript, two curves that
//! close on each other while it runs.

mod answer;
mod beside;
mod curves;
mod entries;
mod form;
mod further;
mod keys;
mod labelled;
mod map;
mod marks;
mod note;
mod question;
mod reasons;
mod shares;
mod spare;
mod words;

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::rt::time::timeout;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use super::addresses::PLANNER;
use super::error;
use super::frame::{Frame, Keep, page};
use super::params::Params;
use crate::domain::Level;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::work::Kind;
use crate::http::{State, links};
use crate::planning::RequestError;
use crate::searches;
use crate::searches::asked::BELOW_ONE_POST;
use crate::searches::job::{Moment, Stage};
use crate::searches::sentence::percent;
use crate::searches::start::{start, until};
use crate::searches::{Asked, Placement};
use crate::tables::french;
use crate::tables::scope::Place;

pub(super) use answer::counted;
pub(super) use map::{Part, at, parts};
pub(super) use question::Question;

use answer::View;
use curves::{Closing, closing};
use entries::{Control, Fault};
use form::Form;
use spare::Spare;

pub use beside::Line;
pub use labelled::ENDPOINT as MAP;
pub use note::ENDPOINT as NOTE;
pub use shares::{Shares, heading, line_of};

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    PLANNER,
    &[Operation::page("planner", "Planifier les prochains postes", || web::to(planner))
        .taking(&[&question::NAMES, &[WAIT.0]])],
)
.waiting(PATIENCE);

/// How long the page waits for a plan.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long it looks for what is known before a search while one goes on: an answer that is late is none.
const FORESEEN_WITHIN: Duration = Duration::from_secs(1);
/// How long it waits for a visitor whose browser will look again by itself.
const SHORT_PATIENCE: Duration = Duration::from_millis(400);
/// The parameter by which a browser says so; its module takes it off the address.
const WAIT: (&str, &str) = ("attente", "courte");

/// How a search stands that is not over.
struct Waiting {
    job: String,
    /// What this visitor may withdraw the question by.
    key: String,
    /// Where others come first.
    queued: bool,
    progress: Option<String>,
    curves: Option<Closing>,
    address: String,
    /// When the answer is trivial: that is known before the search.
    spare: Option<Spare>,
}

enum Outcome {
    /// Nothing was asked, or it cannot be: the form says why. What is known of a territory that was named.
    Form(Option<Spare>),
    /// The edition has no answer to it: the form says why, and what is known before a search.
    Refused(Option<Spare>),
    /// Too many wait.
    Busy(String),
    /// Somebody stopped it.
    Stopped(String),
    Waiting(Waiting),
    Answer(Box<View>),
}

#[derive(Template)]
#[template(path = "planner.html")]
struct PlannerPage {
    frame: Frame,
    form: Form,
    outcome: Outcome,
}

/// Parse, ask, wait a little, render.
pub async fn planner(request: HttpRequest, state: State) -> HttpResponse {
    let begun = Instant::now();
    let params = Params::of(&request);
    let patience = if params.one(WAIT.0) == Some(WAIT.1) { SHORT_PATIENCE } else { PATIENCE };
    let question = Question::read(&params);
    if !question.is_complete() {
        let named = question.clone();
        let form = move |state: &State| Outcome::Form(spare::of_territory(&state.atlas, &named));
        return rendered(&state, question, StatusCode::OK, None, form).await;
    }
    // Which national number the edition can bear takes a while to find out, once.
    let asking = question.clone();
    let asked: Result<Asked, RequestError> =
        match state.apart(Kind::Interactive, move |state| asking.asked(&state.atlas)).await {
            Ok(asked) => asked,
            Err(problem) => return error::lost(&state, &problem),
        };
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => {
            let own = if error.field == "sites" { words::list_faults(question.value("sites")) } else { None };
            let words = own.unwrap_or_else(|| words::fault(error.field, &error.value, false));
            let fault = Fault { words, field: error.field.to_owned() };
            return rendered(&state, question, StatusCode::BAD_REQUEST, Some(fault), |_: &State| Outcome::Form(None))
                .await;
        }
    };
    let (job, key) = match start(&state, asked).await {
        Ok(begun) => begun,
        Err(problem) => return busy(&state, question, &problem).await,
    };
    // When very many wait already, the page says at once how far the search has come.
    if let Some(_watching) = searches::jobs(&state.process).watch() {
        until(&job, patience.saturating_sub(begun.elapsed()), |_| false).await;
    }
    let base = links::base(&request, &state);
    if let Stage::Failed(problem) = job.stage()
        && problem.code() == BELOW_ONE_POST
    {
        return first_post(&state, question, base, patience.saturating_sub(begun.elapsed())).await;
    }
    answered(&state, question, (job, key), base, None).await
}

/// The plan of one post, for a budget that pays none: what it would cost, and where it would go.
async fn first_post(state: &State, question: Question, base: String, patience: Duration) -> HttpResponse {
    let budget = question.value("budget_eur").to_owned();
    let one = question.without("budget_eur").with("posts", "1");
    let asking = one.clone();
    let asked = match state.apart(Kind::Interactive, move |state| asking.asked(&state.atlas)).await {
        Ok(Ok(asked)) => asked,
        Ok(Err(error)) => {
            let fault = Fault { words: words::fault(error.field, &error.value, false), field: error.field.to_owned() };
            return rendered(state, question, StatusCode::BAD_REQUEST, Some(fault), |_: &State| Outcome::Form(None))
                .await;
        }
        Err(problem) => return error::lost(state, &problem),
    };
    let begun = match start(state, asked).await {
        Ok(begun) => begun,
        Err(problem) => return busy(state, question, &problem).await,
    };
    if let Some(_watching) = searches::jobs(&state.process).watch() {
        until(&begun.0, patience, |_| false).await;
    }
    let euros = budget.parse().map_or(budget, french::integer);
    let note = format!("{euros}\u{a0}€ par an ne paient aucun poste. Voici le premier, et ce qu'il coûte.");
    answered(state, one, begun, base, Some(note)).await
}

async fn answered(
    state: &State,
    question: Question,
    (job, key): (Arc<Placement>, String),
    base: String,
    note: Option<String>,
) -> HttpResponse {
    let status = StatusCode::OK;
    match job.stage() {
        Stage::Failed(problem) if problem.status_code() == StatusCode::UNPROCESSABLE_ENTITY => {
            let (field, value) = problem.parameter_at_fault().unwrap_or_default();
            let value = if value.is_empty() { question.value(field) } else { value };
            let fault = Fault { words: words::fault(field, value, true), field: field.to_owned() };
            let asking = question.clone();
            let refused = move |state: &State| Outcome::Refused(spare::before(&state.atlas, &asking));
            rendered(state, question, problem.status_code(), Some(fault), refused).await
        }
        Stage::Failed(problem) => problem.error_response(),
        Stage::Cancelled => {
            let address = question.address();
            rendered(state, question, status, None, |_| Outcome::Stopped(address)).await
        }
        stage @ (Stage::Queued | Stage::Running) => {
            let asking = question.clone();
            let told = state.apart(Kind::Interactive, move |state| spare::before(&state.atlas, &asking));
            let spare = timeout(FORESEEN_WITHIN, told).await.ok().and_then(Result::ok).flatten();
            let moments = job.moments();
            let waiting = Waiting {
                job: job.id.clone(),
                key,
                queued: matches!(stage, Stage::Queued),
                progress: moments.last().and_then(progress),
                curves: closing(&moments),
                address: question.address(),
                spare,
            };
            rendered(state, question, status, None, |_| Outcome::Waiting(waiting)).await
        }
        Stage::Done(solved) => {
            let (asked, id, drawing) = (question.clone(), job.id.clone(), state.clone());
            let view = move |_: &State| {
                let view = answer::view(&drawing, &solved, &asked, &id, &base);
                Outcome::Answer(Box::new(View { note: note.or(view.note.clone()), ..view }))
            };
            rendered(state, question, status, None, view).await
        }
    }
}

/// « écart 0,4 % après 8 secondes »
fn progress(moment: &Moment) -> Option<String> {
    let gap = 100.0 * (moment.bound - moment.value).abs() / moment.value.abs();
    let after = french::count(moment.seconds as u64, "seconde", "secondes");
    gap.is_finite().then(|| format!("écart {} après {after}", percent(gap)))
}

async fn busy(state: &State, question: Question, problem: &Problem) -> HttpResponse {
    let address = question.address();
    let reply = problem.error_response();
    let mut response = rendered(state, question, problem.status_code(), None, |_| Outcome::Busy(address)).await;
    let retry = reply.headers().get(RETRY_AFTER).cloned().unwrap_or(HeaderValue::from_static("5"));
    response.headers_mut().insert(RETRY_AFTER, retry);
    response
}

/// Draws the page on another thread: a map takes tens of milliseconds.
async fn rendered(
    state: &State,
    question: Question,
    status: StatusCode,
    fault: Option<Fault>,
    outcome: impl FnOnce(&State) -> Outcome + Send + 'static,
) -> HttpResponse {
    let drawn = state.apart(Kind::Interactive, move |drawing| {
        let place = place_of(drawing, question.value("territory"));
        let outcome = outcome(drawing);
        let title = match &outcome {
            Outcome::Answer(view) => format!("{}\u{a0}: où placer {}", view.place, view.posts),
            _ => "Où placer les prochains postes\u{a0}?".to_owned(),
        };
        let form = form::form(&drawing.atlas, &question, place.as_ref(), fault.as_ref());
        PlannerPage { frame: Frame::new(drawing, &title, PLANNER), form, outcome }
    });
    match drawn.await {
        Ok(template) => page(status, Keep::Check, &template),
        Err(problem) => error::lost(state, &problem),
    }
}

/// The territory that a value of the form names; `None` for an outline, and for what does not exist.
fn place_of(state: &State, value: &str) -> Option<Place> {
    if value == "france" {
        return Some(Place::nation(&state.atlas));
    }
    let (level, code) = value.split_once('/')?;
    let level = Level::from_plural(level).or_else(|| Level::from_plural(&format!("{level}s")))?;
    Place::find(&state.atlas, level, code)
}
