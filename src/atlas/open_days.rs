//! On which days of a usual week each venue opens: read once, since reading hours takes longer than a search.

use super::Atlas;
use crate::domain::Hours;
use crate::domain::hours::{HolidayCalendar, OpeningHours};

/// Open on each day of a usual week, Monday first; `None` when nobody knows.
pub(super) type OpenDays = Option<[bool; 7]>;

/// Those of every venue, by ordinal.
pub(super) fn open_days(atlas: &Atlas) -> Vec<OpenDays> {
    let days = (0..).zip(atlas.venues()).map(|(ordinal, venue)| {
        let Hours::Osm(text) = &venue.hours else { return None };
        let departement =
            atlas.venue_commune(ordinal).map_or("", |c| atlas.communes()[c as usize].departement.as_str());
        OpeningHours::parse(text, HolidayCalendar::of_departement(departement)).ok()?.week_days()
    });
    days.collect()
}
