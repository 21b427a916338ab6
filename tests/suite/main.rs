//! Everything that is tested through a boundary, in one binary. Modules mirror the addresses of the service.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod architecture;
mod documents;
mod health;
mod nearest;
mod support;
mod transport;
