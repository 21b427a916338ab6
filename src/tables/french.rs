//! Numbers, distances and dates as a French reader expects them. Spaces inside a figure never break.

use chrono::{Datelike, NaiveDate};

use crate::domain::Metres;
use crate::domain::hours::MONTHS;
pub use crate::domain::liaison::of_place;

/// Between groups of three digits.
const NARROW: char = '\u{202f}';
/// Before a unit.
const SPACE: char = '\u{a0}';

/// `34969` → `34 969`.
#[must_use]
pub fn integer(number: u64) -> String {
    group(&number.to_string())
}

/// `1234.56` with one digit after the mark → `1 234,6`. Minus zero is zero.
#[must_use]
pub fn decimal(value: f64, decimals: u8) -> String {
    let text = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    let mark = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{}{mark}{fraction}", group(whole))
}

/// A value and its unit: `12,3 %`, `21 930 €`. No unit, no space.
#[must_use]
pub fn measure(value: f64, decimals: u8, unit: &str) -> String {
    let number = decimal(value, decimals);
    if unit.is_empty() { number } else { format!("{number}{SPACE}{unit}") }
}

fn group(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(NARROW);
        }
        grouped.push(digit);
    }
    grouped
}

/// A distance, no finer than coordinates deserve: 50 m steps below a kilometre, then 100 m, then whole kilometres.
#[must_use]
pub fn distance(distance: Metres) -> String {
    match no_finer(distance) {
        None => format!("moins de 100{SPACE}m"),
        Some((number, unit)) => format!("{number}{SPACE}{unit}"),
    }
}

/// The number and the unit of a distance; `None` for less than 100 m.
#[must_use]
pub fn no_finer(distance: Metres) -> Option<(String, &'static str)> {
    match distance.value() {
        ..75.0 => None,
        metres @ ..975.0 => Some((decimal((metres / 50.0).round() * 50.0, 0), "m")),
        metres @ ..9_950.0 => Some((decimal(metres / 1_000.0, 1), "km")),
        metres => Some((decimal(metres / 1_000.0, 0), "km")),
    }
}

/// Minutes on foot, an estimate: a crow's flight lengthened by 1.3 (the detour factor of every page), at 4 km/h, the
/// pace of an older person. `None` beyond 45 minutes, when nobody would walk.
#[must_use]
pub fn minutes_on_foot(distance: Metres) -> Option<u32> {
    const DETOUR: f64 = 1.3;
    const METRES_PER_MINUTE: f64 = 4_000.0 / 60.0;
    let minutes = (distance.value() * DETOUR / METRES_PER_MINUTE).ceil().max(1.0);
    let rounded = if minutes > 10.0 { (minutes / 5.0).round() * 5.0 } else { minutes };
    (minutes <= 45.0).then_some(rounded as u32)
}

/// How long a way is, for who reads it: minutes as they are below two hours, then hours, to ten minutes: nobody plans a journey of
/// « 549 minutes ».
#[must_use]
pub fn duration(minutes: u64) -> String {
    match in_hours(minutes) {
        None => count(minutes, "minute", "minutes"),
        Some((hours, 0)) => format!("{hours}{SPACE}h"),
        Some((hours, rest)) => format!("{hours}{SPACE}h{SPACE}{rest}"),
    }
}

/// Hours and minutes, to ten minutes, of what is told so: from two hours on.
#[must_use]
pub fn in_hours(minutes: u64) -> Option<(u64, u64)> {
    const IN_HOURS: u64 = 120;
    let tens = (minutes + 5) / 10;
    (minutes >= IN_HOURS).then_some((tens / 6, tens % 6 * 10))
}

/// The same words with a capital letter.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What stands after « à 400 m »: « le centre de Belley » → « du centre de Belley ».
#[must_use]
pub fn of(place: &str) -> String {
    for (article, contracted) in [("le ", "du "), ("les ", "des ")] {
        if let Some(rest) = place.strip_prefix(article) {
            return format!("{contracted}{rest}");
        }
    }
    format!("de {place}")
}

/// `2024-08-01` → `1er août 2024`.
#[must_use]
pub fn date(day: NaiveDate) -> String {
    let number = if day.day() == 1 { "1er".to_string() } else { day.day().to_string() };
    format!("{number}{SPACE}{} {}", MONTHS[day.month0() as usize], day.year())
}

/// A vintage as a source gives it: an ISO day or month becomes words, a year or anything else stays.
#[must_use]
pub fn vintage(text: &str) -> String {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return date(day);
    }
    match format!("{text}-01").parse::<NaiveDate>() {
        Ok(first) => date(first).split_once(SPACE).map_or_else(|| text.to_string(), |(_, month)| month.to_string()),
        Err(_) => text.to_string(),
    }
}

/// A size in bytes: `3,4 Mo`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}{SPACE}octets"),
        1_000..1_000_000 => format!("{}{SPACE}ko", decimal(bytes as f64 / 1e3, 0)),
        _ => format!("{}{SPACE}Mo", decimal(bytes as f64 / 1e6, 1)),
    }
}

/// A number and its noun: `1 lieu`, `2 lieux`. In French zero is singular.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{}{SPACE}{}", integer(number), if number < 2 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metres(value: f64) -> Metres {
        Metres::new(value).unwrap()
    }

    #[test]
    fn figures_have_a_comma_and_narrow_spaces() {
        assert_eq!(decimal(1_234.56, 1), "1\u{202f}234,6");
        assert_eq!(integer(34_969), "34\u{202f}969");
        assert_eq!(integer(999), "999");
        assert_eq!(measure(12.0, 0, "%"), "12\u{a0}%");
        assert_eq!(decimal(-0.04, 1), "0,0", "minus zero is zero");
        assert_eq!(decimal(-1_500.0, 0), "−1\u{202f}500");
    }

    #[test]
    fn a_distance_is_no_finer_than_what_is_known() {
        let said: Vec<String> = [0.0, 74.0, 349.0, 974.0, 975.0, 1_234.0, 9_949.0, 9_951.0, 123_456.0]
            .map(|m| distance(metres(m)).replace('\u{a0}', " "))
            .into();
        let expected = ["moins de 100 m", "moins de 100 m", "350 m", "950 m", "1,0 km", "1,2 km", "9,9 km", "10 km"];
        assert_eq!(said[..8], expected);
        assert_eq!(said[8], "123 km");
    }

    #[test]
    fn walking_is_estimated_up_to_forty_five_minutes() {
        assert_eq!(minutes_on_foot(metres(0.0)), Some(1));
        assert_eq!(minutes_on_foot(metres(1_000.0)), Some(20));
        assert_eq!(minutes_on_foot(metres(2_400.0)), None);
    }

    #[test]
    fn a_long_way_is_told_in_hours() {
        let said = |minutes| duration(minutes).replace(SPACE, " ");
        let told =
            [(1, "1 minute"), (119, "119 minutes"), (120, "2 h"), (128, "2 h 10"), (549, "9 h 10"), (597, "10 h")];
        for (minutes, words) in told {
            assert_eq!(said(minutes), words);
        }
    }

    #[test]
    fn articles_are_contracted_after_de() {
        for (place, words) in [
            ("le centre de Belley", "du centre de Belley"),
            ("les Abymes", "des Abymes"),
            ("votre position", "de votre position"),
            ("«\u{a0}Le Lieu\u{a0}»", "de «\u{a0}Le Lieu\u{a0}»"),
        ] {
            assert_eq!(of(place), words);
        }
    }

    #[test]
    fn dates_and_vintages_are_words() {
        assert_eq!(vintage("2024-08-01"), "1er\u{a0}août 2024");
        assert_eq!(vintage("2022-12"), "décembre 2022");
        assert_eq!(vintage("2021"), "2021");
        assert_eq!(vintage("COG 2026"), "COG 2026");
    }

    #[test]
    fn the_article_of_a_commune_contracts() {
        let said = ["Le Havre", "Les Lilas", "Alès", "Lyon", "La Rochelle", "Étampes", "Hyères", "Honfleur", "Yvetot"];
        let said = said.map(of_place);
        let expected = ["du Havre", "des Lilas", "d'Alès", "de Lyon", "de La Rochelle", "d'Étampes"];
        assert_eq!(said[..6], expected);
        assert_eq!(said[6..], ["d'Hyères", "de Honfleur", "d'Yvetot"]);
    }
}
