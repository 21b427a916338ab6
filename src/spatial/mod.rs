//! What is near: positions in, ordinals and metres out. The only room that knows `rstar`.

pub mod contour_index;
pub mod venue_index;

#[cfg(test)]
mod testing;

pub use contour_index::ContourIndex;
pub use venue_index::{Neighbour, VenueIndex};
