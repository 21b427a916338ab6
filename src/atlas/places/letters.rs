//! The letters of a text, without their order: whether another can be a few slips of the finger away is known from them in
//! nanoseconds, and only what can be is compared letter by letter.

/// How often each letter stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters {
    counts: [u8; 32],
    /// Which stand there at all.
    there: u32,
}

impl Letters {
    /// Those of a folded text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (mut counts, mut there) = ([0_u8; 32], 0);
        for byte in text.bytes() {
            let at = if byte.is_ascii_lowercase() { usize::from(byte - b'a') } else { 26 + usize::from(byte % 6) };
            counts[at] = counts[at].saturating_add(1);
            there |= 1 << at;
        }
        Self { counts, there }
    }

    /// Which letters stand there, one bit each: enough for [`Self::may_be_within`].
    #[must_use]
    pub fn there(&self) -> u32 {
        self.there
    }

    /// Whether a text with these letters may be so few slips away; a slip brings one letter and takes one away.
    #[must_use]
    pub fn may_be_within(&self, slips: usize, there: u32) -> bool {
        let only = |a: u32, b: u32| (a & !b).count_ones() as usize;
        only(self.there, there) <= slips && only(there, self.there) <= slips
    }

    /// No text is fewer slips away than this: letters that one has and the other lacks.
    #[must_use]
    pub fn apart(&self, other: &Self) -> usize {
        let (mut only_a, mut only_b) = (0_u32, 0_u32);
        for (a, b) in self.counts.iter().zip(&other.counts) {
            only_a += u32::from(a.saturating_sub(*b));
            only_b += u32::from(b.saturating_sub(*a));
        }
        only_a.max(only_b) as usize
    }
}

/// The slips between two texts, when there are so few; `letters` are those of the first.
#[must_use]
pub fn slips_between(text: &str, letters: &Letters, other: &str, most: usize) -> Option<usize> {
    if text.len().abs_diff(other.len()) > most {
        return None;
    }
    let those = Letters::of(other);
    if !letters.may_be_within(most, those.there) || letters.apart(&those) > most {
        return None;
    }
    Some(strsim::osa_distance(text, other)).filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_letters_rule_out_is_never_near() {
        let texts = [
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
            "marseille",
            "marceille",
        ];
        for text in texts {
            let letters = Letters::of(text);
            for other in texts {
                let slips = strsim::osa_distance(text, other);
                for most in 0..4 {
                    let found = slips_between(text, &letters, other, most);
                    assert_eq!(found, (slips <= most).then_some(slips), "{text}, {other}, {most}");
                }
            }
        }
    }
}
