//! Travel times on a road network read from OpenStreetMap.
//!
//! The reading of files is elsewhere (`ingest::roads`): here are the rules that turn tags into speeds, the graph, the
//! searches, and the way from places to its nodes.

mod calendar;

mod build;
mod search;
mod seen;
mod tags;

mod graph;
mod outward;
mod snap;
mod travel;

pub use build::{RawWay, RoadBuilder, StopsCars};
pub use graph::{Arc, Graph, RoadNetwork};
pub use outward::{ByRoad, RoadsOutward};
pub use search::{Search, Source};
pub use seen::{Drawn, Ground, Sight, seen};
pub use snap::{Snap, Snapper};
pub use tags::{BARRIERS, WayRules, blocks_cars, rules};
pub use travel::RoadTimes;

#[cfg(test)]
mod tests;
