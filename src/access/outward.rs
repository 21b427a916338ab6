//! Ways out of one place, to many, found as far as they are asked for: straight on at once, round water and crests and by road
//! in the order of their time.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::assumptions::Assumptions;
use super::islands::Landmass;
use super::journey::{Basis, Place, straight_on};
use super::land::{End, Land, LandSearch, Link, Season, Start, Way};
use super::reach::Mode;
use super::roads::{ByRoad, RoadTimes, RoadsOutward};
use crate::domain::{Metres, Seconds};

/// What is known of the way to a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Travel {
    /// Nobody asked.
    Unasked,
    /// We know of none.
    NoWay,
    /// There is one.
    Takes {
        /// How long.
        time: Seconds,
        /// What that rests on.
        basis: Basis,
        /// As many metres straight on as take as long.
        as_far: Metres,
    },
}

impl Travel {
    /// How long it takes, when a way is known.
    #[must_use]
    pub fn time(self) -> Option<Seconds> {
        match self {
            Self::Takes { time, .. } => Some(time),
            Self::NoWay | Self::Unasked => None,
        }
    }
}

/// A place to go to.
#[derive(Debug, Clone, Copy)]
pub struct Goal<'a> {
    /// Where, on which land.
    pub place: &'a Place,
    /// Great circle from the start.
    pub crow: Metres,
    /// What is added at a right angle, because it is known only by its commune.
    pub within: Metres,
}

/// The ways out of one place by one mode, all the year.
pub struct Outward<'a> {
    land: &'a Land,
    search: &'a mut LandSearch,
    roads: Option<RoadsOutward<'a>>,
    assumptions: Assumptions,
    mode: Mode,
    from: Place,
    /// Seconds that a metre takes at the least, on the fastest crossing or road.
    least_pace: f64,
    /// Metres within which no crossing begins; worked out when first asked.
    before_crossings: Cell<Option<f64>>,
    /// Milliseconds up to which the search over land knows every way; `None` before it began.
    until: Option<u32>,
    /// Whether that search came to its end.
    is_done: bool,
}

impl<'a> Outward<'a> {
    /// The ways out of a place, with room for a search over that land.
    #[must_use]
    pub fn new(
        land: &'a Land,
        search: &'a mut LandSearch,
        roads: Option<&'a RoadTimes>,
        (assumptions, mode): (Assumptions, Mode),
        from: Place,
    ) -> Self {
        let pace = assumptions.pace(mode);
        let least_pace = land.fastest_crossing(mode, pace).map_or(pace, |crossing| crossing.min(pace));
        let outward = roads.and_then(|roads| Some((roads.outward(mode, from.position)?, roads.fastest(mode))));
        // By road the fastest road may begin at once.
        let before_crossings = Cell::new(outward.as_ref().map(|_| 0.0));
        let least_pace = outward.as_ref().map_or(least_pace, |(_, fastest)| fastest.min(least_pace));
        let roads = outward.map(|(outward, _)| outward);
        Self { land, search, roads, assumptions, mode, from, least_pace, before_crossings, until: None, is_done: false }
    }

    /// The least time to any place that is at least so far as the crow flies: on land no way is shorter, over a crossing it may
    /// be faster once one is there. A second less than that, for times are whole.
    #[must_use]
    pub fn least(&self, crow: Metres) -> Seconds {
        let before = self.before_crossings.get().unwrap_or_else(|| {
            let end = self.land.nearest_end(self.from.landmass, self.from.position);
            let before = end.map_or(f64::INFINITY, Metres::value);
            self.before_crossings.set(Some(before));
            before
        });
        let crow = crow.value();
        // The farthest place on Earth, so that what is summed stays a length.
        let before = before.min(crow).min(2.1e7);
        let on_land = |metres: f64| self.exact_time(Metres::new(metres).expect("a length"));
        let least = on_land(before) + (crow - before) * self.least_pace;
        Seconds(least.min(on_land(crow)).floor().max(1.0) as u32 - 1)
    }

    fn exact_time(&self, metres: Metres) -> f64 {
        f64::from(self.assumptions.time_from(self.mode, self.from.ground, metres).0) - 0.5
    }

    /// As far straight on as takes so long.
    #[must_use]
    pub fn as_far(&self, time: Seconds) -> Metres {
        self.assumptions.as_far(self.mode, self.from.ground, time)
    }

    /// What is known so far of the way to a place; `None` when it takes longer than was looked for. `links` is how the place
    /// joins the land.
    pub fn to<'l>(&self, goal: Goal<'_>, links: impl FnOnce() -> &'l [Link]) -> Option<Travel> {
        match self.roads.as_ref().map_or(ByRoad::No, |roads| roads.to(goal.place.position)) {
            ByRoad::Takes(time) => {
                let within = self.exact_time(goal.within).max(0.0);
                let time = Seconds(f64::from(time.0).hypot(within).round() as u32);
                return Some(self.takes(time, Basis::Roads));
            }
            ByRoad::Later => return None,
            ByRoad::No => {}
        }
        let time = |metres: f64| {
            let metres = Metres::new(metres.hypot(goal.within.value())).expect("two lengths");
            self.assumptions.time_from(self.mode, self.from.ground, metres)
        };
        if straight_on(self.land, &self.from, goal.place) {
            let metres = goal.crow.value().hypot(goal.within.value());
            let as_far = Metres::new(metres).expect("two lengths");
            return Some(Travel::Takes { time: time(goal.crow.value()), basis: Basis::Estimate, as_far });
        }
        if !self.land.may_join(self.from.landmass, goal.place.landmass) {
            return Some(Travel::NoWay);
        }
        let until = self.until?;
        let found = self.search.from(links(), &self.way());
        let Some(found) = found.filter(|found| self.is_done || found.ms <= until) else {
            return self.is_done.then_some(Travel::NoWay);
        };
        let basis = if found.crossing_s > 0 { Basis::Crossing } else { Basis::OverLand };
        Some(self.takes(Seconds(time(found.metres).0 + found.afoot_s + found.crossing_s), basis))
    }

    fn way(&self) -> Way {
        Way::new(&self.assumptions, self.mode, Season::AllYear, End::People)
    }

    fn takes(&self, time: Seconds, basis: Basis) -> Travel {
        Travel::Takes { time, basis, as_far: self.as_far(time) }
    }

    /// Looks for every way that takes at most so long.
    pub fn advance(&mut self, until: Seconds) {
        // Half a second more: times are rounded.
        let until = until.0.saturating_mul(1000).saturating_add(500);
        let way = self.way();
        if self.until.is_none() {
            let links = self.land.attach(self.from.position, self.from.landmass);
            self.search.begin(self.land, &way, links.into_iter().map(|link| Start { link, name: 0 }), u32::MAX);
        }
        self.until = self.until.max(Some(until));
        self.is_done = !self.search.advance(self.land, &way, until);
        if let Some(roads) = &mut self.roads {
            roads.advance(until);
        }
    }

    /// Up to which time every way was looked for.
    #[must_use]
    pub fn until(&self) -> Seconds {
        Seconds(self.until.unwrap_or(0) / 1000)
    }

    /// When there is no way that is not known yet: the lands that any leads to. Nobody says so of roads.
    #[must_use]
    pub fn lands(&self) -> Option<BTreeSet<Landmass>> {
        let mut lands = (self.is_done && self.roads.is_none()).then(|| self.search.lands(self.land))?;
        lands.insert(self.from.landmass);
        Some(lands)
    }
}
