//! Ways over land: nobody drives across an estuary because a venue shines on the other bank.
//!
//! Straight on is the way unless it leaves the land for more than a kilometre or crosses a barrier: then it goes from commune
//! to commune over land, and over bridges, tunnels, ferries and passes ([`Crossing`]); or there is none that we know.

mod crossing;

mod barrier;

mod chart;

mod ends;
mod graph;
mod search;

pub use barrier::{Barrier, BarrierKind};
pub use crossing::{Crossing, CrossingKind, OpenMonths, Season};
pub use graph::{Land, LandFacts, Link, Route};
pub use search::{End, LandSearch, Start, Way};

#[cfg(test)]
mod tests;
