//! One job: where it stands, how far it has come, and whether it should stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::http::problem::Problem;

/// Most points of the two curves; when there are more, every second one is dropped.
const MOST_POINTS: usize = 240;

/// Where a job stands.
#[derive(Debug)]
pub enum Stage<T> {
    /// Others come first.
    Queued,
    /// Being worked on.
    Running,
    /// There is an answer.
    Done(Arc<T>),
    /// Somebody stopped it, or the service stopped.
    Cancelled,
    /// There is no answer, and this is why.
    Failed(Problem),
}

impl<T> Clone for Stage<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Queued => Self::Queued,
            Self::Running => Self::Running,
            Self::Done(answer) => Self::Done(answer.clone()),
            Self::Cancelled => Self::Cancelled,
            Self::Failed(problem) => Self::Failed(problem.clone()),
        }
    }
}

impl<T> Stage<T> {
    /// Name in answers.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done(_) => "done",
            Self::Cancelled => "cancelled",
            Self::Failed(_) => "failed",
        }
    }

    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_over(&self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// A moment of the search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Seconds since the search began.
    pub seconds: f64,
    /// Value of the best plan.
    pub value: f64,
    /// No plan is better.
    pub bound: f64,
    /// Distance between the two, in percent of the value; see [`crate::placement::gap_percent`].
    pub gap_percent: Option<f64>,
    /// Rounds of work.
    pub rounds: u32,
}

/// One question and what became of it.
#[derive(Debug)]
pub struct Job<T> {
    /// Fingerprint of the question.
    pub id: String,
    /// Id of the edition it began with, and that its answer belongs to.
    pub edition: String,
    /// Seconds that the search may take.
    pub seconds: u32,
    standing: Mutex<Standing<T>>,
    /// Whether this process has no more to do with it; another may.
    left: AtomicBool,
}

#[derive(Debug)]
struct Standing<T> {
    stage: Stage<T>,
    begun: Option<Instant>,
    moments: Vec<Moment>,
    last: Option<Moment>,
    /// One moment of so many becomes a point of the curves.
    every: usize,
    seen: usize,
}

impl<T> Job<T> {
    /// A job that waits.
    #[must_use]
    pub fn new(id: &str, seconds: u32, edition: &str) -> Self {
        let (stage, moments) = (Stage::Queued, Vec::new());
        let standing = Standing { stage, begun: None, moments, last: None, every: 1, seen: 0 };
        let (standing, left) = (Mutex::new(standing), AtomicBool::new(false));
        Self { id: id.to_owned(), edition: edition.to_owned(), seconds, standing, left }
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage<T> {
        self.standing().stage.clone()
    }

    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.standing().stage.is_over()
    }

    /// Whether it was stopped.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.standing().stage, Stage::Cancelled)
    }

    /// From now on another process may work on it: this one stops, and nobody here waits for it.
    pub(crate) fn leave(&self) {
        self.left.store(true, Ordering::Release);
    }

    /// Whether this process has no more to do with it.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.left.load(Ordering::Acquire)
    }

    /// Whether a search for it should stop.
    #[must_use]
    pub fn is_to_stop(&self) -> bool {
        self.is_left() || self.is_over()
    }

    /// Takes over where another process has brought it. An answer that is there stays.
    pub(crate) fn follow(&self, stage: Stage<T>, moments: Vec<Moment>) {
        let mut standing = self.standing();
        if !standing.stage.is_over() {
            standing.stage = stage;
            standing.moments = moments;
            standing.last = None;
        }
    }

    /// The points of the two curves, the latest moment last.
    #[must_use]
    pub fn moments(&self) -> Vec<Moment> {
        let standing = self.standing();
        let mut moments = standing.moments.clone();
        moments.extend(standing.last.filter(|last| standing.moments.last() != Some(last)));
        moments
    }

    /// Seconds until its time is over, at least 1.
    #[must_use]
    pub fn seconds_left(&self) -> u32 {
        let spent = self.standing().begun.map_or(Duration::ZERO, |begun| begun.elapsed());
        let left = Duration::from_secs(self.seconds.into()).saturating_sub(spent);
        (left.as_secs_f64().ceil() as u32).max(1)
    }

    /// Notes how far the search has come.
    pub fn note(&self, moment: Moment) {
        let mut standing = self.standing();
        if standing.seen.is_multiple_of(standing.every) {
            standing.moments.push(moment);
            if standing.moments.len() > MOST_POINTS {
                let mut keep = false;
                standing.moments.retain(|_| {
                    keep = !keep;
                    keep
                });
                standing.every *= 2;
            }
        }
        standing.seen += 1;
        standing.last = Some(moment);
    }

    pub(crate) fn begin(&self) {
        let mut standing = self.standing();
        standing.begun = Some(Instant::now());
        if !standing.stage.is_over() {
            standing.stage = Stage::Running;
        }
    }

    /// What was cancelled in the meantime stays cancelled.
    pub(crate) fn end(&self, stage: Stage<T>) {
        let mut standing = self.standing();
        if !standing.stage.is_over() {
            standing.stage = stage;
        }
    }

    pub(crate) fn cancel(&self) {
        self.end(Stage::Cancelled);
    }

    fn standing(&self) -> MutexGuard<'_, Standing<T>> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
