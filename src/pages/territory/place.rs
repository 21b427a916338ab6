//! What pages add to a territory: its address, what kind it is, and the levels that its table can have.

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::tables::scope::Place;

/// Address of the page of a territory above the nation's parts.
#[must_use]
pub fn href_of(level: Level, code: &str) -> String {
    format!("/territoires/{}/{code}", level.plural())
}

/// Address of the page of any territory.
#[must_use]
pub fn href(place: &Place) -> String {
    place.level.map_or_else(|| "/territoires/france".into(), |level| href_of(level, &place.code))
}

/// What kind of territory it is.
#[must_use]
pub fn kind(place: &Place) -> &'static str {
    match place.level {
        None => "Pays",
        Some(Level::Region) => "Région",
        Some(Level::Departement) => "Département",
        Some(Level::Epci) => "Intercommunalité",
        Some(Level::Commune) if place.district.is_some() => "Arrondissement",
        Some(Level::Commune) => "Commune",
    }
}

/// The levels its table can have; none for a commune.
#[must_use]
pub fn levels_below(place: &Place) -> &'static [Level] {
    match place.level {
        None => &[Level::Region, Level::Departement],
        Some(Level::Region) => &[Level::Departement, Level::Epci],
        Some(Level::Departement) => &[Level::Epci, Level::Commune],
        Some(Level::Epci) => &[Level::Commune],
        Some(Level::Commune) => &[],
    }
}

/// The level that is shown unasked: the first at which there is something to compare. La Réunion is one département, and
/// Seine-Saint-Denis lies in one EPCI.
#[must_use]
pub fn usual_level(atlas: &Atlas, place: &Place) -> Option<Level> {
    let levels = levels_below(place);
    let several = levels.iter().find(|level| place.parts(atlas, **level).places.len() > 1);
    several.or(levels.first()).copied()
}

/// Whether a département has to be drawn apart. Codes of those overseas have three digits, 97 or 98 first.
#[must_use]
pub fn is_overseas(departement: &str) -> bool {
    departement.len() == 3 && (departement.starts_with("97") || departement.starts_with("98"))
}

/// The row of a territory in the table of its level; `None` for the nation and for an arrondissement, which has none.
#[must_use]
pub fn row_of(atlas: &Atlas, place: &Place) -> Option<usize> {
    match place.level.filter(|_| place.district.is_none())? {
        Level::Commune => place.communes.first().map(|&ordinal| ordinal.into()),
        above => atlas.territories(above).binary_search_by(|t| t.code.as_str().cmp(&place.code)).ok(),
    }
}
