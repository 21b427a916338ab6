//! Where the territory stands by the index of fragility, and how much that depends on the weights.

use crate::domain::Level;
use crate::domain::need::{Standing, WEIGHTINGS};
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::Lens;
use super::place::row_of;
use super::selectors::levels_words;

/// Two sentences; `None` for the nation, and where there is no index.
#[must_use]
pub fn sentences(lens: &Lens<'_>, place: &Place) -> Option<String> {
    let (level, row) = (place.level?, row_of(lens.atlas, place)?);
    Some(said(&lens.atlas.standing(level, row)?, level))
}

/// « 12e sur 101 départements… ».
#[must_use]
pub fn said(standing: &Standing, level: Level) -> String {
    let those = levels_words(level);
    let Standing { rank, of, tenth, in_tenth, ranks: [best, worst] } = *standing;
    format!(
        "Indice de fragilité : {} sur {} {those} à poids égaux, du plus au moins fragile. Avec {} pondérations tirées au \
         hasard : du {} au {} rang dans neuf cas sur dix, et parmi les {} plus fragiles dans {}\u{a0}% des pondérations.",
        nth(rank),
        french::integer(of.into()),
        french::integer(WEIGHTINGS.into()),
        nth(best),
        nth(worst),
        french::integer(tenth.into()),
        french::decimal(100.0 * in_tenth, 0),
    )
}

/// « 1er », « 12e ».
fn nth(rank: u32) -> String {
    if rank == 1 { "1er".into() } else { format!("{}e", french::integer(rank.into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_says_in_how_many_weightings_it_holds() {
        let standing = Standing { rank: 5, of: 96, tenth: 10, in_tenth: 0.774, ranks: [1, 21] };
        let said = said(&standing, Level::Departement);
        assert!(said.contains("5e sur 96 départements"), "{said}");
        assert!(said.contains("du 1er au 21e rang"), "{said}");
        assert!(said.contains("parmi les 10 plus fragiles dans 77\u{a0}% des pondérations"), "{said}");
    }
}
