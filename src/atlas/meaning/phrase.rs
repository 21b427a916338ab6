//! A typed text taken apart: its words as they are compared and as they were written, and the postal code among them.

use unicode_normalization::UnicodeNormalization;

use crate::atlas::Atlas;
use crate::atlas::places::LINKS;
use crate::domain::CommuneCode;
use crate::domain::text::fold_place;

use super::index;

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is compared: `saint` for `St`.
    pub folded: String,
    /// As it was written, with what stood before it up to the word before.
    pub written: String,
    /// Whether a comma, a bracket or a line stands before it.
    pub after_a_pause: bool,
}

/// The text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase {
    /// The words, without the code and what belongs to it.
    pub words: Vec<Word>,
    /// The code of five characters among them: a postal code, or a commune's.
    pub code: Option<String>,
    /// Whether « Cedex » stands there: the code is that of an office of the post.
    pub cedex: bool,
    /// The number after « Cedex »: that of the arrondissement, in Paris, Lyon and Marseille.
    pub office: Option<u8>,
}

impl Phrase {
    /// Takes a text apart.
    pub fn read(atlas: &Atlas, text: &str) -> Self {
        let text: String = text.nfc().collect();
        let mut phrase = Self { words: words(&text), ..Self::default() };
        phrase.take_code(atlas);
        phrase.drop_cedex();
        phrase.drop_country();
        phrase
    }

    /// All words, as they are compared.
    pub fn folded(&self) -> String {
        folded(&self.words)
    }

    /// The last code wins: a street may have a number of five figures, a letter ends with the town.
    fn take_code(&mut self, atlas: &Atlas) {
        let digits = |word: &Word, length: usize| {
            word.folded.len() == length && word.folded.bytes().all(|byte| byte.is_ascii_digit())
        };
        let known = |code: &str| index::of(atlas).knows_code(atlas, code);
        let words = &self.words;
        let mut found = None;
        for (i, word) in words.iter().enumerate() {
            let upper = word.folded.to_uppercase();
            let pair = words.get(i + 1).filter(|next| digits(word, 2) && digits(next, 3));
            let pair = pair.map(|next| format!("{}{}", word.folded, next.folded));
            if digits(word, 5) || (upper.len() == 5 && CommuneCode::parse(&upper).is_some()) {
                found = Some((i, 1, upper));
            } else if let Some(code) = pair.filter(|code| words.len() == 2 || known(code)) {
                found = Some((i, 2, code));
            } else if digits(word, 4) && (words.len() == 1 || (i == 0 && known(&format!("0{}", word.folded)))) {
                found = Some((i, 1, format!("0{}", word.folded)));
            }
        }
        let Some((at, length, code)) = found else { return };
        self.code = Some(code);
        self.words.drain(at..at + length);
        // « F-75012 »
        if at > 0 && matches!(self.words[at - 1].folded.as_str(), "f" | "fr") {
            self.words.remove(at - 1);
        }
    }

    /// « Lyon, France »; « Île de France », « Roissy en France » and « France » keep theirs.
    fn drop_country(&mut self) {
        if let [.., before, last] = self.words.as_slice()
            && last.folded == "france"
            && !LINKS.contains(&before.folded.as_str())
        {
            self.words.pop();
        }
    }

    /// `Cedex`, `Cedex 03`, `BP 12`, `CS 70092`: for the post, not for finding.
    fn drop_cedex(&mut self) {
        let number = |word: &Word| word.folded.len() <= 6 && word.folded.bytes().all(|byte| byte.is_ascii_digit());
        let mut kept: Vec<Word> = Vec::new();
        let mut dropped = false;
        for word in self.words.drain(..) {
            let is_mark = word.folded == "cedex" || (!kept.is_empty() && matches!(word.folded.as_str(), "bp" | "cs"));
            self.cedex |= word.folded == "cedex";
            if is_mark || (dropped && number(&word)) {
                if !is_mark && self.cedex {
                    self.office = self.office.or_else(|| word.folded.parse().ok());
                }
                dropped = is_mark;
                continue;
            }
            dropped = false;
            kept.push(word);
        }
        self.words = kept;
    }
}

/// Words as one text, as it is compared.
pub fn folded(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// Words as they were written.
pub fn written(words: &[Word]) -> String {
    let text: String = words.iter().map(|word| word.written.as_str()).collect();
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The same without what binds them to the words after them: « Pays » of « Pays d'Aix ».
pub fn written_before(words: &[Word]) -> String {
    let last = words.iter().rposition(|word| !LINKS.contains(&word.folded.as_str()));
    written(&words[..last.map_or(words.len(), |last| last + 1)])
}

fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut between = String::new();
    let mut letters = String::new();
    let mut push = |between: &mut String, letters: &mut String| {
        if !letters.is_empty() {
            let folded = if letters.eq_ignore_ascii_case("cedex") { "cedex".to_owned() } else { fold_place(letters) };
            let after_a_pause = between.contains([',', ';', '(', '\n', '/']);
            found.push(Word { folded, written: format!("{between}{letters}"), after_a_pause });
            between.clear();
            letters.clear();
        }
    };
    for c in text.chars() {
        // « lyon3 », « bondy93140 »: a number begins after letters that are a word of their own; « A7 » is one word.
        let begins_a_number =
            c.is_ascii_digit() && letters.chars().count() >= 3 && letters.chars().all(char::is_alphabetic);
        if begins_a_number {
            push(&mut between, &mut letters);
        }
        if c.is_alphanumeric() {
            letters.push(c);
        } else {
            push(&mut between, &mut letters);
            between.push(c);
        }
    }
    push(&mut between, &mut letters);
    found.retain(|word| !word.folded.is_empty());
    // « Ivry s/ Seine », « Aulnay s/s Bois »: the stroke is no pause.
    for at in 1..found.len() {
        let strokes = |at: usize| found.get(at).is_some_and(|word| word.written.trim_start().starts_with('/'));
        let is_s = |at: usize| found.get(at).is_some_and(|word| word.folded == "s");
        if is_s(at) && strokes(at + 1) {
            let under = is_s(at + 1);
            if under { "sous" } else { "sur" }.clone_into(&mut found[at].folded);
            found[at + 1].after_a_pause = false;
            if under {
                let second = found.remove(at + 1);
                found[at].written.push_str(&second.written);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_remember_how_they_were_written() {
        let words = words("13, rue de l'Église – St-Étienne");
        assert_eq!(folded(&words), "13 rue de l eglise saint etienne");
        assert_eq!(written(&words[..5]), "13, rue de l'Église");
        assert!(words[1].after_a_pause);
        assert_eq!(written_before(&words[..4]), "13, rue", "what binds it to the next is no part of it");
    }

    #[test]
    fn a_stroke_after_an_s_is_a_word() {
        for (text, expected) in [
            ("Ivry s/ Seine", "ivry sur seine"),
            ("Vitry s/Seine", "vitry sur seine"),
            ("Aulnay s/s Bois", "aulnay sous bois"),
            ("Vals/Bains", "vals bains"),
        ] {
            let words = words(text);
            assert_eq!(folded(&words), expected);
            assert_eq!(written(&words), text);
        }
    }

    #[test]
    fn what_the_post_needs_is_dropped() {
        let read = |text: &str| {
            let mut phrase = Phrase { words: words(text), ..Phrase::default() };
            phrase.drop_cedex();
            phrase.folded()
        };
        assert_eq!(read("Lyon Cedex 03"), "lyon");
        assert_eq!(read("place du Théâtre BP 1207 Nantes CEDEX"), "place du theatre nantes");
    }
}
