//! `mediane place --replay`: the question of a plan asked again, and whether the answer is the same file.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use super::{Failure, STOP, exit, say};
use crate::atlas::Atlas;
use crate::matching::PartialFile;
use crate::placement::{Plan, Threads};
use crate::planning::{Document, DocumentFault, Request, RequestError, Study};

/// Searches again for as many rounds as the plan says, whatever the time; writes the new file where one is named.
pub(super) fn replay(file: &Path, atlas: &Atlas, threads: Threads, output: Option<&Path>) -> Result<ExitCode, Failure> {
    let refused = |error: &dyn std::fmt::Display| Failure::new(exit::INPUT, error);
    let unreadable = |error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", file.display()));
    let text = fs::read_to_string(file).map_err(unreadable)?;
    let known = Document::from_json(&text).map_err(|fault| refused(&fault))?;
    let given = &atlas.edition().id;
    if known.edition != *given {
        let fault = DocumentFault::Edition { claimed: known.edition, given: given.clone() };
        return Err(refused(&fault));
    }
    let study = Study::new(atlas, &known.request).map_err(|error| refused(&error))?;
    let plan = again(atlas, &known, threads).map_err(|error| refused(&error))?;
    if STOP.load(Ordering::Relaxed) {
        return Err(Failure::new(exit::STOPPED, "stopped by a signal: nothing was compared"));
    }
    // Seconds are a matter of the machine: those of the first search are kept.
    let bytes = Document::new(&study, &plan, known.seconds).to_json();
    if let Some(output) = output {
        let unwritable = |error| Failure::new(exit::ENVIRONMENT, format!("{}: {error}", output.display()));
        let mut file = PartialFile::create(output).map_err(unwritable)?;
        file.write_all(bytes.as_bytes()).map_err(unwritable)?;
        file.publish().map_err(unwritable)?;
    }
    if bytes != text {
        let line = bytes.lines().zip(text.lines()).position(|(ours, theirs)| ours != theirs);
        let line = line.map_or_else(|| "its end".to_owned(), |line| format!("line {}", line + 1));
        return Err(Failure::new(
            exit::INPUT,
            format!("{}: searched again, it differs from {line} on", file.display()),
        ));
    }
    say([format!("searched again: {} bytes, the same to the last", bytes.len())])?;
    Ok(ExitCode::SUCCESS)
}

/// The search of a document. One that the clock ended is ended after the same rounds.
fn again(atlas: &Atlas, known: &Document, threads: Threads) -> Result<Plan, RequestError> {
    let stopped = known.plan.stopped;
    let rounds = if stopped { known.plan.rounds } else { known.request.rounds };
    let request = Request { rounds, seconds: None, ..known.request.clone() };
    let plan = Study::new(atlas, &request)?.solve(threads, &mut |_| {
        if STOP.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    Ok(Plan { stopped, ..plan })
}
