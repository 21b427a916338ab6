//! What keeps a venue from being a valid row of the standard.

use super::{Cell, STANDARD};
use crate::domain::venue::Venue;

/// A column of the standard that this venue cannot fill, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its name.
    pub column: &'static str,
    /// Why, for a reader.
    pub reason: &'static str,
}

/// The columns that the schema wants filled, with what is said when they are not.
const REQUIRED: [(&str, &str); 7] = [
    ("id", "identifiant absent"),
    ("pivot", "aucune liste ne donne de SIRET, de RNA ni de RIDET"),
    ("nom", "nom absent"),
    ("commune", "commune absente"),
    ("code_postal", "aucune liste ne donne de code postal"),
    ("adresse", "aucune liste ne donne d'adresse"),
    ("date_maj", "aucune date, ni du lieu ni de sa liste"),
];

/// Everything that keeps this venue from being a valid row; nothing when it is one. Texts, closed lists, telephones and
/// coordinates are valid as we write them: what the schema does not take of them is in the columns `x_`.
#[must_use]
pub fn faults(venue: &Venue) -> Vec<Fault> {
    let mut faults = Vec::new();
    for column in &STANDARD {
        let value = (column.read)(venue);
        let reason = match (column.name, &value) {
            (name, Cell::Unknown) => REQUIRED.iter().find(|(wanted, _)| *wanted == name).map(|(_, reason)| *reason),
            ("pivot", Cell::Text(pivot)) if !is_pivot(pivot) => Some("pas de 9 à 14 lettres ou chiffres"),
            ("code_postal", Cell::Text(code)) if !is_postcode(code) => Some("pas cinq chiffres"),
            ("code_insee", Cell::Text(code)) if !is_commune(code) => Some("hors du motif du schéma"),
            _ => None,
        };
        faults.extend(reason.map(|reason| Fault { column: column.name, reason }));
    }
    faults
}

fn is_pivot(text: &str) -> bool {
    (9..=14).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_postcode(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The pattern of `code_insee`: two digits that do not begin with 2, or a 2 and one of A, B, 1 to 9; then three digits.
fn is_commune(text: &str) -> bool {
    let [a, b, rest @ ..] = text.as_bytes() else { return false };
    let begins = match a {
        b'2' => matches!(b, b'A' | b'B' | b'1'..=b'9'),
        b'0' | b'1' | b'3'..=b'9' => b.is_ascii_digit(),
        _ => false,
    };
    begins && rest.len() == 3 && rest.iter().all(u8::is_ascii_digit)
}
