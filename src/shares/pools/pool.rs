//! A few threads for one kind of work, and a short queue before them in which every visitor has a turn.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::shares::visitor::Visitor;

/// How many threads, and how much of them and of the queue one visitor may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Threads; at least one.
    pub threads: usize,
    /// Threads that work for one visitor at a time; at least one.
    pub threads_of_one: usize,
    /// Most that wait for a thread.
    pub most_waiting: usize,
    /// Most of them for one visitor.
    pub most_waiting_of_one: usize,
}

/// Whether somebody still waits for some work. Whoever works looks at it between two rows.
#[derive(Debug, Clone, Default)]
pub struct Wanted(Option<Arc<AtomicBool>>);

/// Tells that nobody waits any more, when it is dropped.
pub struct Waiting(Arc<AtomicBool>);

impl Wanted {
    /// A piece of work that one visitor wants, and whether it is still waited for.
    #[must_use]
    pub fn by_one() -> (Self, Waiting) {
        let given_up = Arc::new(AtomicBool::new(false));
        (Self(Some(given_up.clone())), Waiting(given_up))
    }

    /// Whether it is.
    #[must_use]
    pub fn still(&self) -> bool {
        self.0.as_ref().is_none_or(|given_up| !given_up.load(Ordering::Relaxed))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// There are too many waiting already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

struct Task {
    visitor: Visitor,
    wanted: Wanted,
    work: Box<dyn FnOnce() + Send>,
}

#[derive(Default)]
struct Book {
    waiting: VecDeque<Task>,
    running: HashMap<Visitor, usize>,
    /// The last turns of visitors who wait for another, as numbers that grow.
    turns: HashMap<Visitor, u64>,
    turn: u64,
    threads: usize,
    idle: usize,
    closing: bool,
}

struct Shared {
    plan: Plan,
    book: Mutex<Book>,
    ready: Condvar,
}

/// The threads. They end when this is dropped.
pub struct Pool(Arc<Shared>);

impl Pool {
    pub fn new(plan: Plan) -> Self {
        Self(Arc::new(Shared { plan, book: Mutex::default(), ready: Condvar::new() }))
    }

    /// Lets some work wait for its turn. What nobody wants any more makes room.
    pub fn put(&self, visitor: Visitor, wanted: Wanted, work: Box<dyn FnOnce() + Send>) -> Result<(), Full> {
        let Shared { plan, ready, .. } = &*self.0;
        let mut book = self.0.book();
        let of_one = book.waiting.iter().filter(|task| task.visitor == visitor).count();
        if book.waiting.len() >= plan.most_waiting || of_one >= plan.most_waiting_of_one {
            book.waiting.retain(|task| task.wanted.still());
            let of_one = book.waiting.iter().filter(|task| task.visitor == visitor).count();
            if book.waiting.len() >= plan.most_waiting || of_one >= plan.most_waiting_of_one {
                return Err(Full);
            }
        }
        book.waiting.push_back(Task { visitor, wanted, work });
        if book.idle == 0 && book.threads < plan.threads {
            book.threads += 1;
            let shared = self.0.clone();
            thread::spawn(move || shared.work());
        }
        drop(book);
        ready.notify_one();
        Ok(())
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.0.book().waiting.len()
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let mut book = self.0.book();
        book.closing = true;
        book.waiting.clear();
        drop(book);
        self.0.ready.notify_all();
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {} waiting", self.0.plan, self.waiting())
    }
}

impl Shared {
    fn work(&self) {
        let mut book = self.book();
        while !book.closing {
            let Some(Task { visitor, work, .. }) = book.next(self.plan.threads_of_one) else {
                book.idle += 1;
                book = self.ready.wait(book).unwrap_or_else(PoisonError::into_inner);
                book.idle -= 1;
                continue;
            };
            drop(book);
            // Whoever put it here catches its panics.
            work();
            book = self.book();
            book.end(visitor);
            self.ready.notify_one();
        }
    }

    /// Nothing is left half done under the lock.
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    /// The next task: of the visitor who has the fewest threads, then of the one whose last turn is longest ago, then the
    /// first that came.
    fn next(&mut self, threads_of_one: usize) -> Option<Task> {
        self.waiting.retain(|task| task.wanted.still());
        let running = |visitor: Visitor| self.running.get(&visitor).copied().unwrap_or(0);
        let last = |visitor: Visitor| self.turns.get(&visitor).copied().unwrap_or(0);
        let open = self.waiting.iter().enumerate().filter(|(_, task)| running(task.visitor) < threads_of_one);
        let (at, _) = open.min_by_key(|(at, task)| (running(task.visitor), last(task.visitor), *at))?;
        let task = self.waiting.remove(at)?;
        *self.running.entry(task.visitor).or_default() += 1;
        self.turn += 1;
        self.turns.insert(task.visitor, self.turn);
        let waiting = &self.waiting;
        self.turns.retain(|visitor, _| waiting.iter().any(|task| task.visitor == *visitor));
        Some(task)
    }

    fn end(&mut self, visitor: Visitor) {
        if let Some(running) = self.running.get_mut(&visitor) {
            *running -= 1;
            if *running == 0 {
                self.running.remove(&visitor);
            }
        }
    }
}

#[cfg(test)]
mod tests;
