//! Hours in OpenStreetMap notation some rules of which hold while others cannot be read: `Tu 18:00-18:00; We 10:00-18:00`. A slip
//! in one line of a form takes nothing from the other days.

use super::weekly::{Weekly, quoted};
use crate::domain::hours::{HolidayCalendar, OpeningHours, spelled};

/// The rules that hold, with the words of the others on their days, and the others as they came; `None` when none holds, when
/// all do, or when nobody can tell of which days one of them is.
#[must_use]
pub fn rules(text: &str) -> Option<(String, Vec<&str>)> {
    let rules: Vec<&str> = text.split(';').map(str::trim).filter(|rule| !rule.is_empty()).collect();
    if rules.len() < 2 || text.contains(['"', '|']) {
        return None;
    }
    let days: Vec<Vec<usize>> = rules.iter().map(|rule| days_of(rule)).collect::<Option<_>>()?;
    let (mut told, mut broken) = (Vec::new(), Vec::new());
    for (at, rule) in rules.iter().enumerate() {
        if OpeningHours::parse(rule, HolidayCalendar::NATIONAL).is_ok() {
            told.push((*rule).to_owned());
            continue;
        }
        // What other rules say of its days would be hidden by its own.
        let shares = |other: usize| other != at && days[other].iter().any(|day| days[at].contains(day));
        let words = if (0..rules.len()).any(shares) { spelled(text) } else { spelled(rule) };
        let selector = rule.split(' ').next().unwrap_or_default();
        told.push(format!("{selector} unknown \"{}\"", quoted(&words)));
        broken.push(*rule);
    }
    (!broken.is_empty() && broken.len() < rules.len()).then(|| (told.join("; "), broken))
}

/// The days of the week that a rule begins with; `None` when it begins with anything else, or says no more.
fn days_of(rule: &str) -> Option<Vec<usize>> {
    let (days, times) = rule.split_once(' ')?;
    let begins = times.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let closes = matches!(times.trim(), "off" | "closed");
    if !begins && !closes {
        return None;
    }
    let days = Weekly::read(&format!("{days} 00:00-01:00"))?.open_days();
    (!days.is_empty()).then_some(days)
}

#[cfg(test)]
mod tests {
    fn osm(text: &str) -> Option<String> {
        super::rules(text).map(|(told, _)| told)
    }

    #[test]
    fn a_slip_in_one_rule_takes_nothing_from_the_other_days() {
        for (text, expected) in [
            ("Tu 18:00-18:00; We 10:00-18:00", "Tu unknown \"mardi 18 h à 18 h\"; We 10:00-18:00"),
            ("Mo-Th 09:00-12:00; Fr 08:00", "Mo-Th 09:00-12:00; Fr unknown \"vendredi 8 h\""),
            (
                "Mo-We 09:00-12:00,14:00-17:00; Th 09:00-12:00,14:00-14:00; Fr 09:00-12:00",
                "Mo-We 09:00-12:00,14:00-17:00; Th unknown \"jeudi 9 h à 12 h, 14 h à 14 h\"; Fr 09:00-12:00",
            ),
            ("Mo 09:00-12:00; Fr 09:00-12:00-17:00", "Mo 09:00-12:00; Fr unknown \"vendredi 9 h à 12 h à 17 h\""),
            // The words of the one rule would hide those of the other.
            (
                "Mo,Tu 09:00-12:30; Tu 13:30",
                "Mo,Tu 09:00-12:30; Tu unknown \"lundi, mardi 9 h à 12 h 30 ; mardi 13 h 30\"",
            ),
        ] {
            assert_eq!(osm(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_of_no_day_or_wholly_broken_stays_a_text() {
        for text in [
            "Mo 09:00",
            "Mo 09:00; Tu 10:00",
            "Mo 09:00-12:00; Tu 10:00-12:00",
            "2022 Jan 1 Mo 09:00-12:00; Tu 18:00-18:00",
            "lundi 9h-12h; mardi",
            "Mo; Tu 18:00-18:00",
            "Mo 09:00-12:00 \"sur rendez-vous\"; Tu 18:00-18:00",
            "Mo 09:00-12:00; PH sunrise-sunset",
        ] {
            assert_eq!(osm(text), None, "{text}");
        }
    }
}
