//! The cellar: where sacks of raw data arrive, are sorted, and leave as one sealed edition. Polars never leaves it.

pub mod report;
pub mod table;
