//! What is said of territories: which figures, under which choices, for which places, and in which format.

pub mod answer;
pub mod changes;
pub mod choices;
pub mod definitions;
pub mod equity;
pub mod figures;
pub mod findings;
pub mod format;
pub mod french;
pub mod means;
pub mod monitoring;
pub mod report;
pub mod scope;
pub mod table;
pub mod venues;
pub mod weights;

mod csv;
mod docx;
mod geojson;
mod json;
mod xlsx;

use actix_web::HttpRequest;
use actix_web::web;

use crate::http::State;
use crate::http::problem::Problem;

/// Works out an answer on another thread, so that this one goes on answering: figures take milliseconds, and the first
/// ones of an edition more.
///
/// # Errors
/// Those of the work; 500 when it was lost.
pub async fn apart<T: Send + 'static>(
    request: &HttpRequest,
    state: &State,
    work: impl FnOnce(&State) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let working = state.clone();
    let done = web::block(move || work(&working)).await;
    done.map_err(|error| {
        let template = request.match_pattern().unwrap_or_default();
        state.incident(&template, &error.to_string())
    })?
}
