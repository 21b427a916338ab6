//! Everything that is tested through a boundary, in one binary. Modules mirror the addresses of the service.
#![allow(clippy::unwrap_used)]

mod architecture;
mod build;
mod documents;
mod health;
mod nearest;
mod real_edition;
mod support;
mod transport;
