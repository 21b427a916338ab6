//! When each venue opens: its hours are read once, since reading them takes longer than a search.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime};
use typed_index_collections::{TiSlice, TiVec};

use super::Atlas;
use crate::access::in_pieces;
use crate::domain::hours::{HolidayCalendar, OpeningHours, UsualWeek, local_time};
use crate::domain::{Hours, VenueIx};

/// A time that a visitor asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenWhen {
    /// At this instant, in UTC.
    Now(NaiveDateTime),
    /// At some time of the day it is there at this instant, in UTC, from then on.
    Today(NaiveDateTime),
    /// On the next such day (0 for Monday) after an instant in UTC, at this time of the venue's clock.
    Next {
        /// After this instant, in UTC.
        after: NaiveDateTime,
        /// 0 for Monday; `None` for the day it is there.
        weekday: Option<u8>,
        /// On the venue's clock.
        time: NaiveTime,
    },
}

/// The hours of one venue.
#[derive(Debug)]
pub(super) struct OpenDays {
    hours: Arc<OpeningHours>,
    departement: String,
    /// A usual week; `None` when the hours do not tell.
    pub(super) week: Option<UsualWeek>,
}

impl OpenDays {
    /// Whether it is open then; `None` when the hours do not tell.
    pub(super) fn is_open(&self, when: OpenWhen) -> Option<bool> {
        if self.departement.is_empty() {
            // Without a commune there is no telling what time it is there.
            return None;
        }
        match when {
            OpenWhen::Now(now) => self.hours.open_at(local_time(&self.departement, now)),
            OpenWhen::Today(now) => self.hours.open_later_that_day(local_time(&self.departement, now)),
            OpenWhen::Next { after, weekday, time } => {
                let there = local_time(&self.departement, after);
                let today = there.date();
                let weekday = weekday.map_or(today.weekday().num_days_from_monday(), u32::from);
                let ahead = u64::from((7 + weekday - today.weekday().num_days_from_monday()) % 7);
                self.hours.open_at(today.checked_add_days(Days::new(ahead))?.and_time(time))
            }
        }
    }
}

impl Atlas {
    /// Whether a venue opens on a day of a usual week, 0 for Monday; `None` when nobody knows.
    #[must_use]
    pub fn opens_on(&self, venue: VenueIx, weekday: usize) -> Option<bool> {
        self.open_days()[venue].as_ref()?.week.map(|week| week.days[weekday])
    }

    /// The usual week of a venue; `None` when nobody knows.
    #[must_use]
    pub fn usual_week(&self, venue: VenueIx) -> Option<UsualWeek> {
        self.open_days()[venue].as_ref()?.week
    }

    /// Whether a venue is open then; `None` when nobody knows.
    #[must_use]
    pub fn is_open(&self, venue: VenueIx, when: OpenWhen) -> Option<bool> {
        self.open_days()[venue].as_ref()?.is_open(when)
    }

    fn open_days(&self) -> &TiSlice<VenueIx, Option<OpenDays>> {
        self.open_days.get_or_init(|| open_days(self))
    }
}

/// Those of every venue, by ordinal; `None` where nobody published hours that can be read.
pub(super) fn open_days(atlas: &Atlas) -> TiVec<VenueIx, Option<OpenDays>> {
    let departement =
        |venue: VenueIx| atlas.venue_commune(venue).map_or("", |c| atlas.communes()[c].departement.as_str());
    let said = |venue: VenueIx| match &atlas.venues()[venue].hours {
        Hours::Osm(text) => Some((text.as_str(), HolidayCalendar::of_departement(departement(venue)))),
        Hours::Text(_) | Hours::Unknown => None,
    };
    let venues = || (0..atlas.venues().len()).map(VenueIx::from);
    // A week of opening hours takes as long to read as a hundred ways, and many venues have the same.
    let mut texts: Vec<(&str, HolidayCalendar)> = Vec::new();
    let mut ranks: HashMap<(&str, HolidayCalendar), usize> = HashMap::new();
    for each in venues().filter_map(said) {
        ranks.entry(each).or_insert_with(|| {
            texts.push(each);
            texts.len() - 1
        });
    }
    let read = |rank: usize| {
        let (text, calendar) = texts[rank];
        let hours = OpeningHours::parse(text, calendar).ok()?;
        Some((hours.usual_week(), Arc::new(hours)))
    };
    let pieces = in_pieces(texts.len(), |piece| piece.map(read).collect::<Vec<_>>());
    let read: Vec<_> = pieces.into_iter().flatten().collect();
    let of = |venue: VenueIx| {
        let (week, hours) = read[ranks[&said(venue)?]].clone()?;
        Some(OpenDays { hours, departement: departement(venue).to_owned(), week })
    };
    venues().map(of).collect()
}
