//! Every integration test, in one binary. Modules mirror the addresses of the service.

mod health;
mod nearest;
mod support;
mod transport;
