//! Sessions whose name says when they are held: « Mairie (05/10 - 02/11 - 07/12) », « Centre (semaines paires) », « Mairie
//! (premiers lundis du mois) ». Their hours are those of these days alone; read as every week, they would send people to a
//! closed door.

use chrono::{Datelike, NaiveDate};

use super::clause::{Word, words, year_of};
use super::weekly::{Weekly, quoted};
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::hours::notation::{DAYS, MONTHS, alternate_weeks, written};
use crate::domain::hours::{HolidayCalendar, OpeningHours, WEEKDAYS};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// When a name says that the session is held.
enum When {
    /// A selector that stands before the days of every rule.
    Before(String),
    /// Ranks in the month of one day of the week.
    Ranks(usize, String),
    /// It does, and it cannot be read for certain.
    Unread,
    /// It names days that are not those of the hours.
    Contradicted(Vec<NaiveDate>),
    /// It is held until a day, and from one on.
    Period(NaiveDate, NaiveDate),
}

/// The hours of a place, narrowed to what its name says of them; `None` when it says nothing, or the hours are no weekly
/// ones. `about` is the day of the record: dates without a year are those nearest to it.
#[must_use]
pub fn narrowed(name: &str, hours: &Hours, about: Option<NaiveDate>) -> Option<(Hours, Remark)> {
    let Hours::Osm(osm) = hours else { return dated_alone(name, hours, about) };
    let is_weekly = osm.split("; ").all(|rule| rule.starts_with("PH ") || DAYS.iter().any(|day| rule.starts_with(day)));
    if !is_weekly || osm.contains('[') {
        return None;
    }
    let when = weeks(name)
        .or_else(|| ranks(name))
        .or_else(|| in_a_period(name, about))
        .or_else(|| dates(name, about, osm))
        .or_else(|| one_day(name))?;
    let read = match &when {
        When::Before(selector) => rewritten(osm, |days, times| Some(format!("{selector} {days} {times}"))),
        When::Ranks(day, ranks) => {
            rewritten(osm, |days, times| (days == DAYS[*day]).then(|| format!("{days}[{ranks}] {times}")))
        }
        // A period that was over when the row was written: a year was mistaken, and the hours are to be checked.
        When::Period(from, until) if about.is_some_and(|about| *until < about) => {
            let note = quoted(name);
            let period = format!("{}-{}", day_of(*from), day_of(*until));
            rewritten(osm, |days, times| Some(format!("{period} {days} {times} unknown \"{note}\"")))
        }
        When::Period(from, until) => {
            rewritten(osm, |days, times| Some(format!("{}-{} {days} {times}", day_of(*from), day_of(*until))))
        }
        // The days are known, whatever the hours: after the last of them nobody is there.
        When::Contradicted(days) => Some(on_days(days, Some(osm), name)),
        When::Unread => None,
    };
    let read = read.filter(|osm| OpeningHours::parse(osm, HolidayCalendar::NATIONAL).is_ok());
    Some(if let Some(osm) = read {
        let (code, action, reason) = match when {
            When::Contradicted(_) => {
                let reason =
                    "the name gives days that are not those of the hours; the days hold, the hours are to be checked";
                (Code::InvalidHours, Action::ValueKept, reason.to_owned())
            }
            _ => (Code::RepairedHours, Action::ValueRepaired, format!("the name says on which days; read as {osm}")),
        };
        (Hours::Osm(osm), Remark::new(name, action, Doubt::new(code, reason)))
    } else {
        let reason = match when {
            When::Contradicted(_) => "the name gives days that are not those of the hours",
            _ => "the name says on which days, in a way no rule reads",
        };
        let doubt = Doubt::new(Code::InvalidHours, reason);
        let note = name.replace('"', "'");
        (Hours::Text(format!("{osm} \"{note}\"")), Remark::new(name, Action::ValueKept, doubt))
    })
}

/// Hours that nobody could read, or that nobody gave, of a place whose name gives its days.
fn dated_alone(name: &str, hours: &Hours, about: Option<NaiveDate>) -> Option<(Hours, Remark)> {
    // Of no week, every day is another one.
    let When::Contradicted(days) = dates(name, about, "")? else { return None };
    let words = if let Hours::Text(text) = hours { format!("{name} : {text}") } else { name.to_owned() };
    let osm = on_days(&days, None, &words);
    OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).ok()?;
    let doubt = Doubt::new(Code::RepairedHours, format!("the name says on which days; read as {osm}"));
    Some((Hours::Osm(osm), Remark::new(name, Action::ValueRepaired, doubt)))
}

/// These days, at hours that are to be checked: those of the week, where it gives one day's.
fn on_days(days: &[NaiveDate], osm: Option<&str>, words: &str) -> String {
    let week = osm.and_then(Weekly::read);
    let hours = week.and_then(|week| {
        let mut each = week.open_days().into_iter().map(|day| week.spans(day));
        let first = each.next()??;
        each.all(|spans| spans.as_ref() == Some(&first)).then(|| format!("{} ", written(&first)))
    });
    let days: Vec<String> = days.iter().map(|day| day_of(*day)).collect();
    format!("{} {}unknown \"{}\"", days.join(","), hours.unwrap_or_default(), quoted(words))
}

/// `2022 Dec 6`.
fn day_of(day: NaiveDate) -> String {
    format!("{} {} {}", day.year(), MONTHS[day.month0() as usize], day.day())
}

/// Each rule of a week written anew; `None` when one cannot be.
fn rewritten(osm: &str, rule: impl Fn(&str, &str) -> Option<String>) -> Option<String> {
    let each = osm.split("; ").map(|text| {
        if text.starts_with("PH ") {
            return Some(text.to_owned());
        }
        let (days, times) = text.split_once(' ')?;
        if times.contains(", ") || times.contains("||") { None } else { rule(days, times) }
    });
    Some(each.collect::<Option<Vec<_>>>()?.join("; "))
}

/// « semaines paires », « semaine impaire »; « tous les 15 jours » without them cannot be told.
fn weeks(name: &str) -> Option<When> {
    let folded = fold(name);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let odd = says(&["semaines impaires", "semaine impaire"]);
    let even = says(&["semaines paires", "semaine paire"]);
    match (odd, even) {
        (true, false) => Some(When::Before(alternate_weeks(1).into())),
        (false, true) => Some(When::Before(alternate_weeks(2).into())),
        (true, true) => Some(When::Unread),
        (false, false) => {
            let of_weeks = words(name).iter().any(|word| matches!(word, Word::Day(_))) || says(&["semaine"]);
            let some = of_weeks && says(&["sur deux", "sur 2"]) || says(&["15 jours", "quinze jours", "par quinzaine"]);
            let school = says(&["hors vacances", "vacances scolaires", "pendant les vacances", "periode scolaire"]);
            let letter = ["semaine a", "semaine b"].iter().any(|week| {
                folded.split_once(week).is_some_and(|(_, after)| !after.starts_with(|c: char| c.is_alphanumeric()))
            });
            (some || school || letter).then_some(When::Unread)
        }
    }
}

/// « premiers lundis du mois », « 1er et 3e mardis ».
fn ranks(name: &str) -> Option<When> {
    let words = words(name);
    let (mut ranks, mut day) = (Vec::new(), None);
    for word in &words {
        match word {
            Word::Rank(rank) => ranks.push(rank.to_string()),
            Word::Day(known) if !ranks.is_empty() => return Some(When::Ranks(*known, ranks.join(","))),
            Word::Day(known) => day = Some(*known),
            Word::OfMonth if day.is_some() => return Some(When::Unread),
            Word::Filler | Word::Half(_) => {}
            _ => ranks.clear(),
        }
    }
    None
}

/// « jusqu'au 30/06/2023 », « à partir du 01/10/2024 », « du 9 janvier au 13 février »: from a day, or until one.
fn in_a_period(name: &str, about: Option<NaiveDate>) -> Option<When> {
    let folded = fold(name);
    let dated = |text: &str| {
        matches!(
            words(text.trim_start()).first(),
            Some(Word::Date(..) | Word::Number(1..=31) | Word::Rank(1) | Word::Year(_))
        ) || text.trim_start().starts_with(|c: char| c.is_ascii_digit()) && text.contains('/')
    };
    let bounds = ["jusqu'au ", "jusqu au ", "a partir du ", "a compter du ", "jusqu'en ", "des le "];
    let bounded = bounds.iter().filter_map(|bound| folded.split_once(bound)).any(|(_, after)| dated(after));
    let months = words(name).iter().filter(|word| matches!(word, Word::Month(_))).count();
    let between =
        folded.split_once("du ").is_some_and(|(_, after)| dated(after) && after.contains(" au ")) && months > 0;
    let begins = ["a partir du ", "a compter du ", "des le "].iter().any(|bound| folded.contains(bound));
    let read = || if begins { None } else { period(name, about) };
    (bounded || between).then(|| read().unwrap_or(When::Unread))
}

/// The days from which and until which, where the name gives the year of the last.
fn period(name: &str, about: Option<NaiveDate>) -> Option<When> {
    let year = year_of(name)?;
    let (mut dates, mut waiting) = (Vec::new(), Vec::new());
    for word in words(name) {
        match word {
            Word::Date(day, month) => dates.push((month, day)),
            Word::Number(day @ 1..=31) => waiting.push(day),
            Word::Rank(1) => waiting.push(1),
            Word::Month(month) => dates.extend(waiting.drain(..).map(|day| (month, day))),
            _ => {}
        }
    }
    let (from, (month, day)) = match dates[..] {
        [until] => (None, until),
        [from, until] => (Some(from), until),
        _ => return None,
    };
    let until = NaiveDate::from_ymd_opt(year, month, day)?;
    let from = match from {
        Some((month, day)) => NaiveDate::from_ymd_opt(year, month, day)
            .filter(|from| *from <= until)
            .or_else(|| NaiveDate::from_ymd_opt(year - 1, month, day)),
        None => about.filter(|about| *about <= until).or_else(|| NaiveDate::from_ymd_opt(year, 1, 1)),
    };
    Some(When::Period(from?, until))
}

/// « vendredi uniquement », where the hours name more days.
fn one_day(name: &str) -> Option<When> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let only = |word: &str| matches!(word, "uniquement" | "seulement");
    let says = words.windows(2).any(|pair| weekday(pair[0]).is_some() && only(pair[1]));
    says.then_some(When::Unread)
}

fn weekday(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|day| *day == word.strip_suffix('s').unwrap_or(word))
}

/// « (24/11/22 - 8/12/22) », « Passage le 5/12/ 22 - 02/01/23 ». One date alone counts inside brackets, or after « le »: « 24/7 »
/// and « 1/2 » are no days of a session. Days on which the hours say nothing contradict them.
fn dates(name: &str, about: Option<NaiveDate>, osm: &str) -> Option<When> {
    let mut compact: String = name.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    for spaced in [" /", "/ "] {
        while compact.contains(spaced) {
            compact = compact.replace(spaced, "/");
        }
    }
    let tokens = compact.split(|c: char| !c.is_ascii_digit() && c != '/');
    let written: Vec<&str> = tokens.filter(|token| token.contains('/') && token.len() >= 3).collect();
    let read = written.iter().map(|token| date(token, about)).collect::<Vec<Option<NaiveDate>>>();
    let known = read.iter().flatten().count();
    let read: Vec<Option<NaiveDate>> =
        (0..read.len()).map(|i| read[i].or_else(|| slipped(&written, &read, i))).collect();
    let first = *written.first()?;
    let bracketed = compact.contains(&format!("({first})"));
    let after_le = first.matches('/').count() == 2 && compact.to_lowercase().contains(&format!("le {first}"));
    if read.len() == 1 && first.len() == 3 {
        // « (1/2) »: a day, or one week in two.
        return bracketed.then_some(When::Unread);
    }
    if known == 0 || (read.len() == 1 && !bracketed && !after_le) || written == ["24/7"] {
        return None;
    }
    let Some(mut days) = read.into_iter().collect::<Option<Vec<NaiveDate>>>() else { return Some(When::Unread) };
    days.sort_unstable();
    days.dedup();
    let open = Weekly::read(osm).map(|week| week.open_days()).unwrap_or_default();
    if days.iter().any(|day| !open.contains(&(day.weekday().num_days_from_monday() as usize))) {
        return Some(When::Contradicted(days));
    }
    Some(When::Before(days.iter().map(|day| day_of(*day)).collect::<Vec<_>>().join(",")))
}

/// `3/01/3` between `6/12/22` and `31/01/23`: a digit of the year was left out, and the days around leave one reading.
fn slipped(written: &[&str], read: &[Option<NaiveDate>], i: usize) -> Option<NaiveDate> {
    let (before, after) = (read[..i].iter().flatten().next_back()?, read[i + 1..].iter().flatten().next()?);
    let (days, year) = written[i].rsplit_once('/')?;
    let candidates = (before.year()..=after.year()).filter(|full| full.to_string().ends_with(year));
    let mut fitting = candidates.filter_map(|full| date(&format!("{days}/{full}"), None));
    let one = fitting.find(|day| before <= day && day <= after)?;
    (year.len() == 1 && fitting.next().is_none()).then_some(one)
}

/// `24/11/22`, `24/11/2022`, `24/11` with the year that brings it nearest to the day of the record.
fn date(token: &str, about: Option<NaiveDate>) -> Option<NaiveDate> {
    let parts: Vec<&str> = token.split('/').collect();
    let number =
        |text: &str, longest: usize| ((1..=longest).contains(&text.len())).then(|| text.parse::<u32>().ok()).flatten();
    match parts[..] {
        [day, month] => {
            let (day, month, about) = (number(day, 2)?, number(month, 2)?, about?);
            let near =
                (about.year() - 1..=about.year() + 1).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
            near.min_by_key(|day| (*day - about).num_days().abs())
        }
        [day, month, year] if matches!(year.len(), 2 | 4) => {
            let year = number(year, 4)?;
            let year = if year < 100 { 2_000 + year } else { year };
            NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(month, 2)?, number(day, 2)?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
