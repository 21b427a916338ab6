//! One rule in French words: « août : fermé », « 1er samedi du mois : 9 h à 12 h », « semaines paires, lundi : … ».
//!
//! The evaluation crate does not name the types of its selectors outside itself, so they are read in their normalised
//! text, one selector at a time. A selector with no simple words gives `None`.

use chrono::NaiveDate;
use opening_hours::RuleKind;

use super::clock::{NBSP, WEEKDAYS, date_words, month_words, note_words, span_words};
use super::holiday_rule::mask;
use super::notation::{DAYS, MONTHS};

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

impl RuleParts {
    /// Weekdays and public holidays only, whatever the date.
    pub fn is_weekly(&self) -> bool {
        !self.is_dated() && self.days.iter().all(|day| day == "PH" || mask(day).is_some())
    }

    /// For some dates, some weeks, holidays or ranks in the month only.
    pub fn is_exception(&self) -> bool {
        let is_holiday = |day: &String| day.starts_with("PH") || day.starts_with("SH");
        self.is_dated()
            || (!self.days.is_empty() && self.days.iter().all(is_holiday))
            || self.days.iter().any(|day| day.contains('['))
    }

    fn is_dated(&self) -> bool {
        !(self.years.is_empty() && self.months.is_empty() && self.weeks.is_empty())
    }

    /// The days of the week it may fall on, Monday first: all of them when it names none.
    pub fn weekdays(&self) -> [bool; 7] {
        let mut all = [false; 7];
        for mask in self.days.iter().filter_map(|day| mask(day.split('[').next().unwrap_or(day))) {
            (0..7).for_each(|day| all[day] |= mask[day]);
        }
        if all.contains(&true) { all } else { [true; 7] }
    }

    /// The last day on which it can hold; `None` when it comes back every year.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let of_dates = self.months.iter().map(|selector| last_date(selector)).collect::<Option<Vec<_>>>();
        let last = of_dates.and_then(|dates| dates.into_iter().max());
        let of_year = |years: &String| {
            let last = years.split('/').next()?.rsplit('-').next()?.parse().ok()?;
            NaiveDate::from_ymd_opt(last, 12, 31)
        };
        last.or_else(|| self.years.iter().map(of_year).collect::<Option<Vec<_>>>()?.into_iter().max())
    }
}

/// `2024 Jan 1-2024 Jun 30` → 30 June 2024; `None` without a year.
fn last_date(selector: &str) -> Option<NaiveDate> {
    let (year, month, day) = dated(selector.rsplit('-').next()?)?;
    let year = year.or_else(|| dated(selector.split('-').next()?)?.0)?;
    match day {
        Some(day) => NaiveDate::from_ymd_opt(year, month, day),
        None => NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(chrono::Months::new(1))?.pred_opt(),
    }
}

/// `2024 Jun 30`, `Jun 30` or `Jun`: the year, the month and the day, as far as they are there.
fn dated(text: &str) -> Option<(Option<i32>, u32, Option<u32>)> {
    let mut words = text.split(' ').peekable();
    let year = words.peek()?.parse().ok();
    if year.is_some() {
        words.next();
    }
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)? as u32 + 1;
    let day = words.next().map(|day| day.parse().ok());
    if words.next().is_some() || day == Some(None) {
        return None;
    }
    Some((year, month, day.flatten()))
}

/// The rule as one line, or `None` when a part of it has no simple words.
pub(super) fn rule_words(rule: &RuleParts) -> Option<String> {
    let mut when: Vec<String> = Vec::new();
    for (selectors, words) in [
        (&rule.years, year_selector_words as fn(&str) -> Option<String>),
        (&rule.months, month_selector_words),
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

/// `2025`, `2025-2027`.
fn year_selector_words(selector: &str) -> Option<String> {
    match selector.split_once('-') {
        None => selector.parse::<u32>().ok().map(|year| format!("en {year}")),
        Some((from, until)) => {
            let (from, until) = (from.parse::<u32>().ok()?, until.parse::<u32>().ok()?);
            Some(format!("de {from} à {until}"))
        }
    }
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

/// `Jul`, `Jul-Aug`, `Jul 14`, `Jul 14-Aug 15`, `2024 Jan 1-2024 Jun 30`, `easter -2 days`.
fn month_selector_words(selector: &str) -> Option<String> {
    if let Some(offset) = selector.strip_prefix("easter") {
        return easter_words(offset.trim());
    }
    let words = |(year, month, day): (Option<i32>, u32, Option<u32>)| {
        let words = day.map_or_else(|| month_words(month).to_owned(), |day| date_words(month, day));
        year.map_or_else(|| words.clone(), |year| format!("{words} {year}"))
    };
    let Some((from, until)) = selector.split_once('-') else { return dated(selector).map(words) };
    let (from, until) = (dated(from)?, dated(until)?);
    let whole_months = from.2.is_none() && until.2.is_none();
    let (start, end) = (words(from), words(until));
    Some(if whole_months { format!("{start} à {end}") } else { format!("du {start} au {end}") })
}

/// The feasts that are counted from Easter.
fn easter_words(offset: &str) -> Option<String> {
    let days: i32 = match offset {
        "" => 0,
        offset => offset.strip_suffix(" days").or_else(|| offset.strip_suffix(" day"))?.parse().ok()?,
    };
    Some(match days {
        -2 => "vendredi saint".to_owned(),
        0 => "dimanche de Pâques".to_owned(),
        1 => "lundi de Pâques".to_owned(),
        39 => "jeudi de l'Ascension".to_owned(),
        49 => "dimanche de Pentecôte".to_owned(),
        50 => "lundi de Pentecôte".to_owned(),
        days if days < 0 => format!("{} jours avant Pâques", -days),
        days => format!("{days} jours après Pâques"),
    })
}

/// `01-53/2` (odd weeks), `02-52/2` (even weeks), `10`, `10-20`. Numbers are those of ISO 8601.
fn week_selector_words(selector: &str) -> Option<String> {
    let number = |text: &str| text.parse::<u32>().ok();
    let (range, step) = selector.split_once('/').map_or((selector, "1"), |(range, step)| (range, step));
    let (from, until) = range.split_once('-').map_or((range, range), |(from, until)| (from, until));
    match (number(from)?, number(until)?, number(step)?) {
        (1, 51.., 2) => Some("semaines impaires".to_owned()),
        (2, 52.., 2) => Some("semaines paires".to_owned()),
        (from, until, 1) if from == until => Some(format!("semaine{NBSP}{from}")),
        (from, until, 1) => Some(format!("semaines{NBSP}{from} à{NBSP}{until}")),
        _ => None,
    }
}

/// `Mo`, `Mo-Fr`, `Sa[1]`, `Su[-1]`, `PH`, `SH`.
fn day_selector_words(selector: &str) -> Option<String> {
    let day = |text: &str| DAYS.iter().position(|day| *day == text).map(|at| WEEKDAYS[at]);
    if let Some((name, ranks)) = selector.split_once('[') {
        let name = day(name)?;
        let mut each = Vec::new();
        for rank in ranks.strip_suffix(']')?.split(',') {
            match rank.split_once('-').filter(|(first, _)| !first.is_empty()) {
                None => each.push(rank_words(rank.parse().ok()?)?),
                Some((first, last)) => {
                    let (first, last): (i8, i8) = (first.parse().ok()?, last.parse().ok()?);
                    each.extend((first..=last).map(rank_words).collect::<Option<Vec<_>>>()?);
                }
            }
        }
        return Some(format!("{} {name} du mois", enumeration(&each)));
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

/// « 1er », « 2e », « dernier ».
fn rank_words(rank: i8) -> Option<String> {
    match rank {
        1 => Some("1er".to_owned()),
        2..=5 => Some(format!("{rank}e")),
        -1 => Some("dernier".to_owned()),
        -2 => Some("avant-dernier".to_owned()),
        _ => None,
    }
}
