//! The jobs of a store as this process knows them: a copy of each that somebody here asked about, and the one it works on.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Placement;
use super::job::{Job, Stage};
use super::jobs::MOST_KEPT;
use super::kept::read_moments;
use crate::ports::{Board, PlanClaim, PlanLine, PlanState};

/// What this process knows.
#[derive(Debug, Default)]
pub struct Desk {
    book: Mutex<Book>,
    bell: Condvar,
    begun: AtomicBool,
    closing: AtomicBool,
    waiting: AtomicUsize,
}

#[derive(Debug, Default)]
struct Book {
    /// Copies, with the instant at which the job was posted: one that was posted again is another. The oldest first.
    known: Vec<(i64, Arc<Placement>)>,
    running: Option<Running>,
    /// Jobs that are over and whose answer is still to be read.
    to_read: VecDeque<(i64, Arc<Placement>)>,
    reading: bool,
    rung: bool,
}

/// The job that this process works on.
#[derive(Debug, Clone)]
pub struct Running {
    /// The right to do so.
    pub claim: PlanClaim,
    /// Its copy.
    pub job: Arc<Placement>,
    /// The last time that the store confirmed it.
    pub confirmed: Instant,
}

impl Desk {
    /// True the first time.
    pub(super) fn begins(&self) -> bool {
        !self.begun.swap(true, Ordering::AcqRel)
    }

    /// Whether the service is about to stop.
    pub(super) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// From now on nothing is begun, and nobody here waits; tells what is under way.
    pub(super) fn close(&self) -> Option<PlanClaim> {
        let mut book = self.book();
        self.closing.store(true, Ordering::Release);
        book.known.iter().for_each(|(_, job)| job.leave());
        let running = book.running.take();
        drop(book);
        self.ring();
        running.map(|running| {
            running.job.leave();
            running.claim
        })
    }

    /// Jobs that this process works on.
    #[must_use]
    pub fn running(&self) -> usize {
        usize::from(self.book().running.is_some())
    }

    /// Jobs that wait, of all processes, when it was last looked.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// The copy of a job, brought to where the store says it stands. An answer is read by [`Desk::next_to_read`].
    pub(super) fn meet(&self, line: &PlanLine) -> Arc<Placement> {
        let mut book = self.book();
        let at = book.known.iter().position(|(_, job)| job.id == line.id);
        let known = at.map(|at| book.known[at].clone());
        let job = match known {
            Some((made, job)) if made == line.made && (self.is_closing() || !job.is_left()) => job,
            other => {
                if let (Some((_, old)), Some(at)) = (other, at) {
                    old.leave();
                    book.known.remove(at);
                }
                let job = Arc::new(Job::new(&line.id, line.seconds, &line.edition));
                book.known.push((line.made, job.clone()));
                job
            }
        };
        let is_ours = book.running.as_ref().is_some_and(|running| Arc::ptr_eq(&running.job, &job));
        match line.state {
            PlanState::Cancelled => job.follow(Stage::Cancelled, job.moments()),
            _ if is_ours || job.is_over() => (),
            PlanState::Queued => job.follow(Stage::Queued, Vec::new()),
            PlanState::Running => job.follow(Stage::Running, read_moments(&line.progress)),
            PlanState::Done | PlanState::Failed => {
                if !line.progress.is_empty() {
                    job.follow(Stage::Running, read_moments(&line.progress));
                }
                if !book.to_read.iter().any(|(_, waiting)| Arc::ptr_eq(waiting, &job)) {
                    book.to_read.push_back((line.made, job.clone()));
                }
            }
        }
        book.forget();
        job
    }

    /// Brings every copy to where the board says it stands.
    pub(super) fn follow(&self, board: &Board) {
        let waiting = board.lines.iter().filter(|line| line.state == PlanState::Queued).count();
        self.waiting.store(waiting, Ordering::Relaxed);
        let open: Vec<(i64, Arc<Placement>)> =
            self.book().known.iter().filter(|(_, job)| !job.is_over()).cloned().collect();
        for (made, job) in open {
            match board.lines.iter().find(|line| line.id == job.id && line.made == made) {
                Some(line) => drop(self.meet(line)),
                None => self.drop_copy(&job),
            }
        }
    }

    /// Somebody here waits for the end of a job.
    pub(super) fn is_followed(&self) -> bool {
        self.book().known.iter().any(|(_, job)| !job.is_over())
    }

    /// This process works on a job from now on; false when it is about to stop.
    pub(super) fn take(&self, claim: PlanClaim, line: &PlanLine) -> Option<Running> {
        let job = self.meet(line);
        let mut book = self.book();
        if self.is_closing() {
            return None;
        }
        job.begin();
        let running = Running { claim, job, confirmed: Instant::now() };
        book.running = Some(running.clone());
        Some(running)
    }

    /// What this process works on.
    pub(super) fn under_way(&self) -> Option<Running> {
        self.book().running.clone()
    }

    /// The store confirmed that this is ours.
    pub(super) fn confirm(&self, claim: &PlanClaim) {
        if let Some(running) = self.book().running.as_mut().filter(|running| running.claim == *claim) {
            running.confirmed = Instant::now();
        }
    }

    /// The job is no longer ours: the search stops, and whoever asks next gets a new copy.
    pub(super) fn lose(&self, running: &Running) {
        running.job.leave();
        self.drop_copy(&running.job);
    }

    /// The work on a job has ended, however it did.
    pub(super) fn rest(&self, claim: &PlanClaim) {
        let mut book = self.book();
        if book.running.as_ref().is_some_and(|running| running.claim == *claim) {
            book.running = None;
        }
        drop(book);
        self.ring();
    }

    /// Whether there is something to read and nobody reads; the one who is told so does.
    pub(super) fn reads(&self) -> bool {
        let mut book = self.book();
        let reads = !book.reading && !book.to_read.is_empty();
        book.reading |= reads;
        reads
    }

    /// The next job whose answer is to be read. None ends the reading.
    pub(super) fn next_to_read(&self) -> Option<(i64, Arc<Placement>)> {
        let mut book = self.book();
        let next = book.to_read.front().cloned();
        book.reading = next.is_some();
        next
    }

    /// The answer of a job is read, or cannot be.
    pub(super) fn is_read(&self, job: &Arc<Placement>) {
        self.book().to_read.retain(|(_, waiting)| !Arc::ptr_eq(waiting, job));
    }

    /// Forgets a copy; the job may be asked about again.
    pub(super) fn drop_copy(&self, job: &Arc<Placement>) {
        job.leave();
        self.book().known.retain(|(_, known)| !Arc::ptr_eq(known, job));
    }

    /// There is something to do.
    pub(super) fn ring(&self) {
        self.book().rung = true;
        self.bell.notify_all();
    }

    /// Waits until there is something to do, or so long.
    pub(super) fn wait(&self, longest: Duration) {
        let book = self.book();
        let (mut book, _) =
            self.bell.wait_timeout_while(book, longest, |book| !book.rung).unwrap_or_else(PoisonError::into_inner);
        book.rung = false;
    }

    /// Nothing is left half done under the lock, so a panic of another thread spoils nothing.
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    /// Forgets the oldest copies of jobs that are over.
    fn forget(&mut self) {
        let over = self.known.iter().filter(|(_, job)| job.is_over()).count();
        let mut forgotten = over.saturating_sub(MOST_KEPT);
        self.known.retain(|(_, job)| {
            let forget = forgotten > 0 && job.is_over();
            forgotten -= usize::from(forget);
            !forget
        });
    }
}
