//! A pair of degrees, as people type one.

use crate::domain::Degrees;

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
}
