//! One rule in French words: « août : fermé », « 1er samedi du mois : 9 h à 12 h », « semaines paires, lundi : … ».
//!
//! The evaluation crate does not name the types of its selectors outside itself, so they are read in their normalised
//! text, one selector at a time. A selector with no simple words gives `None`.

use opening_hours::RuleKind;

use super::clock::{NBSP, WEEKDAYS, date_words, month_words, note_words, span_words};

/// The selectors of one rule, each in its normalised OpenStreetMap text.
#[derive(Debug, Clone)]
pub(super) struct RuleParts {
    pub years: Vec<String>,
    pub months: Vec<String>,
    pub weeks: Vec<String>,
    pub days: Vec<String>,
    /// Minutes from midnight; a night ends after [`super::timeline::DAY`] or before it begins.
    pub hours: Vec<(u32, u32)>,
    pub kind: RuleKind,
    pub note: String,
}

const ENGLISH_DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const ENGLISH_MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The rule as one line, or `None` when a part of it has no simple words.
pub(super) fn rule_words(rule: &RuleParts) -> Option<String> {
    if !rule.years.is_empty() {
        return None;
    }
    let mut when: Vec<String> = Vec::new();
    for (selectors, words) in [
        (&rule.months, month_selector_words as fn(&str) -> Option<String>),
        (&rule.weeks, week_selector_words),
        (&rule.days, day_selector_words),
    ] {
        if !selectors.is_empty() {
            let each = selectors.iter().map(|selector| words(selector)).collect::<Option<Vec<_>>>()?;
            when.push(enumeration(&each));
        }
    }
    if when.is_empty() {
        when.push("tous les jours".to_owned());
    }
    Some(format!("{}{NBSP}: {}", when.join(", "), hours_words(rule)))
}

fn hours_words(rule: &RuleParts) -> String {
    let whole_day = rule.hours == [(0, super::timeline::DAY)];
    let hours: Vec<String> = rule.hours.iter().map(|(from, until)| span_words(*from, *until)).collect();
    let note = note_words(&rule.note);
    let said = match rule.kind {
        RuleKind::Closed if whole_day => "fermé".to_owned(),
        RuleKind::Closed => format!("fermé de {}", hours.join(", ")),
        RuleKind::Open if whole_day && note.is_empty() => format!("24{NBSP}heures sur{NBSP}24"),
        RuleKind::Unknown if whole_day && note.is_empty() => "horaires à vérifier".to_owned(),
        RuleKind::Open | RuleKind::Unknown if whole_day => return note.to_owned(),
        RuleKind::Unknown => format!("{}, à vérifier", hours.join(", ")),
        RuleKind::Open => hours.join(", "),
    };
    if note.is_empty() { said } else { format!("{said} ({note})") }
}

/// « a, b et c ».
fn enumeration(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} et {last}", before.join(", ")),
    }
}

/// `Jul`, `Jul-Aug`, `Jul 14`, `Jul 14-Aug 15`.
fn month_selector_words(selector: &str) -> Option<String> {
    let month = |text: &str| ENGLISH_MONTHS.iter().position(|month| *month == text).map(|at| at as u32 + 1);
    let date = |text: &str| {
        let (name, day) = text.split_once(' ')?;
        Some(date_words(month(name)?, day.parse().ok()?))
    };
    match selector.split_once('-') {
        None => month(selector).map(|month| month_words(month).to_owned()).or_else(|| date(selector)),
        Some((from, until)) => match (month(from), month(until)) {
            (Some(from), Some(until)) => Some(format!("{} à {}", month_words(from), month_words(until))),
            _ => Some(format!("du {} au {}", date(from)?, date(until)?)),
        },
    }
}

/// `01-53/2` (odd weeks), `02-52/2` (even weeks), `10`, `10-20`. Numbers are those of ISO 8601.
fn week_selector_words(selector: &str) -> Option<String> {
    let number = |text: &str| text.parse::<u32>().ok();
    let (range, step) = selector.split_once('/').map_or((selector, "1"), |(range, step)| (range, step));
    let (from, until) = range.split_once('-').map_or((range, range), |(from, until)| (from, until));
    match (number(from)?, number(until)?, number(step)?) {
        (1, 51..=53, 2) => Some("semaines impaires".to_owned()),
        (2, 52.., 2) => Some("semaines paires".to_owned()),
        (from, until, 1) if from == until => Some(format!("semaine{NBSP}{from}")),
        (from, until, 1) => Some(format!("semaines{NBSP}{from} à{NBSP}{until}")),
        _ => None,
    }
}

/// `Mo`, `Mo-Fr`, `Sa[1]`, `Su[-1]`, `PH`, `SH`.
fn day_selector_words(selector: &str) -> Option<String> {
    let day = |text: &str| ENGLISH_DAYS.iter().position(|day| *day == text).map(|at| WEEKDAYS[at]);
    if let Some((name, ranks)) = selector.split_once('[') {
        let name = day(name)?;
        let rank = match ranks.strip_suffix(']')? {
            "1" => "1er",
            "2" => "2e",
            "3" => "3e",
            "4" => "4e",
            "5" => "5e",
            "-1" => "dernier",
            _ => return None,
        };
        return Some(format!("{rank} {name} du mois"));
    }
    match selector {
        "PH" => Some("jours fériés".to_owned()),
        "SH" => Some("vacances scolaires".to_owned()),
        _ => match selector.split_once('-') {
            None => day(selector).map(str::to_owned),
            Some((from, until)) => Some(format!("{} au {}", day(from)?, day(until)?)),
        },
    }
}
