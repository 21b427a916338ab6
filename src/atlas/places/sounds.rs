//! How a name sounds, roughly, to who writes by ear: « Montobant » is Montauban.

/// Letters that sound alike, in the order in which they are replaced.
const ALIKE: [(&str, &str); 24] = [
    ("eau", "o"),
    ("au", "o"),
    ("ph", "f"),
    ("qu", "k"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("ch", "§"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("ay", "e"),
    ("ai", "e"),
    ("ei", "e"),
    ("ey", "e"),
    ("et", "e"),
    ("er", "e"),
    ("en", "an"),
    ("em", "an"),
    ("am", "an"),
    ("om", "on"),
    ("c", "k"),
    ("y", "i"),
    ("z", "s"),
    ("h", ""),
];

/// The sound of a folded text, for comparing only.
#[must_use]
pub fn sound(folded: &str) -> String {
    let words = folded.split(' ').map(|word| {
        let mut word = word.to_owned();
        for (letters, alike) in ALIKE {
            if word.contains(letters) {
                word = word.replace(letters, alike);
            }
        }
        let mut heard = String::with_capacity(word.len());
        for c in word.chars() {
            if !heard.ends_with(c) {
                heard.push(c);
            }
        }
        heard.trim_end_matches(['s', 't', 'd', 'x', 'e']).to_owned()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_by_ear_sounds_like_the_name() {
        for (written, name) in [
            ("montobant", "montauban"),
            ("calay", "calais"),
            ("lorian", "lorient"),
            ("kimper", "quimper"),
            ("anecy", "annecy"),
            ("rouan", "rouen"),
            ("bordo", "bordeaux"),
        ] {
            assert_eq!(sound(written), sound(name), "{written}");
        }
        assert_ne!(sound("lyon"), sound("laon"));
    }
}
