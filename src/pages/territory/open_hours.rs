//! Who reaches a venue that is open, when people are free: after work, and on a Saturday.

use crate::atlas::figures::Summary;
use crate::atlas::{OpenReach, OpenShares, WeekTime};
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::Lens;

/// One time of the week.
pub struct OpenRow {
    /// « mercredi à 18 h ».
    pub when: &'static str,
    /// A venue is open.
    pub open: String,
    /// Nobody knows whether one is.
    pub unknown: String,
    /// All are closed.
    pub closed: String,
}

/// When people are asked for: as a visitor reads it, day (0 for Monday) and minute.
const TIMES: [(&str, WeekTime); 2] = [
    ("mercredi à 18\u{a0}h", WeekTime { weekday: 2, minute: 18 * 60 }),
    ("samedi à 10\u{a0}h", WeekTime { weekday: 5, minute: 10 * 60 }),
];

/// A row for each time; none for the whole country, which the API tells, nor where nobody is known.
pub fn open_rows(lens: &Lens<'_>, place: &Place, own: &Summary) -> Vec<OpenRow> {
    if place.level.is_none() {
        return Vec::new();
    }
    let row = |(words, when): &(&'static str, WeekTime)| {
        let reach = OpenReach::new(lens.atlas, lens.view.mode, *when, &place.communes, |_| true);
        let shares = reach.shares(lens.analysis, lens.need, &place.communes, &own.coverage, lens.view.threshold)?;
        let OpenShares { open, unknown, closed } = shares;
        let [open, unknown, closed] = [open, unknown, closed].map(|share| french::measure(100.0 * share, 1, "%"));
        Some(OpenRow { when: words, open, unknown, closed })
    };
    TIMES.iter().filter_map(row).collect()
}
