//! The text of OpenStreetMap hours: made plain before reading, cut into rules after.

use std::ops::Range;

use super::notation::{DAYS, pieces};

/// The same text with plain spaces and dashes, and no separator at either end; what a comment says stays as it is.
pub(super) fn tidy(osm: &str) -> String {
    let plain: String = osm
        .chars()
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    pieces(&words.join(" "), " - ").join("-").trim_matches([' ', ';', ',']).to_owned()
}

/// `Mo 9h-12h30` → `Mo 9:00-12:30`, only when the text begins with an English day, so that French is never half-read.
pub(super) fn colons_for_h(text: &str) -> Option<String> {
    if !DAYS.iter().any(|day| text.starts_with(day)) || text.contains('"') {
        return None;
    }
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut repaired = String::with_capacity(text.len() + 8);
    for (at, c) in characters.iter().enumerate() {
        if *c == 'h' && at > 0 && is_digit(at - 1) {
            repaired.push_str(if is_digit(at + 1) { ":" } else { ":00" });
        } else {
            repaired.push(*c);
        }
    }
    Some(repaired)
}

/// Where one rule stands in a normalised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RuleText {
    /// What stands before it: nothing for the first, else `"; "` or `", "`.
    pub separator: &'static str,
    pub place: Range<usize>,
}

/// Splits normalised text at its rule separators, outside comments.
pub(super) fn split_rules(text: &str) -> Vec<RuleText> {
    const SEPARATORS: [&str; 2] = ["; ", ", "];
    let mut rules = Vec::new();
    let (mut separator, mut start, mut quoted) = ("", 0, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        let found = SEPARATORS.into_iter().find(|found| text[at..].starts_with(found));
        if let Some(found) = found.filter(|_| !quoted && at >= start) {
            rules.push(RuleText { separator, place: start..at });
            (separator, start) = (found, at + found.len());
        }
    }
    rules.push(RuleText { separator, place: start..text.len() });
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_split_outside_comments_only() {
        let text = "Mo 09:00-12:00 \"a; b, c\", Tu 09:00-12:00,14:00-17:00; We closed";
        let rules = split_rules(text);
        let parts: Vec<_> = rules.iter().map(|rule| (rule.separator, &text[rule.place.clone()])).collect();
        assert_eq!(
            parts,
            [("", "Mo 09:00-12:00 \"a; b, c\""), (", ", "Tu 09:00-12:00,14:00-17:00"), ("; ", "We closed"),]
        );
    }

    #[test]
    fn spaces_dashes_and_trailing_separators_are_made_plain() {
        assert_eq!(tidy(" Mo\u{a0}– Fr\n 09:00—12:00 ;; "), "Mo-Fr 09:00-12:00");
        assert_eq!(tidy(" ; "), "");
    }

    #[test]
    fn h_becomes_a_colon_after_an_english_day_only() {
        assert_eq!(colons_for_h("Mo-Fr 9h-12h30").as_deref(), Some("Mo-Fr 9:00-12:30"));
        assert_eq!(colons_for_h("lundi 9h-12h"), None);
        assert_eq!(colons_for_h("9h-12h"), None);
    }
}
