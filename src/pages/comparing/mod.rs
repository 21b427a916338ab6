//! `/comparer-plans`: two of a plan, what somebody imagines, and today, counted with one measure. The address holds both
//! questions, so that the comparison can be shared.

mod drawing;
mod operand;
mod view;

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::addresses::{COMPARE_PLANS, PLANNER};
use super::error;
use super::frame::{Frame, Keep, page};
use super::params::{Params, query};
use crate::http::edition::{EDITION, meant};
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::work::Kind;
use crate::http::{State, links};
use crate::searches::job::Stage;
use crate::searches::start::{start, until};
use crate::searches::{self, Placement};

use operand::{Given, Operand, Ready, TODAY};
use view::View;

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    COMPARE_PLANS,
    &[Operation::page("comparePlans", "Comparer deux plans, ou un plan et aujourd'hui", || web::to(compare))
        .taking(&[&NAMES])],
)
.waiting(PATIENCE);

/// Names in the address: what is compared, and with what.
const NAMES: [&str; 2] = ["plan", "avec"];

/// The page that names the editions.
const EDITIONS: &str = "/editions";
/// How long the page waits for its plans.
const PATIENCE: Duration = Duration::from_secs(8);

enum Outcome {
    /// Nothing was asked, or it cannot be answered: the form says why.
    Form,
    /// A plan is still being looked for.
    Waiting(String),
    Compared(Box<View>),
}

#[derive(Template)]
#[template(path = "comparing.html")]
struct ComparingPage {
    frame: Frame,
    given: [String; 2],
    fault: Option<String>,
    outcome: Outcome,
}

/// Parse, ask, wait a little, render.
pub async fn compare(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    let given = NAMES.map(|name| params.one(name).unwrap_or_default().to_owned());
    if given.iter().all(String::is_empty) {
        return rendered(&state, StatusCode::OK, given, None, |_: &State| Ok(Outcome::Form)).await;
    }
    // Both plans have the patience of one page.
    let begun = Instant::now();
    let (first, second) = match (prepared(&state, &given[0], begun).await, prepared(&state, &given[1], begun).await) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(words), _) => return refused(&state, given, &format!("A\u{a0}: {words}")).await,
        (_, Err(words)) => return refused(&state, given, &format!("B\u{a0}: {words}")).await,
    };
    let here = format!("{COMPARE_PLANS}{}", query(&[(NAMES[0], &given[0]), (NAMES[1], &given[1])]));
    let base = links::base(&request, &state);
    let (Some(first), Some(second)) = (first, second) else {
        return rendered(&state, StatusCode::OK, given, None, move |_: &State| Ok(Outcome::Waiting(here))).await;
    };
    let work = move |state: &State| {
        let view = view::view(state, [first, second], &format!("{base}{here}"))?;
        Ok(Outcome::Compared(Box::new(view)))
    };
    rendered(&state, StatusCode::OK, given, None, work).await
}

/// What a text names, once it is ready; nothing while its plan is being looked for.
async fn prepared(state: &State, text: &str, begun: Instant) -> Result<Option<Given>, String> {
    let there = match operand::edition(text) {
        None => state.clone(),
        Some(wanted) => meant(state, EDITION, &wanted).await.map_err(|_| {
            format!("l'édition «\u{a0}{wanted}\u{a0}» n'est pas ouverte ici\u{a0}; {EDITIONS} les nomme.")
        })?,
    };
    let asking = text.to_owned();
    let text = if text.is_empty() { TODAY.to_owned() } else { text.to_owned() };
    let read = there.apart(Kind::Interactive, move |there| operand::read(&asking, &there.atlas)).await;
    let (asked, address) = match read.map_err(|_| "le service est très occupé, réessayez.".to_owned())?? {
        Operand::Today(measure) => return Ok(Some(Given { text, ready: Ready::Today(measure), there })),
        Operand::WhatIf(scene) => return Ok(Some(Given { text, ready: Ready::WhatIf(scene), there })),
        Operand::Plan(asked, address) => (asked, address),
    };
    let busy = |_| "trop de recherches attendent déjà, réessayez dans quelques secondes.".to_owned();
    let (job, _) = start(&there, *asked).await.map_err(busy)?;
    if let Some(_watching) = searches::jobs(&state.process).watch() {
        until(&job, PATIENCE.saturating_sub(begun.elapsed()), |_| false).await;
    }
    Ok(stage(&job, address)?.map(|ready| Given { text, ready, there }))
}

fn stage(job: &Placement, address: String) -> Result<Option<Ready>, String> {
    match job.stage() {
        Stage::Done(solved) => Ok(Some(Ready::Plan(solved, address))),
        Stage::Queued | Stage::Running => Ok(None),
        Stage::Cancelled => Err("cette recherche a été arrêtée.".to_owned()),
        Stage::Failed(_) => Err("ce plan n'a pas de réponse\u{a0}; ouvrez son adresse, elle dit pourquoi.".to_owned()),
    }
}

async fn refused(state: &State, given: [String; 2], words: &str) -> HttpResponse {
    let words = Some(words.to_owned());
    rendered(state, StatusCode::BAD_REQUEST, given, words, |_: &State| Ok(Outcome::Form)).await
}

async fn rendered(
    state: &State,
    status: StatusCode,
    given: [String; 2],
    fault: Option<String>,
    outcome: impl FnOnce(&State) -> Result<Outcome, String> + Send + 'static,
) -> HttpResponse {
    let drawn: Result<_, Problem> = state
        .apart(Kind::Export, move |state| {
            let (outcome, fault, status) = match outcome(state) {
                Ok(outcome) => (outcome, fault, status),
                Err(words) => (Outcome::Form, Some(words), StatusCode::BAD_REQUEST),
            };
            let title = match &outcome {
                Outcome::Compared(view) => format!("{}\u{a0}: {}", view.place, view.heading),
                _ => "Comparer deux plans".to_owned(),
            };
            let given = given.map(|text| if text.is_empty() { TODAY.to_owned() } else { text });
            (ComparingPage { frame: Frame::new(state, &title, PLANNER), given, fault, outcome }, status)
        })
        .await;
    match drawn {
        Ok((template, status)) => page(status, Keep::Check, &template),
        Err(problem) => error::lost(state, &problem),
    }
}
