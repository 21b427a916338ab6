//! Who reaches a venue that is open, at a time of a usual week.

use typed_index_collections::TiVec;

use super::open_days::WeekTime;
use super::{Analysis, Atlas, Need};
use crate::access::{Asked, Coverage, Mode, Reaches, THRESHOLDS, Threshold};
use crate::domain::{CommuneIx, PointIx, VenueIx};

/// The nearest venues that are open at a time of a usual week, of the places where people of some communes live.
#[derive(Debug, Clone)]
pub struct OpenReach {
    /// Those known to be open.
    open: Reaches,
    /// These and those whose hours nobody knows.
    may_be: Reaches,
}

/// Persons by whether a venue is open within reach, as shares of those whose place is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenShares {
    /// A venue known to be open is near enough.
    pub open: f64,
    /// None is, but one whose hours nobody knows: it may be open.
    pub unknown: f64,
    /// Venues are near enough, and all of them are closed.
    pub closed: f64,
}

impl OpenReach {
    /// Searches for the places of some communes, among the venues that `counts` accepts.
    #[must_use]
    pub fn new(
        atlas: &Atlas,
        mode: Mode,
        when: WeekTime,
        communes: &[CommuneIx],
        counts: impl Fn(VenueIx) -> bool,
    ) -> Self {
        let analysis = atlas.analysis();
        let mut asked: TiVec<PointIx, bool> = vec![false; analysis.access.times().demand().points.len()].into();
        for commune in communes {
            asked[PointIx::of_commune(*commune)] = true;
            analysis.parts.points_of(*commune).for_each(|point| asked[point] = true);
        }
        let nearest = |may_be: bool| {
            let keep = |venue: VenueIx| counts(venue) && atlas.usually_open(venue, when).unwrap_or(may_be);
            analysis.access.nearest_among_for(|site| keep(VenueIx::of_site(site)), Asked::these(&asked)).take(mode)
        };
        Self { open: nearest(false), may_be: nearest(true) }
    }

    /// The shares of some of these communes; `within` is how many of their persons are near enough to any venue that counts,
    /// by threshold. `None` when there is nobody.
    #[must_use]
    pub fn shares(
        &self,
        analysis: &Analysis,
        need: &Need,
        communes: &[CommuneIx],
        within: &Coverage<4>,
        threshold: Threshold,
    ) -> Option<OpenShares> {
        let of = |reaches: &Reaches| analysis.coverage(need, reaches, communes, &THRESHOLDS);
        let (open, may_be) = (of(&self.open), of(&self.may_be));
        let share = |persons: u64| (within.persons > 0).then(|| persons as f64 / within.persons as f64);
        Some(OpenShares {
            open: share(open.within(threshold))?,
            unknown: share(may_be.within(threshold).saturating_sub(open.within(threshold)))?,
            closed: share(within.within(threshold).saturating_sub(may_be.within(threshold)))?,
        })
    }
}
