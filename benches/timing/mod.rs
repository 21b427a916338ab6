//! How long something takes: the fastest of a few runs, by a clock of one's choice.

use std::sync::OnceLock;
use std::time::Instant;

const RUNS: usize = 3;

/// The seconds of the fastest run by some clock, and what the last run gave.
pub fn best<T>(clock: impl Fn() -> f64, mut run: impl FnMut() -> T) -> (f64, T) {
    let mut timed = || {
        let start = clock();
        let result = run();
        (clock() - start, result)
    };
    let (mut fastest, mut result) = timed();
    for _ in 1..RUNS {
        let seconds;
        (seconds, result) = timed();
        fastest = fastest.min(seconds);
    }
    (fastest, result)
}

/// Seconds by the wall.
pub fn wall_seconds() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Seconds that this thread has spent on a processor, as Linux counts them; by the wall elsewhere.
pub fn processor_seconds() -> f64 {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split_whitespace().next().and_then(|first| first.parse::<u64>().ok());
    nanoseconds.map_or_else(wall_seconds, |nanoseconds| nanoseconds as f64 / 1e9)
}
