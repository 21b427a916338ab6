//! `GET /api/closures`: which places of a territory could close and hurt least, with the proof of it.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::searches::asked::impossible;
use crate::searches::closures::{ClosureQuestion, PATIENCE};
use crate::tables::answer::answer;
use crate::tables::format::Format;

/// `GET /api/closures`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/closures",
    &[Operation::get("closures", "Quels lieux d'un territoire pourraient fermer en gênant le moins", || {
        web::to(closures)
    })
    .of_an_edition()
    .taking(&[&["territory", "closures", "existing", "mode", "minutes", "hurt", "demand", "denominator", "format"]])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 406, 422])],
)
.waiting(PATIENCE);

/// Answers with two tables in one of the formats.
///
/// # Errors
/// 400 or 422 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn closures(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let format = Format::parse(&query, &request)?;
    let question = ClosureQuestion::parse(&state.atlas, |name| query.text(name).map(ToOwned::to_owned))?;
    answer(&request, &state, format, move |state| {
        let found = question.solve(&state.atlas).map_err(|error| impossible(&error))?;
        Ok(question.report(&state.atlas, &found))
    })
    .await
}
