//! Monitoring: whether the programme reaches people, and whether it gets better. What changed from one edition to another,
//! targets and how far they are, how old the information is, and what each system of the plan has here.
//!
//! It stands on editions and the table of figures, computes no figure of a territory anew, and reads no clock.

// What changed.
pub mod difference;
pub mod picture;

// A territory of an edition.
pub mod connectivity;
pub mod facts;
pub mod freshness;
pub mod hubs;
pub mod lists;
pub mod operators;
pub mod overview;
pub mod posts;

// What the plan set out to do.
pub mod envelope;
pub mod targets;

// Several editions.
pub mod comparison;
pub mod history;
