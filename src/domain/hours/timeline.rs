//! Rules laid out in time: the spans of a day, and their continuous line over several days.

use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use opening_hours::{OpeningHours as Rules, RuleKind};

/// Minutes in a day.
pub(super) const DAY: u32 = 24 * 60;

/// Part of a day that is not plainly closed. Closed spans appear only when they carry a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DaySpan {
    /// Minutes from midnight.
    pub from: u32,
    /// Minutes from midnight, at most [`DAY`].
    pub until: u32,
    pub kind: RuleKind,
    pub note: Arc<str>,
}

/// A stretch of time in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub from: NaiveDateTime,
    pub until: NaiveDateTime,
    pub kind: RuleKind,
    pub note: Arc<str>,
}

/// An opening before this time of day, in minutes, is a slip of the hand (`01:30` for 13:30), until somebody confirms it.
pub(super) const EARLIEST: u32 = 6 * 60;

/// The spans of one date, in order. An opening that begins before 06:00 and is not the end of a night is unknown.
pub(super) fn day_spans(rules: &Rules, date: NaiveDate) -> Vec<DaySpan> {
    let mut spans = published_spans(rules, date);
    for span in spans.iter_mut().filter(|span| span.kind == RuleKind::Open && span.from < EARLIEST) {
        let is_whole_day = span.from == 0 && span.until == DAY;
        let is_night = || {
            let evening = date.pred_opt().map(|evening| published_spans(rules, evening)).unwrap_or_default();
            evening
                .last()
                .is_some_and(|late| late.until == DAY && late.kind == RuleKind::Open && late.note == span.note)
        };
        if !(is_whole_day || span.from == 0 && is_night()) {
            span.kind = RuleKind::Unknown;
        }
    }
    spans
}

/// Whether an opening of a usual week begins before 06:00.
pub(super) fn begins_early(rules: &Rules) -> bool {
    let monday = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    let days = (0..7).map(|day| monday + Days::new(day));
    let mut days = days.map(|date| (published_spans(rules, date), day_spans(rules, date)));
    days.any(|(published, read)| published != read)
}

fn published_spans(rules: &Rules, date: NaiveDate) -> Vec<DaySpan> {
    let spans = rules.schedule_at(date).into_iter().map(|span| {
        let from = u32::from(span.range.start.mins_from_midnight());
        let until = u32::from(span.range.end.mins_from_midnight()).min(DAY);
        // A note without hours, as in `Sa "sur rendez-vous"`, does not promise an open door at midnight.
        let is_only_a_note = from == 0 && until == DAY && !span.comment.is_empty();
        let kind = if is_only_a_note && span.kind == RuleKind::Open { RuleKind::Unknown } else { span.kind };
        DaySpan { from, until, kind, note: span.comment }
    });
    spans.filter(|span| span.kind != RuleKind::Closed || !span.note.is_empty()).collect()
}

/// The stretches of `days` days from `first` at midnight, joined across midnights.
pub(super) fn stretches(spans_on: impl Fn(NaiveDate) -> Vec<DaySpan>, first: NaiveDate, days: u64) -> Vec<Stretch> {
    let mut line: Vec<Stretch> = Vec::new();
    for date in (0..days).map_while(|day| first.checked_add_days(Days::new(day))) {
        let at = |minutes: u32| {
            date.and_time(chrono::NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
        };
        for span in spans_on(date) {
            let (Some(from), Some(until)) = (at(span.from), at(span.until)) else { continue };
            match line.last_mut() {
                Some(last) if last.until == from && last.kind == span.kind && last.note == span.note => {
                    last.until = until;
                }
                _ => line.push(Stretch { from, until, kind: span.kind, note: span.note }),
            }
        }
    }
    line
}
