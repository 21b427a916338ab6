//! The threads of the service besides those that answer: a pool for each kind of work.

mod pool;

use std::thread;
use std::time::Duration;

pub use pool::{Plan, Wanted};

use self::pool::Pool;
use crate::shares::limits::{ANSWER_TIME, EXPORT_TIME, READING_TIME};

/// What somebody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page, a figure, a tile: a person looks at the screen.
    Interactive,
    /// A file to take away: seconds, and much memory.
    Export,
    /// A list that somebody brings: another process reads it, and its memory is asked for once.
    Reading,
}

/// The threads of every kind.
#[derive(Debug)]
pub struct Pools {
    interactive: Pool,
    export: Pool,
    reading: Pool,
}

impl Kind {
    /// Longest time from the question to the answer.
    #[must_use]
    pub const fn patience(self) -> Duration {
        match self {
            Self::Interactive => ANSWER_TIME,
            Self::Export => EXPORT_TIME,
            Self::Reading => READING_TIME,
        }
    }

    /// Its name, for the log and the metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interactive => "interactive work",
            Self::Export => "export",
            Self::Reading => "reading",
        }
    }

    /// Threads by the number of cores. One visitor has half of the cores: the other half, and one thread more, are for others.
    #[must_use]
    pub fn plan(self, cores: usize) -> Plan {
        let half = (cores / 2).max(1);
        match self {
            Self::Interactive => {
                Plan { threads: cores.max(1) + 1, threads_of_one: half, most_waiting: 256, most_waiting_of_one: 64 }
            }
            // Each may hold a hundred megabytes: few at once, whatever the machine.
            Self::Export => {
                let threads = half.min(2);
                Plan { threads, threads_of_one: 1, most_waiting: 16, most_waiting_of_one: 4 }
            }
            Self::Reading => Plan { threads: 1, threads_of_one: 1, most_waiting: 8, most_waiting_of_one: 2 },
        }
    }
}

impl Default for Pools {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let pool = |kind: Kind| Pool::new(kind.plan(cores));
        let [interactive, export, reading] = [Kind::Interactive, Kind::Export, Kind::Reading].map(pool);
        Self { interactive, export, reading }
    }
}

impl Pools {
    /// The pool of a kind.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &Pool {
        match kind {
            Kind::Interactive => &self.interactive,
            Kind::Export => &self.export,
            Kind::Reading => &self.reading,
        }
    }

    /// Requests that wait for a thread of this kind.
    #[must_use]
    pub fn waiting(&self, kind: Kind) -> usize {
        self.of(kind).waiting()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_visitor_leaves_half_of_the_cores_to_others() {
        for cores in 1..=64 {
            for kind in [Kind::Interactive, Kind::Export, Kind::Reading] {
                let plan = kind.plan(cores);
                assert!(plan.threads >= 1 && plan.threads_of_one >= 1, "{plan:?}");
                assert!(plan.most_waiting_of_one <= plan.most_waiting / 4, "{plan:?}");
            }
            let plan = Kind::Interactive.plan(cores);
            assert!(plan.threads > plan.threads_of_one && plan.threads_of_one <= cores.div_ceil(2), "{plan:?}");
        }
    }
}
