//! The territories above the commune, gathered from their communes.

use std::collections::BTreeMap;

use typed_index_collections::TiSlice;

use super::Atlas;
use crate::domain::{Commune, CommuneIx, Level, Persons, Territory};

/// Name and code of a territory as the reference lists it, before its communes are gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerritoryName {
    /// Code.
    pub code: String,
    /// Official name.
    pub name: String,
    /// For a département, its région.
    pub parent: Option<String>,
}

impl Atlas {
    /// The code that was most likely meant by one that no territory of a level has: a letter of Corse is a capital, a zero was lost.
    #[must_use]
    pub fn code_meant(&self, level: Level, code: &str) -> Option<String> {
        let upper = code.trim().to_uppercase();
        let mut others = [format!("0{upper}"), upper].into_iter().filter(|other| other != code);
        others.find(|other| self.communes_of(level, other).is_some())
    }

    /// Territories of a level above the commune, ascending by code; empty for [`Level::Commune`].
    #[must_use]
    pub fn territories(&self, level: Level) -> &[Territory] {
        self.country.territories.get(&level).map_or(&[], Vec::as_slice)
    }

    /// One territory above the commune.
    #[must_use]
    pub fn territory(&self, level: Level, code: &str) -> Option<&Territory> {
        let territories = self.territories(level);
        territories.binary_search_by(|t| t.code.as_str().cmp(code)).ok().map(|i| &territories[i])
    }
}

/// Gathers the communes of each territory. A territory no commune belongs to is kept, empty.
pub(super) fn gather(
    communes: &TiSlice<CommuneIx, Commune>,
    names: BTreeMap<Level, Vec<TerritoryName>>,
) -> BTreeMap<Level, Vec<Territory>> {
    let mut gathered = BTreeMap::new();
    for (level, names) in names {
        let mut members: BTreeMap<&str, Vec<CommuneIx>> = BTreeMap::new();
        for (ordinal, commune) in communes.iter_enumerated() {
            let code = match level {
                Level::Region => Some(commune.region.as_str()),
                Level::Departement => Some(commune.departement.as_str()),
                Level::Epci => commune.epci.as_deref(),
                Level::Commune => None,
            };
            if let Some(code) = code {
                members.entry(code).or_default().push(ordinal);
            }
        }
        let mut territories: Vec<Territory> = names
            .into_iter()
            .map(|TerritoryName { code, name, parent }| {
                let communes_of = members.remove(code.as_str()).unwrap_or_default();
                let persons = communes_of.iter().filter_map(|&i| communes[i].population).map(|p| p.0).sum();
                Territory { level, code, name, parent, communes: communes_of, population: Persons(persons) }
            })
            .collect();
        territories.sort_by(|a, b| a.code.cmp(&b.code));
        gathered.insert(level, territories);
    }
    gathered
}
