//! Places whose list gives no name, but a number or an identifier in its stead.

use super::readable::readable_name;

/// Begins the name of such a place.
pub const UNNAMED: &str = "Lieu sans nom";

/// Digits from which a number is that of an establishment (a SIREN has nine), and up to which it counts rows; « 115 » and
/// « 1901 » are names.
const SIREN_DIGITS: usize = 9;
const COUNTING_DIGITS: usize = 2;

/// Digits of the identifiers of document stores, and of UUIDs.
const ID_DIGITS: [usize; 2] = [24, 32];

/// Whether a text can be the name of a place: no SIRET, no number of a row, no identifier.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let digits = compact.chars().filter(char::is_ascii_digit).count();
    if digits == compact.chars().count() {
        return (COUNTING_DIGITS + 1..SIREN_DIGITS).contains(&digits);
    }
    let is_id = ID_DIGITS.contains(&compact.len()) && digits > 0 && compact.bytes().all(|b| b.is_ascii_hexdigit());
    !is_id || text.contains(' ')
}

/// What a citizen reads instead: « Lieu sans nom, 4 place François Mitterrand ».
#[must_use]
pub fn stand_in(address: Option<&str>, locality: &str) -> String {
    let place = readable_name(address.unwrap_or(locality), locality);
    if place.is_empty() { UNNAMED.to_owned() } else { format!("{UNNAMED}, {place}") }
}

/// Whether a name is a [`stand_in`].
#[must_use]
pub fn stands_in(name: &str) -> bool {
    name.starts_with(UNNAMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_identifiers_are_no_names() {
        for text in [
            "1",
            "2 1",
            "24400054300011",
            "265 901 785 00",
            "21560121200016",
            "637f97ac4acda506f71c24bd",
            "74ae2aae-da94-44d3-b153-6c1394345048",
            "?",
            "-",
        ] {
            assert!(!is_name(text), "{text}");
        }
        for text in ["115", "1901", "Le 104", "La 7e", "Médiathèque", "M", "AFPA", "Fab", "decade facade beef"] {
            assert!(is_name(text), "{text}");
        }
    }

    #[test]
    fn the_address_stands_in_else_the_commune() {
        assert_eq!(stand_in(Some("3 rue de la Gare"), "Gap"), "Lieu sans nom, 3 rue de la Gare");
        assert_eq!(stand_in(Some("200 RUE DES FERRONNIERS"), "Douai"), "Lieu sans nom, 200 Rue des Ferronniers");
        assert_eq!(stand_in(None, "Gap"), "Lieu sans nom, Gap");
        assert_eq!(stand_in(None, ""), UNNAMED);
        assert!(stands_in(&stand_in(None, "Gap")) && !stands_in("Lieu"));
    }
}
