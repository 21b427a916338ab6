//! `mediane what-if`: the answer to a scenario, from a file, as the API gives it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, exit};
use crate::http::State;
use crate::ingest;
use crate::scenario::document::Document;
use crate::scenario::{changing, resolve};
use crate::tables::format::Format;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of an edition, or the output folder of a build
    #[arg(long, value_name = "DIR")]
    edition: PathBuf,
    /// The scenario: the JSON that /api/access/what-if takes as a body
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// json, csv, xlsx or geojson, on standard output
    #[arg(long, value_name = "FORMAT", default_value = "json", value_parser = format)]
    format: Format,
}

fn format(text: &str) -> Result<Format, String> {
    let known = Format::ALL.into_iter().find(|format| format.name() == text);
    known.ok_or_else(|| format!("expected one of {}", Format::ALL.map(Format::name).join(", ")))
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let input =
        |error: &dyn std::fmt::Display| Failure::new(exit::INPUT, format!("{}: {error}", arguments.input.display()));
    let bytes = fs::read(&arguments.input).map_err(|error| input(&error))?;
    let document: Document = serde_json::from_slice(&bytes).map_err(|error| input(&error))?;
    let atlas = ingest::edition::open(&arguments.edition).map_err(|error| Failure::new(exit::INPUT, error))?;
    let state = State::new(Arc::new(atlas), || chrono::Utc::now().naive_utc());
    let question = resolve(document, &state.atlas).and_then(changing).map_err(|problem| input(&problem))?;
    let body = match arguments.format {
        Format::Json => question.answer(&state, "").map(|answer| answer.to_string().into_bytes()),
        format => {
            question.report(&state.atlas).and_then(|report| report.write(&state, format)).map(|written| written.body)
        }
    };
    let body = body.map_err(|problem| input(&problem))?;
    match std::io::stdout().lock().write_all(&body) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(exit::ENVIRONMENT, error)),
        _ => Ok(ExitCode::SUCCESS),
    }
}
