//! What tells one intercommunalité from others: « Pays de Gex » of « CA du Pays de Gex ».

use crate::atlas::places::LINKS;
use crate::domain::text::fold_place;

/// What stands before or after a name and says only that it is one of an intercommunalité.
pub const KINDS: [&str; 11] = [
    "agglo",
    "agglomeration",
    "ca",
    "cc",
    "comcom",
    "communaute",
    "communes",
    "cu",
    "intercommunalite",
    "metropole",
    "urbaine",
];

/// The words of a name that tell it from others, and whether another said what it is.
pub fn key<'w>(words: impl Iterator<Item = &'w str>) -> (String, bool) {
    let words: Vec<&str> = words.filter(|word| !LINKS.contains(word)).collect();
    let is_kind = |word: &&str| KINDS.contains(word);
    let from = words.iter().take_while(|word| is_kind(word)).count();
    let after = words[from..].iter().rev().take_while(|word| is_kind(word)).count();
    (words[from..words.len() - after].join(" "), from + after > 0)
}

/// The key of a name as an edition has it.
pub fn key_of(name: &str) -> String {
    let name = fold_place(name);
    key(name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_is_of_is_no_part_of_it() {
        for (name, expected) in [
            ("CA du Pays de Gex", "pays gex"),
            ("CA Val de Garonne Agglomération", "val garonne"),
            ("CA \"Saintes - Grandes Rives - L'Agglo\"", "saintes grandes rives"),
            ("Métropole d'Aix-Marseille-Provence", "aix marseille provence"),
            ("CC Grand Orb Communauté de Communes en Languedoc", "grand orb communaute communes languedoc"),
        ] {
            assert_eq!(key_of(name), expected);
        }
    }
}
