//! Who reaches what, in minutes: nearest venue, coverage, supply per person, and all of it again when venues change.
//!
//! Travel times come through one trait, [`TravelTimes`], with two sources: [`CrowFly`], an estimate from the great circle
//! that is there for all of France, and [`RoadTimes`], measured on a road network where one is loaded.

mod islands;
mod pairs;
mod parallel;
mod reach;

mod parts;

mod demand;

mod times;

mod home;
mod near_pairs;

mod assumptions;
mod ground;

pub mod land;

mod journey;
mod outward;

mod crow_fly;

pub mod roads;

mod mixed;

mod around;
mod asked;
mod catchment;
mod catchments;
mod coverage;
mod extent;
mod supply;
mod tables;

pub use around::sites_around;
pub use asked::Asked;
pub use assumptions::Assumptions;
pub use catchment::{Decay, reachable_supply, supply_per_person};
pub use catchments::Catchments;
pub use coverage::{Coverage, LeftOut, THRESHOLDS, Threshold, coverage, left_out};
pub use crow_fly::CrowFly;
pub use demand::{Demand, DemandPoint, GRID_SHARE, Site, mean_reach_m, side_of_reach};
pub use ground::Ground;
pub use home::AtHome;
pub use islands::Landmass;
pub use journey::{Basis, Journey, Place, doubt_of_shares, estimated, range, straight_on};
pub use land::{Land, LandFacts, LandSearch, Season};
pub use mixed::MixedTimes;
pub use near_pairs::NearPairs;
pub use outward::{Goal, Outward, Travel};
pub use pairs::{Pair, PairList};
pub(crate) use parallel::{in_pieces, on_one_core};
pub use parts::{Parts, Points};
pub use reach::{ByMode, Mode, Nearest, Reach, Reaches};
pub use roads::{RoadNetwork, RoadTimes};
pub use supply::{Supply, hours_of_posts, hours_per_year, venue_hours};
pub use tables::{AccessTables, Change, MakeTimes, Scenario};
pub use times::TravelTimes;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
