//! `/verifier`: the doctor of lists as a page. A list is sent, read by another process under limits, and forgotten.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::error;
use super::frame::{Frame, Keep, page};
use super::upload;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, HTML, Operation, UPLOAD_BODY};
use crate::http::work::Kind;
use crate::shares::limits::READING_TIME;
use crate::tables::findings::{Finding, Outcome, Weight, csv};
use crate::tables::format::CSV;
use crate::tables::french;

/// Findings on the page; the CSV has all.
const SHOWN: usize = 300;

/// The page, and what its form sends.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/verifier",
    &[
        Operation::page("check", "Vérifier une liste de lieux", || web::to(form)),
        Operation::post("checkList", "Vérifier une liste de lieux", || web::to(sent))
            .with_upload()
            .answering(&[Answer::ok(&[(HTML, "text"), (CSV, "text")])])
            .refusing(&[400, 404, 413, 422, 503]),
    ],
)
.waiting(READING_TIME);

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    frame: Frame,
    /// Whether this service checks lists.
    offered: bool,
    most: String,
    checked: Option<Told>,
}

/// What was found in a list.
struct Told {
    file: String,
    summary: String,
    counts: String,
    findings: Vec<Finding>,
    /// How many findings are not on the page.
    more: usize,
}

fn shown(state: &State, status: StatusCode, checked: Option<Told>) -> HttpResponse {
    let template = CheckPage {
        frame: Frame::new(state, "Vérifier une liste", "/donnees"),
        offered: state.process.checker.is_some(),
        most: french::size(UPLOAD_BODY as u64),
        checked,
    };
    page(status, Keep::Nothing, &template)
}

/// The form.
pub async fn form(state: State) -> HttpResponse {
    shown(&state, StatusCode::OK, None)
}

/// Read, check, render; or the findings as a file.
pub async fn sent(request: HttpRequest, state: State, body: web::Bytes) -> HttpResponse {
    const HEADING: &str = "La liste n'a pas été vérifiée";
    let told = |status, words: &str| error::told(&state, status, HEADING, words);
    let Some(checker) = state.process.checker.clone() else {
        return told(StatusCode::NOT_FOUND, "Ce service ne vérifie pas de liste.");
    };
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let Some(upload) = upload::read(kind, &body, "liste") else {
        return told(StatusCode::BAD_REQUEST, "Aucun fichier n'a été reçu. Choisissez un fichier, puis « Vérifier ».");
    };
    drop(body);
    if upload.bytes.is_empty() {
        return told(StatusCode::BAD_REQUEST, "Le fichier est vide.");
    }
    let as_file = upload.fields.iter().any(|(name, value)| name == "resultat" && value == "csv");
    let read = state.apart(Kind::Reading, move |_| checker.check(&upload.name, &upload.bytes)).await;
    let outcome: Outcome = match read {
        Err(problem) => return error::lost(&state, &problem),
        Ok(Err(_)) => {
            let words = "La lecture du fichier a dépassé la mémoire ou le temps permis, ou s'est arrêtée.";
            return told(StatusCode::UNPROCESSABLE_ENTITY, words);
        }
        Ok(Ok(json)) => match serde_json::from_slice(&json) {
            Ok(outcome) => outcome,
            Err(_) => return told(StatusCode::UNPROCESSABLE_ENTITY, "Le fichier n'a pas pu être lu."),
        },
    };
    // A list that is refused whole has no row to tell of: the page says why, with a status that a script sees.
    let status = if outcome.refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if as_file && !outcome.refused {
        return HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, CSV))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"constats.csv\""))
            .insert_header(("cache-control", "no-store"))
            .body(csv(&outcome));
    }
    shown(&state, status, Some(rendered(outcome)))
}

fn rendered(outcome: Outcome) -> Told {
    let mut findings = outcome.findings();
    let of = |weight| french::integer(findings.iter().filter(|finding| finding.weight == weight).count() as u64);
    let counts = format!(
        "{} qui font perdre une ligne, {} qui font perdre une valeur, {} remarques",
        of(Weight::Row),
        of(Weight::Value),
        of(Weight::Remark)
    );
    let more = findings.len().saturating_sub(SHOWN);
    findings.truncate(SHOWN);
    Told { file: outcome.file.clone(), summary: outcome.summary(), counts, findings, more }
}
