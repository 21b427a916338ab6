//! What a French text says of each day, and the week written from it in OSM syntax.

use super::notation;

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
        let days = notation::day_ranges(&same);
        let parts: Vec<String> = hours.iter().map(|hours| format!("{days} {}", osm_hours(hours))).collect();
        rules.push(parts.join(", "));
    }
    if rules.is_empty() {
        let closed: Vec<usize> = (0..7).filter(|day| week[*day] == Said::Closed).collect();
        return (!closed.is_empty()).then(|| format!("{} off", notation::day_ranges(&closed)));
    }
    Some(rules.join("; "))
}

pub(super) fn osm_hours(hours: &Hours) -> String {
    let spans = notation::written(&hours.spans);
    match hours.note {
        None => spans,
        Some(note) if spans.is_empty() => format!("unknown \"{note}\""),
        Some(note) => format!("{spans} open \"{note}\""),
    }
}
