//! Islands that are a part of a commune of the mainland, or of another island: their town hall is across the water. By hand, 2026;
//! codes of today.

use super::index;

/// A folded name and what it is a part of. None is the name of a commune.
pub const ISLANDS: [(&str, &[&str]); 42] = [
    // Hyères.
    ("porquerolles", &["83069"]),
    ("ile de porquerolles", &["83069"]),
    ("port cros", &["83069"]),
    ("ile de port cros", &["83069"]),
    ("le levant", &["83069"]),
    ("ile du levant", &["83069"]),
    ("heliopolis", &["83069"]),
    ("iles d or", &["83069"]),
    ("iles d hyeres", &["83069"]),
    // Six-Fours-les-Plages and Bandol.
    ("les embiez", &["83129"]),
    ("ile des embiez", &["83129"]),
    ("bendor", &["83009"]),
    ("ile de bendor", &["83009"]),
    // Marseille.
    ("le frioul", &["13207"]),
    ("ile du frioul", &["13207"]),
    ("iles du frioul", &["13207"]),
    ("archipel du frioul", &["13207"]),
    ("port frioul", &["13207"]),
    ("chateau d if", &["13207"]),
    ("ile d if", &["13207"]),
    // Cannes.
    ("iles de lerins", &["06029"]),
    ("ile saint honorat", &["06029"]),
    ("saint honorat", &["06029"]),
    ("ile sainte marguerite", &["06029"]),
    // Granville, Saint-Vaast-la-Hougue, Fouesnant.
    ("chausey", &["50218"]),
    ("ile de chausey", &["50218"]),
    ("iles chausey", &["50218"]),
    ("iles de chausey", &["50218"]),
    ("archipel de chausey", &["50218"]),
    ("tatihou", &["50562"]),
    ("ile de tatihou", &["50562"]),
    ("ile tatihou", &["50562"]),
    ("les glenan", &["29058"]),
    ("iles de glenan", &["29058"]),
    ("iles des glenan", &["29058"]),
    ("archipel des glenan", &["29058"]),
    ("ile saint nicolas des glenan", &["29058"]),
    // Bonifacio, Cayenne, Saint-Pierre.
    ("ile de cavallo", &["2A041"]),
    ("iles lavezzi", &["2A041"]),
    ("iles du salut", &["97302"]),
    ("ile royale", &["97302"]),
    ("ile aux marins", &["97502"]),
];

/// Whether a folded name is that of one of them, with its article or without.
pub fn is_one(name: &str) -> bool {
    ISLANDS.iter().any(|(island, _)| index::bare(island) == index::bare(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_island_is_one_with_its_article_or_without_and_its_town_is_none() {
        for island in ["porquerolles", "frioul", "le frioul", "l ile de porquerolles", "glenan", "iles de lerins"] {
            assert!(is_one(island), "{island}");
        }
        for other in ["hyeres", "cannes", "sainte marguerite", "les saintes", "belle ile"] {
            assert!(!is_one(other), "{other}");
        }
    }

    #[test]
    fn every_name_is_folded_and_stands_once() {
        let mut names: Vec<&str> = ISLANDS.iter().map(|(name, _)| *name).collect();
        assert!(names.iter().all(|name| crate::domain::text::fold_place(name) == **name), "{names:?}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ISLANDS.len());
    }
}
