//! What the estimate of travel times assumes, and the time that a distance takes.

use super::demand::DemandPoint;
use super::ground::Ground;
use super::reach::Mode;
use crate::domain::{Metres, Seconds};

/// What the estimate assumes. Speeds are from door to door, in km/h along the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assumptions {
    /// Length of the road over the great circle.
    pub detour: f64,
    /// On foot.
    pub walk_kmh: f64,
    /// By bicycle.
    pub bicycle_kmh: f64,
    /// By car.
    pub car_kmh: f64,
    /// By car, on the first kilometres of residents of a dense commune ([`crate::domain::Density`]).
    pub dense_car_kmh: f64,
    /// How many kilometres of great circle these are.
    pub dense_km: f64,
    /// How many times as long a car takes on the first kilometres of residents of a commune amid mountains ([`Ground`]).
    pub relief: f64,
    /// How many kilometres of great circle these are.
    pub relief_km: f64,
}

impl Default for Assumptions {
    /// Detour 1.3: between 1.2 and 1.4 in published studies of road networks (see `RoadTimes` to measure it where a
    /// network is loaded); the median of four tables of road times is 1.26. By car 50 km/h, and 25 km/h on the first 5 km out
    /// of a dense commune: 1.56 D + 1.56 min(D, 5 km) minutes ([ADR 23](../../docs/adr/0023-times-over-land.md)). On foot
    /// 4.5 km/h, for somebody who is not in a hurry, and 15 km/h by bicycle are proposals.
    fn default() -> Self {
        Self {
            detour: 1.3,
            walk_kmh: 4.5,
            bicycle_kmh: 15.0,
            car_kmh: 50.0,
            dense_car_kmh: 25.0,
            dense_km: 5.0,
            relief: 1.35,
            relief_km: 20.0,
        }
    }
}

impl Assumptions {
    /// Seconds that a metre of great circle takes, once a car is out of town.
    #[must_use]
    pub fn pace(&self, mode: Mode) -> f64 {
        let kmh = match mode {
            Mode::Walk => self.walk_kmh,
            Mode::Bicycle => self.bicycle_kmh,
            Mode::Car => self.car_kmh,
        };
        self.detour * 3.6 / kmh
    }

    /// The time that a distance along the great circle takes.
    #[must_use]
    pub fn time(&self, mode: Mode, from: &DemandPoint, distance: Metres) -> Seconds {
        self.time_from(mode, from.ground, distance)
    }

    /// The same, from a place on some ground.
    #[must_use]
    pub fn time_from(&self, mode: Mode, ground: Ground, distance: Metres) -> Seconds {
        let metres = distance.value();
        let (slower, first_m) = self.slower(mode, ground);
        Seconds((metres * self.pace(mode) + metres.min(first_m) * slower).round() as u32)
    }

    /// Seconds that each of the first metres takes more, and how many these are.
    fn slower(&self, mode: Mode, ground: Ground) -> (f64, f64) {
        match (mode, ground) {
            (Mode::Car, Ground::Dense) => {
                (self.detour * 3.6 / self.dense_car_kmh - self.pace(Mode::Car), self.dense_km * 1000.0)
            }
            (Mode::Car, Ground::Relief) => (self.pace(Mode::Car) * (self.relief - 1.0), self.relief_km * 1000.0),
            _ => (0.0, 0.0),
        }
    }

    /// As many metres of great circle as take so long straight on, from a place on some ground: the other way round of
    /// [`Assumptions::time_from`].
    #[must_use]
    pub fn as_far(&self, mode: Mode, ground: Ground, time: Seconds) -> Metres {
        let seconds = f64::from(time.0);
        let pace = self.pace(mode);
        let (slower, first_m) = self.slower(mode, ground);
        let first_s = first_m * (pace + slower);
        let metres = if seconds <= first_s { seconds / (pace + slower) } else { first_m + (seconds - first_s) / pace };
        Metres::new(metres).expect("speeds and the detour are positive numbers")
    }

    /// The farthest that anybody gets in a time, whatever ground they start on.
    #[must_use]
    pub fn farthest(&self, mode: Mode, time: Seconds) -> Metres {
        // Half a second more: times are rounded to the nearest second.
        Metres::new((f64::from(time.0) + 0.5) / self.pace(mode)).expect("speeds and the detour are positive numbers")
    }
}
