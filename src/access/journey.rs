//! From one place to another: how long, give or take how much, and what that rests on.

use super::assumptions::Assumptions;
use super::coverage::Threshold;
use super::ground::Ground;
use super::islands::Landmass;
use super::land::{End, Land, LandSearch, Route, Season, Way};
use super::reach::Mode;
use crate::domain::{Metres, Position, Seconds};
use crate::spatial::sphere;

/// A place on a land.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where.
    pub position: Position,
    /// On which land.
    pub landmass: Landmass,
    /// What slows cars on leaving it.
    pub ground: Ground,
}

/// What a time rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A network of roads.
    Roads,
    /// The estimate, straight on.
    Estimate,
    /// The estimate, round water or a crest.
    OverLand,
    /// The estimate, over crossings that are known.
    Crossing,
}

impl Basis {
    /// The name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Roads => "roads",
            Self::Estimate => "estimate",
            Self::OverLand => "over-land",
            Self::Crossing => "crossing",
        }
    }
}

/// A journey that somebody can make.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// How long.
    pub time: Seconds,
    /// Within which eight journeys of ten lie; `None` on roads, where it was not measured.
    pub range: Option<[Seconds; 2]>,
    /// What it rests on.
    pub basis: Basis,
    /// Metres of great circles, from place to place; `None` on roads.
    pub metres: Option<Metres>,
    /// How much of it is on foot, from a boat that takes no vehicle on.
    pub afoot: Seconds,
    /// Names of the crossings on the way.
    pub crossings: Vec<String>,
}

/// Parts of an estimate below and above it, and a minute more, between which eight in ten of the road times of 277 pairs under
/// 20 km in Gironde lie (shared table of November 2026; `docs/adr/0023-times-over-land.md`).
const LEAST: f64 = 0.6;
const MOST: f64 = 1.3;
const MOST_MORE_S: f64 = 60.0;

/// How far a share of persons at a threshold may be off, in French; nothing where formulas that fit roads equally well agree: over
/// France they give 85.7 to 91.4 % within 10 minutes, and less than a point apart within 20.
#[must_use]
pub fn doubt_of_shares(threshold: Threshold) -> Option<&'static str> {
    (threshold <= Threshold::Ten).then_some("à 3 à 6 points près")
}

/// The range of an estimate.
#[must_use]
pub fn range(estimated: Seconds) -> [Seconds; 2] {
    let seconds = f64::from(estimated.0);
    [seconds * LEAST, seconds * MOST + MOST_MORE_S].map(|bound| Seconds(bound.round() as u32))
}

/// Whether one may go straight on from one place to another: they are on one land, and no water or crest is between.
#[must_use]
pub fn straight_on(land: &Land, from: &Place, to: &Place) -> bool {
    from.landmass == to.landmass && land.clear(from.landmass, from.position, to.position)
}

/// The estimate from one place to another, with room for searches over that land; `None` when no way is known.
#[must_use]
pub fn estimated(
    (land, search): (&Land, &mut LandSearch),
    assumptions: &Assumptions,
    (mode, season): (Mode, Season),
    from: &Place,
    to: &Place,
) -> Option<Journey> {
    let straight = straight_on(land, from, to);
    let Route { metres: ridden, afoot_s, crossing_s, crossings } = if straight {
        let chord2 = sphere::chord2(from.position.unit_vector(), to.position.unit_vector());
        Route { metres: sphere::great_circle(chord2).value(), ..Route::default() }
    } else {
        let ends = [from, to].map(|place| (place.position, place.landmass));
        land.round_in(search, &Way::new(assumptions, mode, season, End::People), ends[0], ends[1])?
    };
    let on_land = Seconds(assumptions.time_from(mode, from.ground, Metres::new(ridden)?).0 + afoot_s);
    let metres = Metres::new(ridden + f64::from(afoot_s) / assumptions.pace(Mode::Walk))?;
    let [least, most] = range(on_land);
    // Crossings have their minutes from a table; the wait may be nothing, or twice its mean.
    let waits: u32 = crossings.iter().map(|rank| land.crossings()[*rank as usize].wait.0).sum();
    let basis = match (straight, crossings.is_empty()) {
        (true, _) => Basis::Estimate,
        (false, true) => Basis::OverLand,
        (false, false) => Basis::Crossing,
    };
    Some(Journey {
        time: Seconds(on_land.0 + crossing_s),
        range: Some([Seconds(least.0 + crossing_s - waits), Seconds(most.0 + crossing_s + waits)]),
        basis,
        metres: Some(metres),
        afoot: Seconds(afoot_s),
        crossings: crossings.iter().map(|rank| land.crossings()[*rank as usize].name.clone()).collect(),
    })
}
