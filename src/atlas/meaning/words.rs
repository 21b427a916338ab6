//! A reading in words that read back to it.

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};

use super::Meant;

impl Atlas {
    /// `Saint-Denis (Seine-Saint-Denis)`: the name of a commune that cannot be mistaken for another.
    #[must_use]
    pub fn full_name(&self, ordinal: CommuneIx) -> String {
        let commune = &self.communes()[ordinal];
        match self.territory(Level::Departement, &commune.departement) {
            Some(departement) if departement.name != commune.name => format!("{} ({})", commune.name, departement.name),
            _ => commune.name.clone(),
        }
    }

    /// A reading in words that, typed, read back to it; a venue by its name and town.
    #[must_use]
    pub fn in_words(&self, meant: &Meant) -> String {
        match meant {
            Meant::Commune(ordinal) => self.full_name(*ordinal),
            Meant::Arrondissement(arrondissement) => arrondissement.name(),
            Meant::Postcode(code, communes) => match communes.as_slice() {
                [only] => format!("{code} {}", self.communes()[*only].name),
                _ => code.clone(),
            },
            Meant::Territory(level, ordinal) => {
                let name = &self.territories(*level)[*ordinal as usize].name;
                match level {
                    Level::Departement => format!("département {name}"),
                    Level::Region => format!("région {name}"),
                    _ => name.clone(),
                }
            }
            Meant::Address(commune, found) => {
                let number = found.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
                let postcode = found.postcode.map(|code| format!("{code:05} ")).unwrap_or_default();
                format!("{number}{}, {postcode}{}", found.street, self.communes()[*commune].name)
            }
            Meant::Venue(ordinal) => {
                let venue = &self.venues()[*ordinal];
                format!("{}, {}", venue.name, venue.locality)
            }
        }
    }
}
