//! What a venue offers in a year, in hours: from its opening hours, or from its posts.

use typed_index_collections::{TiSlice, TiVec};

use crate::domain::hours::{HolidayCalendar, OpeningHours};
use crate::domain::{Hours, SiteIx};

/// Weeks in a year of opening hours; holidays are not taken off.
const WEEKS: f64 = 52.0;
/// Legal working hours of a year (Code du travail, L. 3121-41): what one full-time post can give at most.
const HOURS_OF_A_POST: f64 = 1607.0;

/// Hours per year of a venue that is open so many minutes in a usual week.
#[must_use]
pub fn hours_per_year(weekly_minutes: u32) -> f64 {
    f64::from(weekly_minutes) / 60.0 * WEEKS
}

/// Hours per year of so many full-time posts.
#[must_use]
pub fn hours_of_posts(posts: f64) -> f64 {
    posts * HOURS_OF_A_POST
}

/// Hours per year of a venue; `None` when its hours are unknown, unread, or differ from season to season. The door being
/// open is not help being given: this bounds the supply from above.
#[must_use]
pub fn venue_hours(hours: &Hours, calendar: HolidayCalendar) -> Option<f64> {
    let Hours::Osm(text) = hours else { return None };
    OpeningHours::parse(text, calendar).ok()?.weekly_minutes().map(hours_per_year)
}

/// The supply of every site, for sums that need a number of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Supply {
    /// Hours per year, by ordinal of the site.
    pub hours: TiVec<SiteIx, f64>,
    /// Sites whose hours are unknown, so that the median of the known ones stands in. Pages say how many.
    pub assumed: u32,
    /// That median; `None` when no site has known hours, and then all have none.
    pub median: Option<f64>,
}

impl Supply {
    /// Lets the median stand in for what is unknown.
    #[must_use]
    pub fn from_known(known: &TiSlice<SiteIx, Option<f64>>) -> Self {
        let mut sorted: Vec<f64> = known.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let median = sorted.get(sorted.len() / 2).copied();
        Self {
            hours: known.iter().map(|hours| hours.or(median).unwrap_or(0.0)).collect(),
            assumed: known.iter().filter(|hours| hours.is_none()).count() as u32,
            median,
        }
    }
}
