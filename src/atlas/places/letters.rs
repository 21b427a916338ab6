//! Slips of the finger: a text is prepared once and compared with names by the thousand. Which letters stand in a name rules most
//! of them out in a nanosecond; the others are compared a column at a time, all letters of the text at once.

/// Which letters stand in a folded text, one bit each; what is no letter shares a few.
#[must_use]
pub fn letters(text: &str) -> u32 {
    let bit = |byte: u8| match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        _ if byte.is_ascii() => 1 << (26 + byte % 5),
        _ => OTHER,
    };
    text.bytes().fold(0, |letters, byte| letters | bit(byte))
}

/// A letter of more than one byte stands there: bytes say nothing of slips then.
const OTHER: u32 = 1 << 31;

/// A text that others are compared with.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    letters: u32,
    /// Where each letter stands in the text, a bit a place; `None` when it is too long for that, or not of plain letters.
    places: Option<Box<[u64; 128]>>,
}

impl Pattern {
    /// Prepares a folded text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain = text.is_ascii() && (1..=64).contains(&text.len());
        let places = plain.then(|| {
            let mut places = Box::new([0_u64; 128]);
            for (at, byte) in text.bytes().enumerate() {
                places[usize::from(byte)] |= 1 << at;
            }
            places
        });
        Self { text: text.to_owned(), letters: letters(text), places }
    }

    /// The letters that stand in it.
    #[must_use]
    pub fn letters(&self) -> u32 {
        self.letters
    }

    /// Whether a text with these letters may be so few slips away: a slip brings one letter and takes one away.
    #[must_use]
    pub fn may_be(&self, letters: u32, most: usize) -> bool {
        let only = |a: u32, b: u32| (a & !b).count_ones() as usize;
        let plain = (self.letters | letters) & OTHER == 0;
        !plain || only(self.letters, letters) <= most && only(letters, self.letters) <= most
    }

    /// The slips between this text and another, when there are so few: letters put in, left out, changed, or exchanged with their
    /// neighbour (the optimal alignment of strings, each letter touched once).
    #[must_use]
    pub fn within(&self, other: &str, most: usize) -> Option<usize> {
        if self.text.len().abs_diff(other.len()) > most {
            return None;
        }
        match &self.places {
            Some(places) if other.is_ascii() => columns(places, self.text.len(), other.as_bytes(), most),
            _ => Some(strsim::osa_distance(&self.text, other)).filter(|slips| *slips <= most),
        }
    }

    /// The same, of a text whose letters were not looked at before.
    #[must_use]
    pub fn near(&self, other: &str, most: usize) -> Option<usize> {
        if self.text.len().abs_diff(other.len()) > most || !self.may_be(letters(other), most) {
            return None;
        }
        self.within(other, most)
    }
}

/// A column of the table of distances for each letter of the other text, kept as the steps between its rows (H. Hyyrö, *A bit-vector
/// algorithm for computing Levenshtein and Damerau edit distances*, 2003). Each column that is left takes one slip off at most.
fn columns(places: &[u64; 128], length: usize, other: &[u8], most: usize) -> Option<usize> {
    let last = 1_u64 << (length - 1);
    let (mut up, mut down, mut same, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
    let mut slips = length;
    for (at, byte) in other.iter().enumerate() {
        let here = places[usize::from(byte & 0x7f)];
        let exchanged = ((!same & here) << 1) & before;
        same = ((here & up).wrapping_add(up) ^ up) | here | down | exchanged;
        let (more, less) = (down | !(same | up), same & up);
        slips = slips + usize::from(more & last != 0) - usize::from(less & last != 0);
        if slips > most + (other.len() - 1 - at) {
            return None;
        }
        let (more, less) = ((more << 1) | 1, less << 1);
        (up, down, before) = (less | !(same | more), more & same, here);
    }
    Some(slips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_at_once_is_what_is_compared_letter_by_letter() {
        let mut texts: Vec<String> = [
            "lyon",
            "laon",
            "lion",
            "nyol",
            "lyonn",
            "lnyo",
            "saint denis",
            "saint dneis",
            "sain denis",
            "",
            "a",
            "marseille",
            "marceille",
            "saint remy en bouzemont saint genest et isson",
            "sanit remy en bouzemont saint genest et isosn",
            "łódź",
        ]
        .map(str::to_owned)
        .into();
        // Texts of few letters, each a few slips from another: every kind of slip at every place, and beyond 64 letters.
        let mut draw = 7_u64;
        let mut next = |most: u64| {
            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (draw >> 33) % most
        };
        for length in [1, 2, 3, 5, 8, 13, 21, 34, 63, 64, 65] {
            for _ in 0..6 {
                let text: Vec<u8> = (0..length).map(|_| b'a' + next(4) as u8).collect();
                let mut other = text.clone();
                for _ in 0..next(4) {
                    let at = next(other.len() as u64) as usize;
                    match next(4) {
                        0 => other[at] = b'a' + next(4) as u8,
                        1 => other.insert(at, b'a' + next(4) as u8),
                        2 if other.len() > 1 => _ = other.remove(at),
                        _ if at > 0 => other.swap(at - 1, at),
                        _ => {}
                    }
                }
                texts.extend([text, other].map(|text| String::from_utf8(text).unwrap()));
            }
        }
        for text in &texts {
            let pattern = Pattern::of(text);
            for other in &texts {
                let slips = strsim::osa_distance(text, other);
                for most in 0..5 {
                    let expected = (slips <= most && text.len().abs_diff(other.len()) <= most).then_some(slips);
                    assert_eq!(pattern.within(other, most), expected, "{text}, {other}, {most}");
                    assert_eq!(pattern.near(other, most), expected, "{text}, {other}, {most}");
                }
            }
        }
    }
}
