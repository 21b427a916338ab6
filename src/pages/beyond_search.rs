//! Where a search leads besides its places: the figures of the commune, for those who plan.

use super::territory::href_of;
use super::towns::Link;
use super::whereabouts::Somewhere;
use crate::atlas::Atlas;
use crate::domain::Level;
use crate::tables::scope::Place;

/// The page of the figures of the commune, or of its arrondissement where the edition has some.
#[must_use]
pub fn figures_of(atlas: &Atlas, place: &Somewhere) -> Option<Link> {
    let commune = &atlas.communes()[place.commune?];
    let part = place.arrondissement.and_then(|part| Place::district(atlas, part.code));
    let (code, what) = match part {
        Some(part) => (part.code, format!("de l'arrondissement ({})", part.name)),
        None => (commune.code.to_string(), format!("de la commune ({})", commune.name)),
    };
    let words = format!("Pour les collectivités\u{a0}: chiffres {what}");
    Some(Link { href: href_of(Level::Commune, &code), words })
}
