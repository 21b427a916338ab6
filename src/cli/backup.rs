//! `mediane backup` and `mediane restore`: the store of scenarios in a file, taken and given back.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Failure, exit, say};
use crate::store::{Copied, Location, back_up, restore as give_back};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The store: an `SQLite` file
    #[arg(long, value_name = "PATH", env = "MEDIANE_STORE", hide_env_values = true)]
    store: String,
    /// The copy
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
}

/// Writes a copy while the service goes on.
pub(super) fn back(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let store = file_of(arguments)?;
    told(back_up(&store, &arguments.file), &format!("{} was written", arguments.file.display()))
}

/// Puts a copy in the place of a store that is gone.
pub(super) fn restore(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let store = file_of(arguments)?;
    told(give_back(&arguments.file, &store), &format!("{} was restored", store.display()))
}

fn file_of(arguments: &Arguments) -> Result<PathBuf, Failure> {
    match arguments.store.parse() {
        Ok(Location::Sqlite(path)) => Ok(path),
        Ok(Location::Postgres(_)) => {
            let message =
                "a PostgreSQL store is kept by its own tools: pg_dump --format=custom, pg_restore (docs/deploying.md)";
            Err(Failure::new(exit::USAGE, message))
        }
        Err(error) => Err(Failure::new(exit::USAGE, error)),
    }
}

fn told(copied: Result<Copied, crate::ports::StoreError>, done: &str) -> Result<ExitCode, Failure> {
    let Copied { scenarios, bytes } = copied.map_err(|error| Failure::new(exit::ENVIRONMENT, error))?;
    say([format!("{done}: whole, {scenarios} scenarios, {bytes} bytes")])?;
    Ok(ExitCode::SUCCESS)
}
