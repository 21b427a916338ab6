//! `/api/placements`: where the next posts should go, as jobs. A question is posted; its job tells how it comes along,
//! then the plan; the same question is the same job.

pub mod status;

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use actix_web::web::{self, Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::http::edition;
use crate::http::endpoint::{Answer, Endpoint, LONG_BODY, Operation, Token};
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::http::{State, links};
use crate::planning::{FIELDS, Request};
use crate::shares::limits::EXPORT_TIME;
use crate::tables::answer::answer_under;
use crate::tables::choices;
use crate::tables::format::Format;

use crate::saved;
use crate::saved::once::once;
use crate::searches::brief::brief;
use crate::searches::job::Stage;
use crate::searches::jobs::MOST_QUEUED;
use crate::searches::start::{self, start, until};
use crate::searches::{Asked, BESIDE, Placement, Solved, asked, report};

/// `/api/placements`.
pub const ALL: Endpoint = Endpoint::at(
    "/api/placements",
    &[
        Operation::get("placements", "Où placer les prochains postes : ce qu'on peut demander", || {
            web::to(description)
        })
        .answering(&[Answer::ok(&[(JSON, "placementFields")])])
        .refusing(&[400]),
        Operation::post("placementsPosted", "Où placer les prochains postes : poser la question", || web::to(posted))
            .of_an_edition()
            .with_json("placementRequest", LONG_BODY)
            .repeatable()
            .answering(&[Answer { status: 202, content: &[(JSON, "placementJob")] }])
            .refusing(&[400, 409, 413, 415, 422, 503]),
    ],
);

/// `/api/placements/{id}`.
pub const ONE: Endpoint = Endpoint::at(
    "/api/placements/{id}",
    &[
        Operation::get("placement", "Où en est une recherche, puis le plan avec sa borne démontrée", || {
            web::to(status)
        })
        .of_an_edition()
        .taking(&[&["format", "table"]])
        .answering(&[Answer::ok(&Format::contents("placementJob")), Answer::UNCHANGED])
        .refusing(&[400, 404, 406, 409, 503]),
        Operation::delete(
            "placementStopped",
            "Retirer sa question ; la recherche que plus personne n'attend s'arrête",
            || web::to(cancel),
        )
        .of_an_edition()
        .with_token(Token::Required)
        .answering(&[Answer::ok(&[(JSON, "placementJob")])])
        .refusing(&[400, 401, 403, 404, 503]),
    ],
)
.waiting(EXPORT_TIME);

/// `/api/placements/{id}/plan.json`.
pub const PLAN: Endpoint = Endpoint::at(
    "/api/placements/{id}/plan.json",
    &[Operation::get("placementPlan", "Le plan et sa preuve, à vérifier par `mediane place --verify`", || {
        web::to(plan)
    })
    .of_an_edition()
    .answering(&[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED])
    .refusing(&[400, 404, 409, 503])],
)
.waiting(EXPORT_TIME);

/// How long a question waits to learn that this edition has no answer to it.
const REFUSED_WITHIN: Duration = Duration::from_millis(800);

/// What may be asked, and how many wait.
///
/// # Errors
/// 400 on a parameter.
pub async fn description(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    ALL.query(&request)?;
    let fields = FIELDS.iter().map(|field| json!({ "name": field.name, "takes": field.help }));
    let beside = BESIDE.map(|(name, takes)| json!({ "name": name, "takes": takes }));
    let body = json!({
        "fields": fields.chain(beside).collect::<Vec<_>>(),
        "defaults": Request { seconds: Some(asked::MOST_SECONDS), ..Request::defaults() }.to_json(),
        "most_seconds": asked::MOST_SECONDS,
        "most_waiting": MOST_QUEUED,
        "waiting": start::waiting(&state.process),
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, JSON))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(body.to_string()))
}

/// Takes a question.
///
/// # Errors
/// 400 or 422 naming the field, 413 and 415 about the body, 503 when too many wait.
pub async fn posted(request: HttpRequest, state: State, body: Bytes) -> Result<HttpResponse, Problem> {
    let work = taken(request.clone(), state.clone(), body.clone());
    once(&request, &state, &body, Box::pin(work)).await
}

async fn taken(request: HttpRequest, state: State, body: Bytes) -> Result<HttpResponse, Problem> {
    ALL.query(&request)?;
    super::what_if::must_be_json(&request)?;
    let asked = crate::tables::apart(&state, move |state| Asked::of_json(&state.atlas, &body)).await?;
    let (job, key) = start(&state, asked).await?;
    until(&job, REFUSED_WITHIN, |job| !job.moments().is_empty()).await;
    if let Stage::Failed(problem) = job.stage() {
        return Err(problem);
    }
    told(&request, &state, &job, Some(key)).await
}

/// Tells where a job stands, or its answer.
///
/// # Errors
/// 404 when there is no such job, 409 when a file of its plan is asked for and there is none, 400 for a wrong format.
pub async fn status(request: HttpRequest, id: Path<String>, state: State) -> Result<HttpResponse, Problem> {
    let query = ONE.query(&request)?;
    let format = Format::parse(&query, &request)?;
    let table = report::TABLES[choices::table(&query, &report::TABLES)?];
    let (job, state) = find(&request, &state, &id).await?;
    if format == Format::Json {
        return told(&request, &state, &job, None).await;
    }
    let solved = done(&job)?;
    let tag = Tag::of(&request, &state, &format!("{} {}", format.name(), solved.digest));
    answer_under(&tag, &request, &state, format, move |state| match format {
        Format::Docx => Ok(brief(&state.atlas, &solved)),
        _ => report::showing(&state.atlas, &solved, table),
    })
    .await
}

/// The plan and its proof as a file.
///
/// # Errors
/// 404 when there is no such job, 409 when it has no plan.
pub async fn plan(request: HttpRequest, id: Path<String>, state: State) -> Result<HttpResponse, Problem> {
    PLAN.query(&request)?;
    let (job, state) = find(&request, &state, &id).await?;
    let solved = done(&job)?;
    let tag = Tag::of(&request, &state, &solved.digest);
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let place = report::place(&state.atlas, &solved.asked.request.territory).path().replace('/', "-");
    let mut response = tag.answer(JSON, solved.document.clone());
    let file = format!("attachment; filename=\"mediane-plan-{place}.json\"");
    if let Ok(value) = file.parse() {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Withdraws a question, by the key that its `POST` was answered with. The search ends when nobody waits for it any more; one
/// that is over stays as it is.
///
/// # Errors
/// 404 when there is no such job, 401 without a key, 403 with one that was not given for this job.
pub async fn cancel(request: HttpRequest, id: Path<String>, state: State) -> Result<HttpResponse, Problem> {
    ONE.query(&request)?;
    let (job, state) = find(&request, &state, &id).await?;
    let key = saved::asked::bearer(&request).ok_or_else(|| {
        let detail = "give the key that this search was begun with: Authorization: Bearer";
        saved::asked::unauthorized("missing-key", detail)
    })?;
    if !start::withdraw(&state, &job.id, key.as_str()).await? {
        let detail = "this key was not given for this search, or was withdrawn";
        return Err(Problem::new(StatusCode::FORBIDDEN, "wrong-key", detail));
    }
    told(&request, &state, &job, None).await
}

/// What a job is; with the key to withdraw the question by, when it has just been asked.
async fn told(
    request: &HttpRequest,
    state: &State,
    job: &Arc<Placement>,
    key: Option<String>,
) -> Result<HttpResponse, Problem> {
    let (base, told) = (links::base(request, state), job.clone());
    let location = format!("{base}/api/placements/{}", job.id);
    let asked = key.is_some();
    let work = move |state: &State| status::status(&told, state, &base, key.as_deref());
    // Only an answer takes time to write.
    let body = if job.is_over() { crate::tables::apart(state, work).await? } else { work(state)? };
    let mut response = HttpResponse::build(if asked { StatusCode::ACCEPTED } else { StatusCode::OK });
    if asked {
        response.insert_header((LOCATION, location));
    }
    Ok(response.insert_header((CONTENT_TYPE, JSON)).insert_header((CACHE_CONTROL, "no-store")).body(body))
}

/// A job, and the service with the edition that it began with. One that has no plan needs none, and tells how it stands wherever
/// it is asked about.
async fn find(request: &HttpRequest, state: &State, id: &str) -> Result<(Arc<Placement>, State), Problem> {
    let job = start::find(state, id).await?.ok_or_else(|| unknown(id))?;
    if state.named().is_some_and(|named| named != job.edition) {
        let detail = format!("this job belongs to another edition, {}", job.edition);
        return Err(Problem::not_found("unknown-job", detail).about("id", id));
    }
    match (edition::of_id(request, state, &job.edition).await, job.stage()) {
        (Ok(state), _) => Ok((job, state)),
        (Err(problem), Stage::Done(_)) => Err(problem),
        (Err(_), _) => Ok((job, state.clone())),
    }
}

fn unknown(id: &str) -> Problem {
    let detail = "no job has this id; those that are over are forgotten after a while: ask the question again";
    Problem::not_found("unknown-job", detail).about("id", id)
}

fn done(job: &Placement) -> Result<Arc<Solved>, Problem> {
    match job.stage() {
        Stage::Done(solved) => Ok(solved),
        Stage::Failed(problem) => Err(problem),
        stage => {
            let detail = format!("this job has no plan: it is {}", stage.name());
            Err(Problem::new(StatusCode::CONFLICT, "no-plan", detail).about("id", &job.id))
        }
    }
}
