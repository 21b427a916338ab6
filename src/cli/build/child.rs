//! The process that reads: it builds the edition under limits, and tells its parent what it does.

use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use super::{Arguments, limits, outcome};
use crate::api::tiles::{archive, base};
use crate::atlas::Atlas;
use crate::cli::{Failure, STOP, exit, say};
use crate::editions::Snapshot;
use crate::ingest::edition::MakeFiles;
use crate::ingest::roads::read_drawn;
use crate::ingest::{self, Ended};

/// What begins the lines that are for the parent.
pub const STEP: &str = "\u{1}step";

/// Builds in this process, which is the child of another.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    limits::enter(arguments.limits)
        .map_err(|error| Failure::new(exit::ENVIRONMENT, format!("limits of the reading process: {error}")))?;
    stop_with_the_parent();
    let progress = |at: usize, steps: usize, words: &str| {
        // Without a parent to tell, there is nothing to tell; the end of its pipe stops the build.
        let _ = say([format!("{STEP}\t{at}\t{steps}\t{words}")]);
    };
    let ended: Ended = arguments.ended.iter().cloned().map(|ended| (ended.id, (ended.code, ended.message))).collect();
    let stop = || STOP.load(Ordering::Relaxed);
    let tiles = |atlas: Arc<Atlas>, folder: &Path| -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        if let Some(extract) = &arguments.roads {
            let drawn = read_drawn(extract).map_err(io::Error::other)?;
            names.push(base::write(&drawn, folder, stop)?);
        }
        if arguments.pmtiles {
            names.extend(archive::write_all(&Snapshot::new(atlas), folder, stop)?);
        }
        Ok(names)
    };
    let more: Option<MakeFiles<'_>> = if arguments.pmtiles || arguments.roads.is_some() { Some(&tiles) } else { None };
    let built = ingest::build_without(&arguments.options(), &ended, more, &progress);
    outcome(built, arguments)
}

/// The parent holds the other end of our input, and writes nothing: when it is gone, or asks us to stop, it ends.
fn stop_with_the_parent() {
    thread::spawn(|| {
        let mut nothing = [0];
        while matches!(std::io::stdin().read(&mut nothing), Ok(1..)) {}
        STOP.store(true, Ordering::Relaxed);
    });
}
