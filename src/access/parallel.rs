//! Work on ranges of demand points and the like, on every core, with answers in order.

use std::cell::Cell;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

thread_local! {
    /// Whether this thread leaves the other cores to those who wait.
    static ON_ONE_CORE: Cell<bool> = const { Cell::new(false) };
}

/// Works on one core, for what nobody waits for.
pub(crate) fn on_one_core<T>(work: impl FnOnce() -> T) -> T {
    let before = ON_ONE_CORE.replace(true);
    let done = work();
    ON_ONE_CORE.set(before);
    done
}

/// Cuts 0..`count` into pieces and works on them on all cores. The answers come in the order of the pieces, whose number
/// changes nothing but the time: callers join them.
pub(crate) fn in_pieces<T: Send>(count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let all = || thread::available_parallelism().map_or(1, NonZero::get).min(8);
    let cores = if ON_ONE_CORE.get() { 1 } else { all() };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_one_core_there_is_one_piece_and_afterwards_there_are_as_many_as_before() {
        let pieces = || in_pieces(1_000, |piece| piece);
        let usual = pieces();
        let alone = on_one_core(pieces);
        assert_eq!((alone.len(), &alone[0]), (1, &(0..1_000)));
        assert_eq!(pieces(), usual);
        assert_eq!(usual.into_iter().flatten().collect::<Vec<_>>(), (0..1_000).collect::<Vec<_>>());
    }
}
