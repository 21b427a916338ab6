//! French words for times, days and dates, with the spaces typography asks for.

use chrono::{Datelike, NaiveDate};

/// The space that a line may not break at.
pub(super) const NBSP: char = '\u{a0}';

/// The days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// The months, January first.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 9 h », « 13 h 30 », « minuit ». Minutes from midnight; beyond 24 h it is the next day's clock.
pub(super) fn time_words(minutes: u32) -> String {
    match (minutes / 60 % 24, minutes % 60) {
        (0, 0) => "minuit".to_owned(),
        (hours, 0) => format!("{hours}{NBSP}h"),
        (hours, minutes) => format!("{hours}{NBSP}h{NBSP}{minutes:02}"),
    }
}

/// « 9 h à 12 h ».
pub(super) fn span_words(from: u32, until: u32) -> String {
    format!("{} à {}", time_words(from), time_words(until))
}

/// « mars » for 3; empty for a number that is no month.
pub(super) fn month_words(month: u32) -> &'static str {
    let index = usize::try_from(month).ok().and_then(|month| month.checked_sub(1));
    index.and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// « 1er mai », « 14 juillet ».
pub(super) fn date_words(month: u32, day: u32) -> String {
    let rank = if day == 1 { "er" } else { "" };
    format!("{day}{rank}{NBSP}{}", month_words(month))
}

/// « lundi ».
pub(super) fn weekday_words(date: NaiveDate) -> &'static str {
    WEEKDAYS[date.weekday().num_days_from_monday() as usize]
}

/// « lundi », « lundi et mardi », « lundi au vendredi », « tous les jours »: days given by first and last index.
pub(super) fn day_range_words(first: usize, last: usize) -> String {
    match last.saturating_sub(first) {
        0 => WEEKDAYS[first].to_owned(),
        1 => format!("{} et {}", WEEKDAYS[first], WEEKDAYS[last]),
        6 => "tous les jours".to_owned(),
        _ => format!("{} au {}", WEEKDAYS[first], WEEKDAYS[last]),
    }
}

/// A venue's own note, in French when it is one of the usual English formulas.
pub(super) fn note_words(note: &str) -> &str {
    let known = ["on appointment", "by appointment", "by appointment only", "only by appointment", "appointment only"];
    if known.iter().any(|formula| note.trim().eq_ignore_ascii_case(formula)) { "sur rendez-vous" } else { note.trim() }
}
