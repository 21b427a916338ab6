//! What a comment beside weekly hours says of them: « Ouvert le 1er samedi du mois », « Fermé le 2e lundi de chaque mois »,
//! « du 9 au 30 août ». Read on the 830 comments of the list of France services of August 2024.
//!
//! A clause all of whose words are known narrows the hours; of any other, the hours stay with its words beside them, to be
//! checked. Clauses about other places (permanences, antennes, itinérance) say nothing of these hours.

use chrono::NaiveDate;

use super::clause::{Word, words, year_of};
use super::weekly::{Weekly, quoted, some_of};
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::hours::notation::{DAYS, MONTHS, written};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Words of other places, folded: what is said beside them holds there.
const ELSEWHERE: [&str; 10] =
    ["permanence", "itineran", "antenne", "annexe", "mairie", "mediatheque", "bus ", "camion", "delocalis", "deplace"];
/// Words after which hours hold from a day on: whether before or after those of the columns, nobody can tell.
const SINCE: [&str; 4] = ["a partir d", "a compter d", "depuis ", "reste ouver"];
/// « À guichet fermé » is an appointment.
const NO_CLOSURE: &str = "guichet ferme";

/// How a clause was heard.
enum Heard {
    /// It narrows the hours.
    Read,
    /// It stands beside them.
    Doubted,
    /// It speaks of days that are over, and so does what follows.
    Over,
}

/// The hours as their comment leaves them, and what there is to say; `None` when it says nothing of them. `seen` is the day
/// of the list: what ended before has no effect.
#[must_use]
pub fn narrowed(comment: &str, hours: &Hours, seen: Option<NaiveDate>) -> Option<(Hours, Vec<Remark>)> {
    let Hours::Osm(osm) = hours else { return None };
    let mut week = Weekly::read(osm)?;
    let clauses = clauses(comment);
    let mut remarks = Vec::new();
    for clause in &clauses {
        let (code, action, reason) = match heard(clause, clauses.len() == 1, &mut week, seen) {
            None => continue,
            Some(Heard::Over) => break,
            Some(Heard::Read) => (Code::RepairedHours, Action::ValueRepaired, "the comment says on which days"),
            Some(Heard::Doubted) => (
                Code::InvalidHours,
                Action::ValueKept,
                "the comment narrows the hours in a way no rule reads; shown beside them",
            ),
        };
        remarks.push(Remark::new(*clause, action, Doubt::new(code, reason)));
    }
    if remarks.is_empty() {
        return None;
    }
    let hours = week.hours().unwrap_or_else(|| Hours::Text(format!("{osm} \"{}\"", quoted(comment))));
    Some((hours, remarks))
}

/// What stands between full stops, lines, dashes and « mais ». What is said of school holidays goes on across a slash.
pub(super) fn clauses(comment: &str) -> Vec<&str> {
    let across = fold(comment).contains("vacances");
    let parts = comment.split([';', '\n', '!']).flat_map(|part| part.split(". ")).flat_map(|part| part.split(" mais "));
    let parts = parts.flat_map(|part| if across { vec![part] } else { part.split(" / ").collect() });
    let parts = parts
        .flat_map(|part| part.split(" - ferm").enumerate().map(|(at, piece)| (at, piece, part)).collect::<Vec<_>>());
    // « … - fermé le 2e lundi »: the word that a dash parts from what is before goes with what is after.
    let parts = parts.map(|(at, piece, part)| if at == 0 { piece } else { &part[part.len() - piece.len() - 4..] });
    parts.map(|part| part.trim_matches([' ', '.', '*', '-'])).filter(|part| !part.is_empty()).collect()
}

fn heard(clause: &str, alone: bool, week: &mut Weekly, seen: Option<NaiveDate>) -> Option<Heard> {
    let folded = fold(clause);
    if ELSEWHERE.iter().chain(&SINCE).any(|word| folded.contains(word)) || folded.contains(NO_CLOSURE) {
        return None;
    }
    let words = words(clause);
    let has = |word: Word| words.contains(&word);
    let timetable = folded.contains("horaires");
    let known = !has(Word::Unknown);
    if !(has(Word::Opens) || has(Word::Closes) || timetable || has(Word::Vacations) || alone && known) {
        return None;
    }
    let said = Said { clause, words: &words, known, opens: has(Word::Opens), closes: has(Word::Closes) };
    if folded.starts_with("horaires") && said.cuts_every_day(week) {
        return Some(Heard::Read);
    }
    // Another timetable for a season, with the same times, changes nothing.
    if timetable && (has(Word::Vacations) || has(Word::Summer)) && said.has_the_times_of(week) {
        return None;
    }
    let dates = said.dates();
    if !dates.is_empty() {
        if !(said.closes || timetable || has(Word::Only)) {
            return None;
        }
        let plain = format!(" {} ", folded.replace(['(', ':', ','], " "));
        let is_range = plain.contains(" du ") || plain.contains(" entre ");
        let selector = if is_range { range(&dates) } else { None };
        return Some(said.on_dates(&dates, selector, week, seen));
    }
    let months: Vec<u32> =
        words.iter().filter_map(|word| if let Word::Month(month) = word { Some(*month) } else { None }).collect();
    if said.closes && !months.is_empty() && said.days().is_empty() {
        let each: Vec<&str> = months.iter().map(|month| MONTHS[*month as usize - 1]).collect();
        let plain = known && !said.opens && months.len() == 1 && said.window().is_none() && said.times().is_empty();
        if plain {
            week.add(format!("{} off", each.join(",")));
            return Some(Heard::Read);
        }
        return Some(said.doubts_in(&each.join(","), week));
    }
    if has(Word::Vacations) {
        // « Fermeture à 16h pendant les vacances » closes no day.
        let plain = known && said.closes && !said.opens && said.days().is_empty() && said.window().is_none();
        if plain && said.times().is_empty() && !folded.contains("hors") {
            week.add("SH off".to_owned());
            return Some(Heard::Read);
        }
        return said.doubts(&said.days_or_all(week), week);
    }
    if has(Word::Summer) && (said.closes || timetable) {
        return Some(said.doubts_in("Jun-Sep", week));
    }
    if words.iter().any(|word| matches!(word, Word::Rank(_) | Word::Weeks(_) | Word::Some)) {
        return said.on_some_days(week);
    }
    if said.closes {
        return said.closed(week);
    }
    if said.opens && known && has(Word::Only) { said.only(week) } else { None }
}

/// A clause, and what it speaks of.
struct Said<'a> {
    clause: &'a str,
    words: &'a [Word],
    /// Every word of it is known.
    known: bool,
    opens: bool,
    closes: bool,
}

/// One day that a clause names, and which of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub day: usize,
    pub ranks: Vec<i8>,
    pub weeks: Option<u8>,
    pub window: Option<(u32, u32)>,
}

impl Said<'_> {
    fn days(&self) -> Vec<Named> {
        named(self.words)
    }

    fn days_or_all(&self, week: &Weekly) -> Vec<Named> {
        let mut days = self.days();
        if days.is_empty() {
            days = week.open_days().into_iter().map(|day| Named { day, ..Named::default() }).collect();
        }
        days
    }

    fn times(&self) -> Vec<u32> {
        self.words.iter().filter_map(|word| if let Word::Time(time) = word { Some(*time) } else { None }).collect()
    }

    /// The two times, or the half of a day, that the clause names before any day.
    fn window(&self) -> Option<(u32, u32)> {
        let half =
            self.words.iter().find_map(|word| if let Word::Half(half) = word { Some(half.window()) } else { None });
        if let [from, until] = self.times()[..] { Some((from, until)) } else { half }
    }

    fn has_the_times_of(&self, week: &Weekly) -> bool {
        let mut said = self.times();
        let spans = week.open_days().into_iter().filter_map(|day| week.spans(day)).flatten();
        let mut known: Vec<u32> = spans.flat_map(|(from, until)| [from, until]).collect();
        for times in [&mut said, &mut known] {
            times.sort_unstable();
            times.dedup();
        }
        said == known
    }

    /// « Horaires : 8h45-11h30/14h-16h30 », where the columns say 8:45 to 16:30 of every day.
    fn cuts_every_day(&self, week: &mut Weekly) -> bool {
        let times =
            self.words[1..].iter().map_while(|word| if let Word::Time(time) = word { Some(*time) } else { None });
        let [from, noon, again, until] = times.collect::<Vec<_>>()[..] else { return false };
        let days = week.open_days();
        let cut = [from, noon, again, until].is_sorted()
            && days.iter().all(|day| week.spans(*day).is_some_and(|spans| spans == [(from, until)]));
        if cut {
            days.into_iter().for_each(|day| week.set(day, &[(from, noon), (again, until)]));
        }
        cut
    }

    /// « le 10 mai », « du 9 au 30 août », « les 23 et 30 décembre », `03/07, 10/07`: month and day.
    fn dates(&self) -> Vec<(u32, u32)> {
        let (mut dates, mut waiting) = (Vec::new(), Vec::new());
        for word in self.words {
            match word {
                Word::Date(day, month) => dates.push((*month, *day)),
                Word::Number(day @ 1..=31) => waiting.push(*day),
                Word::Rank(1) => waiting.push(1),
                Word::Month(month) => dates.extend(waiting.drain(..).map(|day| (*month, day))),
                _ => {}
            }
        }
        dates
    }

    /// The hours of these dates are to be checked, of all between them when they are a range.
    fn on_dates(
        &self,
        dates: &[(u32, u32)],
        range: Option<[String; 2]>,
        week: &mut Weekly,
        seen: Option<NaiveDate>,
    ) -> Heard {
        let year = year_of(self.clause);
        let last =
            |year: i32| dates.iter().filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, *month, *day)).max();
        if seen.is_some() && year.and_then(last).is_some_and(|last| Some(last) < seen) {
            return Heard::Over;
        }
        let year = year.map(|year| format!("{year} ")).unwrap_or_default();
        let selector = match range {
            // From December to January, of whichever year.
            Some([from, until]) if dates[0] > dates[1] => format!("{from}-{until}"),
            Some([from, until]) => format!("{year}{from}-{year}{until}"),
            None => dates.iter().map(|date| format!("{year}{}", month_day(*date))).collect::<Vec<_>>().join(","),
        };
        self.doubts_in(&selector, week)
    }

    /// The hours of some part of the year are to be checked.
    fn doubts_in(&self, selector: &str, week: &mut Weekly) -> Heard {
        week.add(format!("{selector} {} unknown \"{}\"", week.selector(), quoted(self.clause)));
        Heard::Doubted
    }

    /// The hours of these days are to be checked.
    fn doubts(&self, days: &[Named], week: &mut Weekly) -> Option<Heard> {
        let mut heard = None;
        for named in days {
            if week.is_open(named.day, named.window) {
                week.doubt(named.day, named.window, self.clause);
                heard = Some(Heard::Doubted);
            }
        }
        heard
    }

    /// Some days of the month, some weeks.
    fn on_some_days(&self, week: &mut Weekly) -> Option<Heard> {
        let mut days = self.days_or_all(week);
        let which = self.words.iter().any(|word| matches!(word, Word::Rank(_) | Word::Weeks(_)));
        let everywhere = days.iter().all(|day| day.ranks.is_empty() && day.weeks.is_none());
        if which && !everywhere {
            days.retain(|day| !day.ranks.is_empty() || day.weeks.is_some());
        }
        if self.opens && self.closes || !which || everywhere && days.len() > 1 || !self.known {
            return self.doubts(&days, week);
        }
        if everywhere {
            let weeks =
                self.words.iter().find_map(|word| if let Word::Weeks(weeks) = word { Some(*weeks) } else { None });
            days.iter_mut().for_each(|day| day.weeks = weeks);
        }
        let mut heard = None;
        for named in &days {
            let Some(selector) = some_of(&named.ranks, named.weeks) else { return self.doubts(&days, week) };
            let told = if self.closes { self.close(named, &selector, week) } else { self.open(named, &selector, week) };
            heard = told.or(heard);
        }
        heard
    }

    /// « Fermé le 3e jeudi après-midi du mois ».
    fn close(&self, named: &Named, selector: &str, week: &mut Weekly) -> Option<Heard> {
        let window = if let [from, until] = self.times()[..] { Some((from, until)) } else { named.window };
        if !week.is_open(named.day, window) {
            return None;
        }
        let left = window.map_or_else(|| Some(Vec::new()), |window| week.without(named.day, window));
        let Some(left) = left.filter(|_| self.times().len() != 1) else {
            return self.doubts(std::slice::from_ref(named), week);
        };
        let left = if left.is_empty() { "off".to_owned() } else { written(&left) };
        week.add(format!("{} {left}", selector.replace("{}", DAYS[named.day])));
        Some(Heard::Read)
    }

    /// « Ouvert le 1er samedi du mois de 9h à 12h ».
    fn open(&self, named: &Named, selector: &str, week: &mut Weekly) -> Option<Heard> {
        if !week.is_open(named.day, named.window) {
            return None;
        }
        let spans = week.spans(named.day).unwrap_or_default();
        let within = |(from, until): (u32, u32)| spans.iter().all(|(start, end)| from <= *start && *end <= until);
        let times = self.times();
        let fits = times.is_empty() || spans.iter().flat_map(|(from, until)| [*from, *until]).eq(times);
        if !fits || !named.window.is_none_or(within) {
            return self.doubts(std::slice::from_ref(named), week);
        }
        week.narrow(named.day, selector);
        Some(Heard::Read)
    }

    /// « Ouvert uniquement les lundi et samedi matin et le mercredi »: what the columns say of more than that is to be checked.
    fn only(&self, week: &mut Weekly) -> Option<Heard> {
        let mut named = self.days();
        if named.is_empty() || !self.times().is_empty() {
            return None;
        }
        // A half after several days is that of each of them.
        for at in (1..named.len()).rev() {
            named[at - 1].window = named[at - 1].window.or(named[at].window);
        }
        let mut heard = None;
        for day in week.open_days() {
            let said: Vec<Option<(u32, u32)>> = named.iter().filter(|n| n.day == day).map(|n| n.window).collect();
            let beyond = match said[..] {
                [] => None,
                [Some((0, until))] => Some((until, 24 * 60)),
                [Some((from, _))] => Some((0, from)),
                _ => continue,
            };
            if week.is_open(day, beyond) {
                week.doubt(day, beyond, self.clause);
                heard = Some(Heard::Doubted);
            }
        }
        heard
    }

    /// « Fermé le mercredi », where the columns say that it opens; « fermeture quotidienne de 12h à 13h30 ».
    fn closed(&self, week: &mut Weekly) -> Option<Heard> {
        let at = self.words.iter().position(|word| *word == Word::Closes).filter(|_| self.opens).unwrap_or(0);
        let mut days = named(&self.words[at..]);
        let pair = if let [from, until] = self.times()[..] { Some((from, until)) } else { None };
        if let Some(window) = pair {
            days.iter_mut().for_each(|day| day.window = Some(window));
            if days.is_empty() && self.known && !self.opens {
                let cut: Vec<(usize, Vec<(u32, u32)>)> =
                    week.open_days().into_iter().filter_map(|day| Some((day, week.without(day, window)?))).collect();
                cut.iter().filter(|(_, left)| !left.is_empty()).for_each(|(day, left)| week.set(*day, left));
                return (!cut.is_empty()).then_some(Heard::Read);
            }
        }
        self.doubts(&days, week)
    }
}

/// The days in order, each with the ranks before it, the kind of week after it (or before all of them), and its half.
pub(super) fn named(words: &[Word]) -> Vec<Named> {
    let mut days: Vec<Named> = Vec::new();
    let (mut ranks, mut first, mut open) = (Vec::new(), None, 0);
    for word in words {
        match word {
            Word::Rank(rank) => ranks.push(*rank),
            Word::Day(day) => {
                days.push(Named { day: *day, ranks: std::mem::take(&mut ranks), weeks: first, window: None });
            }
            Word::Weeks(weeks) if days.is_empty() => first = Some(*weeks),
            Word::Weeks(weeks) => {
                days[open..].iter_mut().for_each(|day| day.weeks = Some(*weeks));
                open = days.len();
            }
            Word::Half(half) => {
                if let Some(last) = days.last_mut() {
                    last.window = Some(half.window());
                }
            }
            _ => {}
        }
    }
    days
}

/// The ends of a range of two dates.
fn range(dates: &[(u32, u32)]) -> Option<[String; 2]> {
    if let [from, until] = *dates { Some([month_day(from), month_day(until)]) } else { None }
}

/// `Aug 9`.
fn month_day((month, day): (u32, u32)) -> String {
    format!("{} {day}", MONTHS[month as usize - 1])
}

#[cfg(test)]
mod tests;
