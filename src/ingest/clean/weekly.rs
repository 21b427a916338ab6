//! Hours of every week in OpenStreetMap notation, day by day, so that another cell can narrow one of them.

use crate::domain::Hours;
use crate::domain::hours::notation::{DAYS, alternate_weeks, day_ranges, pieces, written};
use crate::domain::hours::{HolidayCalendar, OpeningHours};

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// « matin ».
    Morning,
    /// « après-midi ».
    Afternoon,
}

impl Half {
    /// Its minutes from midnight; a morning may last beyond noon.
    #[must_use]
    pub fn window(self) -> (u32, u32) {
        match self {
            Self::Morning => (0, 13 * 60),
            Self::Afternoon => (13 * 60, 24 * 60),
        }
    }
}

/// What holds each day of the week (`09:00-12:00`), and the rules that are of no week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weekly {
    days: [Vec<String>; 7],
    others: Vec<String>,
}

impl Weekly {
    /// Reads rules that begin with days of the week; `None` when one of them says more (ranks, weeks, months, fallbacks).
    #[must_use]
    pub fn read(osm: &str) -> Option<Self> {
        let mut week = Self::default();
        if osm.contains("||") {
            return None;
        }
        for rule in pieces(osm, "; ") {
            if rule.starts_with("PH ") {
                week.others.push(rule.to_owned());
                continue;
            }
            let mut said: [Vec<String>; 7] = Default::default();
            for part in pieces(rule, ", ") {
                let (days, rest) = part.split_once(' ')?;
                for day in days_of(days)? {
                    said[day].push(rest.to_owned());
                }
            }
            for (day, parts) in said.into_iter().enumerate().filter(|(_, parts)| !parts.is_empty()) {
                week.days[day] = parts;
            }
        }
        Some(week)
    }

    /// The days on which something is said that is no closure.
    #[must_use]
    pub fn open_days(&self) -> Vec<usize> {
        let closed = |part: &String| matches!(part.as_str(), "off" | "closed");
        (0..7).filter(|day| self.days[*day].iter().any(|part| !closed(part))).collect()
    }

    /// Whether something is said of each day.
    #[must_use]
    pub fn says_every_day(&self) -> bool {
        self.days.iter().all(|parts| !parts.is_empty())
    }

    /// The spans of a day, in minutes, without their notes; `None` when it has a part that is no hours.
    #[must_use]
    pub fn spans(&self, day: usize) -> Option<Vec<(u32, u32)>> {
        let all = self.days[day].iter().map(|part| spans_of(part.split(' ').next()?)).collect::<Option<Vec<_>>>()?;
        Some(all.concat())
    }

    /// Takes a day out of the week and writes it as a rule of its own behind `selector`, which holds `{}` for the day.
    pub fn narrow(&mut self, day: usize, selector: &str) {
        let parts = std::mem::take(&mut self.days[day]);
        let days = selector.replace("{}", DAYS[day]);
        let rule: Vec<String> = parts.iter().map(|part| format!("{days} {part}")).collect();
        self.others.push(rule.join(", "));
    }

    /// Adds a rule that is of no week.
    pub fn add(&mut self, rule: String) {
        if !self.others.contains(&rule) {
            self.others.push(rule);
        }
    }

    /// The days as one selector, `Mo-Fr`; empty when none is open.
    #[must_use]
    pub fn selector(&self) -> String {
        day_ranges(&self.open_days())
    }

    /// What is left of the spans of a day outside a window; `None` when the window touches none of them.
    #[must_use]
    pub fn without(&self, day: usize, (from, until): (u32, u32)) -> Option<Vec<(u32, u32)>> {
        let spans = self.spans(day)?;
        let touches = spans.iter().any(|(start, end)| *start < until && from < *end);
        let cut = spans.iter().flat_map(|(start, end)| [(*start, (*end).min(from)), ((*start).max(until), *end)]);
        touches.then(|| cut.filter(|(start, end)| start < end).collect())
    }

    /// Sets the hours of a day.
    pub fn set(&mut self, day: usize, spans: &[(u32, u32)]) {
        self.days[day] = Vec::from([written(spans)]);
    }

    /// Whether a day is open inside a window, or at all.
    #[must_use]
    pub fn is_open(&self, day: usize, window: Option<(u32, u32)>) -> bool {
        let inside = |(from, until): (u32, u32)| {
            self.spans(day).is_none_or(|spans| spans.iter().any(|(start, end)| *start < until && from < *end))
        };
        self.open_days().contains(&day) && window.is_none_or(inside)
    }

    /// Leaves the hours of a day as they are and says in the words of the list why they are to be checked: those of a
    /// window, or all.
    pub fn doubt(&mut self, day: usize, window: Option<(u32, u32)>, words: &str) {
        let note = quoted(words);
        let kept = window.and_then(|window| self.without(day, window)).filter(|kept| !kept.is_empty());
        let doubted = kept.as_ref().and_then(|kept| {
            let inside = |span: &(u32, u32)| !kept.contains(span);
            Some(self.spans(day)?.into_iter().filter(inside).collect::<Vec<_>>())
        });
        let said = match (kept, doubted) {
            (Some(kept), Some(doubted)) => vec![written(&kept), format!("{} unknown \"{note}\"", written(&doubted))],
            _ => match self.spans(day) {
                Some(spans) => vec![format!("{} unknown \"{note}\"", written(&spans))],
                None => vec![format!("unknown \"{note}\"")],
            },
        };
        self.days[day] = said;
    }

    /// Says in the words of the list that a day may be open as well, at these hours if they are known; whether it does: beside hours
    /// only hours can stand, and not those that are taken.
    pub fn also(&mut self, day: usize, span: Option<(u32, u32)>, words: &str) -> bool {
        let note = quoted(words);
        let hours = span.map(|span| format!("{} ", written(&[span]))).unwrap_or_default();
        let taken = |ours: &(u32, u32)| span.is_none_or(|span| overlap(*ours, span));
        let free = self.days[day].is_empty()
            || span.is_some() && self.spans(day).is_some_and(|spans| !spans.is_empty() && !spans.iter().any(taken));
        if free {
            self.days[day].push(format!("{hours}unknown \"{note}\""));
        }
        free
    }

    /// Adds the openings of another week, whose days of closure close nothing here. Spans that lie apart hold both, the wider
    /// holds where one lies in the other; where they cross, both, or ours alone when the other week is the older account.
    pub fn unite(&mut self, other: &Self, older: bool) {
        for day in other.open_days() {
            let open = self.open_days().contains(&day);
            let plain = |week: &Self| {
                let spans = week.spans(day).filter(|spans| spans.iter().all(|(from, until)| from < until))?;
                week.days[day].iter().all(|part| !part.contains(' ')).then_some(spans)
            };
            match (plain(self), plain(other)) {
                _ if !open => self.days[day].clone_from(&other.days[day]),
                (Some(ours), Some(theirs)) => {
                    let both = united(&ours, &theirs, older);
                    if both != ours {
                        self.set(day, &both);
                    }
                }
                _ => {
                    let taken = self.spans(day).unwrap_or_default();
                    let apart = |part: &&String| {
                        let spans = part.split(' ').next().and_then(spans_of).unwrap_or_default();
                        !spans.is_empty() && spans.iter().all(|span| taken.iter().all(|ours| !overlap(*span, *ours)))
                    };
                    let added: Vec<String> = other.days[day].iter().filter(apart).cloned().collect();
                    self.days[day].extend(added);
                }
            }
        }
        for rule in &other.others {
            let same_days = |known: &String| known.split(' ').next() == rule.split(' ').next();
            if !self.others.iter().any(same_days) {
                self.others.push(rule.clone());
            }
        }
    }

    /// The week written again; `None` when nobody could read it.
    #[must_use]
    pub fn hours(&self) -> Option<Hours> {
        let mut rules: Vec<String> = Vec::new();
        let mut done = [false; 7];
        for day in 0..7 {
            if done[day] || self.days[day].is_empty() {
                continue;
            }
            let same: Vec<usize> = (day..7).filter(|other| self.days[*other] == self.days[day]).collect();
            same.iter().for_each(|other| done[*other] = true);
            let days = day_ranges(&same);
            let parts: Vec<String> = self.days[day].iter().map(|part| format!("{days} {part}")).collect();
            rules.push(parts.join(", "));
        }
        rules.extend(self.others.iter().cloned());
        let osm = rules.join("; ");
        OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).is_ok().then_some(Hours::Osm(osm))
    }
}

/// `{}[1,3]`, `week 1-53/2 {}`, with `{}` for the day: which days of a month or of which weeks; `None` when it is every one of these
/// days, or both are said.
#[must_use]
pub fn some_of(ranks: &[i8], weeks: Option<u8>) -> Option<String> {
    match (ranks, weeks) {
        ([], Some(kind)) => Some(format!("{} {{}}", alternate_weeks(kind))),
        ([], None) | (_, Some(_)) => None,
        (ranks, None) => {
            let ranks: Vec<String> = ranks.iter().map(ToString::to_string).collect();
            Some(format!("{{}}[{}]", ranks.join(",")))
        }
    }
}

/// Words as they may stand in a comment of the notation: on one line, without its quotes, of a length that can be read.
#[must_use]
pub fn quoted(words: &str) -> String {
    let plain: Vec<&str> = words.split_whitespace().collect();
    plain.join(" ").replace('"', "'").chars().take(240).collect()
}

fn overlap((from, until): (u32, u32), (start, end): (u32, u32)) -> bool {
    from < end && start < until
}

/// The spans of two accounts of a day, in order.
fn united(ours: &[(u32, u32)], theirs: &[(u32, u32)], older: bool) -> Vec<(u32, u32)> {
    let mut all = ours.to_vec();
    for &(from, until) in theirs {
        let (crossed, apart): (Vec<_>, Vec<_>) = all.iter().copied().partition(|ours| overlap(*ours, (from, until)));
        let within = |&(start, end): &(u32, u32)| from <= start && end <= until;
        let inside = crossed.iter().any(|&(start, end)| start <= from && until <= end);
        if inside || older && !crossed.iter().all(within) {
            continue;
        }
        let start = crossed.iter().map(|span| span.0).chain([from]).min().unwrap_or(from);
        let end = crossed.iter().map(|span| span.1).chain([until]).max().unwrap_or(until);
        all = apart;
        all.push((start, end));
    }
    all.sort_unstable();
    all
}

fn spans_of(text: &str) -> Option<Vec<(u32, u32)>> {
    let time = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        Some(hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?)
    };
    let span = |text: &str| {
        let (from, until) = text.split_once('-')?;
        Some((time(from)?, time(until)?))
    };
    text.split(',').map(span).collect()
}

/// `Mo-We,Fr`, as ranks from Monday.
fn days_of(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| DAYS.iter().position(|day| *day == name);
    let mut days = Vec::new();
    for part in text.split(',') {
        match part.split_once('-') {
            None => days.push(day(part)?),
            Some((first, last)) => {
                let (first, last) = (day(first)?, day(last)?);
                if first > last {
                    return None;
                }
                days.extend(first..=last);
            }
        }
    }
    Some(days)
}
