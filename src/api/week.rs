//! `GET /api/access/week`: who reaches an open venue, hour by hour of a usual week, and who has a second and a third one.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::access::Threshold;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::http::work::Kind;
use crate::shares::limits::EXPORT_TIME;
use crate::tables::answer::answer_in;
use crate::tables::choices;
use crate::tables::format::Format;
use crate::tables::scope::Place;
use crate::tables::week::{WeekAsked, kind_of, report};

/// `GET /api/access/week`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/access/week",
    &[Operation::get(
        "accessWeek",
        "Qui a un lieu ouvert assez près, heure par heure d'une semaine ordinaire",
        || web::to(asked),
    )
    .of_an_edition()
    .taking(&[&["territory", "denominator", "mode", "threshold_min", "format"]])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406, 503])],
)
.waiting(EXPORT_TIME);

/// Answers with two tables in one of the formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`, 503 when it takes too long.
pub async fn asked(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let format = Format::parse(&query, &request)?;
    let asked = WeekAsked {
        place: Place::of_query(&state.atlas, &query)?,
        denominator: choices::denominator(&query)?,
        mode: choices::mode(&query)?,
        threshold: choices::threshold(&query)?.unwrap_or(Threshold::USUAL),
    };
    let tag = Tag::of(&request, &state, format.name());
    let kind = if format == Format::Json { kind_of(&asked.place) } else { Kind::Export };
    answer_in(kind, &tag, &request, &state, format, move |state| report(state, asked)).await
}
