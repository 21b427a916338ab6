//! A territory of any rung, the nation included: its name, its communes, what is above it and what is below.

use std::collections::BTreeMap;

use crate::atlas::Atlas;
use crate::domain::{CommuneCode, Level};

/// A territory.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its rung; `None` for the nation.
    pub level: Option<Level>,
    /// Its code; empty for the nation.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Ordinals of its communes, ascending.
    pub communes: Vec<u32>,
}

/// A part of a territory: one line of its table.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The territory it is, or belongs to.
    pub place: Place,
    /// Row of that territory in the table of its level.
    pub row: usize,
    /// Whether the territory goes on beyond the border, so that only a part of it is counted.
    pub overflows: bool,
}

/// Address of the page of a territory.
#[must_use]
pub fn href_of(level: Level, code: &str) -> String {
    format!("/territoires/{}/{code}", level.plural())
}

impl Place {
    /// All of France.
    #[must_use]
    pub fn nation(atlas: &Atlas) -> Self {
        let communes = (0..atlas.communes().len() as u32).collect();
        Self { level: None, code: String::new(), name: "France".into(), communes }
    }

    /// A territory by its code; an old commune code leads to the commune of today.
    #[must_use]
    pub fn find(atlas: &Atlas, level: Level, code: &str) -> Option<Self> {
        if level == Level::Commune {
            return atlas.places().by_code(CommuneCode::parse(code)?).map(|ordinal| Self::commune(atlas, ordinal));
        }
        let row = atlas.territories(level).binary_search_by(|t| t.code.as_str().cmp(code)).ok()?;
        Some(Self::territory(atlas, level, row))
    }

    fn territory(atlas: &Atlas, level: Level, row: usize) -> Self {
        let territory = &atlas.territories(level)[row];
        let (code, name) = (territory.code.clone(), territory.name.clone());
        Self { level: Some(level), code, name, communes: territory.communes.clone() }
    }

    /// A commune by its ordinal.
    #[must_use]
    pub fn commune(atlas: &Atlas, ordinal: u32) -> Self {
        let commune = &atlas.communes()[ordinal as usize];
        let (code, name) = (commune.code.to_string(), commune.name.clone());
        Self { level: Some(Level::Commune), code, name, communes: vec![ordinal] }
    }

    /// A territory by its row in the table of its level.
    #[must_use]
    pub fn at(atlas: &Atlas, level: Level, row: usize) -> Self {
        match level {
            Level::Commune => Self::commune(atlas, row as u32),
            above => Self::territory(atlas, above, row),
        }
    }

    /// Address of its page.
    #[must_use]
    pub fn href(&self) -> String {
        self.level.map_or_else(|| "/territoires/france".into(), |level| href_of(level, &self.code))
    }

    /// What kind of territory it is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.level {
            None => "Pays",
            Some(Level::Region) => "Région",
            Some(Level::Departement) => "Département",
            Some(Level::Epci) => "Intercommunalité",
            Some(Level::Commune) => "Commune",
        }
    }

    /// The territory just above; `None` for the nation. An EPCI that lies in several départements is under the one where
    /// most of its inhabitants live.
    #[must_use]
    pub fn parent(&self, atlas: &Atlas) -> Option<Self> {
        let commune = self.communes.first().map(|&i| &atlas.communes()[i as usize]);
        let found = match self.level? {
            Level::Region => None,
            Level::Departement => {
                let parent = atlas.territory(Level::Departement, &self.code)?.parent.as_deref();
                parent.and_then(|code| Self::find(atlas, Level::Region, code))
            }
            Level::Epci => Self::find(atlas, Level::Departement, &self.main_departement(atlas)?),
            Level::Commune => {
                let epci = commune?.epci.as_deref().and_then(|code| Self::find(atlas, Level::Epci, code));
                epci.or_else(|| Self::find(atlas, Level::Departement, &commune?.departement))
            }
        };
        Some(found.unwrap_or_else(|| Self::nation(atlas)))
    }

    fn main_departement(&self, atlas: &Atlas) -> Option<String> {
        let mut inhabitants: BTreeMap<&str, u32> = BTreeMap::new();
        for &i in &self.communes {
            let commune = &atlas.communes()[i as usize];
            *inhabitants.entry(&commune.departement).or_default() += commune.population.map_or(0, |persons| persons.0);
        }
        // The last of equals under this key is the smallest code.
        let main = inhabitants.into_iter().max_by_key(|(code, persons)| (*persons, std::cmp::Reverse(*code)));
        main.map(|(code, _)| code.to_owned())
    }

    /// From the nation down to the territory just above.
    #[must_use]
    pub fn ancestors(&self, atlas: &Atlas) -> Vec<Self> {
        let mut above = Vec::new();
        let mut next = self.parent(atlas);
        while let Some(place) = next {
            next = place.parent(atlas);
            above.push(place);
        }
        above.reverse();
        above
    }

    /// The levels its table can have, the usual one first; none for a commune.
    #[must_use]
    pub fn levels_below(&self) -> &'static [Level] {
        match self.level {
            None => &[Level::Region, Level::Departement],
            Some(Level::Region) => &[Level::Departement, Level::Epci],
            Some(Level::Departement) => &[Level::Epci, Level::Commune],
            Some(Level::Epci) => &[Level::Commune],
            Some(Level::Commune) => &[],
        }
    }

    /// Its parts at a level, each commune once, and the communes that are in none of them: at the level of EPCI, four
    /// islands and the collectivités d'outre-mer (defect D17).
    #[must_use]
    pub fn parts(&self, atlas: &Atlas, level: Level) -> (Vec<Part>, Vec<u32>) {
        let mut inside: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        let mut elsewhere = Vec::new();
        for &i in &self.communes {
            let commune = &atlas.communes()[i as usize];
            let code = match level {
                Level::Region => Some(commune.region.as_str()),
                Level::Departement => Some(commune.departement.as_str()),
                Level::Epci => commune.epci.as_deref(),
                Level::Commune => None,
            };
            let row = match level {
                Level::Commune => Some(i as usize),
                above => {
                    code.and_then(|code| atlas.territories(above).binary_search_by(|t| t.code.as_str().cmp(code)).ok())
                }
            };
            match row {
                Some(row) => inside.entry(row).or_default().push(i),
                None => elsewhere.push(i),
            }
        }
        let part = |(row, communes): (usize, Vec<u32>)| {
            let place = Self::at(atlas, level, row);
            Part { row, overflows: communes.len() < place.communes.len(), place: Self { communes, ..place } }
        };
        (inside.into_iter().map(part).collect(), elsewhere)
    }
}
