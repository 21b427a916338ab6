//! Who could receive a post: a plan names a place to call, or says why it cannot.

mod employer;
mod kinds;
mod known;
mod told;

pub(super) use employer::employer;
pub use kinds::{HOST_KINDS, HostKind};
pub(super) use known::{HostRef, Known, NEAR_M, is_near};
pub use told::{Around, Host, Hosting};
pub(super) use told::{Zones, town_hall};

/// Inhabitants from which a town hall is proposed, unless told: a conseiller of a smaller commune would have a village of
/// some 200 adults for a full week.
pub(super) const LEAST_INHABITANTS: u32 = 500;
