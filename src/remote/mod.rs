//! The telephone: files from the network, whole or not at all, and addresses asked where the deployer said so. Reqwest never
//! leaves this room.

mod address;
mod error;
mod fetch;
mod geocoder;
mod hop;
mod request;

#[cfg(test)]
mod testing;

pub use error::{Cause, FetchError};
pub use fetch::fetch;
pub use geocoder::NationalGeocoder;
pub use request::{Fetched, Hosts, Limits, Progress, Request};
