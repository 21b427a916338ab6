//! `mediane new-source`: a first description of a list, for `data/sources`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Failure, exit, say};
use crate::ingest::doctor::propose;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The list: CSV, JSON, `GeoJSON` or Parquet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Descriptions whose names of columns are learnt from
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let failed =
        |error: &dyn std::fmt::Display| Failure::new(exit::INPUT, format!("{}: {error}", arguments.file.display()));
    let bytes = std::fs::read(&arguments.file).map_err(|error| failed(&error))?;
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let proposed = propose(&bytes, &name, &arguments.data).map_err(|error| failed(&error))?;
    say([proposed.trim_end().to_owned()])?;
    Ok(ExitCode::SUCCESS)
}
