//! What is near: positions in, ordinals and metres out. The only room that knows `rstar`.

pub mod sphere;

pub mod batch_nearest;
pub mod contour_index;
pub mod place_index;
pub mod projection;
pub mod short_line;

#[cfg(test)]
pub(crate) mod testing;

pub use batch_nearest::BatchNearest;
pub use contour_index::{Contour, ContourIndex};
pub use place_index::{Neighbour, PlaceIndex};
pub use short_line::ShortLines;
