//! Readings of a typed text that need no map: a pair of degrees, a code, an arrondissement.

use crate::domain::text::fold_place;
use crate::domain::{CommuneCode, Degrees};

/// `2.3522,48.8566`, `2.35 48.85` or `2,35 ; 48,85`: longitude, then latitude. `None` when the text is no pair.
#[must_use]
pub fn degrees(text: &str) -> Option<Degrees> {
    let text = text.trim().trim_matches(['(', ')']);
    if !text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-.,;".contains(c)) {
        return None;
    }
    let is_blank = |c: char| c.is_whitespace() || c == ';';
    let words: Vec<&str> = text.split(is_blank).map(|w| w.trim_matches(',')).filter(|w| !w.is_empty()).collect();
    let (lon, lat) = match words.as_slice() {
        [pair] => pair.split_once(',').filter(|(_, lat)| !lat.contains(','))?,
        // « 75 001 » is a postal code: two numbers apart by a space need a decimal mark each.
        [lon, lat] if [lon, lat].iter().all(|word| word.contains(['.', ','])) => (*lon, *lat),
        _ => return None,
    };
    let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
    Some(Degrees { lon: number(lon)?, lat: number(lat)? })
}

/// A postal or commune code, spaces removed and a lost leading zero given back: `69 100`, `2a004`, `1000`.
#[must_use]
pub fn code(text: &str) -> Option<String> {
    let mut code: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    if code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) {
        code.insert(0, '0');
    }
    CommuneCode::parse(&code).map(|_| code)
}

/// The postal code of an arrondissement: `Paris 19e`, `Lyon 3`, `Marseille 1er arrondissement`.
#[must_use]
pub fn arrondissement(text: &str) -> Option<String> {
    let folded = fold_place(text);
    let mut words = folded.split(' ');
    let (first, last) = match words.next()? {
        "paris" => (75_000, 20),
        "lyon" => (69_000, 9),
        "marseille" => (13_000, 16),
        _ => return None,
    };
    let number: u32 = words.next()?.trim_end_matches(char::is_alphabetic).parse().ok()?;
    let ends = matches!(words.next(), None | Some("arrondissement" | "arr" | "e" | "eme" | "er"));
    (ends && (1..=last).contains(&number)).then(|| format!("{:05}", first + number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_degrees_is_longitude_then_latitude() {
        let paris = Some(Degrees { lon: 2.35, lat: 48.85 });
        for text in ["2.35,48.85", "2.35, 48.85", "2,35 ; 48,85", "2,35 48,85", "(2.35 48.85)"] {
            assert_eq!(degrees(text), paris, "{text}");
        }
        assert_eq!(degrees("-61.53,16.24"), Some(Degrees { lon: -61.53, lat: 16.24 }));
    }

    #[test]
    fn codes_and_words_are_no_position() {
        for text in ["75 001", "69100", "inf,nan", "1.5", "Lyon, 3", "1,2,3", ",", ""] {
            assert_eq!(degrees(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_may_have_spaces_and_may_have_lost_its_zero() {
        assert_eq!(code("69 100").as_deref(), Some("69100"));
        assert_eq!(code("1000").as_deref(), Some("01000"));
        assert_eq!(code("2a004").as_deref(), Some("2A004"));
        assert_eq!(code("691"), None);
    }

    #[test]
    fn an_arrondissement_has_a_postal_code() {
        for (text, postcode) in [("Paris 19e", "75019"), ("lyon 3", "69003"), ("Marseille 1er arrondissement", "13001")]
        {
            assert_eq!(arrondissement(text).as_deref(), Some(postcode));
        }
        for text in ["Paris", "Paris 21", "Lyon 69003", "Lille 3", "Paris 3 rue"] {
            assert_eq!(arrondissement(text), None, "{text}");
        }
    }
}
