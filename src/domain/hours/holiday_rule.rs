//! Hours of the public holidays that fall on some days of the week: `PH Mo-Fr off`. The evaluation crate takes the blank
//! for a comma, and would close every weekday for ever; these rules are taken out of the text before it reads it.

use chrono::{Datelike, NaiveDate};
use opening_hours::OpeningHours as Rules;

use super::error::HoursError;
use super::notation::{DAYS, pieces};
use super::timeline::{DaySpan, day_spans};

/// One such rule.
#[derive(Debug, Clone)]
pub(super) struct HolidayRule {
    /// Monday first.
    pub days: [bool; 7],
    /// Its hours, on every day.
    rules: Rules,
    /// The rule in OSM syntax, normalised.
    pub text: String,
}

impl HolidayRule {
    /// Whether it holds on a date that is known to be a public holiday.
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.days[date.weekday().num_days_from_monday() as usize]
    }

    pub fn spans(&self, date: NaiveDate) -> Vec<DaySpan> {
        day_spans(&self.rules, date)
    }
}

/// Takes the rules `PH <days> <hours>` off the end of a tidied text; returns what is left before them.
///
/// # Errors
/// When one stands elsewhere than at the end, or speaks of school holidays.
pub(super) fn take(tidy: &str) -> Result<(String, Vec<HolidayRule>), HoursError> {
    let mut others: Vec<&str> = Vec::new();
    let mut taken = Vec::new();
    for rule in pieces(tidy, ";").into_iter().map(str::trim).filter(|rule| !rule.is_empty()) {
        let unsupported = |what| HoursError::Unsupported(rule.to_owned(), what);
        match on_weekdays(rule) {
            Some(("PH", days, rest)) => {
                let mask = mask(days).ok_or_else(|| unsupported("public holidays on days that are no weekdays"))?;
                let rest = if rest.is_empty() { "00:00-24:00" } else { rest };
                let rules: Rules =
                    format!("Mo-Su {rest}").parse().map_err(|_| HoursError::Unreadable(rule.to_owned()))?;
                let hours = rules.to_string();
                let hours = hours.strip_prefix("Mo-Su").unwrap_or(&hours).trim();
                let text = format!("PH {days} {hours}").trim().to_owned();
                taken.push(HolidayRule { days: mask, rules, text });
            }
            Some(_) => return Err(unsupported("school holidays on some days of the week")),
            None if !taken.is_empty() => return Err(unsupported("a rule after one of public holidays")),
            None if has_holiday_beside_days(rule) => return Err(unsupported("a holiday beside days of the week")),
            None => others.push(rule),
        }
    }
    if others.is_empty() && !taken.is_empty() {
        return Err(HoursError::Unsupported(tidy.to_owned(), "public holidays and no usual week"));
    }
    Ok((others.join("; "), taken))
}

/// `PH Mo-Fr off` → `("PH", "Mo-Fr", "off")`.
fn on_weekdays(rule: &str) -> Option<(&'static str, &str, &str)> {
    let (holiday, after) = rule.split_once(' ')?;
    let holiday = ["PH", "SH"].into_iter().find(|name| holiday.eq_ignore_ascii_case(name))?;
    let (days, rest) = after.split_once(' ').unwrap_or((after, ""));
    let first = days.get(..2)?;
    DAYS.iter().any(|name| first.eq_ignore_ascii_case(name)).then_some((holiday, days, rest.trim()))
}

/// Whether a holiday and days of the week stand side by side, with a blank between, somewhere else in a rule.
fn has_holiday_beside_days(rule: &str) -> bool {
    let words: Vec<&str> = rule.split('"').step_by(2).flat_map(|part| part.split(' ')).collect();
    let is_holiday = |word: &str| word.ends_with("PH") || word.ends_with("SH");
    let is_day = |word: &str| word.get(..2).is_some_and(|start| DAYS.contains(&start));
    words
        .windows(2)
        .any(|pair| is_holiday(pair[0]) && is_day(pair[1]) || is_day(pair[0]) && matches!(pair[1], "PH" | "SH"))
}

/// `Mo-We,Fr` → the days it names.
pub(super) fn mask(text: &str) -> Option<[bool; 7]> {
    let day = |text: &str| DAYS.iter().position(|name| name.eq_ignore_ascii_case(text));
    let mut mask = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day(first)?, day(last)?);
        let length = (last + 7 - first) % 7;
        (0..=length).for_each(|step| mask[(first + step) % 7] = true);
    }
    Some(mask)
}
