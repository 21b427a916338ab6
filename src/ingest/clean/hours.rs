//! Opening hours of a cell: OpenStreetMap syntax, French words, or the JSON of service-public; else the text itself.

use std::cell::RefCell;

use serde_json::Value;

use super::once::{Known, once};
use super::weekly::Weekly;
use super::{Doubt, Remark, narrowing, pieced};
use crate::domain::Hours;
use crate::domain::hours::notation::pieces;
use crate::domain::hours::{HolidayCalendar, OpeningHours, WEEKDAYS, from_french_text};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Hours, and what there is to say of them.
pub type Read = (Hours, Vec<Remark>);

thread_local! {
    /// Texts of lists.
    static TEXTS: Known<Read> = RefCell::default();
    /// Notations that were made of other words.
    static MADE: Known<Option<Read>> = RefCell::default();
}

/// The same hours as they are written when they are read: what is published reads back to itself.
#[must_use]
pub fn normal(hours: Hours) -> Hours {
    match hours {
        Hours::Osm(osm) => {
            Hours::Osm(OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).map_or(osm, |hours| hours.osm().to_owned()))
        }
        other => other,
    }
}

/// Reads one text about the whole week. Hours that no rule reads with certainty are kept as text, with a remark.
#[must_use]
pub fn hours(text: &str) -> Read {
    once(&TEXTS, text, || read(text))
}

fn read(text: &str) -> Read {
    if let Some(inner) = unquoted(text) {
        return self::read(inner);
    }
    match french_tuesdays(text) {
        Some(Ok(tuesdays)) => {
            let (read, mut remarks) = self::read(&tuesdays);
            let doubt = Doubt::new(Code::RepairedHours, format!("« Mar » with hours is « mardi »; read as {tuesdays}"));
            remarks.push(Remark::new(text, Action::ValueRepaired, doubt));
            return (read, remarks);
        }
        Some(Err(())) => return kept(text, "« Mar » is a month beside English days, or « mardi »".to_owned()),
        None => {}
    }
    let refused = match OpeningHours::parse(text, HolidayCalendar::NATIONAL) {
        Ok(_) if is_narrowed(text) => {
            return kept(text, "a note that takes back some of the days".to_owned());
        }
        Ok(_) if is_of_no_day(text) => {
            return kept(text, "hours of which nobody says the days; expected such as Mo-Fr 09:00-12:00".to_owned());
        }
        Ok(hours) if is_of_no_hours(text, hours.osm()) => {
            return kept(text, "open, without the hours; expected such as Mo-Fr 09:00-12:00, or 24/7".to_owned());
        }
        Ok(hours) if repeats_days(hours.osm()) => return of_days_said_twice(text, &hours),
        Ok(hours) => return of_every_hour(text, &hours).unwrap_or_else(|| checked(&with_days(hours.osm()), &hours)),
        Err(error) => match of_pieces(text) {
            Some(read) => return read,
            None => error.to_string(),
        },
    };
    let plain = of_service_public(text);
    let is_french = plain.is_some() || fold(text).split(|c: char| !c.is_alphabetic()).any(is_french_day);
    match from_french_text(plain.as_deref().unwrap_or(text)) {
        Ok(Some(osm)) => {
            let (hours, mut remarks) = of_osm(&osm);
            let doubt = Doubt::new(Code::RepairedHours, format!("French words; read as {osm}"));
            remarks.push(Remark::new(text, Action::ValueRepaired, doubt));
            (hours, remarks)
        }
        Ok(None) => {
            let doubt = Doubt::new(Code::InvalidHours, "no hours in this text");
            (Hours::Unknown, vec![Remark::new(text, Action::FieldCleared, doubt)])
        }
        Err(unread) => {
            let reason = if is_french { unread.to_string() } else { refused };
            kept(plain.as_deref().unwrap_or(text), reason)
        }
    }
}

/// What stands between quotes that a spreadsheet put around the whole cell; `None` when there are none. To the notation all of it
/// would be a note, and the place open day and night.
fn unquoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"')?,
        None => text.strip_prefix('\'')?,
    };
    let holds_hours = inner.contains(|c: char| c.is_ascii_digit());
    (holds_hours && !inner.contains('"')).then(|| inner.trim_end_matches('\'').trim())
}

/// `Mar 14:00-17:00`: French for `Tu 14:00-17:00`, not every day of March, when each rule says « Mar » and times, without
/// the number of a day. `Some(Err)` when English days stand beside it; `None` when there is no such rule.
fn french_tuesdays(text: &str) -> Option<Result<String, ()>> {
    let is_time = |text: &str| {
        let hour = text.trim_start_matches(|c: char| c.is_ascii_digit());
        (1..=2).contains(&(text.len() - hour.len())) && hour.starts_with([':', 'h', 'H'])
    };
    let tuesday = |rule: &str| {
        let (day, times) = rule.trim().split_at_checked(3)?;
        (day.eq_ignore_ascii_case("mar") && times.starts_with([' ', ':']))
            .then(|| times.trim_start_matches([' ', ':']))
            .filter(|times| is_time(times))
            .map(|times| format!("Tu {times}"))
    };
    let rules: Vec<&str> = text.split(';').filter(|rule| !rule.trim().is_empty()).collect();
    let tuesdays: Vec<String> = rules.iter().filter_map(|rule| tuesday(rule)).collect();
    if tuesdays.is_empty() || OpeningHours::parse(text, HolidayCalendar::NATIONAL).is_err() {
        return None;
    }
    Some(if tuesdays.len() == rules.len() { Ok(tuesdays.join("; ")) } else { Err(()) })
}

/// `08:00-17:00`: hours without days, which the notation takes for every day, Sundays and all. Nobody who wrote a list
/// meant that; `Mo-Su 08:00-17:00` says it.
fn is_of_no_day(text: &str) -> bool {
    text.split([';', '|']).any(begins_with_a_time)
}

fn begins_with_a_time(rule: &str) -> bool {
    let rule = rule.trim_start();
    let rest = rule.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=2).contains(&(rule.len() - rest.len())) && rest.starts_with(':') && !rule.contains("24:00")
}

/// The notation as written again leaves out `Mo-Su`: with it, so that it reads back as what it is.
fn with_days(osm: &str) -> String {
    if osm.contains('"') {
        return osm.to_owned();
    }
    let named = |rule: &str| {
        if begins_with_a_time(rule) {
            format!("Mo-Su {rule}")
        } else if is_hourless(rule) {
            format!("{rule} 00:00-24:00")
        } else {
            rule.to_owned()
        }
    };
    osm.split("; ").map(named).collect::<Vec<_>>().join("; ")
}

/// Whether a rule names days and no hours.
fn is_hourless(rule: &str) -> bool {
    let says = |word: &str| rule.split(' ').any(|piece| piece == word);
    !rule.contains(['"', ':'])
        && !rule.is_empty()
        && rule != "24/7"
        && !["off", "closed", "unknown"].into_iter().any(says)
}

/// `Mo 09:00-12:00 "un lundi sur deux"`: the notation opens every Monday, and the note does not. Behind `unknown` or `off` a note
/// takes nothing back: nobody is said to be there.
fn is_narrowed(text: &str) -> bool {
    let pieces: Vec<&str> = text.split('"').collect();
    let notes = pieces.chunks_exact(2).map(|pair| (pair[0].trim_end(), fold(pair[1])));
    let claims = |before: &str| !["unknown", "off", "closed"].into_iter().any(|word| before.ends_with(word));
    notes.filter(|(before, _)| claims(before)).any(|(_, note)| narrowing::takes_back(&note))
}

/// `open`, which the notation takes for day and night, and `00:00-00:00`, which fills a cell.
fn is_of_no_hours(text: &str, osm: &str) -> bool {
    let outside = text.split('"').step_by(2).collect::<String>().replace(' ', "");
    let empty = outside.match_indices("0:00-0").any(|(at, _)| {
        let before = outside[..at].trim_end_matches('0');
        let after = outside[at + 5..].trim_start_matches('0');
        !before.ends_with(|c: char| c.is_ascii_digit()) && after.strip_prefix(":00").is_some()
    });
    empty || pieces(osm, "; ").contains(&"24/7") && !outside.contains("24")
}

/// The days of a rule of plain hours, as written: `Mo-Fr` of `Mo-Fr 09:00-12:00 "accueil"`; `None` when it is no such rule.
fn days_of_rule(rule: &str) -> Option<&str> {
    let plain = rule.split('"').next().unwrap_or_default();
    let is_hourly = !["off", "closed", "unknown"].iter().any(|word| plain.contains(word));
    let (days, times) = plain.split_once(' ')?;
    (is_hourly && begins_with_a_time(times) && pieces(rule, ", ").len() == 1).then_some(days)
}

/// `Mo 09:00-12:00; Mo 14:00-17:00`: the notation drops the first hours, and nobody who wrote a list meant that.
fn repeats_days(osm: &str) -> bool {
    let rules = pieces(osm, "; ");
    let days: Vec<Option<&str>> = rules.iter().map(|rule| days_of_rule(rule)).collect();
    days.iter().enumerate().any(|(at, of)| of.is_some() && days[..at].contains(of))
}

/// Hours that name the same days in several rules: together when they are apart from one another, as text otherwise.
fn of_days_said_twice(text: &str, read: &OpeningHours) -> Read {
    let osm = read.osm();
    let twice = || kept(text, "the same days in two rules; both sets of hours cannot hold".to_owned());
    let mut rules: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    for rule in pieces(osm, "; ") {
        let days = days_of_rule(rule);
        match rules.iter_mut().find(|(known, _)| days.is_some() && *known == days) {
            Some((_, same)) => same.push(rule),
            None => rules.push((days, vec![rule])),
        }
    }
    let spans = |rule: &str| Weekly::read(&format!("Mo {}", rule.split_once(' ')?.1))?.spans(0);
    for (_, same) in rules.iter().filter(|(_, same)| same.len() > 1) {
        let Some(each) = same.iter().map(|rule| spans(rule)).collect::<Option<Vec<_>>>() else { return twice() };
        let mut all = each.concat();
        all.sort_unstable();
        if all.windows(2).any(|pair| pair[0].1 > pair[1].0) || osm.contains("||") {
            return twice();
        }
    }
    let joined = rules.iter().map(|(_, same)| same.join(", ")).collect::<Vec<_>>().join("; ");
    match made(&joined) {
        Some((hours, mut remarks)) => {
            let doubt = Doubt::new(Code::RepairedHours, format!("the same days in two rules; read as {joined}"));
            remarks.push(Remark::new(text, Action::ValueRepaired, doubt));
            (hours, remarks)
        }
        None => twice(),
    }
}

/// Hours of which some rules hold; the days of the others are to be checked.
fn of_pieces(text: &str) -> Option<Read> {
    let (told, broken) = pieced::rules(text)?;
    let (hours, mut remarks) = made(&told)?;
    let reason = "hours that end when they begin, or have no end; the other days hold, these are to be checked";
    let remark = |rule| Remark::new(rule, Action::ValueKept, Doubt::new(Code::InvalidHours, reason));
    remarks.extend(broken.into_iter().map(remark));
    Some((hours, remarks))
}

/// Hours of which only closures are known (`Mo off`, `PH off`): of the other days nobody said anything. `None` for any others, and
/// for a week whose every day is closed.
fn of_closures(osm: &str) -> Option<Read> {
    let closes = |rule: &&str| {
        let plain = rule.split('"').next().unwrap_or_default().trim_end();
        plain.ends_with(" off") || plain.ends_with(" closed")
    };
    let rules = pieces(osm, "; ");
    let of_every_day = rules.iter().any(|rule| rule.starts_with("24/7") || rule.starts_with("Mo-Su"));
    let whole = of_every_day || Weekly::read(osm).is_some_and(|week| week.says_every_day());
    if osm.contains("||") || whole || !rules.iter().all(closes) {
        return None;
    }
    let told = format!("Mo-Su unknown \"heures non précisées\"; {osm}");
    OpeningHours::parse(&told, HolidayCalendar::NATIONAL).ok()?;
    let doubt = Doubt::new(Code::InvalidHours, "a closure alone; the hours of the other days are not known");
    Some((Hours::Osm(told), vec![Remark::new(osm, Action::ValueKept, doubt)]))
}

/// Hours some of whose rules name days and no hours (`Mo-Fr`), which the notation takes for the whole day: the days are
/// known, the hours are not.
fn of_every_hour(text: &str, read: &OpeningHours) -> Option<Read> {
    let osm = read.osm();
    // The notation as written again leaves out what is the whole day: `Mo-Fr 00:00-24:00`.
    let rules = pieces(osm, "; ");
    if osm.contains("||") || text.contains("24:00") || !rules.iter().any(|rule| is_hourless(rule)) {
        return None;
    }
    let told = rules.into_iter().map(|rule| {
        if is_hourless(rule) { format!("{rule} unknown \"heures non précisées\"") } else { rule.to_owned() }
    });
    let told = told.collect::<Vec<_>>().join("; ");
    let doubt = Doubt::new(Code::InvalidHours, "days without hours; expected such as Mo-Fr 09:00-12:00");
    Some((Hours::Osm(told), vec![Remark::new(osm, Action::ValueKept, doubt)]))
}

/// Hours in OpenStreetMap syntax that were made of other words; an opening before 06:00 is remarked.
#[must_use]
pub fn of_osm(osm: &str) -> Read {
    made(osm).unwrap_or_else(|| (Hours::Osm(osm.to_owned()), Vec::new()))
}

/// The same; `None` when they cannot be read again.
#[must_use]
pub fn made(osm: &str) -> Option<Read> {
    once(&MADE, osm, || OpeningHours::parse(osm, HolidayCalendar::NATIONAL).ok().map(|read| checked(osm, &read)))
}

/// Hours that were read.
fn checked(osm: &str, read: &OpeningHours) -> Read {
    if let Some(told) = of_closures(osm) {
        return told;
    }
    let doubt = || Doubt::new(Code::InvalidHours, "an opening before 06:00; shown as to be checked");
    let early = read.begins_early().then(|| Remark::new(osm, Action::ValueKept, doubt()));
    (Hours::Osm(osm.to_owned()), early.into_iter().collect())
}

/// « lundi : 9h-12h ; mardi : … », for hours no rule could read.
#[must_use]
pub fn by_day(texts: &[Vec<&str>; 7]) -> String {
    let said = WEEKDAYS.iter().zip(texts).filter(|(_, texts)| !texts.is_empty());
    said.map(|(day, texts)| format!("{day} : {}", texts.join(", "))).collect::<Vec<_>>().join(" ; ")
}

/// Hours that nobody could read, and why.
#[must_use]
pub fn kept(text: &str, reason: String) -> Read {
    let remark = Remark::new(text, Action::ValueKept, Doubt::new(Code::InvalidHours, reason));
    (Hours::Text(text.to_owned()), vec![remark])
}

fn is_french_day(word: &str) -> bool {
    WEEKDAYS.contains(&word.strip_suffix('s').unwrap_or(word))
}

/// The `plage_ouverture` of service-public (DILA), a list of ranges of days, as one French sentence; `None` for any other
/// text.
fn of_service_public(text: &str) -> Option<String> {
    if !text.contains("nom_jour_debut") {
        return None;
    }
    let Value::Array(ranges) = serde_json::from_str(text).ok()? else { return None };
    let clauses = ranges.iter().map(|range| {
        let said = |key: &str| range.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let time = |key: &str| said(key).map(|time| time.get(..5).unwrap_or(time));
        let (first, last) = (said("nom_jour_debut")?, said("nom_jour_fin").unwrap_or_default());
        let days = if last.is_empty() || last == first { first.to_owned() } else { format!("{first} au {last}") };
        let spans = ["1", "2"].iter().filter_map(|n| {
            let from = time(&format!("valeur_heure_debut_{n}"))?;
            Some(format!("{from} - {}", time(&format!("valeur_heure_fin_{n}")).unwrap_or_default()))
        });
        let comment = said("commentaire").map(|comment| format!(" {comment}")).unwrap_or_default();
        Some(format!("{days} : {}{comment}", spans.collect::<Vec<_>>().join(" et ")))
    });
    Some(clauses.collect::<Option<Vec<_>>>()?.join(", "))
}

#[cfg(test)]
mod tests;
