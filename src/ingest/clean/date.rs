//! Days of update.

use chrono::NaiveDate;

use super::{Cleaned, Doubt};
use crate::ingest::report::Code;

/// Reads a day: ISO (a time may follow), or French order `31/12/2024`, with a remark.
///
/// # Errors
/// Days that do not exist, days before 2000 and after `today`, and anything else (defect D14).
pub fn day(text: &str, today: NaiveDate) -> Result<Cleaned<NaiveDate>, Doubt> {
    let iso = text.split(['T', ' ']).next().unwrap_or_default();
    let mut remark = None;
    let read = NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok().filter(|_| iso.len() == 10).or_else(|| {
        let french = NaiveDate::parse_from_str(iso, "%d/%m/%Y").ok().filter(|_| iso.len() == 10)?;
        remark = Some(Doubt::new(Code::DateFormat, "French order; read day first"));
        Some(french)
    });
    let Some(day) = read else {
        return Err(Doubt::new(Code::InvalidDate, "not a day; expected 2024-12-31"));
    };
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).expect("the first of January 2000 exists");
    if day < first {
        return Err(Doubt::new(Code::AncientDate, "before 2000: the publisher did not know"));
    }
    if day > today {
        return Err(Doubt::new(Code::FutureDate, "after the day of the build: the publisher did not know"));
    }
    Ok(Cleaned { value: day, remark })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Code> {
        let today = NaiveDate::from_ymd_opt(2024, 9, 1).unwrap();
        day(text, today).map(|cleaned| cleaned.value.to_string()).map_err(|doubt| doubt.code)
    }

    #[test]
    fn days_that_mean_unknown_are_unknown() {
        assert_eq!(read("1969-12-31"), Err(Code::AncientDate));
        assert_eq!(read("1900-01-00"), Err(Code::InvalidDate));
        assert_eq!(read("2024-02-30"), Err(Code::InvalidDate));
        assert_eq!(read("45292"), Err(Code::InvalidDate));
        assert_eq!(read("2030-01-01"), Err(Code::FutureDate));
    }

    #[test]
    fn days_are_read_day_first() {
        assert_eq!(read("01/02/2024").as_deref(), Ok("2024-02-01"));
        assert_eq!(read("2022-09-26 19:00:45").as_deref(), Ok("2022-09-26"));
        assert_eq!(read("2024-03-31T01:30:00+01:00").as_deref(), Ok("2024-03-31"));
    }
}
