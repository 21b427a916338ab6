//! What every source of travel times answers.

use super::asked::Asked;
use super::demand::{Demand, Site};
use super::pairs::PairList;
use super::reach::{ByMode, Mode, Reaches};
use crate::domain::{PointIx, Seconds};

/// A source of travel times from fixed demand points to any sites. Answers follow the demand points in order.
pub trait TravelTimes: Send + Sync {
    /// What a reader must be told wherever a time is shown, in French.
    fn label(&self) -> String;

    /// The demand points.
    fn demand(&self) -> &Demand;

    /// The time of the residents of a demand point to the nearest of so many places of their own ([`super::AtHome`]).
    fn at_home(&self, mode: Mode, point: PointIx, places: u32) -> Seconds;

    /// Metres of great circle that nobody gets farther in a second by a mode, whatever boat or road they take.
    fn fastest_m_per_s(&self, mode: Mode) -> f64;

    /// Works out what questions about changes need of the sites that stand, before anybody asks one.
    fn prepare(&self, _standing: &[Site]) {}

    /// The nearest of some sites for the demand points asked about, by every mode.
    fn nearest_for(&self, sites: &[Site], asked: Asked<'_>) -> ByMode<Reaches>;

    /// The nearest of some sites for every demand point, by every mode.
    fn nearest(&self, sites: &[Site]) -> ByMode<Reaches> {
        self.nearest_for(sites, Asked::EVERYWHERE)
    }

    /// All sites within `limit` of the demand points asked about. At home are as many places as the edition has there, whichever sites
    /// are asked for: a site that closes does not change what people are to the others.
    fn within_for(&self, mode: Mode, sites: &[Site], limit: Seconds, asked: Asked<'_>) -> PairList;

    /// The same of every demand point.
    fn within(&self, mode: Mode, sites: &[Site], limit: Seconds) -> PairList {
        self.within_for(mode, sites, limit, Asked::EVERYWHERE)
    }
}
