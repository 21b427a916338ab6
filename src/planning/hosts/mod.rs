//! Who could receive a post: a plan names a place to call, or says why it cannot.

mod kinds;
mod known;
mod told;

pub use kinds::{HOST_KINDS, HostKind};
pub(super) use known::{HostRef, Known, NEAR_M, is_near};
pub use told::{Around, Host, Hosting};
pub(super) use told::{Zones, town_hall};
