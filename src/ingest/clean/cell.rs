//! One cell of a list of venues: what stands for nothing, and what was escaped on its way to us.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::entities::unescaped;
use super::{Doubt, Remark};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Words by which databases, spreadsheets and forms say that a cell holds nothing, folded and without brackets.
const NULL_WORDS: [&str; 44] = [
    "null",
    "nan",
    "none",
    "nil",
    "undefined",
    "n/a",
    "n.a.",
    "n.a",
    "[object object]",
    "object object",
    "na",
    "nd",
    "n/d",
    "n.d.",
    "nc",
    "n.c.",
    "n/c",
    "nr",
    "n.r.",
    "s/o",
    "s.o.",
    "\\n",
    "non renseigne",
    "non renseignee",
    "non renseignes",
    "non communique",
    "non communiquee",
    "non communiques",
    "non disponible",
    "non precise",
    "non defini",
    "inconnu",
    "inconnue",
    "sans objet",
    "neant",
    "a renseigner",
    "a completer",
    "a definir",
    "a preciser",
    "tbd",
    "tba",
    "loading...",
    "chargement...",
    "non applicable",
];

/// Words that say that a place has no name, and may be values of other fields.
const NO_NAMES: [&str; 12] =
    ["vide", "aucun", "aucune", "sans nom", "pas de nom", "sans", "nom", "nom du lieu", "sans titre", "x", "xx", "xxx"];

/// The cells in which a spreadsheet shows that a formula failed, in French and in English.
const SPREADSHEET_ERRORS: [&str; 28] = [
    "#n/a",
    "#n/d",
    "#na",
    "#valeur!",
    "#value!",
    "#ref!",
    "#nom?",
    "#name?",
    "#div/0!",
    "#nul!",
    "#null!",
    "#nombre!",
    "#num!",
    "#erreur!",
    "#error!",
    "#calc!",
    "#spill!",
    "#propagation!",
    "#champ!",
    "#field!",
    "#bloque!",
    "#blocked!",
    "#connexion!",
    "#connect!",
    "#inconnu!",
    "#unknown!",
    "#busy!",
    "#getting_data",
];

/// Words that say that a place has no address, folded.
const NO_ADDRESSES: [&str; 14] = [
    "0",
    "x",
    "xx",
    "xxx",
    "aucune",
    "aucun",
    "idem",
    "sans adresse",
    "pas d'adresse",
    "pas d’adresse",
    "aucune adresse",
    "adresse inconnue",
    "adresse non communiquee",
    "adresse non renseignee",
];

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Its text, unescaped; `None` when it says nothing.
    pub text: Option<Cow<'a, str>>,
    /// What was changed or is doubtful.
    pub remark: Option<Remark>,
}

/// Reads a cell; a blank one says nothing, without a remark.
#[must_use]
pub fn read(text: &str) -> Cell<'_> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}'));
    if text.is_empty() {
        return Cell { text: None, remark: None };
    }
    if is_nothing(text) {
        let doubt = Doubt::new(Code::NullWord, "a word for nothing, expected an empty cell");
        return Cell { text: None, remark: Some(Remark::new(text, Action::FieldCleared, doubt)) };
    }
    let plain = match unescaped(text) {
        plain if plain.contains(is_stray) => Cow::Owned(without_strays(&plain)),
        plain => plain,
    };
    let remark = if plain != text {
        let (code, reason) = if text.contains(is_stray) {
            (Code::ControlCharacter, "a control character; taken out")
        } else {
            (Code::EscapedText, "escaped text; read without its escapes")
        };
        let doubt = Doubt::new(code, reason);
        Some(Remark::new(text, Action::ValueRepaired, doubt))
    } else if plain.contains(is_direction_override) {
        let doubt = Doubt::new(Code::BidiControl, "a character that changes the direction of writing");
        Some(Remark::new(text, Action::ValueKept, doubt))
    } else {
        None
    };
    match plain {
        Cow::Owned(plain) if is_nothing(plain.trim()) => Cell { text: None, remark },
        plain => Cell { text: Some(plain), remark },
    }
}

/// Whether a text only fills its cell.
#[must_use]
pub fn is_nothing(text: &str) -> bool {
    if text.chars().all(|c| c.is_whitespace() || "-–—_./?*:;,…".contains(c)) {
        return true;
    }
    // No word for nothing is longer; most cells are told at once.
    if text.len() > 24 {
        return false;
    }
    let folded = fold(text);
    let bare = folded.trim_matches(['[', ']', '(', ')', '<', '>', '{', '}', '"', '*', ' ']);
    NULL_WORDS.contains(&bare) || SPREADSHEET_ERRORS.contains(&folded.as_str())
}

/// Whether a text names no place: what fills any cell, or only that of a name.
#[must_use]
pub fn is_no_name(text: &str) -> bool {
    let folded = fold(text);
    let bare = folded.trim_matches(['[', ']', '(', ')', '<', '>', '{', '}', '"', '*', ' ', '.']);
    is_nothing(text) || NO_NAMES.contains(&bare) || bare.parse::<f64>().is_ok_and(|number| number == 0.0)
}

/// Whether a text says that there is no address.
#[must_use]
pub fn is_no_address(text: &str) -> bool {
    let folded = fold(text);
    is_nothing(text) || NO_ADDRESSES.contains(&folded.trim_matches(['(', ')', '[', ']', '.', ' ']))
}

/// A control character with no place in a text.
fn is_stray(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// A vertical tab or a form feed breaks a line; the second set of controls is what Windows writes there, `\u{92}` an apostrophe;
/// the others are nothing.
fn without_strays(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '\u{b}' | '\u{c}' => Some('\n'),
        '\u{80}'..='\u{9f}' => WINDOWS_1252.decode(&[c as u8]).0.chars().next().filter(|c| !c.is_control()),
        c if is_stray(c) => None,
        c => Some(c),
    });
    kept.collect()
}

fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_nothing_and_are_said() {
        for word in [
            "NULL",
            "null",
            "nan",
            "NaN",
            "[ND]",
            "None",
            "#N/A",
            "#VALEUR!",
            "#REF!",
            "#DIV/0!",
            "#NOM?",
            "n/a",
            "N.D.",
            "-",
            "--",
            "—",
            "?",
            "\\N",
            "Non renseigné",
            "(vide)",
            "<NULL>",
        ] {
            let cell = read(word);
            let expected = word != "(vide)";
            assert_eq!(cell.text.is_none(), expected, "{word}");
            assert_eq!(cell.remark.is_some(), expected, "{word}");
        }
        assert_eq!(read(" \u{a0}"), Cell { text: None, remark: None });
    }

    #[test]
    fn a_word_for_nothing_is_no_name() {
        for word in ["N/C", "Vide", "(vide)", "Aucun", "Sans nom", "0", "0.0", "NULL", "--"] {
            assert!(is_no_name(word), "{word}");
        }
        for word in ["Le Vide-Grenier", "Espace 0", "Aucun Souci", "42", "NC Numérique"] {
            assert!(!is_no_name(word), "{word}");
        }
    }

    #[test]
    fn names_that_hold_such_words_stay() {
        for word in
            ["Nanterre", "La Nonette", "Null Part Ailleurs", "#1 Numérique", "0", "ND de Bliquetuit", "Y", "24/7"]
        {
            assert_eq!(read(word), Cell { text: Some(word.into()), remark: None });
        }
    }

    #[test]
    fn control_characters_are_taken_out_and_said() {
        let cell = read("Rue du\u{b}Pont\u{2}");
        assert_eq!(cell.text.as_deref(), Some("Rue du\nPont"));
        assert_eq!(cell.remark.map(|remark| remark.doubt.code), Some(Code::ControlCharacter));
    }

    #[test]
    fn controls_of_the_second_set_are_what_windows_writes_there() {
        let cell = read("12 rue de l\u{92}Eglise");
        assert_eq!(cell.text.as_deref(), Some("12 rue de l’Eglise"));
        assert_eq!(cell.remark.map(|remark| remark.doubt.code), Some(Code::ControlCharacter));
        assert_eq!(read("\u{93}Le Relais\u{94} \u{81}").text.as_deref(), Some("“Le Relais” "));
    }

    #[test]
    fn words_that_say_that_there_is_no_address() {
        for text in ["0", "x", "Pas d'adresse", "(adresse inconnue)", "idem", "#SPILL!", "À définir", "#CHAMP!", "TBD"]
        {
            assert!(is_no_address(text), "{text}");
        }
        for text in ["0 rue Haute", "Le Bourg", "10", "Rue X", "Idem et Cie"] {
            assert!(!is_no_address(text), "{text}");
        }
    }

    #[test]
    fn an_escaped_text_is_read_and_said() {
        let cell = read("Café &lt;Internet&gt;");
        assert_eq!(cell.text.as_deref(), Some("Café <Internet>"));
        assert_eq!(cell.remark.map(|remark| remark.doubt.code), Some(Code::EscapedText));
        assert_eq!(read("&nbsp;").text, None);
    }
}
