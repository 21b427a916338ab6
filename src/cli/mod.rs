//! The command line: what a person types, and how it ends.

mod backup;
mod build;
mod check;
mod close;
mod config;
mod doctor;
mod export;
mod fetch;
mod library;
mod matching;
mod memory;
mod mirror;
mod new_source;
mod only;
mod place;
mod replay;
mod serve;
mod times;
mod version;
mod what_if;

use std::io::Write;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{CommandFactory, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Set by Ctrl-C and by `kill`; long work looks at it between steps.
static STOP: AtomicBool = AtomicBool::new(false);

/// Exit codes: 0 is success and 2 a wrong command line.
mod exit {
    /// The command line cannot be understood.
    pub const USAGE: u8 = 2;
    /// The input was refused.
    pub const INPUT: u8 = 3;
    /// Disk, network or another machine failed.
    pub const ENVIRONMENT: u8 = 4;
    /// Another process holds the lock.
    pub const LOCKED: u8 = 5;
    /// A list was checked, and loses rows or values.
    pub const FINDINGS: u8 = 7;
    /// Published, but a source is not of today: its file was absent, refused or suspicious, and the last good one stays.
    pub const KEPT: u8 = 6;
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
    /// Write a copy of the store of scenarios, whole and checked, while the service goes on
    Backup(backup::Arguments),
    /// Read the raw files and publish an edition
    Build(build::Arguments),
    /// Check a list of venues: every row and column that is not as expected, in French
    Check(check::Arguments),
    /// Write the completions of a shell
    Completions(version::Completions),
    /// Say which places of a territory could close and hurt least, and what each closure costs
    Close(close::Arguments),
    /// Say what `serve` would be set up with, and where each value comes from
    Config(config::Arguments),
    /// Look whether this installation will serve, and say what to do where it will not
    Doctor(crate::config::Arguments),
    /// Write the venues of an edition in the national standard
    Export(export::Arguments),
    /// Download the official sources into a local mirror
    Fetch(fetch::Arguments),
    /// Propose the description of a list, from its header and first rows
    NewSource(new_source::Arguments),
    /// Write the manual
    Man(version::Man),
    /// Find the nearest venue of every resident of a file
    Match(matching::Arguments),
    /// Say where the next posts should go, with the proof of how good the plan is
    Place(place::Arguments),
    /// Put a copy in the place of a store of scenarios that is gone
    Restore(backup::Arguments),
    /// Serve an edition: pages, map, API
    Serve(crate::config::Arguments),
    /// Say how long it takes between pairs of places, and what that rests on
    Times(times::Arguments),
    /// Say which program this is: version, layout of editions, stores
    Version,
    /// Say what would follow if venues closed, opened, moved or kept other hours
    WhatIf(what_if::Arguments),
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Backup(arguments) => backup::back(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Completions(arguments) => version::completions(&arguments, Cli::command()),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Man(arguments) => version::man(&arguments, Cli::command()),
        Command::Version => version::version(),
        Command::Close(arguments) => close::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::NewSource(arguments) => new_source::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Fetch(arguments) => fetch::run(&arguments),
        Command::Match(arguments) => matching::run(&arguments),
        Command::Place(arguments) => place::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Times(arguments) => times::run(&arguments),
        Command::WhatIf(arguments) => what_if::run(&arguments),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("mediane: {}", failure.message);
        ExitCode::from(failure.code)
    })
}

/// How a command ended when it did not succeed.
struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    fn new(code: u8, message: impl ToString) -> Self {
        Self { code, message: message.to_string() }
    }
}

/// Writes lines on standard output. A reader that has gone, as `head` does, ends nothing but the writing.
fn say(lines: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = lines.into_iter().try_for_each(|line| writeln!(out, "{line}")).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(exit::ENVIRONMENT, error)),
        _ => Ok(()),
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
