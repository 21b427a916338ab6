//! Everything that is tested through a boundary, in one binary.

mod architecture;
mod documents;
