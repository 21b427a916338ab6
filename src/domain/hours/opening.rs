//! Opening hours read from the OpenStreetMap syntax.
//!
//! Syntax: <https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>, as read by the crate opening-hours.

use chrono::{Days, NaiveDate};
use opening_hours::{Context, OpeningHours as Rules, RuleKind};

use super::calendar::HolidayCalendar;
use super::error::{HoursError, MAX_CHARACTERS};
use super::holiday_rule::{self, HolidayRule};
use super::notation::pieces;
use super::rule::RuleParts;
use super::text::{RuleText, colons_for_h, split_rules, tidy};
use super::timeline::{DAY, begins_early, day_spans};

/// A span that ends before it starts is believed to run past midnight when it is at most this long, in minutes.
const LONGEST_NIGHT: u32 = 12 * 60;

/// The opening hours of one place, with the public holidays that hold there. Reading one costs microseconds, so a
/// caller may keep the text and read it only for what it shows.
#[derive(Debug, Clone)]
pub struct OpeningHours {
    pub(super) rules: Rules,
    /// The same rules when every day is one of school holidays; `None` when they do not speak of them.
    pub(super) in_school_holidays: Option<Rules>,
    /// Rules for public holidays on some days of the week.
    pub(super) on_holidays: Vec<HolidayRule>,
    /// What holds when the rules before say closed (`||`), in order.
    pub(super) fallbacks: Vec<Rules>,
    pub(super) calendar: HolidayCalendar,
    text: String,
    /// The text of `rules` alone.
    main: String,
    pub(super) mentions_public_holidays: bool,
    /// How many leading rules say the same thing every week (weekdays and public holidays only).
    pub(super) weekly_rules: usize,
}

impl OpeningHours {
    /// Reads the OpenStreetMap syntax. Typographic dashes and spaces, a trailing separator, and `9h30` for `09:30` after
    /// an English day are repaired; nothing else is guessed.
    ///
    /// # Errors
    /// Says which rule cannot be read, ends before it starts, or depends on what we do not know (sunset, an open end).
    pub fn parse(osm: &str, calendar: HolidayCalendar) -> Result<Self, HoursError> {
        let length = osm.chars().count();
        if length > MAX_CHARACTERS {
            return Err(HoursError::TooLong(length));
        }
        let tidy = tidy(osm);
        if tidy.is_empty() {
            return Err(HoursError::Empty);
        }
        let mut alternatives = pieces(&tidy, "||").into_iter();
        let (main, on_holidays) = holiday_rule::take(alternatives.next().unwrap_or_default())?;
        let rules = read_rules(main.trim())?;
        let main = rules.to_string();
        let mentions = |name: &str| days_of(&rules).iter().flatten().any(|day| day.starts_with(name));
        let (mentions_public_holidays, mentions_school_holidays) = (mentions("PH"), mentions("SH"));
        let mut text = main.clone();
        on_holidays.iter().for_each(|rule| text = format!("{text}; {}", rule.text));
        let mut fallbacks = Vec::new();
        for alternative in alternatives {
            let fallback = read_rules(alternative.trim())?;
            let says_closed = |rules: &Rules| rules.get_expression().rules.iter().any(|r| r.kind == RuleKind::Closed);
            // Whether a fallback holds on a day that was closed on purpose, nobody can tell.
            if says_closed(&rules) || says_closed(&fallback) || !on_holidays.is_empty() {
                return Err(HoursError::Unsupported(tidy, "a closure and a fallback"));
            }
            text = format!("{text} || {fallback}");
            fallbacks.push(fallback.with_context(Context::default().with_holidays(calendar.context().clone())));
        }
        let expression = rules.get_expression();
        let weekly_rules = parts_of(&rules).iter().take_while(|rule| rule.is_weekly()).count();
        // The evaluation crate writes a few offsets in a way it cannot read back.
        let reads_back =
            weekly_rules == expression.rules.len() || main.parse::<Rules>().is_ok_and(|again| again == rules);
        if !reads_back || split_rules(&main).len() != expression.rules.len() {
            return Err(HoursError::Unsupported(text, "an offset that cannot be written back"));
        }
        Ok(Self {
            in_school_holidays: mentions_school_holidays.then(|| {
                let holidays = calendar.context_of_school_holidays().clone();
                rules.clone().with_context(Context::default().with_holidays(holidays))
            }),
            on_holidays,
            fallbacks,
            mentions_public_holidays,
            weekly_rules,
            rules: rules.with_context(Context::default().with_holidays(calendar.context().clone())),
            calendar,
            text,
            main,
        })
    }

    /// Whether an opening of the usual week begins before 06:00, which is nearly always a slip (`01:30` for 13:30).
    #[must_use]
    pub fn begins_early(&self) -> bool {
        self.weekly_part().is_some_and(|rules| begins_early(&rules))
    }

    /// The hours in OpenStreetMap syntax, normalised: reading it again gives the same hours.
    #[must_use]
    pub fn osm(&self) -> &str {
        &self.text
    }

    /// The holidays these hours are evaluated with.
    #[must_use]
    pub fn calendar(&self) -> HolidayCalendar {
        self.calendar
    }

    /// The leading rules, those of every week, without their holidays; `None` when there are none.
    pub(super) fn weekly_part(&self) -> Option<Rules> {
        let last = self.weekly_rules.checked_sub(1)?;
        let rules = split_rules(&self.main);
        if self.weekly_rules == rules.len() {
            return Some(self.rules.clone().with_context(Context::default()));
        }
        self.main[..rules.get(last)?.place.end].parse().ok()
    }

    /// The rules that do not hold every week: separator, selectors.
    pub(super) fn rules_after_the_weekly(&self) -> Vec<(&'static str, RuleParts)> {
        let separators = split_rules(&self.main).into_iter().map(|RuleText { separator, .. }| separator);
        separators.zip(parts_of(&self.rules)).skip(self.weekly_rules).collect()
    }

    /// The selectors of each fallback, rule by rule.
    pub(super) fn fallback_rules(&self) -> Vec<RuleParts> {
        self.fallbacks.iter().flat_map(parts_of).collect()
    }

    /// The selectors of every rule that may open.
    pub(super) fn opening_rules(&self) -> Vec<RuleParts> {
        let all = parts_of(&self.rules).into_iter().chain(self.fallback_rules());
        all.filter(|rule| rule.kind != RuleKind::Closed).collect()
    }
}

fn parts_of(rules: &Rules) -> Vec<RuleParts> {
    let expression = rules.get_expression();
    let parts = expression.rules.iter().map(|rule| {
        let selector = &rule.day_selector;
        let spans = rule.time_selector.spans.iter();
        let hours = spans.filter_map(|span| Some((minutes(&span.range.start)?, minutes(&span.range.end)?)));
        RuleParts {
            years: texts(&selector.year),
            months: texts(&selector.monthday),
            weeks: texts(&selector.week),
            days: texts(&selector.weekday),
            hours: hours.collect(),
            kind: rule.kind,
            note: rule.comment.to_string(),
        }
    });
    parts.collect()
}

/// The day selectors of each rule, in their normalised text.
fn days_of(rules: &Rules) -> Vec<Vec<String>> {
    rules.get_expression().rules.iter().map(|rule| texts(&rule.day_selector.weekday)).collect()
}

fn texts(selectors: &[impl ToString]) -> Vec<String> {
    selectors.iter().map(ToString::to_string).collect()
}

/// Minutes from midnight of a fixed time, read in its normalised text `HH:MM`; `None` for a time set by the sun.
fn minutes(time: &impl ToString) -> Option<u32> {
    let text = time.to_string();
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}

/// Reads rules and refuses those whose value needs something we do not have, or that say what nobody can mean.
fn read_rules(tidy: &str) -> Result<Rules, HoursError> {
    let rules = read(tidy)?;
    for rule in &rules.get_expression().rules {
        for span in &rule.time_selector.spans {
            let what = match (minutes(&span.range.start), minutes(&span.range.end)) {
                (Some(from), Some(until)) if is_backwards(from, until) => {
                    return Err(HoursError::Backwards(rule.to_string()));
                }
                (Some(_), Some(_)) if span.open_end => "an open end",
                (Some(_), Some(_)) if span.repeats.is_some() => "repeated times",
                (Some(_), Some(_)) => continue,
                _ => "the sun",
            };
            return Err(HoursError::Unsupported(rule.to_string(), what));
        }
    }
    if loses_a_night(&rules) {
        return Err(HoursError::Unsupported(rules.to_string(), "a night that the rule of the next day would cut"));
    }
    if let Some(rule) = replaced_exception(&rules) {
        return Err(HoursError::Unsupported(rule, "an exception that a later rule replaces"));
    }
    Ok(rules)
}

/// A rule for some dates or holidays that a later rule for every week takes back (`PH off; Mo-Fr 09:00-17:00`). By the
/// letter of the specification it says nothing; whoever wrote it meant the contrary.
fn replaced_exception(rules: &Rules) -> Option<String> {
    let written = rules.to_string();
    let separators: Vec<&str> = split_rules(&written).into_iter().map(|rule| rule.separator).collect();
    let parts = parts_of(rules);
    let replaces = |exception: &RuleParts, later: usize| {
        let rule = &parts[later];
        let shared = exception.weekdays().into_iter().zip(rule.weekdays()).any(|(a, b)| a && b);
        let opens = rule.is_weekly() && rule.kind != RuleKind::Closed && !rule.days.iter().any(|day| day == "PH");
        separators.get(later) == Some(&"; ") && opens && shared
    };
    let first = parts.iter().enumerate().find(|(first, exception)| {
        exception.is_exception() && (first + 1..parts.len()).any(|later| replaces(exception, later))
    });
    first.map(|(first, _)| rules.get_expression().rules[first].to_string())
}

fn read(tidy: &str) -> Result<Rules, HoursError> {
    tidy.parse::<Rules>().or_else(|_| {
        if let Some(repaired) = colons_for_h(tidy)
            && let Ok(rules) = repaired.parse::<Rules>()
        {
            return Ok(rules);
        }
        let rules = tidy.split(';').map(str::trim);
        let at_fault = rules.filter(|rule| !rule.is_empty()).find(|rule| rule.parse::<Rules>().is_err());
        Err(HoursError::Unreadable(at_fault.unwrap_or(tidy).to_owned()))
    })
}

/// Whether a span (minutes from midnight) is empty, or too long to be a night.
fn is_backwards(from: u32, until: u32) -> bool {
    match until {
        0 => from == 0,
        _ => until <= from && (until == from || until + DAY - from > LONGEST_NIGHT),
    }
}

/// The evaluation drops what is left of a night when another rule holds the next day (`Fr 20:00-02:00; Sa 10:00-12:00`).
/// Finds this over a week without holidays, rule by rule.
fn loses_a_night(rules: &Rules) -> bool {
    let expression = rules.get_expression();
    let nights = expression.rules.iter().filter(|rule| {
        rule.kind != RuleKind::Closed
            && rule.time_selector.spans.iter().any(|span| {
                let (from, until) = (minutes(&span.range.start), minutes(&span.range.end));
                until > Some(DAY) || (until <= from && until != Some(0))
            })
    });
    let Some(monday) = NaiveDate::from_ymd_opt(2024, 1, 1) else { return false };
    nights.filter_map(|rule| rule.to_string().parse::<Rules>().ok()).any(|alone| {
        (0..7).any(|day| {
            let (evening, morning) = (monday + Days::new(day), monday + Days::new(day + 1));
            let late = |rules: &Rules| day_spans(rules, evening).last().is_some_and(|span| span.until == DAY);
            let early = |rules: &Rules| day_spans(rules, morning).first().is_some_and(|span| span.from == 0);
            late(&alone) && early(&alone) && late(rules) && !early(rules)
        })
    })
}
