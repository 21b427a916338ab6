//! `GET /api/monitoring/departements/{code}/annex`: the annex of a *schéma départemental d'amélioration de l'accessibilité des
//! services au public*.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::Level;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::tables::annex::{TABLES, report};
use crate::tables::answer::answer_under;
use crate::tables::choices;
use crate::tables::format::Format;
use crate::tables::scope::Place;

/// `GET /api/monitoring/departements/{code}/annex`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/monitoring/departements/{code}/annex",
    &[Operation::get(
        "annex",
        "Annexe au schéma départemental d'accessibilité des services au public : les sept dimensions",
        || web::to(annex),
    )
    .of_an_edition()
    .taking(&[&["table", "format"]])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406, 503])],
);

/// Answers with all tables as JSON, a workbook or a document; CSV and `GeoJSON` hold one.
///
/// # Errors
/// 404 for an unknown département, 400 naming the parameter, 406 on an impossible `Accept`.
pub async fn annex(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let place = Place::of_path(&state.atlas, Level::Departement.plural(), request.match_info().query("code"))?;
    let shown = choices::table(&query, &TABLES)?;
    let format = Format::parse(&query, &request)?;
    // Ages are told from today: the bytes depend on it.
    let today = state.now().date();
    let tag = Tag::of(&request, &state, &format!("{} {today}", format.name()));
    answer_under(&tag, &request, &state, format, move |state| report(state, place, today, shown)).await
}
