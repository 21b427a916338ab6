//! The week in words, one line for each group of days, and the minutes it adds up to.

use chrono::{Days, NaiveDate};
use opening_hours::{Context, OpeningHours as Rules, RuleKind};

use super::calendar::holidays;
use super::clock::{NBSP, day_range_words, note_words, span_words};
use super::opening::OpeningHours;
use super::rule::rule_words;
use super::timeline::{DAY, DaySpan, day_spans};

/// Spans of each day, Monday first; a night belongs to the evening it began, so `until` may exceed [`DAY`].
type Week = [Vec<DaySpan>; 7];

/// A week without holidays, Monday first: the days on which it opens, what holds at each full hour, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsualWeek {
    /// Minutes of opening.
    pub minutes: u32,
    /// Whether it opens on a day.
    pub days: [bool; 7],
    /// Bit `h` of a day: open at `h` o'clock.
    open: [u32; 7],
    /// Bit `h` of a day: only the place can tell.
    unknown: [u32; 7],
}

impl UsualWeek {
    /// Whether it is open at the full hour of a day, 0 for Monday; `None` when only the place can tell.
    #[must_use]
    pub fn at(&self, day: usize, hour: usize) -> Option<bool> {
        let holds = |hours: &[u32; 7]| hours[day % 7] >> (hour % 24) & 1 == 1;
        if holds(&self.open) { Some(true) } else { (!holds(&self.unknown)).then_some(false) }
    }

    /// The hours of a day at which it is open, and those at which it may be: bit `h` for `h` o'clock.
    #[must_use]
    pub fn hours(&self, day: usize) -> [u32; 2] {
        [self.open[day % 7], self.open[day % 7] | self.unknown[day % 7]]
    }
}

impl OpeningHours {
    /// The usual week in French, one line for each run of equal days (« lundi au vendredi : 9 h à 12 h »), then one
    /// line for each rule that does not hold every week. For a rule that has no simple words, they say to ask the place.
    /// The spaces inside « 17 h 30 » do not break.
    #[must_use]
    pub fn week_words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(rules) = self.weekly_part() {
            lines.extend(table_words(&week_of(&rules.clone().with_context(Context::default()))));
            if self.mentions_public_holidays {
                lines.extend(holiday_words(rules));
            }
        }
        for rule in &self.on_holidays {
            let whole: Vec<DaySpan> = rule.spans(reference_monday());
            lines.push(format!("jours fériés, {}{NBSP}: {}", days_words(rule.days), day_words(&whole)));
        }
        for (separator, parts) in self.rules_after_the_weekly() {
            let before = if separator == ", " { "en plus, " } else { "" };
            lines.push(rule_words(&parts).map_or_else(|| WITHOUT_WORDS.to_owned(), |words| format!("{before}{words}")));
        }
        for parts in self.fallback_rules() {
            let note = note_words(&parts.note);
            let anytime =
                parts.is_weekly() && parts.days.is_empty() && parts.kind == RuleKind::Unknown && !note.is_empty();
            let words =
                || rule_words(&parts).map_or_else(|| WITHOUT_WORDS.to_owned(), |words| format!("sinon, {words}"));
            lines.push(if anytime { format!("à d'autres moments{NBSP}: {note}") } else { words() });
        }
        lines
    }

    /// A week without holidays, day by day and hour by hour. `None` when there is no usual week: the hours change with the
    /// season, or are only to be asked for.
    ///
    /// ```
    /// use mediane::domain::hours::{HolidayCalendar, OpeningHours};
    /// let calendar = HolidayCalendar::of_departement("23");
    /// let week = OpeningHours::parse("Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00", calendar).unwrap().usual_week().unwrap();
    /// assert_eq!(week.days, [true, true, true, true, true, true, false]);
    /// assert_eq!([11, 13, 17, 18].map(|hour| week.at(2, hour)), [Some(true), Some(false), Some(true), Some(false)]);
    /// ```
    #[must_use]
    pub fn usual_week(&self) -> Option<UsualWeek> {
        // Closures for a season leave the usual week as it is; anything else makes two usual weeks.
        if self.rules_after_the_weekly().iter().any(|(_, rule)| rule.kind != RuleKind::Closed) {
            return None;
        }
        let week = week_of(&self.weekly_part()?.with_context(Context::default()));
        let minutes_of = |kind: RuleKind| -> u32 {
            let spans = week.iter().flatten().filter(|span| span.kind == kind);
            spans.map(|span| span.until - span.from).sum()
        };
        let minutes = minutes_of(RuleKind::Open);
        if minutes == 0 && minutes_of(RuleKind::Unknown) > 0 {
            return None;
        }
        let days = std::array::from_fn(|day| week[day].iter().any(|span| span.kind == RuleKind::Open));
        let mut usual = UsualWeek { minutes, days, open: [0; 7], unknown: [0; 7] };
        for (day, span) in week.iter().enumerate().flat_map(|(day, spans)| spans.iter().map(move |span| (day, span))) {
            let hours = match span.kind {
                RuleKind::Open => &mut usual.open,
                RuleKind::Unknown => &mut usual.unknown,
                RuleKind::Closed => continue,
            };
            // A night belongs to the evening it began.
            for hour in (span.from.div_ceil(60)..48).take_while(|hour| hour * 60 < span.until) {
                hours[(day + hour as usize / 24) % 7] |= 1 << (hour % 24);
            }
        }
        Some(usual)
    }

    /// Minutes of opening in a usual week; `None` when there is none.
    #[must_use]
    pub fn weekly_minutes(&self) -> Option<u32> {
        self.usual_week().map(|week| week.minutes)
    }
}

/// What is said instead of a notation that no visitor reads.
const WITHOUT_WORDS: &str = "d'autres horaires existent\u{a0}: à demander au lieu";

/// « lundi au vendredi », « lundi et mercredi »: runs of days.
fn days_words(days: [bool; 7]) -> String {
    let named: Vec<usize> = (0..7).filter(|day| days[*day]).collect();
    let runs = named.chunk_by(|day, next| day + 1 == *next);
    runs.map(|run| day_range_words(run[0], run[run.len() - 1])).collect::<Vec<_>>().join(" et ")
}

/// The seven days as the rules make them in a week that no holiday touches.
fn week_of(rules: &Rules) -> Week {
    let monday = reference_monday();
    let mut week: Week = std::array::from_fn(|day| day_spans(rules, monday + Days::new(day as u64)));
    for evening in 0..7 {
        let morning = (evening + 1) % 7;
        let night = match (week[evening].last(), week[morning].first()) {
            (Some(late), Some(early)) => {
                // A span longer than half a day after midnight is a day's own opening, not the end of a night.
                let joins = late.until == DAY && late.from > 0 && early.from == 0 && early.until <= DAY / 2;
                (joins && late.kind == early.kind && late.note == early.note).then_some(early.until)
            }
            _ => None,
        };
        if let Some(night) = night
            && let Some(late) = week[evening].last_mut()
        {
            late.until = DAY + night;
            week[morning].remove(0);
        }
    }
    week
}

/// A Monday, for rules evaluated without holidays: any would do.
fn reference_monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).expect("1 January 2024 is a date, and a Monday")
}

fn table_words(week: &Week) -> Vec<String> {
    let always = |day: &[DaySpan]| matches!(day, [span] if span.kind == RuleKind::Open && (span.from, span.until) == (0, DAY) && span.note.is_empty());
    if week.iter().all(|day| always(day)) {
        return vec![format!("tous les jours, 24{NBSP}heures sur{NBSP}24")];
    }
    let mut lines = Vec::new();
    let mut first = 0;
    while first < 7 {
        let last = (first..7).take_while(|day| week[*day] == week[first]).last().unwrap_or(first);
        lines.push(format!("{}{NBSP}: {}", day_range_words(first, last), day_words(&week[first])));
        first = last + 1;
    }
    lines
}

/// « jours fériés : fermé », when every day of the week is the same as a holiday; one line for each run otherwise.
fn holiday_words(rules: Rules) -> Vec<String> {
    let monday = reference_monday();
    let all_week = holidays((0..7).map(|day| monday + Days::new(day)));
    let week = week_of(&rules.with_context(Context::default().with_holidays(all_week)));
    if week.iter().all(|day| *day == week[0]) {
        return vec![format!("jours fériés{NBSP}: {}", day_words(&week[0]))];
    }
    table_words(&week).into_iter().map(|line| format!("jours fériés, {line}")).collect()
}

fn day_words(day: &[DaySpan]) -> String {
    if day.is_empty() {
        return "fermé".to_owned();
    }
    // Spans that share a note say it once, after the last of them.
    let mut words: Vec<String> = Vec::new();
    for (at, span) in day.iter().enumerate() {
        let note = note_words(&span.note);
        let whole_day = (span.from, span.until) == (0, DAY);
        let said = match span.kind {
            RuleKind::Closed if whole_day => "fermé".to_owned(),
            RuleKind::Closed => format!("fermé de {}", span_words(span.from, span.until)),
            RuleKind::Open if whole_day => format!("24{NBSP}heures sur{NBSP}24"),
            RuleKind::Unknown if whole_day && note.is_empty() => "horaires à vérifier".to_owned(),
            RuleKind::Unknown if whole_day => {
                // Hours that had no certain meaning, in their own words: nobody is to trust them.
                let is_hours = note.contains(|c: char| c.is_ascii_digit());
                words.push(if is_hours {
                    format!("à vérifier, téléphonez («{NBSP}{note}{NBSP}»)")
                } else {
                    note.to_owned()
                });
                continue;
            }
            RuleKind::Unknown => format!("{}, à vérifier", span_words(span.from, span.until)),
            RuleKind::Open => span_words(span.from, span.until),
        };
        let said_by_next = day.get(at + 1).is_some_and(|next| next.note == span.note && next.kind == span.kind);
        words.push(if note.is_empty() || said_by_next { said } else { format!("{said} ({note})") });
    }
    words.join(", ")
}
