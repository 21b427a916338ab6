//! Patterns of `LIKE`: `%` for any letters, `_` for one, `\` before either to mean itself.

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Any,
    One,
    Letter(char),
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

impl Pattern {
    /// Reads a pattern.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut letters = text.chars();
        let mut pieces = Vec::new();
        while let Some(letter) = letters.next() {
            pieces.push(match letter {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => letters.next().map_or(Piece::Letter('\\'), Piece::Letter),
                letter => Piece::Letter(letter),
            });
        }
        pieces.dedup_by(|a, b| *a == Piece::Any && *b == Piece::Any);
        Self(pieces)
    }

    /// Whether a text is of this pattern. Takes at most its length times that of the pattern.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let (mut piece, mut letter) = (0, 0);
        // The last `%`, and the letter that it has swallowed up to.
        let mut back: Option<(usize, usize)> = None;
        while letter < letters.len() {
            match self.0.get(piece) {
                Some(Piece::Any) => {
                    back = Some((piece, letter));
                    piece += 1;
                }
                Some(Piece::One) => (piece, letter) = (piece + 1, letter + 1),
                Some(Piece::Letter(wanted)) if *wanted == letters[letter] => (piece, letter) = (piece + 1, letter + 1),
                _ => {
                    let Some((any, swallowed)) = back else { return false };
                    back = Some((any, swallowed + 1));
                    (piece, letter) = (any + 1, swallowed + 1);
                }
            }
        }
        self.0[piece..].iter().all(|piece| *piece == Piece::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_what_they_say_and_nothing_else() {
        for (pattern, text, fits) in [
            ("Mairie%", "Mairie de Guéret", true),
            ("Mairie%", "La Mairie", false),
            ("%de%", "Mairie de Guéret", true),
            ("G_éret", "Guéret", true),
            ("G_ret", "Guéret", false),
            ("100\\%", "100%", true),
            ("100\\%", "100 ans", false),
            ("%a%b%c", "xxaxxbxxc", true),
            ("%a%b%c", "xxaxxbxx", false),
            ("", "", true),
            ("", "a", false),
            ("%", "", true),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
        }
        assert!(!Pattern::new(&"%a".repeat(500)).fits(&"a".repeat(400)), "no pattern takes for ever");
    }
}
