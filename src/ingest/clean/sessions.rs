//! Sessions whose name says when they are held: « Mairie (05/10 - 02/11 - 07/12) », « Centre (semaines paires) », « Mairie
//! (premiers lundis du mois) ». Their hours are those of these days alone; read as every week, they would send people to a
//! closed door.

use chrono::{Datelike, NaiveDate};

use super::clause::{Word, words};
use super::weekly::Weekly;
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::hours::notation::{DAYS, MONTHS, alternate_weeks};
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
    Contradicted,
}

/// The hours of a place, narrowed to what its name says of them; `None` when it says nothing, or the hours are no weekly
/// ones. `about` is the day of the record: dates without a year are those nearest to it.
#[must_use]
pub fn narrowed(name: &str, hours: &Hours, about: Option<NaiveDate>) -> Option<(Hours, Remark)> {
    let Hours::Osm(osm) = hours else { return None };
    let is_weekly = osm.split("; ").all(|rule| rule.starts_with("PH ") || DAYS.iter().any(|day| rule.starts_with(day)));
    if !is_weekly || osm.contains('[') {
        return None;
    }
    let when = weeks(name)
        .or_else(|| ranks(name))
        .or_else(|| in_a_period(name))
        .or_else(|| dates(name, about, osm))
        .or_else(|| one_day(name))?;
    let read = match &when {
        When::Before(selector) => rewritten(osm, |days, times| Some(format!("{selector} {days} {times}"))),
        When::Ranks(day, ranks) => {
            rewritten(osm, |days, times| (days == DAYS[*day]).then(|| format!("{days}[{ranks}] {times}")))
        }
        When::Unread | When::Contradicted => None,
    };
    let read = read.filter(|osm| OpeningHours::parse(osm, HolidayCalendar::NATIONAL).is_ok());
    Some(if let Some(osm) = read {
        let doubt = Doubt::new(Code::RepairedHours, format!("the name says on which days; read as {osm}"));
        (Hours::Osm(osm), Remark::new(name, Action::ValueRepaired, doubt))
    } else {
        let reason = match when {
            When::Contradicted => "the name gives days that are not those of the hours",
            _ => "the name says on which days, in a way no rule reads",
        };
        let doubt = Doubt::new(Code::InvalidHours, reason);
        let note = name.replace('"', "'");
        (Hours::Text(format!("{osm} \"{note}\"")), Remark::new(name, Action::ValueKept, doubt))
    })
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
fn in_a_period(name: &str) -> Option<When> {
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
    (bounded || between).then_some(When::Unread)
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
        return Some(When::Contradicted);
    }
    let osm = |day: &NaiveDate| format!("{} {} {}", day.year(), MONTHS[day.month0() as usize], day.day());
    Some(When::Before(days.iter().map(osm).collect::<Vec<_>>().join(",")))
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
mod tests {
    use super::*;

    fn read(name: &str, osm: &str) -> Option<Hours> {
        let about = NaiveDate::from_ymd_opt(2022, 12, 1);
        narrowed(name, &Hours::Osm(osm.into()), about).map(|(hours, _)| hours)
    }

    #[test]
    fn a_name_that_says_which_weeks_or_days_narrows_the_hours() {
        for (name, osm, expected) in [
            ("Darney : CENTRE (semaines impaires)", "Th 14:00-16:30", "week 1-53/2 Th 14:00-16:30"),
            ("Mirecourt ( Tous les 15 jours - Semaines paires)", "Fr 09:30-12:00", "week 2-52/2 Fr 09:30-12:00"),
            ("Mairie de Cassagnes (premiers lundis du mois)", "Mo 09:30-12:00", "Mo[1] 09:30-12:00"),
            ("Salle, 1er et 3e mardi de chaque mois", "Tu 14:00-16:00", "Tu[1,3] 14:00-16:00"),
            ("Mairie (07/12)", "We 14:00-16:30", "2022 Dec 7 We 14:00-16:30"),
            (
                "Bibliothèque (13/10- 10/11 - 15/12)",
                "Th 09:45-12:15",
                "2022 Oct 13,2022 Nov 10,2022 Dec 15 Th 09:45-12:15",
            ),
            (
                "MDF Nord itinérante : Passage le 5/12/ 22 - 02/01/23 -30/01/23 ",
                "Mo 09:00-12:00",
                "2022 Dec 5,2023 Jan 2,2023 Jan 30 Mo 09:00-12:00",
            ),
            ("Salle (26/01)", "Th 09:00-12:00", "2023 Jan 26 Th 09:00-12:00"),
            ("Bus numérique - passage le 12/03/2024", "Mo-Fr 09:00-12:00", "2024 Mar 12 Mo-Fr 09:00-12:00"),
            ("Bus : 1er et 3e mardis", "Tu 09:00-12:00", "Tu[1,3] 09:00-12:00"),
            (
                "MDF Sud itinérante (6/12/22 - 3/01/3 - 31/01/23)",
                "Tu 08:30-13:00",
                "2022 Dec 6,2023 Jan 3,2023 Jan 31 Tu 08:30-13:00",
            ),
        ] {
            assert_eq!(read(name, osm), Some(Hours::Osm(expected.into())), "{name}");
            assert!(OpeningHours::parse(expected, HolidayCalendar::NATIONAL).is_ok(), "{expected}");
        }
    }

    #[test]
    fn what_cannot_be_read_for_certain_is_a_text() {
        for (name, osm) in [
            ("MDF Sud itinérante (6/12/22 - 3/01/3)", "Tu 08:30-13:00"),
            ("MDF Sud itinérante (31/01/23 - 3/01/3 - 6/12/22)", "Tu 08:30-13:00"),
            ("Mirecourt (tous les 15 jours)", "Fr 09:30-12:00"),
            ("Mairie (premiers lundis du mois)", "Tu 09:30-12:00"),
            ("Bus (Merlan - Vendredi uniquement)", "Mo-Fr 09:30-12:30"),
            ("Permanence jusqu'au 30/06/2023", "Mo-Fr 09:00-12:00"),
            ("Permanence à partir du 01/10/2024", "Mo-Fr 09:00-12:00"),
            ("Mairie (les lundis du 9 janvier au 13 février 2022)", "Mo 14:00-17:00"),
            ("Permanence (hors vacances scolaires)", "Mo-Fr 09:00-12:00"),
            ("Permanence (1 jeudi sur 2)", "Mo-Fr 09:00-12:00"),
            ("Bus : 1er et 3e mardis", "Mo-Fr 09:00-12:00"),
            ("Permanence (semaine A)", "Mo-Fr 09:00-12:00"),
            ("Permanence (1/2)", "Mo-Fr 09:00-12:00"),
            // A Saturday, and two days that are no Thursdays.
            ("Salle du Champ (18/10 - 15/10 - 20/12)", "Tu 10:00-12:30"),
            ("Bus itinérant : Passage le 08/12/22 - 05/12/23 - 02/02/23 - 02/12/23", "Th 13:30-16:30"),
        ] {
            assert!(matches!(read(name, osm), Some(Hours::Text(text)) if text.contains(name)), "{name}");
        }
    }

    #[test]
    fn other_names_leave_the_hours_alone() {
        for name in [
            "Médiathèque",
            "Syntaxe Erreur 2.0",
            "Mission locale de Marseille antenne du 13/14",
            "Espace 24/7",
            "PANDA 1er mai",
            "A Lundi",
            "Mairie annexe 1/2",
            "La Fraternité de la Belle de Mai",
            "UNION FRANCAISE CENTRE VACANCES LOISIRS",
            "Place du 8 mai 1945",
            "ADJ Le Passage",
            "Espace numérique du 3e lieu",
        ] {
            assert_eq!(read(name, "Mo-Fr 09:00-12:00"), None, "{name}");
        }
        assert!(narrowed("Salle (semaines paires)", &Hours::Unknown, None).is_none());
        assert_eq!(read("Salle (semaines paires)", "week 2-52/2 Tu 09:00-12:00"), None, "it says so already");
    }

    #[test]
    fn a_past_session_is_over_and_an_odd_week_is_not_an_even_one() {
        let at = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let Some(Hours::Osm(osm)) = read("Salle (24/11/22 - 8/12/22)", "Th 09:30-17:30") else { panic!("no hours") };
        let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
        assert_eq!(hours.open_at(at("2022-12-08 10:00")), Some(true));
        assert_eq!(hours.open_at(at("2022-12-15 10:00")), Some(false));
        assert!(hours.sentence(at("2024-09-05 10:00")).starts_with("Terminé"), "{osm}");
        let Some(Hours::Osm(osm)) = read("Salle (semaines paires)", "Th 09:30-17:30") else { panic!("no hours") };
        let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
        // ISO weeks 36 and 37 of 2024.
        assert_eq!(hours.open_at(at("2024-09-05 10:00")), Some(true));
        assert_eq!(hours.open_at(at("2024-09-12 10:00")), Some(false));
    }
}
