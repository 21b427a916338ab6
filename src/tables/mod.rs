//! What is said of territories: which figures, under which choices, for which places, and in which format.

pub mod annex;
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
pub mod strict_json;
pub mod table;
pub mod venues;
pub mod week;
pub mod weights;

mod csv;
mod csv_french;
pub mod docx;
mod geojson;
mod json;
mod xlsx;

use crate::http::State;
use crate::http::problem::Problem;
use crate::http::work::Kind;

/// Works out an answer on another thread, so that this one goes on answering: figures take milliseconds, and the first
/// ones of an edition more.
///
/// # Errors
/// Those of the work, and those of [`State::apart`].
pub async fn apart<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&State) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    state.apart(Kind::Interactive, work).await?
}
