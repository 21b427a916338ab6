//! Jobs: questions that take seconds. One is worked on at a time, on a thread of its own; a few wait; the last answers
//! are kept, so that the same question is one job.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use sha2::{Digest, Sha256};

use super::job::{Job, Stage};
use crate::domain::text::hexadecimal;
use crate::http::problem::{Problem, panic_text};
use crate::shares::limits::MOST_SEARCHES_OF_ONE;
use crate::shares::visitor::Visitor;

/// Most jobs that wait for their turn.
pub const MOST_QUEUED: usize = 16;
/// Most visitors whose questions are one job and who may each withdraw theirs.
pub const MOST_ASKERS: usize = 64;
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
        /// Whether those that wait are of the visitor who asks.
        of_one: bool,
    },
    /// The service is about to stop.
    Closing,
}

/// Answers a question, noting on its job how far it has come.
pub type Run<T> = Box<dyn FnOnce(&Job<T>) -> Result<T, Problem> + Send>;

/// Who asks, and how long they would have the search take.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    /// Who.
    pub visitor: Visitor,
    /// Seconds.
    pub seconds: u32,
}

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
    waiting: VecDeque<(Visitor, Arc<Job<T>>, Work<T>)>,
    /// The job that is worked on, and for whom.
    running: Option<(Visitor, Arc<Job<T>>)>,
    /// Keys of those who wait for a job, by its id.
    askers: HashMap<String, Vec<String>>,
    /// What keys are made with, so that nobody can make another's.
    secret: [u8; 32],
    has_chance: bool,
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
        let mut secret = [0; 32];
        // Without chance there are no keys that nobody can guess, and then nobody may withdraw anything.
        let has_chance = getrandom::fill(&mut secret).is_ok();
        let book = Book { known, waiting, running: None, askers: HashMap::new(), secret, has_chance, closing: false };
        let book = Mutex::new(book);
        Self { book, watching: AtomicUsize::new(0) }
    }
}

impl<T: Send + Sync + 'static> Jobs<T> {
    /// Takes a question, or finds the job that is the same question; with the key that withdraws it for this visitor. One that
    /// was cancelled begins anew.
    ///
    /// # Errors
    /// When too many wait, of this visitor or of all, or the service is about to stop.
    pub fn admit(self: &Arc<Self>, id: &str, asker: Asker, work: Work<T>) -> Result<(Arc<Job<T>>, String), Refusal> {
        let Asker { visitor, seconds } = asker;
        let mut book = self.book();
        if let Some(known) = book.known.iter().find(|job| job.id == id && !job.is_cancelled()).cloned() {
            let key = book.key(id, visitor);
            return Ok((known, key));
        }
        if book.closing {
            return Err(Refusal::Closing);
        }
        let running = book.running.iter().map(|(of, _)| of);
        let of_visitor = book.waiting.iter().map(|(of, ..)| of).chain(running).filter(|of| **of == visitor).count();
        let of_one = visitor.is_known() && of_visitor >= MOST_SEARCHES_OF_ONE;
        if of_one || book.waiting.len() >= MOST_QUEUED {
            let retry_after = book.running.as_ref().map_or(1, |(_, job)| job.seconds_left());
            return Err(Refusal::Full { retry_after, of_one });
        }
        let job = Arc::new(Job::new(id, seconds, &work.edition));
        book.known.retain(|known| known.id != id);
        book.known.push(job.clone());
        book.askers.remove(id);
        let key = book.key(id, visitor);
        book.waiting.push_back((visitor, job.clone(), work));
        if book.running.is_none() {
            // Set before the thread begins, so that nobody starts a second one.
            book.running = Some((visitor, job.clone()));
            drop(book);
            let jobs = self.clone();
            thread::spawn(move || jobs.work());
        }
        Ok((job, key))
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

    /// Withdraws the question that this key was given for. A job that nobody waits for any more stops; one that is over stays
    /// as it is. False when the key was not given for this job.
    pub fn withdraw(&self, id: &str, key: &str) -> bool {
        let mut book = self.book();
        let Some(askers) = book.askers.get_mut(id) else { return false };
        let Some(at) = askers.iter().position(|known| known == key) else { return false };
        askers.remove(at);
        if !askers.is_empty() {
            return true;
        }
        book.askers.remove(id);
        book.waiting.retain(|(_, waiting, _)| waiting.id != id);
        if let Some(job) = book.known.iter().find(|job| job.id == id) {
            job.cancel();
        }
        true
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
        // Visitors have their turns: the first question of another than the one who has just been served, if there is one.
        let served = book.running.as_ref().map(|(of, _)| *of);
        let of_another = book.waiting.iter().position(|(of, ..)| Some(*of) != served || !of.is_known());
        let next = book.waiting.remove(of_another.unwrap_or(0));
        book.running = next.as_ref().map(|(of, job, _)| (*of, job.clone()));
        let over = book.known.iter().filter(|job| job.is_over()).count();
        let mut forgotten = over.saturating_sub(MOST_KEPT);
        book.known.retain(|job| {
            let forget = forgotten > 0 && job.is_over();
            forgotten -= usize::from(forget);
            !forget
        });
        let Book { known, askers, .. } = &mut *book;
        askers.retain(|id, _| known.iter().any(|job| job.id == *id));
        next.map(|(_, job, work)| (job, work))
    }

    /// Nothing is left half done under the lock, so a panic of another thread spoils nothing.
    fn book(&self) -> MutexGuard<'_, Book<T>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Book<T> {
    /// The key of a visitor for a job, the same whenever they ask; remembered while there is room.
    fn key(&mut self, id: &str, visitor: Visitor) -> String {
        let hash = Sha256::new().chain_update(self.secret).chain_update(visitor.bytes()).chain_update(id).finalize();
        let key = hexadecimal(&hash[..16]);
        let askers = self.askers.entry(id.to_owned()).or_default();
        if self.has_chance && askers.len() < MOST_ASKERS && !askers.contains(&key) {
            askers.push(key.clone());
        }
        key
    }
}

#[cfg(test)]
mod tests;
