//! What is looked up besides names of communes: territories, venues, and codes that only venues bear. Made at the first question.

use std::collections::{BTreeMap, HashMap};

use crate::atlas::Atlas;
use crate::atlas::places::LINKS;
use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, Level, VenueIx};

use super::intercommunal_key::key_of;

/// The tables, by folded text.
#[derive(Debug, Default)]
pub struct Index {
    /// Level and ordinal by name; the larger level first where two have one name and are not the same.
    territories: BTreeMap<String, Vec<(Level, u32)>>,
    /// The words that tell an intercommunalité from others, and its ordinal.
    intercommunalities: Vec<(String, u32)>,
    /// Ordinals of venues that receive the public, by each word of their name and town.
    words: HashMap<String, Vec<VenueIx>>,
    /// Communes of codes that no commune has, as venues write them.
    codes: BTreeMap<String, CommuneIx>,
}

/// So many venues of one commune have to bear a code that no commune has: one alone may be mistaken.
const AGREE: usize = 2;

/// The index of an atlas.
pub fn of(atlas: &Atlas) -> &Index {
    atlas.meaning_index()
}

/// What people call territories that have another name.
const ALSO: [(&str, Level, &str); 12] = [
    ("grand lyon", Level::Epci, "200046977"),
    ("grand paris", Level::Epci, "200054781"),
    ("paca", Level::Region, "93"),
    ("provence", Level::Region, "93"),
    ("centre val de loire", Level::Region, "24"),
    ("idf", Level::Region, "11"),
    ("region parisienne", Level::Region, "11"),
    ("cote d or", Level::Departement, "21"),
    ("tom nouvelle caledonie", Level::Departement, "988"),
    ("nc", Level::Departement, "988"),
    ("tahiti", Level::Departement, "987"),
    ("territoire belfort", Level::Departement, "90"),
];

impl Index {
    /// Reads the atlas.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let mut index = Self::default();
        for level in [Level::Departement, Level::Region, Level::Epci] {
            for (ordinal, territory) in atlas.territories(level).iter().enumerate() {
                let of = (level, ordinal as u32);
                let name = fold_place(&territory.name);
                if level == Level::Epci {
                    index.intercommunalities.push((key_of(&territory.name), ordinal as u32));
                }
                index.add_territory(atlas, bare(&name), of);
                index.add_territory(atlas, &name, of);
                for (also, _, _) in ALSO.iter().filter(|(_, l, code)| *l == level && *code == territory.code) {
                    index.add_territory(atlas, also, of);
                }
            }
        }
        let mut borne: BTreeMap<String, BTreeMap<CommuneIx, usize>> = BTreeMap::new();
        for (ordinal, venue) in atlas.venues().iter_enumerated().filter(|(_, venue)| venue.receives_public()) {
            let text = format!("{} {}", fold_place(&venue.name), fold_place(&venue.locality));
            let mut words: Vec<&str> = text.split(' ').filter(|word| !LINKS.contains(word)).collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                index.words.entry(word.to_owned()).or_default().push(ordinal);
            }
            if let (Some(code), Some(commune)) = (&venue.postcode, atlas.venue_commune(ordinal))
                && atlas.places().by_postcode(code).is_empty()
            {
                *borne.entry(code.clone()).or_default().entry(commune).or_default() += 1;
            }
        }
        let most = |(code, communes): (String, BTreeMap<CommuneIx, usize>)| {
            let (commune, venues) = communes.into_iter().max_by_key(|(_, venues)| *venues)?;
            (venues >= AGREE).then_some((code, commune))
        };
        index.codes = borne.into_iter().filter_map(most).collect();
        index
    }

    fn add_territory(&mut self, atlas: &Atlas, name: &str, (level, ordinal): (Level, u32)) {
        let of = |(level, ordinal): (Level, u32)| &atlas.territories(level)[ordinal as usize].communes;
        let communes = of((level, ordinal));
        let known = self.territories.entry(name.to_owned()).or_default();
        // La Réunion is a région and a département of the same communes: one is enough.
        if !communes.is_empty() && !known.iter().any(|other| of(*other) == communes) {
            known.push((level, ordinal));
        }
    }

    /// The territories of this name.
    #[must_use]
    pub fn territories(&self, folded: &str) -> &[(Level, u32)] {
        self.territories.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Every intercommunalité: the words that tell it from others, and its ordinal.
    pub fn intercommunalities(&self) -> impl Iterator<Item = (&str, u32)> {
        self.intercommunalities.iter().map(|(name, ordinal)| (name.as_str(), *ordinal))
    }

    /// Every name of a territory.
    pub fn territory_names(&self) -> impl Iterator<Item = (&str, &[(Level, u32)])> {
        self.territories.iter().map(|(name, of)| (name.as_str(), of.as_slice()))
    }

    /// The venues whose name or town has this word, ascending.
    #[must_use]
    pub fn venues_with(&self, word: &str) -> &[VenueIx] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The commune that venues with this code are in, when no commune has the code.
    #[must_use]
    pub fn commune_of_code(&self, code: &str) -> Option<CommuneIx> {
        self.codes.get(code).copied()
    }

    /// Whether the code is one of a commune or of a venue.
    #[must_use]
    pub fn knows_code(&self, atlas: &Atlas, code: &str) -> bool {
        !atlas.places().by_postcode(code).is_empty() || self.codes.contains_key(code)
    }
}

/// A name without its article.
pub fn bare(name: &str) -> &str {
    ["le ", "la ", "les ", "l "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}
