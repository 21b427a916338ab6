//! Sessions that were held and are over: the hours of a venue name days with their years, and the last of them is past.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::Atlas;
use crate::domain::hours::{HolidayCalendar, OpeningHours, local_time};
use crate::domain::{Hours, Venue, VenueIx, Withheld};

/// When each venue whose hours have a last day is over, in UTC; few have one.
#[derive(Debug, Default)]
pub(super) struct Ends {
    of: BTreeMap<VenueIx, NaiveDateTime>,
    /// The same instants, ascending: every answer asks how many are past.
    sorted: Vec<NaiveDateTime>,
}

impl Ends {
    fn new(of: BTreeMap<VenueIx, NaiveDateTime>) -> Self {
        let mut sorted: Vec<NaiveDateTime> = of.values().copied().collect();
        sorted.sort_unstable();
        Self { of, sorted }
    }
}

/// The first instant, in UTC, after this day in a département: clocks there are off by whole hours, fourteen at most.
fn end_of(day: NaiveDate, departement: &str) -> Option<NaiveDateTime> {
    let midnight = day.succ_opt()?.and_time(NaiveTime::MIN);
    let mut hours = (-14..=14).filter_map(|hours| midnight.checked_add_signed(TimeDelta::hours(hours)));
    hours.find(|at| local_time(departement, *at).date() > day)
}

/// The last day on which a venue opens; `None` when its hours have none.
#[must_use]
pub fn last_day(venue: &Venue) -> Option<NaiveDate> {
    // Hours without the number of a year have no last day, and reading hours takes long.
    let Hours::Osm(osm) = &venue.hours else { return None };
    let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    if !osm.split(|c: char| !c.is_ascii_alphanumeric()).any(year) {
        return None;
    }
    OpeningHours::parse(osm, HolidayCalendar::NATIONAL).ok()?.last_day()
}

/// Takes what was over before the day of an edition out of what receives the public, for whoever asks [`Venue::receives_public`]:
/// access, coverage, figures, what plans build on. A door behind which other services are stays.
pub fn withhold(venues: &mut [Venue], day: NaiveDate) {
    for venue in venues.iter_mut().filter(|venue| venue.withheld.is_none() && venue.parts.is_empty()) {
        if last_day(venue).is_some_and(|last| last < day) {
            venue.withheld = Some(Withheld::Over);
        }
    }
}

impl Atlas {
    /// Whether a venue will not open again, for all its hours say, at an instant in UTC.
    #[must_use]
    pub fn is_over(&self, venue: VenueIx, at: NaiveDateTime) -> bool {
        self.ends().of.get(&venue).is_some_and(|end| *end <= at)
    }

    /// How many venues are over at an instant in UTC: what an answer depends on that leaves them out.
    #[must_use]
    pub fn over(&self, at: NaiveDateTime) -> usize {
        self.ends().sorted.partition_point(|end| *end <= at)
    }

    /// Noon of the day that the edition describes, or of its newest list: when who has no clock asks.
    #[must_use]
    pub fn day_of_the_edition(&self) -> Option<NaiveDateTime> {
        let newest = || self.venues().iter().filter_map(Venue::attested).max();
        let day = self.edition().as_of.or_else(newest)?;
        Some(day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()))
    }

    fn departement_of(&self, venue: VenueIx) -> &str {
        self.venue_commune(venue).map_or("", |commune| self.communes()[commune].departement.as_str())
    }

    fn ends(&self) -> &Ends {
        self.ends.get_or_init(|| {
            let end = |(ordinal, venue): (VenueIx, &Venue)| {
                Some((ordinal, end_of(last_day(venue)?, self.departement_of(ordinal))?))
            };
            Ends::new(self.venues().iter_enumerated().filter_map(end).collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_over_on_the_day_of_the_edition_receives_nobody() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let venue = |hours: &str| {
            let mut venue = Venue::new("a-1".into(), "Mairie".into());
            venue.hours = Hours::Osm(hours.into());
            venue
        };
        let mut venues: Vec<Venue> = [
            "2022 Oct 5,2022 Nov 2 We 10:00-12:30",
            "2022 Oct 5,2022 Nov 2 10:00-12:30 unknown \"Mairie (05/10 - 02/11)\"",
            "2024 Aug 1 Th 10:00-12:30",
            "We 10:00-12:30; 2022 Dec 25 off",
            "We 10:00-12:30",
        ]
        .map(venue)
        .to_vec();
        withhold(&mut venues, day("2024-08-01"));
        let public: Vec<bool> = venues.iter().map(Venue::receives_public).collect();
        assert_eq!(public, [false, false, true, true, true]);
        let mut closed = venue("2022 Oct 5 We 10:00-12:30");
        closed.withheld = Some(Withheld::Closed);
        let mut venues = [closed];
        withhold(&mut venues, day("2024-08-01"));
        assert_eq!(venues[0].withheld, Some(Withheld::Closed), "what a list says is told first");
    }

    #[test]
    fn a_day_ends_at_midnight_of_the_place() {
        let end = |day: &str, departement| end_of(day.parse().unwrap(), departement).unwrap().to_string();
        assert_eq!(end("2024-07-14", "75"), "2024-07-14 22:00:00");
        assert_eq!(end("2024-12-31", "75"), "2024-12-31 23:00:00");
        assert_eq!(end("2024-07-14", "987"), "2024-07-15 10:00:00");
        assert_eq!(end("2024-07-14", "986"), "2024-07-14 12:00:00");
        // The clocks go back at three on the Sunday of 27 October: its midnight is that of winter.
        assert_eq!(end("2024-10-26", "13"), "2024-10-26 22:00:00");
        assert_eq!(end("2024-10-27", "13"), "2024-10-27 23:00:00");
    }
}
