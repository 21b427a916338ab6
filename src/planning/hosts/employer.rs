//! Whether whoever hosts a post is a public body: its price hangs on it.

use super::kinds::{HostKind, TOWN_HALL};
use crate::domain::Venue;

/// Kinds of structures that are public bodies (short codes of the national standard).
const PUBLIC_KINDS: [&str; 17] = [
    "BIB", "CAF", "CC", "CCAS", "CD", "CIAS", "CPAM", "DEETS", "EPCI", "FT", "MDS", "MUNI", "PE", "PREF", "REG", "RFS",
    "SPIP",
];

/// Whether the host is public: the SIREN of a public body begins with 1 or 2; without one, its kind tells, and a town hall
/// is one by its name. `None` when nothing does.
pub fn employer(venue: &Venue) -> Option<bool> {
    let siret = venue.pivot.as_deref().filter(|pivot| pivot.len() == 14 && pivot.bytes().all(|b| b.is_ascii_digit()));
    // Fourteen zeros stand in lists for « we do not know ».
    match siret.filter(|siret| siret.bytes().any(|digit| digit != b'0')) {
        Some(siret) => Some(siret.starts_with(['1', '2'])),
        None if HostKind::of_venue(venue) == TOWN_HALL => Some(true),
        None if venue.typologies.is_empty() => None,
        None => Some(venue.typologies.iter().any(|kind| PUBLIC_KINDS.contains(&kind.as_str()))),
    }
}
