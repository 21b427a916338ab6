//! What hours do not tell for certain: holidays they do not mention, school holidays of an unknown zone.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use opening_hours::RuleKind;

use super::notation::MONTHS;
use super::opening::OpeningHours;
use super::timeline::{DAY, DaySpan, day_spans};

/// Note of a span whose day is a public holiday the hours do not speak of.
pub(super) const PUBLIC_HOLIDAY: &str = "jour férié";
/// Note of a span that school holidays would change.
pub(super) const SCHOOL_HOLIDAYS: &str = "vacances scolaires";

impl OpeningHours {
    /// The spans of one date, in order. What is not certain is unknown: an opening on a public holiday that the hours do
    /// not mention, whatever school holidays would change, and any opening on 25 December that does not name that day.
    pub(super) fn spans_on(&self, date: NaiveDate) -> Vec<DaySpan> {
        let mut spans = day_spans(&self.rules, date);
        if let Some(school) = &self.in_school_holidays {
            spans = agreed(&spans, &day_spans(school, date), SCHOOL_HOLIDAYS);
        }
        let mut doubtful = false;
        if self.calendar.contains(date) {
            if let Some(rule) = self.on_holidays.iter().rev().find(|rule| rule.holds_on(date)) {
                spans = rule.spans(date);
            } else {
                doubtful = !self.mentions_public_holidays && !self.is_always_open();
            }
            doubtful = (doubtful || (date.month(), date.day()) == (12, 25)) && !self.names(date);
        }
        for fallback in &self.fallbacks {
            spans = filled(&spans, &day_spans(fallback, date));
        }
        if doubtful {
            doubt(&mut spans);
        }
        spans
    }

    /// Whether a rule is written for this very day of the year: `Dec 25 10:00-12:00`.
    fn names(&self, date: NaiveDate) -> bool {
        let day = format!("{} {}", MONTHS[date.month0() as usize], date.day());
        let is_whole = |at: usize| {
            let (before, after) = (&self.osm()[..at], &self.osm()[at + day.len()..]);
            !before.ends_with('-') && after.starts_with([' ', ',', ':'])
        };
        self.osm().match_indices(&day).any(|(at, _)| is_whole(at))
    }

    /// `24/7` leaves no day out.
    pub(super) fn is_always_open(&self) -> bool {
        self.osm() == "24/7"
    }
}

fn doubt(spans: &mut [DaySpan]) {
    for span in spans.iter_mut().filter(|span| span.kind != RuleKind::Closed) {
        span.kind = RuleKind::Unknown;
        span.note = PUBLIC_HOLIDAY.into();
    }
}

/// The state of a moment: nothing is closed without a note.
fn at(spans: &[DaySpan], minute: u32) -> (RuleKind, Arc<str>) {
    let span = spans.iter().find(|span| span.from <= minute && minute < span.until);
    span.map_or_else(|| (RuleKind::Closed, "".into()), |span| (span.kind, Arc::clone(&span.note)))
}

/// Calls `read` with each stretch of a day in which neither of two lists changes, and joins what it says.
fn combined(
    one: &[DaySpan],
    other: &[DaySpan],
    read: impl Fn((RuleKind, Arc<str>), (RuleKind, Arc<str>)) -> (RuleKind, Arc<str>),
) -> Vec<DaySpan> {
    let ends = one.iter().chain(other).flat_map(|span| [span.from, span.until]);
    let mut bounds: Vec<u32> = ends.chain([0, DAY]).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let mut spans: Vec<DaySpan> = Vec::new();
    for pair in bounds.windows(2) {
        let (from, until) = (pair[0], pair[1]);
        let (kind, note) = read(at(one, from), at(other, from));
        if kind == RuleKind::Closed && note.is_empty() {
            continue;
        }
        match spans.last_mut() {
            Some(last) if last.until == from && last.kind == kind && last.note == note => last.until = until,
            _ => spans.push(DaySpan { from, until, kind, note }),
        }
    }
    spans
}

/// What two readings of one day agree on; unknown where they differ.
fn agreed(one: &[DaySpan], other: &[DaySpan], note: &str) -> Vec<DaySpan> {
    combined(one, other, |a, b| if a == b { a } else { (RuleKind::Unknown, note.into()) })
}

/// The first list, and the second where the first says closed without a note (`||`).
fn filled(spans: &[DaySpan], fallback: &[DaySpan]) -> Vec<DaySpan> {
    combined(spans, fallback, |a, b| if a.0 == RuleKind::Closed && a.1.is_empty() { b } else { a })
}
