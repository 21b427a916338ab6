//! Which weeks a description gives: « Ateliers le mercredi de 9 h 15 à 12 h 30 (semaines impaires) ». Hours that look like those of
//! every week would send people to a closed door every other week.

use super::clause::{Word, words};
use super::comment::{Named, clauses, named};
use super::weekly::{Weekly, quoted, some_of};
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Words of every second week that do not say which, folded.
const EVERY_SECOND: [&str; 5] = ["sur deux", "sur 2", "15 jours", "quinze jours", "quinzaine"];

/// The hours, narrowed to the weeks that a text gives to their days; where it says that it is every second week and not which, or
/// gives a day both, they are to be checked. `None` when it says nothing of weeks, or the hours are no weekly ones.
#[must_use]
pub fn narrowed(text: &str, hours: &Hours) -> Option<(Hours, Remark)> {
    let Hours::Osm(osm) = hours else { return None };
    let mut week = Weekly::read(osm)?;
    let (mut read, mut doubted) = (None, None);
    let clauses = clauses(text);
    for clause in &clauses {
        let words = words(clause);
        let mut days = named(&words);
        if days.is_empty() && clauses.len() == 1 && !words.contains(&Word::Unknown) {
            // « Semaines paires », and nothing else: of whatever day the hours name.
            days = week.open_days().into_iter().map(|day| Named { day, ..Named::default() }).collect();
            let weeks = words.iter().find_map(|word| if let Word::Weeks(weeks) = word { Some(*weeks) } else { None });
            days.iter_mut().for_each(|day| day.weeks = weeks);
        }
        let unsaid = EVERY_SECOND.iter().any(|words| fold(clause).contains(words)) && words.contains(&Word::Some);
        for day in &days {
            if !week.is_open(day.day, day.window) {
                continue;
            }
            let twice = days.iter().any(|other| other.day == day.day && other.weeks != day.weeks);
            match day.weeks.filter(|_| !twice).and_then(|weeks| some_of(&[], Some(weeks))) {
                Some(selector) => {
                    week.narrow(day.day, &selector);
                    read = Some(*clause);
                }
                None if day.weeks.is_some() || unsaid => {
                    week.doubt(day.day, day.window, clause);
                    doubted = Some(*clause);
                }
                None => {}
            }
        }
    }
    let clause = doubted.or(read)?;
    let hours = week.hours().unwrap_or_else(|| Hours::Text(format!("{osm} \"{}\"", quoted(clause))));
    let (code, action, reason) = match doubted {
        None => (Code::RepairedHours, Action::ValueRepaired, "the description says in which weeks"),
        Some(_) => (Code::InvalidHours, Action::ValueKept, "the description says every second week, and not which"),
    };
    Some((hours, Remark::new(clause, action, Doubt::new(code, reason))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hours::{HolidayCalendar, OpeningHours};

    fn read(text: &str, osm: &str) -> Option<String> {
        match narrowed(text, &Hours::Osm(osm.into()))?.0 {
            Hours::Osm(osm) => Some(osm),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_weeks_that_a_description_gives_are_those_of_the_hours() {
        for (text, osm, expected) in [
            (
                "Ateliers le mercredi de 9H15 à 12H30, par AGIR avec le bus de services (semaines impaires).  Numéro de téléphone : 05 55 82 80 47 / 07 48 88 34 96",
                "We 09:15-12:30",
                "week 1-53/2 We 09:15-12:30",
            ),
            (
                "Ateliers le mercredi de 9H à 12H30, par AGIR avec le bus de services (semaines paires).  Numéro de téléphone : 05 55 82 80 47",
                "We 09:00-12:30",
                "week 2-52/2 We 09:00-12:30",
            ),
            (
                "Le lundi après-midi des semaines paires et le mardi après-midi des semaines impaires.",
                "Mo,Tu 14:00-17:00",
                "week 2-52/2 Mo 14:00-17:00; week 1-53/2 Tu 14:00-17:00",
            ),
            ("Semaines paires", "Th 09:00-12:00", "week 2-52/2 Th 09:00-12:00"),
            (
                "Le lundi. Le jeudi (semaines paires).",
                "Mo,Th 09:00-12:00",
                "Mo 09:00-12:00; week 2-52/2 Th 09:00-12:00",
            ),
        ] {
            assert_eq!(read(text, osm).as_deref(), Some(expected), "{text}");
            assert!(OpeningHours::parse(expected, HolidayCalendar::NATIONAL).is_ok(), "{expected}");
        }
    }

    #[test]
    fn weeks_that_are_not_said_put_the_hours_in_doubt_and_other_texts_leave_them_alone() {
        for text in ["Ateliers le mercredi, une semaine sur deux", "Le mercredi tous les 15 jours"] {
            let osm = read(text, "We 09:00-12:00").unwrap();
            assert!(osm.starts_with("We 09:00-12:00 unknown \""), "{osm}");
        }
        for text in [
            "Près d'un habitant sur trois est abonné à la médiathèque.",
            "L'association s'appuie sur deux équipements : un centre social et un espace de vie sociale.",
            "Ateliers le jeudi (semaines paires)",
            "Une semaine sur deux, un jeu de société. Le mercredi, ordinateurs",
            "Ouvert le mercredi",
            "",
        ] {
            assert_eq!(read(text, "We 09:00-12:00"), None, "{text}");
        }
        assert_eq!(read("Le mercredi (semaines paires)", "week 2-52/2 We 09:00-12:00"), None, "it says so already");
        assert_eq!(narrowed("Le mercredi (semaines paires)", &Hours::Unknown), None);
    }
}
