//! Words that say what a place is, and not which: street, hospital, valley.

use super::phrase::Word;

/// Words that begin the name of a street or of a place in a town.
pub const STREETS: [&str; 34] = [
    "rue",
    "avenue",
    "av",
    "ave",
    "bd",
    "boulevard",
    "boul",
    "place",
    "pl",
    "impasse",
    "imp",
    "chemin",
    "che",
    "allee",
    "allees",
    "route",
    "rte",
    "quai",
    "cours",
    "square",
    "sq",
    "passage",
    "lotissement",
    "lot",
    "residence",
    "res",
    "faubourg",
    "fg",
    "esplanade",
    "promenade",
    "rond",
    "sentier",
    "pont",
    "porte",
];

/// Words that begin the name of a place in a town: what follows is the name of a saint or of a person more often than a town's.
const NAMED_PLACES: [&str; 26] = [
    "aeroport",
    "arret",
    "campus",
    "cathedrale",
    "chu",
    "cite",
    "clinique",
    "college",
    "ecole",
    "eglise",
    "fac",
    "faculte",
    "gare",
    "hopital",
    "hopitaux",
    "lycee",
    "maternite",
    "metro",
    "musee",
    "parc",
    "quartier",
    "stade",
    "station",
    "theatre",
    "tour",
    "universite",
];

/// Words between the two halves of one name: « Montreuil sous Bois » is no Bois.
pub const INSIDE_A_NAME: [&str; 5] = ["sous", "sur", "lez", "pres", "en"];

/// Words that begin the name of a stretch of land: what follows is a river, a coast or a land of old.
pub const LANDS: [&str; 12] =
    ["baie", "bassin", "cote", "foret", "golfe", "massif", "monts", "pays", "plaine", "plateau", "val", "vallee"];

/// Words that say what stands in a village, and are no part of the name of another place.
pub const BUILDINGS: [&str; 19] = [
    "bibliotheque",
    "bourg",
    "ccas",
    "dit",
    "espace",
    "france",
    "gare",
    "hameau",
    "maison",
    "mairie",
    "mediatheque",
    "mjc",
    "poste",
    "village",
    "ville",
    "za",
    "zac",
    "zi",
    "zone",
];

/// Whether the words begin with what a place in a town is, and say which.
pub fn is_a_named_place(words: &[Word]) -> bool {
    let word = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    NAMED_PLACES.contains(&word(0)) || word(0) == "centre" && matches!(word(1), "commercial" | "hospitalier")
}

/// Whether the word is the article of a name.
pub fn begins_with_article(word: &Word) -> bool {
    matches!(word.folded.as_str(), "le" | "la" | "les" | "l")
}
