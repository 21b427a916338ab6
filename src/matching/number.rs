//! A number in a field.

/// A number with a decimal point, or a decimal comma as spreadsheets write it in French.
pub(super) fn number(text: &[u8]) -> Option<f64> {
    if let Some(number) = short_decimal(text) {
        return Some(number);
    }
    let text = std::str::from_utf8(text).ok()?;
    match text.split_once(',') {
        Some((whole, decimals)) if !decimals.contains(['.', ',']) => format!("{whole}.{decimals}").parse().ok(),
        Some(_) => None,
        None => text.parse().ok(),
    }
}

/// Digits and a point, fifteen digits at most: two exact numbers whose quotient is rounded once, hence the nearest number
/// there is (Clinger, *How to read floating point numbers accurately*, 1990). `None` for anything else, however valid.
fn short_decimal(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    if !(2..=16).contains(&unsigned.len()) {
        return None;
    }
    let mut digits: u64 = 0;
    let mut point = None;
    for (i, &byte) in unsigned.iter().enumerate() {
        match byte {
            b'0'..=b'9' => digits = digits * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(i),
            _ => return None,
        }
    }
    let magnitude = digits as f64 / POWERS[unsigned.len() - 1 - point?];
    Some(if unsigned.len() == text.len() { magnitude } else { -magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_decimals_are_read_to_the_last_bit() {
        for text in
            ["48.8566", "-0.1278", "2.", ".5", "-.5", "0.00000000000001", "99999999999999.9", "-0.0", "00012.50"]
        {
            let expected: f64 = text.parse().expect("a number");
            assert_eq!(short_decimal(text.as_bytes()).map(f64::to_bits), Some(expected.to_bits()), "{text}");
        }
        let mut state = 1_u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let decimals = (state % 15) as usize;
            let text = format!("{:.decimals$}", f64::from((state >> 33) as i32) / 1e7);
            let expected: f64 = text.parse().expect("a number");
            assert_eq!(number(text.as_bytes()).map(f64::to_bits), Some(expected.to_bits()), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", ".", "-", "-.", "4 8.5", "48.5°", "48..5", "48,8,5", "4,8.5", "1 234.5", "abc", "\u{a0}2.5"] {
            assert_eq!(number(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(number(&[0xff, b'2']), None);
    }

    #[test]
    fn a_decimal_comma_is_read() {
        assert_eq!(number(b"48,8566"), Some(48.8566));
        assert_eq!(number(b"-1,5"), Some(-1.5));
    }
}
