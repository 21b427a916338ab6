//! How many requests are being answered, for whom, how many went wrong, and whether the door is closing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDateTime;

use crate::http::problem::Problem;
use crate::shares::limits::{
    MOST_BODY_BYTES, MOST_BODY_BYTES_OF_ONE, MOST_CONNECTIONS_OF_ONE, MOST_IN_FLIGHT, MOST_IN_FLIGHT_OF_ONE,
};
use crate::shares::visitor::Visitor;

/// What the middleware counts, shared by all workers.
#[derive(Debug)]
pub struct Gate {
    /// Requests being answered.
    pub(super) requests: Shares,
    /// Bytes of bodies on their way.
    pub(super) bodies: Shares,
    /// Open connections; the server bounds the number of all of them.
    pub(super) connections: Shares,
    incidents: AtomicU64,
    closing: AtomicBool,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            requests: Shares::new(MOST_IN_FLIGHT, MOST_IN_FLIGHT_OF_ONE),
            bodies: Shares::new(MOST_BODY_BYTES, MOST_BODY_BYTES_OF_ONE),
            connections: Shares::new(usize::MAX, MOST_CONNECTIONS_OF_ONE),
            incidents: AtomicU64::new(0),
            closing: AtomicBool::new(false),
        }
    }
}

impl Gate {
    /// From now on `/health/ready` says no.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// Whether the service is about to stop.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    /// Requests being answered.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.requests.book().all
    }

    /// Logs the cause of a failure and gives the answer that hides it.
    pub fn incident(&self, now: NaiveDateTime, template: &str, cause: &str) -> Problem {
        let number = self.incidents.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:x}-{number:x}", now.and_utc().timestamp());
        tracing::error!(incident = id, route = template, cause, "something broke on our side");
        Problem::internal(id)
    }
}

/// Something there is so much of, and so much for one visitor.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    most: usize,
    most_of_one: usize,
    book: Arc<Mutex<Book>>,
}

#[derive(Debug, Default)]
struct Book {
    all: usize,
    of_one: HashMap<Visitor, usize>,
}

/// What somebody has of it; given back when dropped.
#[derive(Debug)]
pub(super) struct Share {
    shares: Shares,
    visitor: Visitor,
    amount: usize,
}

impl Shares {
    fn new(most: usize, most_of_one: usize) -> Self {
        Self { most, most_of_one, book: Arc::default() }
    }

    /// So much of it; `None` when it is too much for all, or for one.
    pub(super) fn take(&self, visitor: Visitor, amount: usize) -> Option<Share> {
        let mut book = self.book();
        let all = book.all.saturating_add(amount);
        let had = book.of_one.get(&visitor).copied().unwrap_or(0);
        if all > self.most || (visitor.is_known() && had.saturating_add(amount) > self.most_of_one) {
            return None;
        }
        book.all = all;
        book.of_one.insert(visitor, had + amount);
        Some(Share { shares: self.clone(), visitor, amount })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut book = self.shares.book();
        book.all -= self.amount;
        if let Some(had) = book.of_one.get_mut(&self.visitor) {
            *had -= self.amount;
            if *had == 0 {
                book.of_one.remove(&self.visitor);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_visitor_has_a_part_all_have_the_whole_and_what_is_given_back_can_be_had() {
        let [one, other, third] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map(|a| Visitor::at(a.parse().unwrap()));
        let shares = Shares::new(10, 6);
        let first = shares.take(one, 6).unwrap();
        assert!(shares.take(one, 1).is_none(), "more than one may have");
        let second = shares.take(other, 4).unwrap();
        assert!(shares.take(third, 1).is_none(), "more than there is");
        drop(first);
        assert!(shares.take(third, 6).is_some());
        drop(second);
        let remembered = shares.book().of_one.len();
        assert_eq!((shares.book().all, remembered), (0, 0), "nothing is remembered of who is gone");
        assert!(shares.take(Visitor::default(), 10).is_some(), "nobody in particular");
    }
}
