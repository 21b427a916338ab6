//! Numbers as people write them in French files.

use super::{Cleaned, Doubt};
use crate::ingest::report::Code;

/// Reads a coordinate: a decimal number, with a sign or an exponent (`-5.4e-05`, as programs write small ones). A decimal
/// comma is accepted with a remark.
///
/// # Errors
/// Degrees-minutes-seconds, thousands separators, dates, `NaN`, infinities and other texts.
pub fn coordinate(text: &str) -> Result<Cleaned<f64>, Doubt> {
    let bad = |reason: &str| Err(Doubt::new(Code::InvalidCoordinate, reason));
    // A minus of typographers, the mark by which a spreadsheet keeps a number as text, « 46.17 N ».
    let minus = text.replace('\u{2212}', "-");
    let text = minus.strip_prefix('\'').unwrap_or(&minus);
    if let Some(degrees) = with_hemisphere(text) {
        return Ok(Cleaned::with(degrees, Code::InvalidCoordinate, "degrees with their hemisphere; read with a sign"));
    }
    if text.chars().any(|c| matches!(c, '\'' | '′' | '"' | '″')) {
        return bad("degrees, minutes and seconds; expected decimal degrees such as 48.8566");
    }
    if text.contains(char::is_whitespace) {
        return bad("a number with spaces; expected decimal degrees such as 48.8566");
    }
    let (plain, comma) = if text.matches(',').count() == 1 && !text.contains('.') {
        (text.replace(',', "."), true)
    } else {
        (text.into(), false)
    };
    let unsigned = plain.strip_prefix('+').filter(|rest| !rest.starts_with('-')).unwrap_or(&plain);
    let unsigned = unsigned.strip_suffix('°').unwrap_or(unsigned);
    match decimal(unsigned).or_else(|| scientific(unsigned)) {
        Some(value) if comma => {
            Ok(Cleaned::with(value, Code::InvalidCoordinate, "a decimal comma; read as a decimal point"))
        }
        Some(value) => Ok(Cleaned::plain(value)),
        None => bad("not a number; expected decimal degrees such as 48.8566"),
    }
}

/// `46.17 N`, `N46.17`, `1.5° O`: south and west are negative. `None` when there is no such letter, or a sign beside it.
fn with_hemisphere(text: &str) -> Option<f64> {
    let letter = |c: char| matches!(c, 'N' | 'S' | 'E' | 'O' | 'W');
    let rest = text.strip_suffix(letter).or_else(|| text.strip_prefix(letter))?;
    let hemisphere = text.chars().find(|c| letter(*c))?;
    let rest = rest.trim();
    let plain = decimal(rest.trim_end_matches('°').trim_end());
    let value = plain.or_else(|| sexagesimal(rest)).filter(|value| *value >= 0.0)?;
    Some(if matches!(hemisphere, 'S' | 'O' | 'W') { -value } else { value })
}

/// `46° 10' 14.2"`: degrees and minutes are whole but for the last of the three. Their hemisphere stands beside them, or nothing
/// says that these are degrees.
fn sexagesimal(text: &str) -> Option<f64> {
    let is_mark = |c: char| matches!(c, '°' | 'º' | '\'' | '′' | '’' | '"' | '″' | '”') || c.is_whitespace();
    let parts: Vec<&str> = text.split(is_mark).filter(|part| !part.is_empty()).collect();
    let (last, whole) = parts.split_last().filter(|(_, whole)| (1..=2).contains(&whole.len()))?;
    if !text.contains(['°', 'º']) || !whole.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let numbers = whole.iter().chain([last]).map(|part| decimal(part)).collect::<Option<Vec<f64>>>()?;
    let in_range = numbers[1..].iter().all(|part| (0.0..60.0).contains(part));
    in_range.then(|| numbers.iter().rev().fold(0.0, |degrees, part| degrees / 60.0 + part))
}

/// `12.0` as a spreadsheet writes the number 12, without its point; any other text as it came.
#[must_use]
pub fn whole(text: &str) -> &str {
    let plain = text.trim();
    let digits = |text: &&str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.strip_suffix(".0").or_else(|| plain.strip_suffix(",0")).filter(digits).unwrap_or(text)
}

/// Reads `-12.5`: an optional sign, digits, an optional point with digits. No exponent, no `inf`, no `NaN`.
#[must_use]
pub fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
        && digits.bytes().any(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten().filter(|value: &f64| value.is_finite())
}

/// Reads `-5.4e-05`: a decimal and a power of ten that leaves a finite number of degrees.
fn scientific(text: &str) -> Option<f64> {
    let (mantissa, power) = text.split_once(['e', 'E'])?;
    decimal(mantissa)?;
    let power: i32 = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    if !(-20..=7).contains(&power) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Reads a statistical value with the decimal mark its file declares; an exponent is accepted, as in `1.2e-05`.
#[must_use]
pub fn value(text: &str, mark: char) -> Option<f64> {
    let plain: String = text.chars().map(|c| if c == mark { '.' } else { c }).collect();
    let foreign = text.chars().any(|c| !(c.is_ascii_digit() || matches!(c, '-' | 'e' | 'E' | '+') || c == mark));
    if foreign { None } else { plain.parse().ok().filter(|value: &f64| value.is_finite()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_house_has_no_decimals() {
        for (text, expected) in
            [("12.0", "12"), ("12,0", "12"), ("12", "12"), ("12.5", "12.5"), ("bis", "bis"), (".0", ".0")]
        {
            assert_eq!(whole(text), expected);
        }
    }

    #[test]
    fn only_decimal_degrees_are_coordinates() {
        for bad in [
            "NaN",
            "inf",
            "1e400",
            "48°51'24\"",
            "1 234.5",
            "12-mai",
            "0x30",
            "",
            "-",
            "4.8.5",
            "+-48.8",
            "４８",
            "1e",
            "e5",
        ] {
            assert!(coordinate(bad).is_err(), "{bad}");
        }
        for (text, value) in [("-0.5", -0.5), ("+48.8", 48.8), ("-5.4e-05", -5.4e-5), ("4.88E1", 48.8), ("48.8°", 48.8)]
        {
            assert_eq!(coordinate(text), Ok(Cleaned::plain(value)), "{text}");
        }
    }

    #[test]
    fn a_decimal_comma_is_read_and_said() {
        let read = coordinate("48,85").unwrap();
        assert!((read.value - 48.85).abs() < 1e-12 && read.remark.is_some());
    }

    #[test]
    fn a_hemisphere_is_a_sign() {
        for (text, value) in [("46.1706 N", 46.1706), ("E1.8715", 1.8715), ("1.5° O", -1.5), ("21.1S", -21.1)] {
            assert_eq!(coordinate(text).map(|read| read.value), Ok(value), "{text}");
        }
        for (text, value) in [
            ("46° 10' 14.2\" N", 46.170_611),
            ("1°52'17.4\"E", 1.871_5),
            ("N 46°10.236'", 46.170_6),
            ("1° 30' 0\" O", -1.5),
        ] {
            let read = coordinate(text).unwrap();
            assert!((read.value - value).abs() < 1e-6 && read.remark.is_some(), "{text}: {}", read.value);
        }
        for bad in ["46°61'N", "46.5°10'N", "46 10 14 N", "46°10'14\"99N"] {
            assert!(coordinate(bad).is_err(), "{bad}");
        }
        for (text, value) in [("\u{2212}1.5", -1.5), ("'1.5", 1.5)] {
            assert_eq!(coordinate(text), Ok(Cleaned::plain(value)), "{text}");
        }
        for bad in ["-1.5 O", "N", "46.17 NE", "46 10 N"] {
            assert!(coordinate(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn statistical_values_keep_to_their_mark() {
        assert_eq!(value("12,5", ','), Some(12.5));
        assert_eq!(value("12,5", '.'), None);
        assert_eq!(value("1\u{202f}234", ','), None);
    }
}
