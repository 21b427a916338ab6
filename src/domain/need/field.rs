//! The field of the survey: where its rates speak of people, and where they do not.

use crate::domain::territory::Commune;

/// Where a commune stands in the survey *TIC ménages*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Metropolitan France.
    Metropole,
    /// Guadeloupe, Martinique, Guyane and La Réunion: in the survey, with higher rates at equal ages and diplomas.
    Overseas,
    /// Mayotte and the collectivités d'outre-mer: nobody was asked, so nothing is said.
    Outside,
}

impl Field {
    /// Where a commune stands, by its département.
    #[must_use]
    pub fn of(commune: &Commune) -> Self {
        match commune.departement.as_str() {
            "971" | "972" | "973" | "974" => Self::Overseas,
            code if code.starts_with("97") || code.starts_with("98") => Self::Outside,
            _ => Self::Metropole,
        }
    }

    /// Inhabitants of a commune whom the survey speaks of; `None` outside its field, or when their number is unknown.
    #[must_use]
    pub fn population(commune: &Commune) -> Option<u32> {
        let inside = Self::of(commune) != Self::Outside;
        commune.population.filter(|_| inside).map(|persons| persons.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::need::testing::commune;

    #[test]
    fn mayotte_and_the_collectivites_are_outside_and_a_corsican_code_is_no_overseas_one() {
        let of = |code: &str| Field::of(&commune(code, None, Some(10)));
        assert_eq!(["97611", "97502", "97801", "98735", "98818"].map(of), [Field::Outside; 5]);
        assert_eq!(["97105", "97209", "97302", "97411"].map(of), [Field::Overseas; 4]);
        assert_eq!(["2A004", "01001", "95001"].map(of), [Field::Metropole; 3]);
        assert_eq!(Field::population(&commune("97611", None, Some(10))), None);
    }
}
