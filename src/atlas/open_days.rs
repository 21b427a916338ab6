//! On which days of a usual week each venue opens: read once, since reading hours takes longer than a search.

use typed_index_collections::TiVec;

use super::Atlas;
use crate::domain::hours::{HolidayCalendar, OpeningHours};
use crate::domain::{Hours, VenueIx};

/// Open on each day of a usual week, Monday first; `None` when nobody knows.
pub(super) type OpenDays = Option<[bool; 7]>;

/// Those of every venue, by ordinal.
pub(super) fn open_days(atlas: &Atlas) -> TiVec<VenueIx, OpenDays> {
    let days = atlas.venues().iter_enumerated().map(|(ordinal, venue)| {
        let Hours::Osm(text) = &venue.hours else { return None };
        let departement = atlas.venue_commune(ordinal).map_or("", |c| atlas.communes()[c].departement.as_str());
        OpeningHours::parse(text, HolidayCalendar::of_departement(departement)).ok()?.week_days()
    });
    days.collect()
}
