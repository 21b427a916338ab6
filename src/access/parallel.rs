//! Work on ranges of demand points and the like, on every core, with answers in order.

use std::num::NonZero;
use std::ops::Range;
use std::thread;

/// Cuts 0..`count` into pieces and works on them on all cores. The answers come in the order of the pieces, whose number
/// changes nothing but the time: callers join them.
pub(crate) fn in_pieces<T: Send>(count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(8);
    let size = count.div_ceil(cores).max(1);
    let piece = |start: usize| start..(start + size).min(count);
    if count <= size {
        return vec![work(0..count)];
    }
    thread::scope(|scope| {
        let work = &work;
        let started: Vec<_> = (0..count).step_by(size).map(|start| scope.spawn(move || work(piece(start)))).collect();
        started.into_iter().map(|thread| thread.join().expect("work in pieces does not panic")).collect()
    })
}
