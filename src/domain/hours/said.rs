//! What a French text says of each day, and the week written from it in OSM syntax.

/// Hours of some moments, with the note that goes with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hours {
    /// Minutes from midnight, in order, apart from one another.
    pub spans: Vec<(u32, u32)>,
    /// An OSM comment.
    pub note: Option<&'static str>,
}

/// What is said of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Closed,
    /// At least one of [`Hours`].
    Open(Vec<Hours>),
}

/// The days of the week in OSM syntax, Monday first.
pub(super) const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

pub(super) const APPOINTMENT: &str = "sur rendez-vous";

/// The spans sorted, without repeats, touching spans made one; an error when two of them overlap.
pub(super) fn in_order(mut spans: Vec<(u32, u32)>) -> Result<Vec<(u32, u32)>, String> {
    spans.sort_unstable();
    spans.dedup();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (from, until) in spans {
        match joined.last_mut() {
            Some(last) if from < last.1 => return Err("hours that overlap".to_owned()),
            Some(last) if from == last.1 => last.1 = until,
            _ => joined.push((from, until)),
        }
    }
    Ok(joined)
}

/// The week in OSM syntax, equal days together; `None` when no day says anything.
pub(super) fn osm_week(week: &[Said; 7]) -> Option<String> {
    let mut rules: Vec<String> = Vec::new();
    let mut done = [false; 7];
    for day in 0..7 {
        let Said::Open(hours) = &week[day] else { continue };
        if done[day] {
            continue;
        }
        let same: Vec<usize> = (day..7).filter(|other| week[*other] == week[day]).collect();
        for other in &same {
            done[*other] = true;
        }
        let days = osm_days(&same);
        let parts: Vec<String> = hours.iter().map(|hours| format!("{days} {}", osm_hours(hours))).collect();
        rules.push(parts.join(", "));
    }
    if rules.is_empty() {
        let closed: Vec<usize> = (0..7).filter(|day| week[*day] == Said::Closed).collect();
        return (!closed.is_empty()).then(|| format!("{} off", osm_days(&closed)));
    }
    Some(rules.join("; "))
}

pub(super) fn osm_hours(hours: &Hours) -> String {
    let time = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let spans: Vec<String> =
        hours.spans.iter().map(|(from, until)| format!("{}-{}", time(*from), time(*until))).collect();
    match hours.note {
        None => spans.join(","),
        Some(note) if spans.is_empty() => format!("unknown \"{note}\""),
        Some(note) => format!("{} open \"{note}\"", spans.join(",")),
    }
}

/// `Mo-Fr`, `Mo,Tu`, `Mo-We,Fr`: runs of three or more become a range.
fn osm_days(days: &[usize]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for run in days.chunk_by(|day, next| day + 1 == *next) {
        match *run {
            [first, _, .., last] => parts.push(format!("{}-{}", NAMES[first], NAMES[last])),
            _ => parts.extend(run.iter().map(|day| NAMES[*day].to_owned())),
        }
    }
    parts.join(",")
}
