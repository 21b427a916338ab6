//! The telephone: files from the network, whole or not at all. Reqwest never leaves this room.

mod address;
mod error;
mod fetch;
mod hop;
mod request;

#[cfg(test)]
mod testing;

pub use error::{Cause, FetchError};
pub use fetch::fetch;
pub use request::{Fetched, Hosts, Limits, Progress, Request};
