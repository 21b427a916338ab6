//! Sessions that were held and are over: the hours of a venue name days with their years, and the last of them is past.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::Atlas;
use crate::domain::hours::{HolidayCalendar, OpeningHours, local_time};
use crate::domain::{Hours, Venue, VenueIx, Withheld};

/// The last day of each venue whose hours have one; few have.
pub(super) type LastDays = BTreeMap<VenueIx, NaiveDate>;

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
        self.last_days().get(&venue).is_some_and(|last| *last < local_time(self.departement_of(venue), at).date())
    }

    /// How many venues are over at an instant in UTC: what an answer depends on that leaves them out.
    #[must_use]
    pub fn over(&self, at: NaiveDateTime) -> usize {
        self.last_days().keys().filter(|venue| self.is_over(**venue, at)).count()
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

    fn last_days(&self) -> &LastDays {
        self.last_days.get_or_init(|| {
            let last = |(ordinal, venue): (VenueIx, &Venue)| Some((ordinal, last_day(venue)?));
            self.venues().iter_enumerated().filter_map(last).collect()
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
}
