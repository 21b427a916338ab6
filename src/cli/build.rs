//! `mediane build`: raw files in, one edition out.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;

use super::{Failure, STOP, bar, exit, watch_signals};
use crate::ingest::{self, BuildError, BuildOptions, Built};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Local mirror of the official files; what is missing there is skipped and said
    #[arg(long, value_name = "DIR", default_value = ".cache/sources")]
    cache: PathBuf,
    /// Where editions are published
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Reference territories and descriptions of sources
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Day of the build, ISO; later dates in files mean unknown [default: today]
    #[arg(long, value_name = "DAY")]
    today: Option<NaiveDate>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    watch_signals();
    let Arguments { cache, out, data, today } = arguments;
    let today = today.unwrap_or_else(|| chrono::Utc::now().date_naive());
    let bar = bar("{bar:30} {pos}/{len} {msg}");
    let progress = |at: usize, steps: usize, words: &str| {
        bar.set_length(steps as u64);
        bar.set_position(at as u64);
        bar.set_message(words.to_owned());
    };
    let built = ingest::build(&BuildOptions { data, cache, out, today, stop: &STOP }, &progress);
    bar.finish_and_clear();
    let built = built.map_err(failure)?;
    println!("edition {} published in {}", built.id, out.display());
    print_counts(&built);
    Ok(ExitCode::SUCCESS)
}

fn failure(error: BuildError) -> Failure {
    let code = match &error {
        BuildError::Refused(_)
        | BuildError::NoVenues(_)
        | BuildError::Unreadable(..)
        | BuildError::Description(_)
        | BuildError::Reference(_) => exit::INPUT,
        BuildError::Publish(ingest::edition::PublishError::Locked { .. }) => exit::LOCKED,
        BuildError::Publish(_) | BuildError::Write(_) => exit::ENVIRONMENT,
        BuildError::Imbalance(_) => exit::INTERNAL,
        BuildError::Stopped => exit::STOPPED,
    };
    Failure::new(code, error)
}

fn print_counts(built: &Built) {
    println!("{} distinct venues, {} with coordinates of their own", built.venues, built.located);
    println!("{:<32} {:>8} {:>9} {:>11} {:>7} {:>6}", "source", "read", "published", "quarantined", "merged", "blank");
    for source in &built.report.sources {
        println!(
            "{:<32} {:>8} {:>9} {:>11} {:>7} {:>6}",
            source.id, source.rows_read, source.published, source.quarantined, source.merged, source.blank
        );
    }
    for file in &built.absent {
        println!("absent from the cache: {file}");
    }
}
