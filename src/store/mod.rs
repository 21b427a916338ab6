//! The drawer where what people write is kept: scenarios, in an `SQLite` file or in `PostgreSQL`.
//!
//! One set of statements serves both (the `Any` driver of sqlx): what differs is named in [`dialect`].

mod backup;
mod counts;
mod dialect;
mod engine;
mod migrations;
mod once;
mod plan_rows;
mod plans;
mod reports;
mod rows;
mod scenarios;
mod work;

pub use backup::{Copied, back_up, restore};
pub use dialect::{Location, LocationError};
pub use scenarios::SqlStore;

#[cfg(test)]
mod tests;
