//! `GET /api/monitoring/{level}/{code}`: the programme in one territory, from the nation to the commune.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::monitoring::history::History;
use crate::tables::answer::answer_under;
use crate::tables::choices;
use crate::tables::format::Format;
use crate::tables::monitoring::{TABLES, report};
use crate::tables::scope::Place;

/// `GET /api/monitoring/{level}/{code}`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/monitoring/{level}/{code}",
    &[Operation::get(
        "monitoring",
        "Le programme dans un territoire : faits sourcés et datés, objectifs, fraîcheur, évolution",
        || web::to(monitoring),
    )
    .of_an_edition()
    .taking(&[&["by", "table", "format"]])
    .answering(&[Answer::ok(&Format::contents("object")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
);

/// Answers with all tables as JSON, a workbook or a document; CSV and `GeoJSON` hold one.
///
/// # Errors
/// 404 for an unknown level or code, 400 naming the parameter, 406 on an impossible `Accept`.
pub async fn monitoring(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let segment = |name| request.match_info().query(name);
    let place = Place::of_path(&state.atlas, segment("level"), segment("code"))?;
    let by = place.parts_level(&query, "by")?;
    let shown = choices::table(&query, &TABLES)?;
    let format = Format::parse(&query, &request)?;
    // Ages are told from today, and other editions come and go: the bytes depend on both.
    let today = state.now().date();
    let (read, unread) = state.process.kept::<History>().at_hand(&state.process.editions);
    let ids: Vec<&str> = read.iter().map(|edition| edition.id.as_str()).collect();
    let tag = Tag::of(&request, &state, &format!("{} {today} {unread} {}", format.name(), ids.join(" ")));
    answer_under(&tag, &request, &state, format, move |state| Ok(report(state, place, by, today, shown))).await
}
