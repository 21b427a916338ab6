//! Editions side by side: the one in force, those before it, and which of them answers a request.
//!
//! Whoever answers takes one [`Snapshot`] at the beginning and asks nothing else until the end: a new edition that comes
//! into force meanwhile changes nothing under way. Editions are opened one at a time on a thread of their own
//! ([`keeper`](self)); those that wait for one wait without a thread ([`Opening`]).

mod collection;
mod keeper;
mod library;
mod shelf;
mod snapshot;
mod title;
mod wanted;

#[cfg(test)]
mod tests;

pub use collection::{Editions, Found, Opening, Settings};
pub use library::Library;
pub use snapshot::Snapshot;
pub use title::{Listed, Title};
pub use wanted::Wanted;

/// Editions kept beside the one in force, unless told: in the folder by whoever publishes, open by whoever serves.
pub const KEPT: usize = 12;
