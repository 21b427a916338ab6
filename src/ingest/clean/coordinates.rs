//! Latitude and longitude in one cell: `46.17, 1.87`, `[46.17, 1.87]`, `POINT(1.87 46.17)`, `46,17 ; 1,87`.

use super::number::coordinate;
use super::{Cleaned, Doubt};
use crate::ingest::report::Code;

/// Two numbers as texts, fit for [`coordinate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// As published, with a decimal point.
    pub latitude: String,
    /// As published, with a decimal point.
    pub longitude: String,
}

/// Reads the pair of a cell that announces the latitude first. `POINT(…)` (WKT, OGC 06-103r4) and `GeoJSON` put the
/// longitude first, whatever the column is called.
///
/// # Errors
/// When the cell does not hold exactly two numbers.
pub fn pair(text: &str) -> Result<Cleaned<Pair>, Doubt> {
    let lower = text.to_lowercase();
    // `SRID=4326;POINT(1.87 46.17)`: the number of the reference system is no coordinate.
    let is_point = lower.contains("point");
    let inner = if is_point { lower.find(['(', '[']).map_or("", |at| &text[at..]) } else { text };
    let names_longitude_first = match (lower.find("lon").or_else(|| lower.find("lng")), lower.find("lat")) {
        (Some(longitude), Some(latitude)) => longitude < latitude,
        _ => is_point,
    };
    let numbers = numbers(inner).ok_or_else(|| {
        Doubt::new(
            Code::InvalidCoordinate,
            "not two numbers; expected a latitude and a longitude such as 48.8566, 2.3522",
        )
    })?;
    let [first, second] = numbers;
    let (latitude, longitude) = if names_longitude_first { (second, first) } else { (first, second) };
    let pair = Pair { latitude, longitude };
    let usual = text.split_once(',').is_some_and(|(a, b)| [a, b].iter().all(|part| coordinate(part.trim()).is_ok()));
    if usual {
        return Ok(Cleaned::plain(pair));
    }
    Ok(Cleaned::with(pair, Code::InvalidCoordinate, "two numbers in one cell; read as a latitude and a longitude"))
}

/// Reads the pair of a cell that holds the longitude first.
///
/// # Errors
/// When the cell does not hold exactly two numbers.
pub fn reversed(text: &str) -> Result<Cleaned<Pair>, Doubt> {
    let Cleaned { value: Pair { latitude, longitude }, .. } = pair(text)?;
    Ok(Cleaned::plain(Pair { latitude: longitude, longitude: latitude }))
}

/// The two numbers of a text and nothing else but marks and names; decimal commas become points.
fn numbers(text: &str) -> Option<[String; 2]> {
    let is_mark = |c: char| c.is_whitespace() || ";/|()[]{}\"'=:°<>".contains(c);
    // A comma that stands between a digit and a blank, or is the only one, parts the numbers; else it is a decimal mark.
    let commas = text.matches(',').count();
    let points = text.matches('.').count();
    let parts_by_comma = commas == 1 || points >= 1;
    let plain: String = if parts_by_comma && !(commas == 2 && points == 0) {
        text.replace(',', " ")
    } else if commas == 3 && points == 0 {
        // `46,1706,1,8715` and `46,1706, 1,8715`: the comma in the middle parts them.
        let middle = text.match_indices(',').nth(1).map(|(at, _)| at)?;
        format!("{} {}", text[..middle].replace(',', "."), text[middle + 1..].replace(',', "."))
    } else {
        text.replace(',', ".")
    };
    let mut numbers = Vec::new();
    for word in plain.split(is_mark).filter(|word| !word.is_empty()) {
        if coordinate(word).is_ok() {
            numbers.push(word.to_owned());
        } else if !matches!(
            word.to_lowercase().as_str(),
            "lat" | "lon" | "lng" | "latitude" | "longitude" | "point" | "type" | "coordinates" | "n" | "e" | "crs"
        ) {
            return None;
        }
    }
    // A third number is a height.
    match <[String; 2]>::try_from(numbers) {
        Ok(two) => Some(two),
        Err(more) if more.len() == 3 && text.contains(['(', '[']) => {
            let mut more = more.into_iter();
            Some([more.next()?, more.next()?])
        }
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_are_read_however_they_are_parted() {
        for text in [
            "46.1706,1.8715",
            "46.1706, 1.8715",
            "46.1706 1.8715",
            "46.1706;1.8715",
            "46.1706/1.8715",
            "46.1706|1.8715",
            "[46.1706,1.8715]",
            "(46.1706, 1.8715)",
            "46,1706 ; 1,8715",
            "46,1706 1,8715",
            "46,1706, 1,8715",
            "46,1706,1,8715",
            "POINT(1.8715 46.1706)",
            "Point (1.8715 46.1706 430)",
            "SRID=4326;POINT(1.8715 46.1706)",
            "{\"lon\":1.8715,\"lat\":46.1706}",
            "{\"type\":\"Point\",\"coordinates\":[1.8715,46.1706]}",
            "lat: 46.1706, lon: 1.8715",
            "46.1706° 1.8715°",
        ] {
            let read = pair(text).unwrap_or_else(|doubt| panic!("{text}: {}", doubt.reason)).value;
            assert_eq!((read.latitude.as_str(), read.longitude.as_str()), ("46.1706", "1.8715"), "{text}");
        }
        let small = pair("49.3222, -5.4e-05").unwrap().value;
        assert_eq!(small.longitude, "-5.4e-05");
    }

    #[test]
    fn the_usual_form_needs_no_remark() {
        assert_eq!(pair("46.1706, 1.8715").unwrap().remark, None);
        assert!(pair("46.1706;1.8715").unwrap().remark.is_some());
    }

    #[test]
    fn anything_else_is_refused_with_a_reason() {
        for text in
            ["46.1706", "", "Guéret", "46.17 1.87 3.0", "48°51'24\"N 2°21'07\"E", "46.1706,", "1 rue de la Paix, 3"]
        {
            assert!(pair(text).is_err(), "{text}");
        }
    }
}
