//! Hours written day by day in French (`09:00 - 12:00 / 13:30 - 17:00`, `8h30-12h`, `Fermé`), put into OSM syntax.
//!
//! A day is translated when its meaning is certain, and refused by name otherwise.

use std::fmt;

use super::clock::WEEKDAYS;
use super::french_day::day_of;
use super::notation::DAYS;
use super::said::{Hours, Said, in_order, osm_week};

/// Why French hours were not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadHours {
    /// The day, 0 for Monday; `None` when the text is not cut by day.
    pub day: Option<usize>,
    /// The text as it came.
    pub text: String,
    /// What stopped the reading.
    pub reason: String,
}

impl fmt::Display for UnreadHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.day.and_then(|day| WEEKDAYS.get(day)).map(|day| format!("{day}, ")).unwrap_or_default();
        let Self { text, reason, .. } = self;
        write!(f, "hours \"{text}\" ({day}not translated): {reason}; expected such as \"9h-12h / 13h30-17h\"")
    }
}

impl std::error::Error for UnreadHours {}

/// Translates one text per day, Monday first (France Services' `h_lundi`…). `Ok(None)` when no day says anything.
///
/// A day left blank, or filled with `-`, beside days that have hours is closed.
///
/// # Errors
/// Names the first day whose text has no certain meaning.
pub fn from_french_days(days: [Option<&str>; 7]) -> Result<Option<String>, UnreadHours> {
    let mut said = [const { Said::Nothing }; 7];
    for (day, text) in days.into_iter().enumerate() {
        let text = text.unwrap_or_default();
        said[day] = day_of(text).map_err(|reason| UnreadHours { day: Some(day), text: text.to_owned(), reason })?;
    }
    Ok(osm_week(&said))
}

/// As [`from_french_days`], day by day: a day without a certain meaning does not take the others with it. It becomes
/// `We unknown "its own words"`, and is returned beside the week.
#[must_use]
pub fn from_french_days_one_by_one(days: [Option<&str>; 7]) -> (Option<String>, Vec<UnreadHours>) {
    let mut said = [const { Said::Nothing }; 7];
    let mut unread = Vec::new();
    for (day, text) in days.into_iter().enumerate() {
        let text = text.unwrap_or_default();
        match day_of(text) {
            Ok(read) => said[day] = read,
            Err(reason) => unread.push(UnreadHours { day: Some(day), text: text.to_owned(), reason }),
        }
    }
    let notes = unread.iter().filter_map(|unread| {
        let words: Vec<&str> = unread.text.split_whitespace().collect();
        let words = words.join(" ").replace('"', "'");
        Some(format!("{} unknown \"{words}\"", DAYS[unread.day?]))
    });
    let week = osm_week(&said).map(|week| [week].into_iter().chain(notes).collect::<Vec<_>>().join("; "));
    (week, unread)
}

/// Translates one text per half-day, Monday morning first (Bourgogne-Franche-Comté's fourteen columns).
///
/// # Errors
/// Names the first day one of whose halves has no certain meaning, or is on the wrong side of noon.
pub fn from_french_half_days(halves: [[Option<&str>; 2]; 7]) -> Result<Option<String>, UnreadHours> {
    let mut said = [const { Said::Nothing }; 7];
    for (day, [morning, afternoon]) in halves.into_iter().enumerate() {
        let texts = [morning.unwrap_or_default(), afternoon.unwrap_or_default()];
        said[day] =
            day_of_halves(texts).map_err(|reason| UnreadHours { day: Some(day), text: texts.join(" / "), reason })?;
    }
    Ok(osm_week(&said))
}

fn day_of_halves([morning, afternoon]: [&str; 2]) -> Result<Said, String> {
    match (day_of(morning)?, day_of(afternoon)?) {
        (Said::Open(before), Said::Open(after)) => {
            let spans: Vec<(u32, u32)> = before.iter().chain(&after).flat_map(|hours| hours.spans.clone()).collect();
            if before.iter().chain(&after).any(|hours| hours.note.is_some()) {
                return Err("a note on half a day".to_owned());
            }
            let spans = in_order(spans)?;
            Ok(Said::Open(vec![Hours { spans, note: None }]))
        }
        (Said::Open(hours), _) | (_, Said::Open(hours)) => Ok(Said::Open(hours)),
        (Said::Nothing, Said::Nothing) => Ok(Said::Nothing),
        _ => Ok(Said::Closed),
    }
}
