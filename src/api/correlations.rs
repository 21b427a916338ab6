//! `GET /api/correlations`: how much indicators, index and need rank the communes alike.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::domain::need::Correlations;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::tables::table::rounded;

/// `GET /api/correlations`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/correlations",
    &[Operation::get(
        "correlations",
        "Corrélations de rang entre indicateurs, indice et besoin, sur les communes",
        || web::to(correlations),
    )
    .of_an_edition()
    .answering(&[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED])
    .refusing(&[400])],
);

/// Answers with a square of coefficients; null where too few communes have both, or one does not vary.
///
/// # Errors
/// 400 on any parameter but the edition.
pub async fn correlations(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    ENDPOINT.query(&request)?;
    let tag = Tag::of(&request, &state, "");
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let answer = crate::tables::apart(&state, |state| {
        let panel = state.atlas.panel();
        let rho = |row: &Vec<Option<f64>>| -> Vec<Option<f64>> {
            row.iter().map(|value| value.map(|value| rounded(value, 3))).collect()
        };
        let body: Value = json!({
            "measure": "rho of Spearman over the communes that have both",
            "series": panel.names,
            "rho": panel.correlations.rho.iter().map(rho).collect::<Vec<_>>(),
            "communes": panel.correlations.places,
            "least_communes": Correlations::ENOUGH,
        });
        Ok(body)
    })
    .await?;
    Ok(tag.answer(JSON, answer.to_string().into_bytes()))
}
