//! What a property may be asked for. A code or a word of a closed list that is written another way is understood; one that
//! does not exist is refused: the answer to a slip of the pen is never an empty list.

use std::collections::BTreeSet;

use crate::atlas::Atlas;
use crate::domain::text::{five_characters, fold};
use crate::domain::{CommuneCode, Flag, Level};
use crate::http::params::closest;
use crate::http::problem::Problem;

/// Whether a property can be asked for by its name, as a parameter: GDAL pushes `name = 'value'` down.
#[derive(Debug, Clone, Copy)]
pub enum Use {
    /// Asked for as it is written.
    Queryable,
    /// Asked for by the code of a territory of this level.
    CodeOf(Level),
    /// Asked for by a postal code, with or without the zero that a spreadsheet took.
    Postcode,
    /// Asked for by a word of a closed list.
    Among(fn() -> Vec<&'static str>),
    /// Asked for by a word that the edition has.
    Found(fn(&Atlas) -> BTreeSet<String>),
    /// Asked for by the name of a flag of venues.
    Flag,
}

/// The flags of venues, as somebody may ask for them; that of a distance is asked for with its metres.
const FLAGS: [&str; 7] = [
    "ambiguous-commune",
    "contradictory-commune",
    "no-coordinates",
    "not-in-official-list",
    "outside-commune:METRES",
    "unknown-commune",
    "unusable-coordinates",
];

impl Use {
    /// The words there are, where the list is closed and short.
    #[must_use]
    pub fn words(self) -> Option<Vec<&'static str>> {
        if let Self::Among(words) = self { Some(words()) } else { None }
    }

    /// The value that a visitor means, as the edition writes it.
    ///
    /// # Errors
    /// 400 for a code or a word that does not exist, with the one that was most likely meant.
    pub fn understand(self, atlas: &Atlas, name: &str, text: &str) -> Result<String, Problem> {
        match self {
            Self::Queryable => Ok(text.to_owned()),
            Self::CodeOf(level) => code(atlas, level, name, text),
            Self::Postcode => {
                let code = five_characters(text);
                if code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Ok(code);
                }
                let detail = format!("`{name}` is a postal code of five digits, such as 01400");
                Err(Problem::parameter("invalid-code", name, text, detail))
            }
            Self::Among(words) => among(&words(), name, text),
            Self::Found(words) => {
                let words = words(atlas);
                among(&words.iter().map(String::as_str).collect::<Vec<_>>(), name, text)
            }
            Self::Flag => Flag::parse(text).map_or_else(
                || among(&FLAGS, name, text).and_then(|found| must_be_flag(&found, name, text)),
                |flag| Ok(flag.name()),
            ),
        }
    }

    /// Whether values are codes, which have no small letters.
    #[must_use]
    pub fn is_code(self) -> bool {
        matches!(self, Self::CodeOf(_))
    }
}

/// A word of a list, however it is written.
fn among(words: &[&str], name: &str, text: &str) -> Result<String, Problem> {
    let bare = bare(text);
    if let Some(word) = words.iter().find(|word| self::bare(word) == bare) {
        return Ok((*word).to_owned());
    }
    let hint = closest(text, words).map(|word| format!("; did you mean `{word}`?")).unwrap_or_default();
    let problem = Problem::parameter("unknown-value", name, text, format!("`{name}` has no such value{hint}"));
    Err(problem.allowing(words.iter().copied()))
}

/// `outside-commune:METRES` stands for many flags and is none.
fn must_be_flag(found: &str, name: &str, text: &str) -> Result<String, Problem> {
    Flag::parse(found).map(|flag| flag.name()).ok_or_else(|| {
        let detail = format!("`{name}` has no such value: write the metres in digits, such as outside-commune:1200");
        Problem::parameter("unknown-value", name, text, detail).allowing(FLAGS)
    })
}

/// Letters and digits, without accents: `france-services` and `France Services` are one word.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn code(atlas: &Atlas, level: Level, name: &str, text: &str) -> Result<String, Problem> {
    let upper = text.trim().to_uppercase();
    let refuse = |hint: String| {
        let detail = format!("`{name}` is the code of a territory of today, and this is none{hint}");
        Err(Problem::parameter("unknown-code", name, text, detail))
    };
    if level != Level::Commune {
        if let Some(territory) = atlas.territory(level, &upper) {
            return Ok(territory.code.clone());
        }
        let named = atlas.territories(level).iter().find(|territory| bare(&territory.name) == bare(text));
        let padded = atlas.territory(level, &format!("0{upper}"));
        let hint = named.or(padded).map(|found| format!("; did you mean {} ({})?", found.code, found.name));
        return refuse(hint.unwrap_or_default());
    }
    let found = CommuneCode::parse(&upper).and_then(|code| atlas.places().by_code(code));
    let Some(commune) = found.map(|ordinal| &atlas.communes()[ordinal]) else { return refuse(String::new()) };
    if commune.code.as_str() == upper {
        return Ok(upper);
    }
    refuse(format!("; it belongs to {} ({})", commune.code.as_str(), commune.name))
}
