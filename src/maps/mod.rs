//! Geometry as maps draw it: the plane of web maps, shapes for it, rings.

pub mod emf;
pub mod faces;
pub mod lines;
pub mod rings;
pub mod shapes;
pub mod simplify;
pub mod snap;
pub mod world;
