//! A file of residents matched block by block: one thread reads, several match, the caller's writes.
//!
//! Blocks are dealt to the workers in turn and collected in the same turn, so that rows come out in the order in which
//! they went in, whatever the number of workers. Queues are bounded, so memory does not depend on the size of the file.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::domain::units::FAR_M;

use super::blocks::{Block, Blocks, Sizes, line_feeds};
use super::clues::{Basis, Clues};
use super::error::{InputProblem, MatchError};
use super::output::PartialFile;
use super::places::Places;
use super::rows::{Matcher, Tally};
use super::targets::{Match, Targets};

/// Blocks that may wait before each worker, and after.
const QUEUE: usize = 2;
const SIZES: Sizes = Sizes { header: 1 << 20, block: 1 << 20, record: 32 << 20 };

/// A file to match and what to match it with.
#[derive(Debug, Clone, Copy)]
pub struct MatchJob<'a> {
    /// CSV of residents: UTF-8, separated by commas, semicolons or tabs, with a header.
    pub input: &'a Path,
    /// Where the same rows go, with four more columns. Appears whole or not at all.
    pub output: &'a Path,
    /// The venues.
    pub targets: &'a Targets,
    /// The communes and postal codes.
    pub places: &'a Places,
    /// Raised by whoever wants the job to stop.
    pub stop: &'a AtomicBool,
}

impl MatchJob<'_> {
    /// The answer for one row of any format: the venue, and what the row was placed by or `unknown:` and why not.
    pub fn answer(&self, clues: Clues<'_>, tally: &mut Tally) -> (Option<Match>, Cow<'static, str>) {
        tally.rows += 1;
        let (position, basis) = match self.places.locate(clues) {
            Ok(placed) => placed,
            Err(unplaced) => {
                tally.unknown += 1;
                return (None, format!("unknown:{unplaced}").into());
            }
        };
        *match basis {
            Basis::Position => &mut tally.by_position,
            Basis::Commune => &mut tally.by_commune,
            Basis::Postcode => &mut tally.by_postcode,
        } += 1;
        let nearest = self.targets.nearest(position);
        let basis = basis.told(nearest.is_some_and(|nearest| nearest.distance.value() > FAR_M));
        (nearest, basis.into())
    }
}

/// A block, matched.
struct Matched {
    /// Rows with their new columns.
    bytes: Vec<u8>,
    /// Bytes of the input that they come from.
    read: usize,
    tally: Tally,
}

/// Matches every row of a CSV file. `progress` is told now and then how many bytes of the input are done.
///
/// # Errors
/// When the input is no table of residents, when a file cannot be read or written, or when the stop flag was raised.
/// The output is then what it was before.
pub fn match_csv(job: &MatchJob<'_>, progress: impl FnMut(u64)) -> Result<Tally, MatchError> {
    let workers = thread::available_parallelism().map_or(2, usize::from).clamp(1, 8);
    match_in_blocks(job, SIZES, workers, progress)
}

fn match_in_blocks(
    job: &MatchJob<'_>,
    sizes: Sizes,
    workers: usize,
    mut progress: impl FnMut(u64),
) -> Result<Tally, MatchError> {
    let (layout, header, blocks) = Blocks::open(job.input, sizes)?;
    let matcher = Matcher::new(job.targets, job.places, &layout);
    let mut output = PartialFile::create(job.output).map_err(MatchError::io(job.output))?;
    output.write_all(&layout.widened(&header)).map_err(MatchError::io(job.output))?;

    let tally = thread::scope(|scope| {
        let mut dealt = Vec::new();
        let mut finished = Vec::new();
        for _ in 0..workers {
            let (deal, hand) = sync_channel(QUEUE);
            let (done, results) = sync_channel(QUEUE);
            let matcher = &matcher;
            scope.spawn(move || match_blocks(matcher, job.input, &hand, &done));
            dealt.push(deal);
            finished.push(results);
        }
        scope.spawn(move || deal_blocks(blocks, &dealt));
        // `finished` is dropped on an early return: the workers then hang up, and the reader after them.
        collect(job, &finished, &mut output, |read| progress(header.len() as u64 + read))
    })?;
    output.publish().map_err(MatchError::io(job.output))?;
    Ok(tally)
}

fn deal_blocks(blocks: Blocks, dealt: &[SyncSender<Result<Block, MatchError>>]) {
    for (block, worker) in blocks.zip(dealt.iter().cycle()) {
        if worker.send(block).is_err() {
            return;
        }
    }
}

fn match_blocks(
    matcher: &Matcher<'_>,
    input: &Path,
    hand: &Receiver<Result<Block, MatchError>>,
    done: &SyncSender<Result<Matched, MatchError>>,
) {
    for block in hand {
        if done.send(block.and_then(|block| match_block(matcher, input, &block))).is_err() {
            return;
        }
    }
}

fn match_block(matcher: &Matcher<'_>, input: &Path, block: &Block) -> Result<Matched, MatchError> {
    if let Err(error) = std::str::from_utf8(&block.bytes) {
        let line = block.first_line + line_feeds(&block.bytes[..error.valid_up_to()]);
        return Err(MatchError::input(input, line)(InputProblem::NotUtf8));
    }
    let mut bytes = Vec::with_capacity(block.bytes.len() * 3);
    let tally = matcher.match_block(&block.bytes, &mut bytes);
    Ok(Matched { bytes, read: block.bytes.len(), tally })
}

/// Writes the matched blocks in the order of their turns.
fn collect(
    job: &MatchJob<'_>,
    finished: &[Receiver<Result<Matched, MatchError>>],
    output: &mut PartialFile,
    mut progress: impl FnMut(u64),
) -> Result<Tally, MatchError> {
    let mut tally = Tally::default();
    let mut read = 0;
    for worker in finished.iter().cycle() {
        // The first worker whose turn brings nothing comes after the last block.
        let Ok(matched) = worker.recv() else { break };
        if job.stop.load(Ordering::Relaxed) {
            return Err(MatchError::Stopped);
        }
        let matched = matched?;
        output.write_all(&matched.bytes).map_err(MatchError::io(job.output))?;
        tally += matched.tally;
        read += matched.read as u64;
        progress(read);
    }
    Ok(tally)
}

#[cfg(test)]
mod tests;
