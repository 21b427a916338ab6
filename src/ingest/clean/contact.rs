//! Telephones and e-mail addresses.

use super::{Cleaned, Doubt};
use crate::ingest::report::Code;

/// Reads a French telephone number: ten digits in pairs, `+` and an overseas prefix, or a short number kept as it is.
/// Of two numbers in one cell the first valid one is kept, with a remark.
///
/// # Errors
/// When no number that could be dialled is found.
pub fn phone(text: &str) -> Result<Cleaned<String>, Doubt> {
    let parts: Vec<&str> = text.split(['/', ';', '|', ',']).flat_map(|part| part.split(" ou ")).collect();
    let mut read = parts.iter().filter_map(|part| one_phone(part));
    match read.next() {
        Some(number) if parts.len() > 1 => {
            Ok(Cleaned::with(number, Code::InvalidPhone, "several numbers in one cell; the first valid one is kept"))
        }
        Some(number) => Ok(Cleaned::plain(number)),
        None => Err(Doubt::new(Code::InvalidPhone, "not a telephone number; expected ten digits or + and a prefix")),
    }
}

fn one_phone(text: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '.' | '-' | '(' | ')' | '_');
    let start = text.find(|c: char| c.is_ascii_digit() || c == '+')?;
    let text = text[start..].trim();
    let end = text.find(|c: char| !allowed(c)).unwrap_or(text.len());
    let text = text[..end].replace("(0)", "");
    let international = text.starts_with('+');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = match digits.as_str() {
        d if international => {
            return match d.strip_prefix("33") {
                Some(rest) => pairs(&format!("0{}", rest.trim_start_matches('0'))),
                None => (9..=13).contains(&d.len()).then(|| format!("+{d}")),
            };
        }
        d if d.starts_with("0033") => format!("0{}", &d[4..]),
        // A spreadsheet dropped the leading zero.
        d if d.len() == 9 && !d.starts_with('0') => format!("0{d}"),
        d => d.to_owned(),
    };
    // Short numbers: 3xxx, 10xx, 11x, 115…
    if matches!(national.len(), 3 | 4 | 6) && (national.starts_with('3') || national.starts_with('1')) {
        return Some(national);
    }
    // Nouvelle-Calédonie has six digits.
    if national.len() == 6 && !national.starts_with('0') {
        return Some(national);
    }
    pairs(&national)
}

fn pairs(ten: &str) -> Option<String> {
    let valid =
        ten.len() == 10 && ten.starts_with('0') && !ten.starts_with("00") && ten.bytes().all(|b| b.is_ascii_digit());
    let repeated = ten.bytes().skip(1).all(|b| b == ten.as_bytes()[1]);
    (valid && !repeated).then(|| (0..5).map(|i| &ten[2 * i..2 * i + 2]).collect::<Vec<_>>().join(" "))
}

/// Reads an e-mail address: one `@`, a dotted host, no blank, no control character.
///
/// # Errors
/// Anything else, header injections included.
pub fn email(text: &str) -> Result<String, Doubt> {
    let text = text.strip_prefix("mailto:").unwrap_or(text).trim();
    let simple = |part: &str, extra: &[char]| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-') || extra.contains(&c))
    };
    let valid = text.len() <= 254
        && text.split_once('@').is_some_and(|(local, host)| {
            simple(local, &['_', '+', '\'', '&', '!', '#', '=', '~'])
                && simple(host, &[])
                && host.contains('.')
                && !host.contains("..")
        });
    if valid { Ok(text.to_owned()) } else { Err(Doubt::new(Code::InvalidEmail, "not an e-mail address")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        phone(text).ok().map(|cleaned| cleaned.value)
    }

    #[test]
    fn numbers_are_shown_in_pairs() {
        for same in
            ["04 50 56 87 49", "0450568749", "+33450568749", "+33 (0)4 50 56 87 49", "04.50.56.87.49", "450568749"]
        {
            assert_eq!(read(same).as_deref(), Some("04 50 56 87 49"), "{same}");
        }
        assert_eq!(read("+262262201234").as_deref(), Some("+262262201234"));
        assert_eq!(read("+687445728").as_deref(), Some("+687445728"));
    }

    #[test]
    fn a_short_number_stays_short() {
        assert_eq!(read("3230").as_deref(), Some("3230"));
    }

    #[test]
    fn of_two_numbers_the_first_is_kept_and_said() {
        let cleaned = phone("04 50 56 87 49 / 06 39 98 12 34").unwrap();
        assert_eq!(cleaned.value, "04 50 56 87 49");
        assert!(cleaned.remark.is_some());
    }

    #[test]
    fn what_cannot_be_dialled_is_no_number() {
        for bad in ["0000000000", "non communiqué", "12", "0123"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_cannot_carry_a_header() {
        assert!(email("a@b.fr\r\nBcc: c@d.fr").is_err());
        assert!(email("contact@mairie-créon.fr").is_ok());
        assert!(email("contact@fr").is_err());
    }
}
