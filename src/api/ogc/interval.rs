//! `datetime`: an instant or an interval (RFC 3339; `..` or nothing for an open end).

use chrono::{DateTime, NaiveDate};

use crate::http::params::Query;
use crate::http::problem::Problem;

/// Days from the first to the last, both included. An open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Interval {
    /// Reads `datetime`.
    ///
    /// # Errors
    /// 400 unless it is a day, a time with its zone, or two of them around a `/`, the first not after the second.
    pub fn parse(query: &Query) -> Result<Option<Self>, Problem> {
        let Some(text) = query.text("datetime") else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| {
            let detail =
                "`datetime` is a day or an RFC 3339 time that exists, or an interval of two; `..` is an open end";
            let forms = ["2024-08-01", "2024-08-01T00:00:00Z", "2024-01-01/2024-08-01", "../2024-08-01"];
            Problem::parameter("invalid-datetime", "datetime", text, detail).allowing(forms)
        })
    }

    /// Whether a day lies in it. What has no day is not excluded by one (OGC 17-069r4, 7.15.4).
    #[must_use]
    pub fn holds(&self, day: Option<NaiveDate>) -> bool {
        day.is_none_or(|day| self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last))
    }
}

fn read(text: &str) -> Option<Interval> {
    let Some((first, last)) = text.split_once('/') else {
        let day = instant(text)?;
        return Some(Interval { first: Some(day), last: Some(day) });
    };
    let (first, last) = (end(first).ok()?, end(last).ok()?);
    let ordered = first.zip(last).is_none_or(|(first, last)| first <= last);
    ordered.then_some(Interval { first, last })
}

/// One end of an interval; `None` when it is open.
fn end(text: &str) -> Result<Option<NaiveDate>, ()> {
    if text.is_empty() || text == ".." { Ok(None) } else { instant(text).map(Some).ok_or(()) }
}

/// A day, or a time with its zone: our features know days, so it counts for its day in UTC.
#[must_use]
pub fn instant(text: &str) -> Option<NaiveDate> {
    if text.len() == 10 {
        return NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    }
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.naive_utc().date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_may_be_open() {
        let day = |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        let open = read("../2024-02-29").unwrap();
        assert!(open.holds(day("1999-01-01")) && open.holds(day("2024-02-29")) && !open.holds(day("2024-03-01")));
        assert!(open.holds(None), "a feature without a day is never excluded");
        assert_eq!(read("2024-01-01/"), read("2024-01-01/.."));
        assert_eq!(read("2024-01-01T23:30:00-02:00"), read("2024-01-02"));
    }

    #[test]
    fn days_that_never_were_are_refused() {
        for bad in ["2024-02-30", "hier", "99999-01-01", "2024-1-1", "2024", "2024-03-01/2024-02-01", "/x", "a/b/c"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
