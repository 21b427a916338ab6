//! Cells of lists that count posts and money: amounts as people write them, answers, and kinds of employers.

use crate::domain::text::fold;
use crate::ingest::clean::{cell, number};

/// What stands around an amount of money.
const CURRENCIES: [&str; 4] = ["€", "euros", "euro", "eur"];

/// Reads an amount, 0 or more: `74858`, `74 858 €`, `74858,00`, `1.234.567`, `74.858,00`.
///
/// # Errors
/// Says why: negative, no number, or one of two. `74.858` is 74,858 to some and 74 and a bit to others, a thousand times
/// less: neither is believed.
pub fn amount(text: &str) -> Result<f64, &'static str> {
    const NO_NUMBER: &str = "not a number; expected one such as 74858 or 74858.50";
    let lower = text.trim().to_lowercase();
    let bare = CURRENCIES.iter().find_map(|mark| lower.strip_suffix(mark)).unwrap_or(&lower);
    let bare = CURRENCIES.iter().find_map(|mark| bare.strip_prefix(mark)).unwrap_or(bare).trim();
    if bare.starts_with(['-', '\u{2212}']) {
        return Err("a negative number; expected 0 or more");
    }
    let bare = bare.strip_prefix('+').unwrap_or(bare);
    if bare.contains('e') {
        // As programs write large numbers.
        let read = number::value(bare, '.').or_else(|| number::value(bare, ','));
        return read.filter(|value| *value >= 0.0).ok_or(NO_NUMBER);
    }
    let spaced: Vec<&str> = bare.split(char::is_whitespace).collect();
    if spaced.len() > 1 {
        // Spaces part thousands: then a mark is that of decimals.
        let (last, decimals) = part(spaced[spaced.len() - 1], ['.', ',']);
        let mut groups = spaced;
        groups.pop();
        groups.push(last);
        return plain(&grouped(&groups).ok_or(NO_NUMBER)?, decimals).ok_or(NO_NUMBER);
    }
    let marks: Vec<char> = bare.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let read = match marks[..] {
        [] => plain(bare, ""),
        [mark] => {
            let (whole, decimals) = part(bare, [mark, mark]);
            let of_thousands = decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            if of_thousands {
                return Err("the mark may part thousands or decimals; expected 74858 or 74858.50");
            }
            plain(whole, decimals)
        }
        [first, .., last] => {
            let (whole, decimals) = if first == last { (bare, "") } else { part(bare, [last, last]) };
            let one_mark = !whole.contains(|c| matches!(c, '.' | ',') && c != first);
            let groups: Vec<&str> = whole.split(first).collect();
            grouped(&groups).filter(|_| one_mark).and_then(|whole| plain(&whole, decimals))
        }
    };
    read.ok_or(NO_NUMBER)
}

/// What stands before the last of the marks, and after it.
fn part(text: &str, marks: [char; 2]) -> (&str, &str) {
    text.rsplit_once(marks).unwrap_or((text, ""))
}

/// Groups of thousands as one row of digits; `None` when they are none.
fn grouped(groups: &[&str]) -> Option<String> {
    let (first, rest) = groups.split_first()?;
    let are_thousands = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    are_thousands.then(|| groups.concat())
}

fn plain(whole: &str, decimals: &str) -> Option<f64> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) {
        return None;
    }
    number::decimal(&if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") })
}

/// An answer of a form: yes, no, or neither of both where the row says nothing.
///
/// # Errors
/// When it is no answer.
pub fn yes_or_no(text: &str) -> Result<Option<bool>, &'static str> {
    match fold(text.trim()).as_str() {
        "oui" | "o" | "yes" | "y" | "1" | "1.0" | "true" | "vrai" | "x" => Ok(Some(true)),
        "non" | "n" | "no" | "0" | "0.0" | "false" | "faux" => Ok(Some(false)),
        _ if cell::is_nothing(text) => Ok(None),
        _ => Err("neither yes nor no; expected oui or non"),
    }
}

/// Whether an employer is a public body. An association is a private one in the lists of the programme.
///
/// # Errors
/// When the text names no kind of employer.
pub fn public_employer(text: &str) -> Result<Option<bool>, &'static str> {
    let folded = fold(text.trim());
    let kind = ["secteur ", "structure ", "employeur ", "organisme "].iter().find_map(|lead| folded.strip_prefix(lead));
    match kind.unwrap_or(&folded) {
        "public"
        | "publique"
        | "publics"
        | "publiques"
        | "collectivite"
        | "collectivite territoriale"
        | "commune"
        | "departement"
        | "region"
        | "epci"
        | "etablissement public" => Ok(Some(true)),
        "prive" | "privee" | "prives" | "privees" | "association" | "associatif" | "associative" | "entreprise" => {
            Ok(Some(false))
        }
        _ if cell::is_nothing(text) => Ok(None),
        _ => Err("neither public nor private; expected publique or privée"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_however_its_thousands_are_parted_and_never_a_thousand_times_too_small() {
        for (text, expected) in [
            ("74858", 74_858.0),
            ("74858.0", 74_858.0),
            ("74858,50", 74_858.5),
            ("74 858", 74_858.0),
            ("74 858 €", 74_858.0),
            ("74\u{202f}858\u{a0}€", 74_858.0),
            ("74858€", 74_858.0),
            ("74858 euros", 74_858.0),
            ("€ 74858", 74_858.0),
            ("74 858,00 €", 74_858.0),
            ("1 234 567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1,234,567", 1_234_567.0),
            ("74.858,00", 74_858.0),
            ("74,858.25", 74_858.25),
            ("0,125", 0.125),
            ("7.4858E4", 74_858.0),
            ("0", 0.0),
        ] {
            assert_eq!(amount(text), Ok(expected), "{text}");
        }
        for text in [
            "74.858",
            "74,858",
            "74.858 €",
            "-5",
            "−5",
            "74 85",
            "7 4858",
            "74k€",
            "74 858 € HT",
            "1.23.456",
            "1,2.3,4",
            "",
            "€",
            ",5",
            "NaN",
            "inf",
            "74858.5.",
            "74 858 74 858",
            "1234 567",
        ] {
            assert!(amount(text).is_err(), "{text}: {:?}", amount(text));
        }
    }

    #[test]
    fn answers_and_kinds_of_employers_are_read_or_refused() {
        for (text, expected) in [
            ("oui", Ok(Some(true))),
            ("O", Ok(Some(true))),
            ("1", Ok(Some(true))),
            ("TRUE", Ok(Some(true))),
            ("x", Ok(Some(true))),
            ("Non", Ok(Some(false))),
            ("N", Ok(Some(false))),
            ("0", Ok(Some(false))),
            ("faux", Ok(Some(false))),
            ("sans objet", Ok(None)),
            ("non défini", Ok(None)),
        ] {
            assert_eq!(yes_or_no(text), expected, "{text}");
        }
        assert!(yes_or_no("partiellement").is_err() && yes_or_no("2").is_err());
        for (text, expected) in [
            ("publique", true),
            ("Secteur public", true),
            ("Collectivité", true),
            ("privée", false),
            ("Secteur privé", false),
            ("Association", false),
        ] {
            assert_eq!(public_employer(text), Ok(Some(expected)), "{text}");
        }
        assert!(public_employer("GIP").is_err());
    }
}
