//! The hearth: positions, territories, venues, and the rules about them. No I/O, no clock, no serialisation.

pub mod hours;
pub mod position;
pub mod units;

pub use position::{Degrees, Position, PositionError};
pub use units::{Metres, Persons};
