//! How far a search from sites over land need look: no farther than straight ways allow, and only from sites that near to somebody who
//! goes round.

use super::demand::{Demand, Site};
use super::reach::{ByMode, Mode};
use crate::domain::{Metres, PointIx, Seconds};
use crate::spatial::{PlaceIndex, sphere};

/// What a search over land must look at.
pub(super) struct Extent {
    /// Milliseconds, by mode; the largest number where there is no limit.
    pub limits: ByMode<u32>,
    /// Chord² of the farthest that one gets in this time.
    chords2: ByMode<f64>,
    /// Those who go round; nothing where there is no limit by any mode, for then everybody is asked.
    goals: Option<PlaceIndex<PointIx>>,
}

impl Extent {
    /// That of those who go round, each with the time to the nearest site straight on, if there is one.
    pub fn of(
        goals: &[(PointIx, Option<ByMode<Seconds>>)],
        demand: &Demand,
        fastest_m_per_s: impl Fn(Mode) -> f64,
    ) -> Self {
        let limits = ByMode::of(|mode| {
            // Times are rounded to the nearest second.
            let limit = |straight: &ByMode<Seconds>| straight[mode].0.saturating_mul(1000).saturating_add(500);
            let limits = goals.iter().map(|(_, straight)| straight.as_ref().map_or(u32::MAX, limit));
            limits.max().unwrap_or(0)
        });
        let chords2 = ByMode::of(|mode| {
            let seconds = f64::from(limits[mode]) / 1000.0;
            let farthest = (limits[mode] < u32::MAX).then(|| Metres::new(seconds * fastest_m_per_s(mode))).flatten();
            farthest.map_or(f64::INFINITY, |metres| sphere::chord(metres).powi(2))
        });
        let is_bounded = Mode::ALL.iter().any(|mode| limits[*mode] < u32::MAX);
        let placed = goals.iter().filter_map(|(point, _)| Some((*point, demand.points[*point].position?)));
        Self { limits, chords2, goals: is_bounded.then(|| PlaceIndex::new(placed)) }
    }

    /// By which modes a way from a site may be of use to somebody.
    pub fn modes(&self, site: &Site) -> ByMode<bool> {
        let nearest = self.goals.as_ref().map(|goals| goals.nearest(site.position).next());
        let away = match nearest {
            Some(nearest) => nearest.map_or(f64::INFINITY, |goal| goal.chord2),
            None => 0.0,
        };
        ByMode::of(|mode| away <= self.chords2[mode])
    }
}
