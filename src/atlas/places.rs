//! From what a person types — a name, a postal code, a commune code — to communes.

use std::collections::BTreeMap;

use typed_index_collections::{TiSlice, TiVec};

use crate::domain::text::fold_place;
use crate::domain::{Commune, CommuneAlias, CommuneCode, CommuneIx};

/// Communes by code, postal code and name.
#[derive(Debug, Default)]
pub struct Places {
    by_code: BTreeMap<CommuneCode, CommuneIx>,
    aliases: BTreeMap<CommuneCode, (CommuneIx, CommuneAlias)>,
    by_postcode: BTreeMap<String, Vec<CommuneIx>>,
    /// Folded names, sorted, with the ordinal of the commune: current names, those of déléguées, and those of before.
    names: Vec<(String, CommuneIx)>,
    populations: TiVec<CommuneIx, u32>,
}

impl Places {
    /// Indexes the communes; aliases of communes that are not in the list are left out.
    #[must_use]
    pub fn new(communes: &TiSlice<CommuneIx, Commune>, aliases: &[CommuneAlias]) -> Self {
        let mut places = Self {
            by_code: communes.iter_enumerated().map(|(i, commune)| (commune.code, i)).collect(),
            populations: communes.iter().map(|commune| commune.population.map_or(0, |p| p.0)).collect(),
            ..Self::default()
        };
        for (ordinal, commune) in communes.iter_enumerated() {
            places.names.push((fold_place(&commune.name), ordinal));
            for postcode in &commune.postcodes {
                places.by_postcode.entry(postcode.clone()).or_default().push(ordinal);
            }
        }
        for alias in aliases {
            if let Some(&ordinal) = places.by_code.get(&alias.commune) {
                places.names.push((fold_place(&alias.name), ordinal));
                // A former name of a commune of today bears its code, and is no other commune.
                if !places.by_code.contains_key(&alias.code) {
                    places.aliases.insert(alias.code, (ordinal, alias.clone()));
                }
            }
        }
        places.names.sort();
        places.names.dedup();
        places
    }

    /// The ordinal of a current commune, or of the commune that an old code stands for.
    #[must_use]
    pub fn by_code(&self, code: CommuneCode) -> Option<CommuneIx> {
        self.by_code.get(&code).copied().or_else(|| self.aliases.get(&code).map(|(ordinal, _)| *ordinal))
    }

    /// The alias a code is, when it is no commune of its own.
    #[must_use]
    pub fn alias(&self, code: CommuneCode) -> Option<&CommuneAlias> {
        self.aliases.get(&code).map(|(_, alias)| alias)
    }

    /// Every alias, by code.
    pub fn aliases(&self) -> impl Iterator<Item = &CommuneAlias> {
        self.aliases.values().map(|(_, alias)| alias)
    }

    /// The communes a postal code serves, by ordinal; empty when nobody has it.
    #[must_use]
    pub fn by_postcode(&self, postcode: &str) -> &[CommuneIx] {
        self.by_postcode.get(postcode).map_or(&[], Vec::as_slice)
    }

    /// The communes that bear exactly this name, once folded.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Vec<CommuneIx> {
        let wanted = fold_place(name);
        let start = self.names.partition_point(|(folded, _)| *folded < wanted);
        let mut found: Vec<CommuneIx> =
            self.names[start..].iter().take_while(|(folded, _)| *folded == wanted).map(|(_, i)| *i).collect();
        found.dedup();
        found
    }

    /// What a person may have meant, best first: same name, then a name that begins so, then one that contains it; the
    /// more populous first within each.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<CommuneIx> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(code) = CommuneCode::parse(&digits.to_uppercase()) {
            let by_postcode = self.by_postcode(code.as_str());
            if !by_postcode.is_empty() {
                return self.ranked(by_postcode.to_vec(), limit);
            }
            return self.by_code(code).into_iter().collect();
        }
        let wanted = fold_place(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found = self.ranked(self.by_name(text), limit);
        let start = self.names.partition_point(|(folded, _)| *folded < wanted);
        let prefixed = self.names[start..].iter().take_while(|(folded, _)| folded.starts_with(&wanted));
        self.extend(&mut found, prefixed.map(|(_, i)| *i).collect(), limit);
        if found.len() < limit {
            let containing = self.names.iter().filter(|(folded, _)| contains_word(folded, &wanted));
            self.extend(&mut found, containing.map(|(_, i)| *i).collect(), limit);
        }
        found
    }

    fn extend(&self, found: &mut Vec<CommuneIx>, more: Vec<CommuneIx>, limit: usize) {
        for ordinal in self.ranked(more, usize::MAX) {
            if found.len() < limit && !found.contains(&ordinal) {
                found.push(ordinal);
            }
        }
    }

    fn ranked(&self, mut ordinals: Vec<CommuneIx>, limit: usize) -> Vec<CommuneIx> {
        ordinals.sort_by_key(|&i| (std::cmp::Reverse(self.populations[i]), i));
        ordinals.dedup();
        ordinals.truncate(limit);
        ordinals
    }
}

/// Whether `part` stands in `text` from the beginning of a word.
fn contains_word(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| at == 0 || text.as_bytes()[at - 1] == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Persons;

    fn commune(code: &str, name: &str, population: u32, postcode: &str) -> Commune {
        Commune {
            code: CommuneCode::parse(code).unwrap(),
            name: name.into(),
            departement: code[..2].into(),
            region: "84".into(),
            epci: None,
            postcodes: vec![postcode.into()],
            population: Some(Persons(population)),
            area_km2: None,
            point: None,
        }
    }

    fn places() -> Places {
        let communes = [
            commune("42218", "Saint-Étienne", 173_000, "42000"),
            commune("42219", "Saint-Étienne-le-Molard", 900, "42130"),
            commune("69123", "Lyon", 520_000, "69001"),
        ];
        let alias = CommuneAlias {
            code: CommuneCode::parse("69381").unwrap(),
            kind: "arrondissement".into(),
            name: "Lyon 1er Arrondissement".into(),
            commune: CommuneCode::parse("69123").unwrap(),
        };
        Places::new(TiSlice::from_ref(&communes), &[alias])
    }

    #[test]
    fn an_exact_name_comes_before_longer_ones() {
        assert_eq!(places().search("st etienne", 5), [0, 1].map(CommuneIx::new));
        assert_eq!(places().search("molard", 5), [CommuneIx::new(1)]);
    }

    #[test]
    fn an_arrondissement_leads_to_its_commune() {
        let places = places();
        let code = CommuneCode::parse("69381").unwrap();
        assert_eq!(places.by_code(code), Some(CommuneIx::new(2)));
        assert_eq!(places.alias(code).unwrap().kind, "arrondissement");
    }

    #[test]
    fn a_postal_code_may_be_typed_with_spaces() {
        assert_eq!(places().search("42 000", 5), [CommuneIx::new(0)]);
        assert!(places().search("99999", 5).is_empty());
    }
}
