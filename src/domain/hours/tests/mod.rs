//! Tests of opening hours as a whole; `real.rs` reads the real files when they are there.

mod state;
