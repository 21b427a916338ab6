//! From what a person types — a name, a postal code, a commune code — to communes.

pub mod arrondissements;
pub(in crate::atlas) mod letters;
mod names;
pub(in crate::atlas) mod sounds;

use std::collections::BTreeMap;

use typed_index_collections::{TiSlice, TiVec};

use crate::domain::text::fold_place;
use crate::domain::{Commune, CommuneAlias, CommuneCode, CommuneIx};

use names::Names;
pub use names::{LINKS, Likely, Likeness, slips_allowed};

/// Communes by code, postal code and name.
#[derive(Debug, Default)]
pub struct Places {
    by_code: BTreeMap<CommuneCode, CommuneIx>,
    aliases: BTreeMap<CommuneCode, (CommuneIx, CommuneAlias)>,
    by_postcode: BTreeMap<String, Vec<CommuneIx>>,
    /// Current names, those of déléguées, and those of before.
    names: Names,
    /// Names that lead to a commune of today.
    before: BTreeMap<CommuneCode, Vec<String>>,
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
            places.names.add(&commune.name, ordinal, true);
            for postcode in &commune.postcodes {
                places.by_postcode.entry(postcode.clone()).or_default().push(ordinal);
            }
        }
        for alias in aliases {
            if let Some(&ordinal) = places.by_code.get(&alias.commune) {
                places.names.add(&alias.name, ordinal, false);
                places.before.entry(alias.commune).or_default().push(alias.name.clone());
                // A former name of a commune of today bears its code, and is no other commune.
                if !places.by_code.contains_key(&alias.code) {
                    places.aliases.insert(alias.code, (ordinal, alias.clone()));
                }
            }
        }
        places.names.sort();
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

    /// The names of communes that a commune of today took in, and those it bore before.
    pub fn names_before(&self, commune: CommuneCode) -> impl Iterator<Item = &str> {
        self.before.get(&commune).into_iter().flatten().map(String::as_str)
    }

    /// The communes a postal code serves, by ordinal; empty when nobody has it.
    #[must_use]
    pub fn by_postcode(&self, postcode: &str) -> &[CommuneIx] {
        self.by_postcode.get(postcode).map_or(&[], Vec::as_slice)
    }

    /// The communes that bear exactly this name, once folded.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Vec<CommuneIx> {
        self.by_folded_name(&fold_place(name))
    }

    /// The same, of a name that is folded already.
    #[must_use]
    pub fn by_folded_name(&self, folded: &str) -> Vec<CommuneIx> {
        let mut found: Vec<CommuneIx> = self.names.same(folded).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The communes that are called so: the name, the name without its article, a name of before, the first words of it.
    /// The most likely first: between « Aix » (19) and Aix-en-Provence, people mean the town.
    #[must_use]
    pub fn called(&self, folded: &str) -> Vec<Likely> {
        self.names.called(folded, &self.populations)
    }

    /// The communes whose name begins so in the middle of a word, or holds these words, the most likely first.
    #[must_use]
    pub fn completed(&self, folded: &str) -> Vec<Likely> {
        self.names.completed(folded, &self.populations)
    }

    /// The communes whose name is a few slips of the finger away, the most likely first.
    #[must_use]
    pub fn resembling(&self, folded: &str) -> Vec<Likely> {
        self.names.resembling(folded, &self.populations)
    }

    /// What a person may have meant, best first: called so, then completed; the more populous first within each.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<CommuneIx> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(code) = CommuneCode::parse(&digits.to_uppercase()) {
            let by_postcode = self.by_postcode(code.as_str());
            if !by_postcode.is_empty() {
                let mut found = by_postcode.to_vec();
                names::by_population(&mut found, &self.populations);
                found.truncate(limit);
                return found;
            }
            return self.by_code(code).into_iter().collect();
        }
        let wanted = fold_place(text);
        let mut found: Vec<CommuneIx> = Vec::new();
        for likely in self.called(&wanted).into_iter().chain(self.completed(&wanted)) {
            if found.len() < limit && !found.contains(&likely.commune) {
                found.push(likely.commune);
            }
        }
        found
    }

    /// Postal codes that begin with these digits, each with its communes.
    pub fn postcodes_beginning<'a>(&'a self, digits: &'a str) -> impl Iterator<Item = (&'a str, &'a [CommuneIx])> {
        let from = self.by_postcode.range(digits.to_owned()..);
        from.take_while(move |(code, _)| code.starts_with(digits)).map(|(code, of)| (code.as_str(), of.as_slice()))
    }

    /// The greatest postal code of the same first three digits that is not above this one: that of the town a CEDEX code
    /// was most often cut from (44041 from 44000).
    #[must_use]
    pub fn postcode_below(&self, code: &str) -> Option<&str> {
        let first = code.get(..3)?;
        let range = self.by_postcode.range(format!("{first}00")..=code.to_owned());
        range.last().map(|(code, _)| code.as_str())
    }

    /// Inhabitants, 0 when nobody knows.
    #[must_use]
    pub fn population(&self, ordinal: CommuneIx) -> u32 {
        self.populations[ordinal]
    }
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
