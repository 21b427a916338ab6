//! Opening hours in words, on the clock of the venue's own wall.

use chrono::NaiveDateTime;

use crate::atlas::Atlas;
use crate::domain::hours::{HolidayCalendar, OpenState, OpeningHours, contradicts, local_time, spelled};
use crate::domain::{Hours, Venue};

/// What a visitor reads about opening hours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opening {
    /// One sentence for now.
    pub now: String,
    /// Open at this moment.
    pub open: bool,
    /// The week, one line for each group of days; empty when hours are unknown.
    pub week: Vec<String>,
}

/// Letters of hours to be checked that are shown among other venues.
const AT_A_GLANCE: usize = 60;

/// The hours of a venue, at an instant in UTC.
#[must_use]
pub fn opening(atlas: &Atlas, venue: &Venue, now: NaiveDateTime) -> Opening {
    match &venue.hours {
        Hours::Unknown => Opening { now: "Horaires non communiqués".into(), ..Opening::default() },
        Hours::Text(text) => in_their_words(text),
        Hours::Osm(osm) => {
            let departement = departement(atlas, venue);
            let calendar = departement.map_or(HolidayCalendar::NATIONAL, HolidayCalendar::of_departement);
            // The edition holds hours that were read once; a text that no longer reads is still shown.
            let Ok(hours) = OpeningHours::parse(osm, calendar) else { return in_their_words(osm) };
            let week = hours.week_words();
            let Some(departement) = departement else {
                // Without a commune there is no telling what time it is there.
                return Opening { now: week.join(" ; "), open: false, week };
            };
            let there = local_time(departement, now);
            let open = matches!(hours.open_state(there), OpenState::Open { .. });
            Opening { now: hours.sentence(there), open, week }
        }
    }
}

/// The time on the wall of a venue, and whether it is open; `None` when its hours cannot be evaluated, or nobody knows where it is.
#[must_use]
pub fn state_of(atlas: &Atlas, venue: &Venue, now: NaiveDateTime) -> Option<(NaiveDateTime, OpenState)> {
    let Hours::Osm(osm) = &venue.hours else { return None };
    let departement = departement(atlas, venue)?;
    let hours = OpeningHours::parse(osm, HolidayCalendar::of_departement(departement)).ok()?;
    let there = local_time(departement, now);
    let state = match hours.open_state(there) {
        OpenState::Closed { opens: None, note } if hours.may_open(there) => OpenState::Unknown { note },
        state => state,
    };
    Some((there, state))
}

fn in_their_words(text: &str) -> Opening {
    let text = spelled(text);
    if contradicts(&text) {
        let doubt = format!("à vérifier, téléphonez («\u{a0}{text}\u{a0}»)");
        // A week of contradictions helps nobody who is choosing: the page of the venue has it in full.
        let is_long = text.chars().count() > AT_A_GLANCE;
        let now = if is_long { "Horaires à vérifier, téléphonez".to_owned() } else { format!("Horaires {doubt}") };
        return Opening { now, open: false, week: vec![doubt] };
    }
    Opening { now: format!("Horaires\u{a0}: {text}"), open: false, week: vec![text] }
}

fn departement<'a>(atlas: &'a Atlas, venue: &Venue) -> Option<&'a str> {
    let ordinal = atlas.places().by_code(venue.commune?)?;
    Some(atlas.communes()[ordinal].departement.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{atlas, venue};
    use super::*;

    /// Tuesday 6 August 2024, in UTC.
    fn at(hour: u32) -> NaiveDateTime {
        chrono::NaiveDate::from_ymd_opt(2024, 8, 6).unwrap().and_hms_opt(hour, 0, 0).unwrap()
    }

    #[test]
    fn the_same_instant_is_noon_in_lyon_and_afternoon_in_la_reunion() {
        let hours = Hours::Osm("Mo-Fr 09:00-12:30".into());
        let lyon = Venue { hours: hours.clone(), ..venue("a", "69123") };
        let reunion = Venue { hours, ..venue("b", "97411") };
        let here = opening(&atlas(), &lyon, at(10));
        let there = opening(&atlas(), &reunion, at(10));
        assert!(here.open && here.now.starts_with("Ouvert jusqu'à 12"), "{}", here.now);
        assert!(!there.open && there.now.starts_with("Fermé"), "{}", there.now);
    }

    #[test]
    fn unknown_hours_are_said_and_texts_are_kept() {
        assert_eq!(opening(&atlas(), &venue("a", "69123"), at(10)).now, "Horaires non communiqués");
        let venue = Venue { hours: Hours::Text("le mardi sur rendez-vous".into()), ..venue("a", "69123") };
        assert!(opening(&atlas(), &venue, at(10)).now.ends_with("le mardi sur rendez-vous"));
        let both = Venue { hours: Hours::Text("lundi\u{a0}: 09:00 - 17:30 / 09:00 - 12:00".into()), ..venue };
        assert!(opening(&atlas(), &both, at(10)).now.starts_with("Horaires à vérifier, téléphonez («"));
        let week = "lundi\u{a0}: 09:00 - 17:30 / 09:00 - 12:00 ; mardi\u{a0}: 09:00 - 17:30 / 09:00 - 12:00";
        let long = opening(&atlas(), &Venue { hours: Hours::Text(week.into()), ..both }, at(10));
        assert_eq!(long.now, "Horaires à vérifier, téléphonez");
        assert!(long.week[0].contains("mardi"), "{:?}", long.week);
    }
}
