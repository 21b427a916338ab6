//! Sessions that were held and are over: the hours of a venue name days with their years, and the last of them is past.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::Atlas;
use crate::domain::hours::{HolidayCalendar, OpeningHours, local_time};
use crate::domain::{Hours, Venue, VenueIx};

/// The last day of each venue whose hours have one; few have.
pub(super) type LastDays = BTreeMap<VenueIx, NaiveDate>;

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
            let last = |(ordinal, venue): (VenueIx, &Venue)| {
                // Hours without the number of a year have no last day, and reading hours takes long.
                let Hours::Osm(osm) = &venue.hours else { return None };
                let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
                if !osm.split(|c: char| !c.is_ascii_alphanumeric()).any(year) {
                    return None;
                }
                Some((ordinal, OpeningHours::parse(osm, HolidayCalendar::NATIONAL).ok()?.last_day()?))
            };
            self.venues().iter_enumerated().filter_map(last).collect()
        })
    }
}
