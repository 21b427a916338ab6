//! Hubs territoriaux: which départements have one, none, or two.

use crate::atlas::Atlas;
use crate::domain::{Hub, Level, Territory};

/// Every département, or collectivité d'outre-mer, with the hubs that cover it, ascending by code.
#[must_use]
pub fn by_departement(atlas: &Atlas) -> Vec<(&Territory, Vec<&Hub>)> {
    let covers = |code: &str| atlas.hubs().iter().filter(|hub| hub.departements.iter().any(|of| of == code)).collect();
    atlas.territories(Level::Departement).iter().map(|territory| (territory, covers(&territory.code))).collect()
}

/// Départements without a hub, and those with several.
#[must_use]
pub fn gaps_and_overlaps(atlas: &Atlas) -> (Vec<&Territory>, Vec<(&Territory, Vec<&Hub>)>) {
    let (gaps, covered): (Vec<_>, Vec<_>) = by_departement(atlas).into_iter().partition(|(_, hubs)| hubs.is_empty());
    let several = covered.into_iter().filter(|(_, hubs)| hubs.len() > 1).collect();
    (gaps.into_iter().map(|(territory, _)| territory).collect(), several)
}
