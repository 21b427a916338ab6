//! `mediane build`: raw files in, one edition out.

mod child;
mod guard;
mod limits;

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use chrono::NaiveDate;

use super::{Failure, STOP, exit, say, watch_signals};
use crate::editions;
use crate::ingest::report::Code;
use crate::ingest::{self, BuildError, BuildOptions, Built};
pub(super) use guard::as_child;
pub(super) use limits::{Limits, enter};

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
    /// Leave communes whole, one place of demand each, where no grid divides them: faster, for a look at lists
    #[arg(long)]
    undivided: bool,
    /// Write the tiles of each layer too, one `.pmtiles` file each: a map on any site reads them from a plain file server
    #[arg(long)]
    pmtiles: bool,
    /// Publish suspicious files, and let absent ones go; the reason goes into the report
    #[arg(long, value_name = "REASON")]
    force: Option<String>,
    /// Day of the build, ISO; later dates in files mean unknown [default: today]
    #[arg(long, value_name = "DAY")]
    today: Option<NaiveDate>,
    /// Take only what had been published by this day (vintages of the descriptions): an edition of the past
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// Editions that stay in the output folder beside the new one
    #[arg(long, value_name = "N", default_value_t = editions::KEPT)]
    keep: usize,
    #[command(flatten)]
    limits: Limits,
    /// This process is the one that reads
    #[arg(long, hide = true)]
    reading: bool,
    /// A source whose reading ended such a process
    #[arg(long, hide = true, value_name = "ID=CODE=WHY")]
    ended: Vec<EndedArgument>,
}

/// A source whose reading ended a process, as an argument.
#[derive(Debug, Clone)]
struct EndedArgument {
    id: String,
    code: Code,
    message: String,
}

impl fmt::Display for EndedArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}={}", self.id, self.code, self.message)
    }
}

impl FromStr for EndedArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '=');
        let mut next = || parts.next().ok_or("expected ID=CODE=WHY");
        let (id, code, message) = (next()?.to_owned(), next()?, next()?.to_owned());
        let code =
            Code::ALL.iter().copied().find(|known| known.as_str() == code).ok_or("no such code of the report")?;
        Ok(Self { id, code, message })
    }
}

impl Arguments {
    fn options(&self) -> BuildOptions<'_> {
        BuildOptions {
            data: &self.data,
            cache: &self.cache,
            out: &self.out,
            roads: self.roads.as_deref(),
            undivided: self.undivided,
            today: self.today(),
            as_of: self.as_of,
            force: self.force.as_deref(),
            keep: self.keep,
            stop: &STOP,
        }
    }

    fn today(&self) -> NaiveDate {
        // What came after the day of the edition was not known then.
        let today = self.today.unwrap_or_else(|| chrono::Utc::now().date_naive());
        self.as_of.map_or(today, |as_of| as_of.min(today))
    }

    /// The command line of the process that reads for this one.
    fn to_child(&self) -> Vec<OsString> {
        let mut line: Vec<OsString> = vec!["build".into(), "--reading".into()];
        let mut add = |name: &str, value: OsString| line.extend([name.into(), value]);
        add("--cache", self.cache.clone().into());
        add("--out", self.out.clone().into());
        add("--data", self.data.clone().into());
        add("--keep", self.keep.to_string().into());
        add("--today", self.today().to_string().into());
        add("--memory", self.limits.memory_mib.to_string().into());
        add("--seconds", self.limits.seconds.to_string().into());
        if let Some(as_of) = self.as_of {
            add("--as-of", as_of.to_string().into());
        }
        if let Some(roads) = &self.roads {
            add("--roads", roads.clone().into());
        }
        for (is_set, flag) in [(self.undivided, "--undivided"), (self.pmtiles, "--pmtiles")] {
            if is_set {
                line.push(flag.into());
            }
        }
        if let Some(force) = &self.force {
            // With its sign, so that a reason may begin with a dash.
            line.push(format!("--force={force}").into());
        }
        line
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    watch_signals();
    if arguments.reading { child::run(arguments) } else { guard::run(arguments) }
}

/// Says what came of a build.
fn outcome(built: Result<Built, BuildError>, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let built = built.map_err(failure)?;
    let first = format!("edition {} published in {}", built.id, arguments.out.display());
    say(std::iter::once(first).chain(counts(&built)))?;
    // The edition stands, but not all of it is of today: whoever runs builds by night must be able to see it.
    Ok(if built.not_taken.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(exit::KEPT) })
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
    lines.extend(built.not_taken.iter().map(|not_taken| {
        let stands =
            if not_taken.kept { "the file of the previous edition stays" } else { "nothing of it is published" };
        format!("not taken: {}: {}; {stands}", not_taken.id, not_taken.refused)
    }));
    lines.extend(built.absent.iter().map(|file| format!("absent from the cache: {file}")));
    lines
}
