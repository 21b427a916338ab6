//! How many requests are being answered, how many went wrong, and whether the door is closing.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use chrono::NaiveDateTime;

use crate::http::problem::Problem;

/// Most requests being answered at once, over all workers.
const MOST_IN_FLIGHT: usize = 512;

/// What the middleware counts, shared by all workers.
#[derive(Debug, Default)]
pub struct Gate {
    in_flight: AtomicUsize,
    incidents: AtomicU64,
    closing: AtomicBool,
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
        self.in_flight.load(Ordering::Relaxed)
    }

    /// Logs the cause of a failure and gives the answer that hides it.
    pub fn incident(&self, now: NaiveDateTime, template: &str, cause: &str) -> Problem {
        let number = self.incidents.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:x}-{number:x}", now.and_utc().timestamp());
        tracing::error!(incident = id, route = template, cause, "something broke on our side");
        Problem::internal(id)
    }
}

/// One request being answered; leaves the count when dropped.
pub(crate) struct Ticket<'a>(&'a Gate);

impl<'a> Ticket<'a> {
    /// `None` when there are too many already.
    pub(crate) fn take(gate: &'a Gate) -> Option<Self> {
        let before = gate.in_flight.fetch_add(1, Ordering::Relaxed);
        let ticket = Self(gate);
        (before < MOST_IN_FLIGHT).then_some(ticket)
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}
