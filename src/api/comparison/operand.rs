//! What can be compared, as a program names it: today, the address of a plan, the id of a search, the address of a what-if;
//! each may name an edition of its own.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;

use crate::api::what_if;
use crate::http::edition::{EDITION, meant};
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::{State, links};
use crate::planning::{Request, RequestError, Side};
use crate::scenario::resolve;
use crate::searches::asked::refused;
use crate::searches::compared::Operand;
use crate::searches::job::Stage;
use crate::searches::start::{find, start, until};
use crate::searches::{self, Asked, Placement};
use crate::tables::{apart, choices};

/// Names of the two.
pub const NAMES: [&str; 2] = ["a", "b"];

/// Words for nothing more than what exists.
const TODAY: [&str; 2] = ["today", "aujourdhui"];
/// Path of a plan.
const PLAN: &str = "/planifier";
/// Path below which searches stand.
const SEARCHES: &str = "/api/placements/";

/// One of the two, ready.
#[derive(Debug)]
pub struct Given {
    /// As it was written.
    pub text: String,
    /// What the answer depends on beside the address.
    pub digest: String,
    /// What is compared.
    pub operand: Operand,
}

/// What a text names, once it is ready; the id of its search while that goes on.
///
/// # Errors
/// Names the parameter that cannot be.
pub async fn prepared(
    state: &State,
    name: &'static str,
    text: &str,
    patience: Duration,
) -> Result<Result<Given, String>, Problem> {
    let (path, rest) = text.split_once('?').unwrap_or((text, ""));
    let (own, pairs) = pairs(name, text, rest.split('#').next().unwrap_or_default())?;
    let other = match own {
        Some(wanted) => Some(meant(state, name, &wanted).await?),
        None => None,
    };
    let there = other.as_ref().unwrap_or(state);
    let given = |operand: Operand, digest: &str| {
        let elsewhere = Some(there).filter(|there| there.id() != state.id()).map(|there| there.atlas.clone());
        let digest = format!("{digest} {}", there.id());
        Ok(Ok(Given { text: text.to_owned(), digest, operand: Operand { elsewhere, ..operand } }))
    };
    if TODAY.contains(&path) {
        let measure = if pairs.is_empty() { None } else { Some(measure(there, pairs).await?) };
        return given(Operand { measure, is_plan: false, side: Side::default(), elsewhere: None }, "");
    }
    if path.ends_with(what_if::PATH) {
        let rest = pairs.iter().map(|(name, value)| format!("{name}={}", links::encoded(value)));
        let query = Query::parse(&rest.collect::<Vec<_>>().join("&"), &what_if::NAMES)?;
        let document = what_if::of_query(&query)?;
        return given(apart(there, move |there| imagined(there, document)).await?, "");
    }
    let job = match path.rsplit_once(SEARCHES).map_or(path, |(_, id)| id) {
        _ if path.ends_with(PLAN) => {
            let asked = apart(there, move |there| asked(there, pairs)).await?;
            start(there, asked).await?.0
        }
        id => find(state, id).await?.ok_or_else(|| {
            let detail = "expected today, /planifier?…, /api/access/what-if?…, or the id of a search that is kept";
            Problem::parameter("invalid-parameter", name, text, detail)
        })?,
    };
    let found = meant(state, name, &job.edition).await?;
    if let Some(_watching) = searches::jobs(&state.process).watch() {
        until(&job, patience, |_| false).await;
    }
    plan(state, &found, text, &job)
}

/// A plan that was found; the id of its search while that goes on.
fn plan(state: &State, there: &State, text: &str, job: &Arc<Placement>) -> Result<Result<Given, String>, Problem> {
    let solved = match job.stage() {
        Stage::Done(solved) => solved,
        Stage::Failed(problem) => return Err(problem),
        Stage::Queued | Stage::Running => return Ok(Err(job.id.clone())),
        Stage::Cancelled => return Err(Problem::busy("stopped", "this search was stopped; ask for it again")),
    };
    let elsewhere = (there.id() != state.id()).then(|| there.atlas.clone());
    let (measure, side) = (Some(solved.asked.request.clone()), Side::of_plan(&solved.answer));
    let digest = format!("{} {}", solved.digest, there.id());
    Ok(Ok(Given { text: text.to_owned(), digest, operand: Operand { measure, is_plan: true, side, elsewhere } }))
}

/// The names and values behind an address, and the edition among them.
type Pairs = (Option<String>, Vec<(String, String)>);

fn pairs(name: &'static str, text: &str, rest: &str) -> Result<Pairs, Problem> {
    let read = web::Query::<Vec<(String, String)>>::from_query(rest).map_err(|error| {
        Problem::parameter("invalid-parameter", name, text, format!("what follows the question mark: {error}"))
    })?;
    let mut pairs = read.into_inner();
    let own = pairs.iter().position(|(name, _)| name == EDITION).map(|at| pairs.remove(at).1);
    Ok((own, pairs))
}

/// The measure that goes with today: fields of a plan.
async fn measure(state: &State, pairs: Vec<(String, String)>) -> Result<Request, Problem> {
    Ok(apart(state, move |state| asked(state, pairs)).await?.request)
}

fn asked(state: &State, pairs: Vec<(String, String)>) -> Result<Asked, Problem> {
    Asked::of_pairs(&state.atlas, pairs).map_err(|error: RequestError| refused(&error))
}

fn imagined(state: &State, document: crate::scenario::document::Document) -> Result<Operand, Problem> {
    let atlas = &state.atlas;
    let question = resolve(document, atlas)?;
    let denominator = choices::need(atlas, question.denominator).map_or("", |(preset, _)| preset.id);
    let territory = question.place.level.map_or_else(|| "france".to_owned(), |_| question.place.path());
    let minutes = question.threshold.minutes().to_string();
    let measure = Request::of_venues(&territory, question.mode.name(), &minutes, denominator);
    let measure = Some(measure.map_err(|error| refused(&error))?);
    let names = question.document.add.iter().map(|added| added.name.clone());
    let opened = names.zip(question.added.iter().map(|opening| opening.position));
    let side = Side::imagined(atlas, opened, &question.moved, &question.closed);
    Ok(Operand { measure, is_plan: false, side, elsewhere: None })
}
