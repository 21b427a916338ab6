//! Operators of public services: which venues are theirs, by their kind or by a word of their name, so at least so many.

use crate::domain::Venue;
use crate::domain::text::fold;

/// One operator.
#[derive(Debug, Clone, Copy)]
pub struct Operator {
    /// Name in answers.
    pub id: &'static str,
    /// What a visitor reads.
    pub title: &'static str,
    /// Short codes of the standard.
    kinds: &'static [&'static str],
    /// Words that a name holds, folded.
    words: &'static [&'static str],
}

/// Every operator.
pub const OPERATORS: [Operator; 5] = [
    Operator {
        id: "operator_la_poste",
        title: "La Poste",
        kinds: &["LA_POSTE"],
        words: &["la poste", "bureau de poste"],
    },
    Operator {
        id: "operator_france_travail",
        title: "France Travail",
        kinds: &["FT", "PE"],
        words: &["pole emploi", "france travail"],
    },
    Operator {
        id: "operator_caf",
        title: "Caisses d’allocations familiales",
        kinds: &["CAF"],
        words: &["allocations familiales"],
    },
    Operator {
        id: "operator_cpam",
        title: "Assurance maladie",
        kinds: &["CPAM"],
        words: &["assurance maladie", "cpam"],
    },
    Operator {
        id: "operator_library",
        title: "Bibliothèques",
        kinds: &["BIB"],
        words: &["bibliotheque", "mediatheque"],
    },
];

/// Of which operators a venue is, in the order of [`OPERATORS`].
#[must_use]
pub fn of(venue: &Venue) -> [bool; OPERATORS.len()] {
    let name = fold(&venue.name);
    OPERATORS.map(|operator| {
        venue.typologies.iter().any(|kind| operator.kinds.contains(&kind.as_str()))
            || operator.words.iter().any(|words| name.contains(words))
    })
}
