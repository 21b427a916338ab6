//! Médiane: the open map of digital-inclusion needs and venues in France.
//!
//! Read from the bottom of the staircase up (ARCHITECTURE.md): each module imports only what stands below it.

pub mod atlas;
pub mod domain;
pub mod http;
pub mod ingest;
pub mod spatial;
