//! `/donnees/rapport/{source}`: every row of a source that was not published as it came, and why.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};

use super::frame::{Frame, Keep, page};
use super::params::{Params, percent_encoded, query};
use super::{error, report};
use crate::tables::findings::words as report_words;
use crate::tables::french;

/// Findings on one page.
const PER_PAGE: usize = 100;

struct Finding {
    line: String,
    field: String,
    value: String,
    words: String,
    reason: String,
    action: String,
}

/// One code, and how many findings bear it.
struct Code {
    words: String,
    number: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "findings.html")]
struct FindingsPage {
    frame: Frame,
    title: String,
    file: String,
    codes: Vec<Code>,
    findings: Vec<Finding>,
    range: String,
    previous: Option<String>,
    next: Option<String>,
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/donnees/rapport/{source}",
    &[Operation::page("findings", "Ce qui a été relevé dans une source", || web::to(findings))
        .taking(&[&["page", "code"]])],
);

/// Parse, ask, render.
pub async fn findings(request: HttpRequest, id: web::Path<String>, state: State) -> HttpResponse {
    let edition = state.atlas.edition();
    let Some(source) = edition.sources.iter().find(|source| source.id == *id) else { return error::not_found(&state) };
    let params = Params::of(&request);
    let number = match params.choice("page", |text| text.parse::<usize>().ok().filter(|n| (1..=100_000).contains(n))) {
        Ok(number) => number.unwrap_or(1),
        Err(refused) => return error::refused(&state, &refused),
    };
    let wanted = params.one("code");
    let report = report::text(&state);
    let entries = report::entries(&report, &source.id);
    let kept: Vec<&report::Entry> = entries.iter().filter(|e| wanted.is_none_or(|code| e.code == code)).collect();
    let first = (number - 1) * PER_PAGE;
    let here = |code: Option<&str>, number: usize| {
        let number = number.to_string();
        let pairs: Vec<(&str, &str)> =
            code.map(|code| ("code", code)).into_iter().chain([("page", &*number)]).collect();
        format!("/donnees/rapport/{}{}", percent_encoded(&source.id), query(&pairs))
    };
    let shown: Vec<Finding> = kept.iter().skip(first).take(PER_PAGE).map(|entry| finding(entry)).collect();
    let codes = report::totals(&report).into_iter().find(|total| total.id == source.id);
    let codes = codes.map_or_else(Vec::new, |total| total.errors.into_iter().chain(total.warnings).collect());
    let code = |(code, n): (String, u64)| Code {
        words: report_words::code(&code),
        number: french::integer(n),
        href: here(Some(&code), 1),
        current: wanted == Some(code.as_str()),
    };
    let last = first + shown.len();
    let template = FindingsPage {
        frame: Frame::new(&state, &format!("Rapport : {}", source.title), "/donnees"),
        title: source.title.clone(),
        file: source.file.clone(),
        codes: codes.into_iter().map(code).collect(),
        range: format!(
            "{} à {} sur {}",
            first + usize::from(!shown.is_empty()),
            last,
            french::integer(kept.len() as u64)
        ),
        previous: (number > 1).then(|| here(wanted, number - 1)),
        next: (last < kept.len()).then(|| here(wanted, number + 1)),
        findings: shown,
    };
    page(StatusCode::OK, Keep::Check, &template)
}

fn finding(entry: &report::Entry) -> Finding {
    Finding {
        line: entry
            .record
            .clone()
            .unwrap_or_else(|| entry.line.map_or_else(String::new, |l| french::integer(u64::from(l)))),
        field: entry.field.clone().unwrap_or_default(),
        value: entry.value.clone().unwrap_or_default(),
        words: report_words::code(&entry.code),
        reason: entry.reason.clone(),
        action: report_words::action(&entry.action).to_string(),
    }
}
