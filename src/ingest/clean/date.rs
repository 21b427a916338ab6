//! Days of update.

use chrono::{Datelike, NaiveDate};

use super::{Cleaned, Doubt};
use crate::domain::text::fold;
use crate::ingest::report::Code;

/// Months in folded French, with the shortenings people use.
const MONTHS: [&[&str]; 12] = [
    &["janvier", "janv", "jan"],
    &["fevrier", "fevr", "fev"],
    &["mars"],
    &["avril", "avr"],
    &["mai"],
    &["juin"],
    &["juillet", "juil"],
    &["aout"],
    &["septembre", "sept", "sep"],
    &["octobre", "oct"],
    &["novembre", "nov"],
    &["decembre", "dec"],
];

/// Reads a day: ISO (a time may follow), `20241231`, or French order (`5/3/2024`, `31-12-2024`, `5 mars 2024`), the last
/// with a remark.
///
/// # Errors
/// Days that do not exist, days before 2000 and after `today`, and anything else (defect D14).
pub fn day(text: &str, today: NaiveDate) -> Result<Cleaned<NaiveDate>, Doubt> {
    // « le 5 / 3 / 2024 ».
    let plain = text.trim().replace(" / ", "/");
    let text = plain.strip_prefix("le ").or_else(|| plain.strip_prefix("Le ")).unwrap_or(&plain);
    let first = text.split(['T', 'Z', ' ']).next().unwrap_or_default();
    let read = iso(first).map(Cleaned::plain).or_else(|| {
        let french = by_marks(first).or_else(|| in_words(text))?;
        let is_ambiguous = french.day() <= 12 && french.day() != french.month() && by_marks(first).is_some();
        let (code, reason) = if is_ambiguous {
            (Code::AmbiguousDate, "the day and the month could be swapped; read day first")
        } else {
            (Code::DateFormat, "French order; read day first")
        };
        Some(Cleaned::with(french, code, reason))
    });
    let Some(read) = read else {
        return Err(Doubt::new(Code::InvalidDate, "not a day; expected 2024-12-31"));
    };
    let oldest = NaiveDate::from_ymd_opt(2000, 1, 1).expect("the first of January 2000 exists");
    if read.value < oldest {
        return Err(Doubt::new(Code::AncientDate, "before 2000: the publisher did not know"));
    }
    if read.value > today {
        return Err(Doubt::new(Code::FutureDate, "after the day of the build: the publisher did not know"));
    }
    Ok(read)
}

/// `2024-12-31`, `2024/12/31` or `20241231`: the year first leaves no doubt.
fn iso(text: &str) -> Option<NaiveDate> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if text.len() == 8 && digits(text) && text.starts_with("20") {
        return NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
    }
    let [year, month, day] = three(text)?;
    (year.len() == 4 && month.len() <= 2 && day.len() <= 2)
        .then(|| NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
        .flatten()
}

/// `5/3/2024`, `31-12-2024`, `31.12.2024`.
fn by_marks(text: &str) -> Option<NaiveDate> {
    let [day, month, year] = three(text)?;
    (year.len() == 4 && day.len() <= 2 && month.len() <= 2)
        .then(|| NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
        .flatten()
}

/// Three numbers parted by one and the same mark.
fn three(text: &str) -> Option<[&str; 3]> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.split(mark);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (parts.next().is_none() && three.iter().all(digits)).then_some(three)
}

/// `5 mars 2024`, `1er janv. 2024`, with or without its weekday.
fn in_words(text: &str) -> Option<NaiveDate> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split([' ', '.', ',']).filter(|word| !word.is_empty()).collect();
    let month_at = words.iter().position(|word| MONTHS.iter().any(|names| names.contains(word)))?;
    let month = MONTHS.iter().position(|names| names.contains(&words[month_at]))? + 1;
    let day = words.get(month_at.checked_sub(1)?)?;
    let day = day.strip_suffix("er").unwrap_or(day);
    let year = words.get(month_at + 1).filter(|year| year.len() == 4)?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, u32::try_from(month).ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Code> {
        let today = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
        day(text, today).map(|cleaned| cleaned.value.to_string()).map_err(|doubt| doubt.code)
    }

    #[test]
    fn days_that_mean_unknown_are_unknown() {
        assert_eq!(read("1969-12-31"), Err(Code::AncientDate));
        assert_eq!(read("2030-01-01"), Err(Code::FutureDate));
        for text in
            ["1900-01-00", "2024-02-30", "45292", "31/12/24", "12/31/2024", "20241331", "mars 2024", "1.2.2024.5", ""]
        {
            assert_eq!(read(text), Err(Code::InvalidDate), "{text}");
        }
    }

    #[test]
    fn days_are_read_day_first() {
        for (text, day) in [
            ("2024-12-31", "2024-12-31"),
            ("2022-09-26 19:00:45", "2022-09-26"),
            ("2024-03-31T01:30:00+01:00", "2024-03-31"),
            ("2024/12/31", "2024-12-31"),
            ("20241231", "2024-12-31"),
            ("2024-3-5", "2024-03-05"),
            ("2024-03-05Z", "2024-03-05"),
            ("le 5/3/2024", "2024-03-05"),
            ("5 / 3 / 2024", "2024-03-05"),
            ("01/02/2024", "2024-02-01"),
            ("5/3/2024", "2024-03-05"),
            ("5/3/2024 14:22", "2024-03-05"),
            ("31-12-2024", "2024-12-31"),
            ("31.12.2024", "2024-12-31"),
            ("31 décembre 2024", "2024-12-31"),
            ("1er janv. 2024", "2024-01-01"),
            ("mardi 5 Mars 2024", "2024-03-05"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(day), "{text}");
        }
    }

    #[test]
    fn a_day_that_could_be_a_month_is_said() {
        let today = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
        let code = |text| day(text, today).unwrap().remark.map(|doubt| doubt.code);
        assert_eq!(code("5/3/2024"), Some(Code::AmbiguousDate));
        assert_eq!(code("31/12/2024"), Some(Code::DateFormat));
        assert_eq!(code("3/3/2024"), Some(Code::DateFormat));
        assert_eq!((code("2024-12-31"), code("20241231")), (None, None));
    }
}
