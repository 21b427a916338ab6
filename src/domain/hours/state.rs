//! Open or closed at an instant, and until when.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use opening_hours::RuleKind;

use super::clock::note_words;
use super::opening::OpeningHours;
use super::said::APPOINTMENT;
use super::timeline::{Stretch, stretches};

/// How far ahead the next opening is looked for, in days.
pub(super) const HORIZON_DAYS: u32 = 14;

/// The state of a place at an instant. Notes are the venue's own words (`sur rendez-vous`), when it gives any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenState {
    /// Open.
    Open {
        /// When it closes, or changes note; `None` when not within 14 days.
        until: Option<NaiveDateTime>,
        /// The venue's own words.
        note: Option<Arc<str>>,
    },
    /// Closed.
    Closed {
        /// The next opening; `None` when none is known within 14 days.
        opens: Option<NaiveDateTime>,
        /// The venue's own words.
        note: Option<Arc<str>>,
    },
    /// The hours do not tell: `unknown`, or a note without hours.
    Unknown {
        /// The venue's own words.
        note: Option<Arc<str>>,
    },
}

impl OpeningHours {
    /// Whether it is open at an instant, on the clock of the venue's wall; `None` when the hours do not tell. Cheaper than
    /// [`Self::open_state`], which looks for the next change.
    #[must_use]
    pub fn open_at(&self, at: NaiveDateTime) -> Option<bool> {
        let line = stretches(|date| self.spans_on(date), at.date(), 1);
        let now = line.iter().find(|stretch| stretch.from <= at && at < stretch.until);
        match now.map(|stretch| stretch.kind) {
            Some(RuleKind::Open) => Some(true),
            Some(RuleKind::Unknown) => None,
            Some(RuleKind::Closed) | None => Some(false),
        }
    }

    /// Whether it is open at some time of that day, from the instant on; `None` when the hours do not tell.
    #[must_use]
    pub fn open_later_that_day(&self, at: NaiveDateTime) -> Option<bool> {
        let line = stretches(|date| self.spans_on(date), at.date(), 1);
        let mut left = line.iter().filter(|stretch| stretch.until > at && stretch.from.date() == at.date());
        let open = left.any(|stretch| stretch.kind == RuleKind::Open);
        let unknown = line.iter().any(|stretch| stretch.kind == RuleKind::Unknown && stretch.until > at);
        if open { Some(true) } else { (!unknown).then_some(false) }
    }

    /// Whether it may open within the horizon, and nobody can tell: hours that are to be checked lie ahead, and no others.
    #[must_use]
    pub fn may_open(&self, at: NaiveDateTime) -> bool {
        let line = stretches(|date| self.spans_on(date), at.date(), u64::from(HORIZON_DAYS));
        let mut ahead = line.iter().filter(|stretch| stretch.until > at);
        ahead.clone().all(|stretch| stretch.kind != RuleKind::Open)
            && ahead.any(|stretch| stretch.kind == RuleKind::Unknown && note_words(&stretch.note) != APPOINTMENT)
    }

    /// The state at an instant, on the clock of the venue's wall (see [`super::local_time`]).
    #[must_use]
    pub fn open_state(&self, at: NaiveDateTime) -> OpenState {
        // Two more days than the horizon, so that what touches the end is told from what closes there.
        let line = stretches(|date| self.spans_on(date), at.date(), u64::from(HORIZON_DAYS) + 2);
        let now = line.iter().find(|stretch| stretch.from <= at && at < stretch.until);
        let limit = at.checked_add_signed(TimeDelta::days(i64::from(HORIZON_DAYS))).unwrap_or(NaiveDateTime::MAX);
        let opens = || {
            let mut openings = line.iter().filter(|next| next.kind == RuleKind::Open && next.from > at);
            openings.next().map(|next| next.from).filter(|opens| *opens <= limit)
        };
        let note = now.and_then(note_of);
        match now.map(|stretch| (stretch.kind, stretch.until)) {
            Some((RuleKind::Open, _)) if self.is_always_open() => OpenState::Open { until: None, note },
            Some((RuleKind::Open, until)) => {
                OpenState::Open { until: Some(until).filter(|until| *until <= limit), note }
            }
            Some((RuleKind::Unknown, _)) => OpenState::Unknown { note },
            Some((RuleKind::Closed, _)) | None => OpenState::Closed { opens: opens(), note },
        }
    }
}

fn note_of(stretch: &Stretch) -> Option<Arc<str>> {
    (!stretch.note.is_empty()).then(|| Arc::clone(&stretch.note))
}
