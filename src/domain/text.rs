//! Text folding: the one rule by which two spellings are the same word.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Folds a text for comparison: no accents, lower case, `’` and `´` as `'`, any run of white space or dashes as one space.
///
/// « Saint‑Étienne », `SAINT ETIENNE` and `saint-etienne` fold to the same text. Ligatures are opened (œ → oe).
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut pending_space = false;
    let mut push = |c: char| {
        if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{200b}' | '\u{feff}') {
            pending_space = true;
            return;
        }
        if pending_space && !folded.is_empty() {
            folded.push(' ');
        }
        pending_space = false;
        folded.push(c);
    };
    for c in text.chars() {
        if c.is_ascii() {
            push(if c == '`' { '\'' } else { c.to_ascii_lowercase() });
            continue;
        }
        match c {
            // An acute accent of its own would be taken apart into a blank and a mark: it is read before.
            '’' | '‘' | '‛' | 'ʼ' | 'ʹ' | '′' | '´' => push('\''),
            // Marks go, so their order does not matter, and each character can be taken apart alone.
            _ => decompose_compatible(c, |c| match c {
                _ if is_combining_mark(c) => {}
                'œ' | 'Œ' => ['o', 'e'].into_iter().for_each(&mut push),
                'æ' | 'Æ' => ['a', 'e'].into_iter().for_each(&mut push),
                _ => c.to_lowercase().filter(|c| !is_combining_mark(*c)).for_each(&mut push),
            }),
        }
    }
    folded
}

/// Folds the name of a commune or a street: [`fold`], apostrophes as spaces, `st`/`ste` opened, `cedex 2` dropped.
#[must_use]
pub fn fold_place(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut kept: Vec<&str> = Vec::new();
    for word in words {
        match word {
            "cedex" => break,
            "st" => kept.push("saint"),
            "ste" => kept.push("sainte"),
            word => kept.push(word),
        }
    }
    kept.join(" ")
}

/// Where some words stand, whole, in a text whose words are parted by one blank each, with one at either end.
#[must_use]
pub fn find_words(padded: &str, words: &str) -> Option<usize> {
    let mut begins = padded.match_indices(' ').map(|(blank, _)| blank + 1);
    begins.find(|at| padded[*at..].strip_prefix(words).is_some_and(|rest| rest.starts_with(' ')))
}

/// Whether some words stand, whole, in such a text.
#[must_use]
pub fn holds_words(padded: &str, words: &str) -> bool {
    find_words(padded, words).is_some()
}

/// A code of five characters as spreadsheets leave it: without blanks and invisible characters, without the `.0` of a
/// number, in capital letters, with the zeros it had lost in front. Longer texts stay too long.
#[must_use]
pub fn five_characters(text: &str) -> String {
    let is_nothing =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\'');
    let compact: String = text.chars().filter(|c| !is_nothing(*c)).flat_map(char::to_uppercase).collect();
    let plain = compact.strip_suffix(".0").or_else(|| compact.strip_suffix(",0")).unwrap_or(&compact);
    format!("{plain:0>5}")
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]) {
        digits.push(char::from_digit(half.into(), 16).unwrap_or_default());
    }
    digits
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    /// The rule as one would say it: the whole text is taken apart, then marks are left out.
    fn fold_as_said(text: &str) -> String {
        let apostrophes =
            |c: char| if matches!(c, '’' | '‘' | '‛' | 'ʼ' | 'ʹ' | '′' | '`' | '´') { '\'' } else { c };
        let apart: String = text.chars().map(apostrophes).nfkd().filter(|c| !is_combining_mark(*c)).collect();
        let opened = apart.replace(['œ', 'Œ'], "oe").replace(['æ', 'Æ'], "ae");
        let lower = opened.chars().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c));
        let blank = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{200b}' | '\u{feff}');
        let spaced: String = lower.map(|c| if blank(c) { ' ' } else { c }).collect();
        spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_character_folds_as_the_rule_says_wherever_it_stands() {
        for c in (0..0x2_0000).filter_map(char::from_u32) {
            for text in [format!("É{c}\u{301}b"), format!("{c}a"), format!(" {c}")] {
                assert_eq!(fold(&text), fold_as_said(&text), "{c:?} in {text:?}");
            }
        }
    }

    #[test]
    fn spellings_of_one_commune_fold_to_one_text() {
        for spelling in ["St Etienne", "SAINT-ETIENNE", "Saint Étienne cedex 2", "saint\u{a0}étienne"] {
            assert_eq!(fold_place(spelling), "saint etienne", "{spelling}");
        }
        assert_eq!(fold_place("L’Haÿ-les-Roses"), fold_place("L HAY LES ROSES"));
    }

    #[test]
    fn words_are_found_whole_only() {
        for (text, words, at) in [
            (" mairie de lyon ", "mairie", Some(1)),
            (" mairie de lyon ", "de lyon", Some(8)),
            (" la mairie annexe ", "mairie an", None),
            (" samairie mairie ", "mairie", Some(10)),
            (" cc ", "cc", Some(1)),
            ("  ", "cc", None),
        ] {
            assert_eq!(find_words(text, words), at, "{words} in {text}");
            assert_eq!(at, text.find(&format!(" {words} ")).map(|blank| blank + 1));
        }
    }

    #[test]
    fn every_byte_is_two_digits() {
        let all: Vec<u8> = (0..=255).collect();
        let said: String = all.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hexadecimal(&all), said);
    }

    #[test]
    fn every_apostrophe_is_one() {
        for mark in ['’', '‘', 'ʼ', '`', '´', '′', '＇'] {
            let text = format!("Ce lieu n{mark}accueille pas de public");
            assert_eq!(fold(&text), "ce lieu n'accueille pas de public", "{mark}");
        }
    }

    #[test]
    fn codes_survive_spreadsheets() {
        for (text, code) in [
            ("75 011", "75011"),
            ("23000.0", "23000"),
            ("1400,0", "01400"),
            ("\u{a0}23000", "23000"),
            ("23000\u{200b}", "23000"),
            ("'01001", "01001"),
            ("2a004", "2A004"),
            ("1001", "01001"),
            ("7501112", "7501112"),
        ] {
            assert_eq!(five_characters(text), code, "{text:?}");
        }
    }

    #[test]
    fn ligatures_and_turkish_letters_do_not_hide_a_place() {
        assert_eq!(fold("Œuilly"), "oeuilly");
        assert_eq!(fold("  Île  "), "ile");
    }
}
