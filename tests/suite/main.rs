//! Everything that is tested through a boundary, in one binary. Modules mirror the addresses of the service.
#![allow(clippy::unwrap_used)]

mod architecture;
mod documents;
mod health;
mod nearest;
mod ogc;
mod support;
mod transport;
