//! What a question takes as being there already, in words: posts, or places of other kinds. Who is near one of them is near no
//! post, and is not said to be.

use crate::planning::Existing;

/// What people are within reach of, with the plan: « d'un poste ou d'un lieu d'aide ».
#[must_use]
pub fn of_one(existing: Existing) -> &'static str {
    match existing {
        Existing::None | Existing::Posts => "d'un poste",
        Existing::FranceServices => "d'un poste ou d'une France services",
        Existing::Venues => "d'un poste ou d'un lieu d'aide",
        Existing::Conseillers => "d'un poste ou d'un lieu avec un conseiller",
    }
}

/// « personnes à portée d'un poste », as the title of a figure.
#[must_use]
pub fn within_reach(existing: Existing) -> &'static str {
    match existing {
        Existing::None | Existing::Posts => "personnes à portée d'un poste",
        Existing::FranceServices => "personnes à portée d'un poste ou d'une France services",
        Existing::Venues => "personnes à portée d'un poste ou d'un lieu d'aide",
        Existing::Conseillers => "personnes à portée d'un poste ou d'un lieu avec un conseiller",
    }
}

/// What the mean way leads to.
#[must_use]
pub fn mean_way(existing: Existing) -> &'static str {
    match existing {
        Existing::None | Existing::Posts => "de trajet moyen jusqu'au poste le plus proche",
        Existing::FranceServices => "de trajet moyen jusqu'au plus proche, poste ou France services",
        Existing::Venues => "de trajet moyen jusqu'au plus proche, poste ou lieu d'aide",
        Existing::Conseillers => "de trajet moyen jusqu'au plus proche, poste ou lieu avec un conseiller",
    }
}

/// What a square on the map is.
#[must_use]
pub fn square(existing: Existing) -> &'static str {
    match existing {
        Existing::None | Existing::Posts => "poste déjà là",
        Existing::FranceServices => "France services déjà là",
        Existing::Venues => "lieu d'aide déjà là",
        Existing::Conseillers => "lieu avec un conseiller déjà là",
    }
}

/// What the marks of a map mean, in a line below it.
#[must_use]
pub fn legend(existing: Existing) -> String {
    format!(
        "Cercle numéroté : poste nouveau. Carré : {}. Commune blanche : plus de la moitié encore hors de portée.",
        square(existing)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_near_a_venue_is_not_said_to_be_near_a_post() {
        assert_eq!(of_one(Existing::Posts), "d'un poste");
        for existing in [Existing::Venues, Existing::FranceServices, Existing::Conseillers] {
            assert!(of_one(existing).starts_with("d'un poste ou d'un"), "{existing:?}");
            assert!(within_reach(existing).ends_with(of_one(existing)), "{existing:?}");
            assert!(!mean_way(existing).contains("poste le plus proche"), "{existing:?}");
            assert!(!legend(existing).contains("poste déjà là"), "{existing:?}");
        }
    }
}
