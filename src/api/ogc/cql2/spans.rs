//! Days and spans of days, and the relations between two of them (OGC 21-065r2, 8.5; the thirteen of Allen, 1983, and two).

use chrono::{NaiveDate, NaiveDateTime};

use crate::api::ogc::interval::instant;

/// From a first day to a last, both included. An open end lies before, or after, everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
}

impl Span {
    /// One day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, last: day }
    }
}

/// Reads a day as `datetime` does; a time of no zone too, which GDAL writes, taken as UTC.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let local = || Some(text).filter(|text| text.len() == 19)?.parse().ok().map(|time: NaiveDateTime| time.date());
    instant(text).or_else(local)
}

/// A relation of one span to another.
pub type Relation = fn(Span, Span) -> bool;

/// Every relation, by its name in lower case.
pub const RELATIONS: [(&str, Relation); 15] = [
    ("t_after", |a, b| a.first > b.last),
    ("t_before", |a, b| a.last < b.first),
    ("t_contains", |a, b| a.first < b.first && a.last > b.last),
    ("t_disjoint", |a, b| a.last < b.first || a.first > b.last),
    ("t_during", |a, b| a.first > b.first && a.last < b.last),
    ("t_equals", |a, b| a == b),
    ("t_finishedby", |a, b| a.first < b.first && a.last == b.last),
    ("t_finishes", |a, b| a.first > b.first && a.last == b.last),
    ("t_intersects", |a, b| a.first <= b.last && a.last >= b.first),
    ("t_meets", |a, b| a.last == b.first),
    ("t_metby", |a, b| a.first == b.last),
    ("t_overlappedby", |a, b| a.first > b.first && a.first < b.last && a.last > b.last),
    ("t_overlaps", |a, b| a.first < b.first && a.last > b.first && a.last < b.last),
    ("t_startedby", |a, b| a.first == b.first && a.last > b.last),
    ("t_starts", |a, b| a.first == b.first && a.last < b.last),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: &str, last: &str) -> Span {
        Span { first: day(first).unwrap(), last: day(last).unwrap() }
    }

    #[test]
    fn every_relation_holds_for_the_pair_it_is_named_after() {
        let whole = span("2024-01-10", "2024-01-20");
        for (name, other) in [
            ("t_after", span("2024-01-01", "2024-01-05")),
            ("t_before", span("2024-02-01", "2024-02-05")),
            ("t_contains", span("2024-01-12", "2024-01-15")),
            ("t_disjoint", span("2024-02-01", "2024-02-05")),
            ("t_during", span("2024-01-01", "2024-02-01")),
            ("t_equals", whole),
            ("t_finishedby", span("2024-01-15", "2024-01-20")),
            ("t_finishes", span("2024-01-01", "2024-01-20")),
            ("t_intersects", span("2024-01-20", "2024-01-30")),
            ("t_meets", span("2024-01-20", "2024-01-30")),
            ("t_metby", span("2024-01-01", "2024-01-10")),
            ("t_overlappedby", span("2024-01-05", "2024-01-15")),
            ("t_overlaps", span("2024-01-15", "2024-01-25")),
            ("t_startedby", span("2024-01-10", "2024-01-15")),
            ("t_starts", span("2024-01-10", "2024-01-30")),
        ] {
            let (_, relation) = RELATIONS.into_iter().find(|(known, _)| *known == name).unwrap();
            assert!(relation(whole, other), "{name}");
            assert_eq!(relation(whole, whole), ["t_equals", "t_intersects"].contains(&name), "{name} of itself");
        }
    }

    #[test]
    fn a_time_counts_for_its_day_in_utc() {
        let expected = NaiveDate::from_ymd_opt(2024, 1, 2);
        for text in ["2024-01-02", "2024-01-01T23:30:00-02:00", "2024-01-02T10:00:00Z", "2024-01-02T10:00:00"] {
            assert_eq!(day(text), expected, "{text}");
        }
        for bad in ["2024-02-30", "hier", "2024", "2024-01-02T10"] {
            assert_eq!(day(bad), None, "{bad}");
        }
    }
}
