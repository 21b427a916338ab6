//! What the house says of itself while it runs: lines of the log and numbers, never a query, never a visitor.

pub mod access_log;
pub mod log;
pub mod metrics;

pub use access_log::AccessLog;
