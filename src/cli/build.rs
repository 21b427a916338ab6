//! `mediane build`: raw files in, one edition out.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;

use super::{Failure, STOP, bar, exit, say, watch_signals};
use crate::editions;
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
    /// Extract of OpenStreetMap (.osm.pbf, .osm.gz, .osm): travel times follow its roads where it has any
    #[arg(long, value_name = "FILE")]
    roads: Option<PathBuf>,
    /// Publish although a list lost a fifth of its rows or too many rows were put aside; the reason goes into the report
    #[arg(long, value_name = "REASON")]
    force: Option<String>,
    /// Day of the build, ISO; later dates in files mean unknown [default: today]
    #[arg(long, value_name = "DAY")]
    today: Option<NaiveDate>,
    /// Editions that stay in the output folder beside the new one
    #[arg(long, value_name = "N", default_value_t = editions::KEPT)]
    keep: usize,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    watch_signals();
    let Arguments { cache, out, data, roads, force, today, keep } = arguments;
    let today = today.unwrap_or_else(|| chrono::Utc::now().date_naive());
    let bar = bar("{bar:30} {pos}/{len} {msg}");
    let progress = |at: usize, steps: usize, words: &str| {
        bar.set_length(steps as u64);
        bar.set_position(at as u64);
        bar.set_message(words.to_owned());
    };
    let (roads, force, keep) = (roads.as_deref(), force.as_deref(), *keep);
    let built = ingest::build(&BuildOptions { data, cache, out, roads, today, force, keep, stop: &STOP }, &progress);
    bar.finish_and_clear();
    let built = built.map_err(failure)?;
    say(std::iter::once(format!("edition {} published in {}", built.id, out.display())).chain(counts(&built)))?;
    Ok(ExitCode::SUCCESS)
}

fn failure(error: BuildError) -> Failure {
    let code = match &error {
        BuildError::Refused(_)
        | BuildError::NoVenues(_)
        | BuildError::Unreadable(..)
        | BuildError::Roads(_)
        | BuildError::Description(_)
        | BuildError::Reference(_) => exit::INPUT,
        BuildError::Publish(ingest::edition::PublishError::Locked { .. }) => exit::LOCKED,
        BuildError::Publish(_) | BuildError::Write(_) => exit::ENVIRONMENT,
        BuildError::Imbalance(_) => exit::INTERNAL,
        BuildError::Stopped => exit::STOPPED,
    };
    Failure::new(code, error)
}

/// What became of the rows, source by source.
fn counts(built: &Built) -> Vec<String> {
    let row = |cells: [&str; 6]| {
        let [source, read, published, quarantined, merged, blank] = cells;
        format!("{source:<32} {read:>8} {published:>9} {quarantined:>11} {merged:>7} {blank:>6}")
    };
    let mut lines = vec![
        format!("{} distinct venues, {} with coordinates of their own", built.venues, built.located),
        row(["source", "read", "published", "quarantined", "merged", "blank"]),
    ];
    for source in &built.report.sources {
        let numbers = [source.rows_read, source.published, source.quarantined, source.merged, source.blank];
        let [read, published, quarantined, merged, blank] = numbers.map(|number| number.to_string());
        lines.push(row([&source.id, &read, &published, &quarantined, &merged, &blank]));
    }
    lines.extend(built.absent.iter().map(|file| format!("absent from the cache: {file}")));
    lines
}
