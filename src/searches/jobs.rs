//! Jobs: questions that take seconds. One is worked on at a time, on a thread of its own; a few wait; the last answers
//! are kept, so that the same question is one job.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::job::{Job, Stage};
use crate::http::middleware::panic_text;
use crate::http::problem::Problem;

/// Most jobs that wait for their turn.
pub const MOST_QUEUED: usize = 4;
/// Most jobs that are remembered once they are over, the oldest forgotten first.
pub const MOST_KEPT: usize = 32;
/// Most visitors who wait for an answer with a connection open: a part of those whom the service lets in.
const MOST_WATCHING: usize = 64;

/// Why a job was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Too many wait already; in so many seconds one of them will have had its turn.
    Full {
        /// Seconds.
        retry_after: u32,
    },
    /// The service is about to stop.
    Closing,
}

/// Answers a question, noting on its job how far it has come.
pub type Run<T> = Box<dyn FnOnce(&Job<T>) -> Result<T, Problem> + Send>;

/// What a job does, and what to say when it panics instead.
pub struct Work<T> {
    /// Id of the edition that the question is asked of, and that the work holds until its end.
    pub edition: String,
    /// Answers, or says why not.
    pub run: Run<T>,
    /// Makes a problem of the text of a panic.
    pub lost: Box<dyn FnOnce(&str) -> Problem + Send>,
}

/// All jobs of the service.
#[derive(Debug)]
pub struct Jobs<T> {
    book: Mutex<Book<T>>,
    watching: AtomicUsize,
}

/// Somebody who waits for an answer with a connection open; gone when dropped.
#[derive(Debug)]
pub struct Watching<'j>(&'j AtomicUsize);

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Book<T> {
    /// Every job that is known, the oldest first.
    known: Vec<Arc<Job<T>>>,
    waiting: VecDeque<(Arc<Job<T>>, Work<T>)>,
    /// The job that is worked on.
    running: Option<Arc<Job<T>>>,
    closing: bool,
}

impl<T> std::fmt::Debug for Book<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} jobs, {} of them waiting", self.known.len(), self.waiting.len())
    }
}

impl<T> Default for Jobs<T> {
    fn default() -> Self {
        let (known, waiting) = (Vec::new(), VecDeque::new());
        let book = Mutex::new(Book { known, waiting, running: None, closing: false });
        Self { book, watching: AtomicUsize::new(0) }
    }
}

impl<T: Send + Sync + 'static> Jobs<T> {
    /// Takes a question, or finds the job that is the same question. One that was cancelled begins anew.
    ///
    /// # Errors
    /// When too many wait, or the service is about to stop.
    pub fn admit(self: &Arc<Self>, id: &str, seconds: u32, work: Work<T>) -> Result<Arc<Job<T>>, Refusal> {
        let mut book = self.book();
        if let Some(known) = book.known.iter().find(|job| job.id == id && !job.is_cancelled()) {
            return Ok(known.clone());
        }
        if book.closing {
            return Err(Refusal::Closing);
        }
        if book.waiting.len() >= MOST_QUEUED {
            return Err(Refusal::Full { retry_after: book.running.as_ref().map_or(1, |job| job.seconds_left()) });
        }
        let job = Arc::new(Job::new(id, seconds, &work.edition));
        book.known.retain(|known| known.id != id);
        book.known.push(job.clone());
        book.waiting.push_back((job.clone(), work));
        if book.running.is_none() {
            // Set before the thread begins, so that nobody starts a second one.
            book.running = Some(job.clone());
            drop(book);
            let jobs = self.clone();
            thread::spawn(move || jobs.work());
        }
        Ok(job)
    }

    /// The job with this id, if it is still known.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Arc<Job<T>>> {
        self.book().known.iter().find(|job| job.id == id).cloned()
    }

    /// Jobs that are worked on.
    #[must_use]
    pub fn running(&self) -> usize {
        usize::from(self.book().running.is_some())
    }

    /// Jobs that wait for their turn.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.book().waiting.len()
    }

    /// A seat among those who wait with a connection open; `None` when all are taken.
    #[must_use]
    pub fn watch(&self) -> Option<Watching<'_>> {
        let before = self.watching.fetch_add(1, Ordering::Relaxed);
        let seat = Watching(&self.watching);
        (before < MOST_WATCHING).then_some(seat)
    }

    /// Stops a job that waits or runs; one that is over stays as it is. `None` when there is no such job.
    pub fn cancel(&self, id: &str) -> Option<Arc<Job<T>>> {
        let mut book = self.book();
        let job = book.known.iter().find(|job| job.id == id).cloned()?;
        book.waiting.retain(|(waiting, _)| waiting.id != id);
        job.cancel();
        Some(job)
    }

    /// Stops every job, and takes no more.
    pub fn close(&self) {
        let mut book = self.book();
        book.closing = true;
        book.waiting.clear();
        book.known.iter().for_each(|job| job.cancel());
    }

    /// Works until nothing waits.
    fn work(&self) {
        while let Some((job, work)) = self.next() {
            job.begin();
            let Work { run, lost, .. } = work;
            let ended = match catch_unwind(AssertUnwindSafe(|| run(&job))) {
                Ok(Ok(answer)) => Stage::Done(Arc::new(answer)),
                Ok(Err(problem)) => Stage::Failed(problem),
                Err(panic) => Stage::Failed(lost(&panic_text(panic.as_ref()))),
            };
            job.end(ended);
        }
    }

    /// Takes the next job off the queue, and forgets the oldest of those that are over.
    fn next(&self) -> Option<(Arc<Job<T>>, Work<T>)> {
        let mut book = self.book();
        let next = book.waiting.pop_front();
        book.running = next.as_ref().map(|(job, _)| job.clone());
        let over = book.known.iter().filter(|job| job.is_over()).count();
        let mut forgotten = over.saturating_sub(MOST_KEPT);
        book.known.retain(|job| {
            let forget = forgotten > 0 && job.is_over();
            forgotten -= usize::from(forget);
            !forget
        });
        next
    }

    /// Nothing is left half done under the lock, so a panic of another thread spoils nothing.
    fn book(&self) -> MutexGuard<'_, Book<T>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
