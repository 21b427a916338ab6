//! `mediane config`: what `serve` would be set up with, and where each value comes from.

use std::process::ExitCode;

use super::{Failure, exit, say};
use crate::config::{self, Config};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Print the JSON Schema of the file instead, for editors that complete and check TOML
    #[arg(long, conflicts_with = "example")]
    schema: bool,
    /// Print a file with every key instead, commented out
    #[arg(long)]
    example: bool,
    #[command(flatten)]
    config: config::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.schema || arguments.example {
        let text = if arguments.schema { config::schema() } else { config::example() };
        say([text.trim_end().to_owned()])?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = gather(&arguments.config)?;
    let file =
        config.file.as_ref().map_or_else(|| "# no file".to_owned(), |file| format!("# file: {}", file.display()));
    say(std::iter::once(file).chain(config.lines()))?;
    for warning in config.settings().warnings() {
        eprintln!("warning: {warning}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The configuration that was asked for.
pub(super) fn gather(arguments: &config::Arguments) -> Result<Config, Failure> {
    Config::gather(arguments).map_err(|faults| Failure::new(exit::USAGE, faults))
}
