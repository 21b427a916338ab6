//! The command line: what a person types, and how it ends.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ingest::{self, BuildError, BuildOptions};

/// Set by Ctrl-C and by `kill`; long work looks at it between steps.
static STOP: AtomicBool = AtomicBool::new(false);

/// Exit codes, as `sysexits` would have them if it were written today.
mod exit {
    /// The input was refused.
    pub const INPUT: u8 = 3;
    /// Disk, network or another machine failed.
    pub const ENVIRONMENT: u8 = 4;
    /// Another process holds the lock.
    pub const LOCKED: u8 = 5;
    /// A defect of this program.
    pub const INTERNAL: u8 = 70;
    /// Stopped by a signal.
    pub const STOPPED: u8 = 130;
}

#[derive(Parser)]
#[command(name = "mediane", version, about = "The open map of digital-inclusion needs and venues in France")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read the raw files and publish an edition
    Build {
        /// Local mirror of the official files
        #[arg(long, value_name = "DIR")]
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
    },
    /// Serve an edition
    Serve {
        /// Folder of an edition, or the output folder of a build
        #[arg(long, value_name = "DIR")]
        edition: PathBuf,
        /// Address and port; port 0 picks a free one
        #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Build { cache, out, data, today } => build(&cache, &out, &data, today),
        Command::Serve { edition, listen } => serve(&edition, listen),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("mediane: {}", failure.message);
        ExitCode::from(failure.code)
    })
}

struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    fn new(code: u8, message: impl ToString) -> Self {
        Self { code, message: message.to_string() }
    }
}

/// Makes the first signal ask politely; a second one ends the process.
fn watch_signals() {
    let handler = || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(exit::STOPPED));
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        eprintln!("mediane: signals are not watched: {error}");
    }
}

/// A bar on standard error, drawn only on a terminal.
fn bar(template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(template).expect("the template is a constant that parses");
    bar.set_style(style);
    bar
}

fn build(
    cache: &std::path::Path,
    out: &std::path::Path,
    data: &std::path::Path,
    today: Option<NaiveDate>,
) -> Result<ExitCode, Failure> {
    watch_signals();
    let today = today.unwrap_or_else(|| chrono::Utc::now().date_naive());
    let bar = bar("{bar:30} {pos}/{len} {msg}");
    let progress = |at: usize, steps: usize, words: &str| {
        bar.set_length(steps as u64);
        bar.set_position(at as u64);
        bar.set_message(words.to_owned());
    };
    let built = ingest::build(&BuildOptions { data, cache, out, today, stop: &STOP }, &progress);
    bar.finish_and_clear();
    let built = built.map_err(|error| {
        let code = match &error {
            BuildError::Refused(_)
            | BuildError::NoVenues(_)
            | BuildError::Unreadable(..)
            | BuildError::Description(_) => exit::INPUT,
            BuildError::Publish(ingest::edition::PublishError::Locked { .. }) => exit::LOCKED,
            BuildError::Publish(_) | BuildError::Write(_) | BuildError::Reference(_) => exit::ENVIRONMENT,
            BuildError::Imbalance(_) => exit::INTERNAL,
            BuildError::Stopped => exit::STOPPED,
        };
        Failure::new(code, error)
    })?;
    println!("edition {} published in {}", built.id, out.display());
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
    Ok(ExitCode::SUCCESS)
}

fn serve(edition: &std::path::Path, listen: SocketAddr) -> Result<ExitCode, Failure> {
    let started = std::time::Instant::now();
    let atlas = ingest::edition::open(edition).map_err(|error| Failure::new(exit::INPUT, error))?;
    eprintln!("edition {} opened in {} ms", atlas.edition().id, started.elapsed().as_millis());
    let _ = (listen, exit::ENVIRONMENT);
    Ok(ExitCode::SUCCESS)
}
