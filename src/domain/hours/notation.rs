//! Pieces of the notation of OpenStreetMap: the names of days and months, ranges of days, spans, what stands outside comments.

/// The days of the week, Monday first.
pub const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// The months, January first.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Odd (1) or even weeks of the year, by ISO 8601.
#[must_use]
pub fn alternate_weeks(kind: u8) -> &'static str {
    if kind == 1 { "week 1-53/2" } else { "week 2-52/2" }
}

/// `Mo-Fr`, `Mo,Tu`, `Mo-We,Fr`: runs of three or more become a range. Days are ascending, 0 for Monday.
#[must_use]
pub fn day_ranges(days: &[usize]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for run in days.chunk_by(|day, next| day + 1 == *next) {
        match *run {
            [first, _, .., last] => parts.push(format!("{}-{}", DAYS[first], DAYS[last])),
            _ => parts.extend(run.iter().map(|day| DAYS[*day].to_owned())),
        }
    }
    parts.join(",")
}

/// `09:00-12:00,14:00-17:00`, from minutes after midnight.
#[must_use]
pub fn written(spans: &[(u32, u32)]) -> String {
    let time = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    spans.iter().map(|(from, until)| format!("{}-{}", time(*from), time(*until))).collect::<Vec<_>>().join(",")
}

/// The pieces of a text between separators that stand outside comments.
#[must_use]
pub fn pieces<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let (mut pieces, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        if !quoted && at >= start && text[at..].starts_with(separator) {
            pieces.push(&text[start..at]);
            start = at + separator.len();
        }
    }
    pieces.push(&text[start..]);
    pieces
}
