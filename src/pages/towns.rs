//! The towns of a territory that was typed instead of one: « Creuse » is no place to count distances from.

use std::cmp::Reverse;

use crate::atlas::Atlas;
use crate::atlas::meaning::Meant;
use crate::domain::{CommuneIx, Level};

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Address.
    pub href: String,
    /// What a visitor reads.
    pub words: String,
}

/// Towns that are listed, the most populous first.
const LISTED: usize = 30;

/// A territory and what can be chosen in it.
pub struct Towns {
    /// Its name.
    pub name: String,
    /// For a région, its départements.
    pub departements: Vec<Link>,
    /// Its largest communes.
    pub towns: Vec<Link>,
    /// How many communes it has.
    pub all: usize,
}

/// Its largest communes, the most populous first.
pub fn largest(atlas: &Atlas, level: Level, ordinal: u32) -> Vec<CommuneIx> {
    let mut communes = atlas.territories(level)[ordinal as usize].communes.clone();
    communes.sort_by_key(|&commune| (Reverse(atlas.places().population(commune)), commune));
    communes.truncate(LISTED);
    communes
}

/// What can be chosen in a territory.
pub fn towns(atlas: &Atlas, level: Level, ordinal: u32, link: impl Fn(&Meant) -> Link) -> Towns {
    let territory = &atlas.territories(level)[ordinal as usize];
    let inside = |(_, departement): &(usize, &crate::domain::Territory)| {
        level == Level::Region && departement.parent.as_deref() == Some(territory.code.as_str())
    };
    let departements = atlas.territories(Level::Departement).iter().enumerate().filter(inside);
    let departements: Vec<u32> = departements.map(|(ordinal, _)| ordinal as u32).collect();
    let departements = if departements.len() > 1 { departements } else { Vec::new() };
    Towns {
        name: territory.name.clone(),
        all: territory.communes.len(),
        towns: largest(atlas, level, ordinal).into_iter().map(|commune| link(&Meant::Commune(commune))).collect(),
        departements: departements.into_iter().map(|each| link(&Meant::Territory(Level::Departement, each))).collect(),
    }
}
