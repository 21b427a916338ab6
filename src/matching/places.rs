//! The points of communes and postal codes, for rows without a position of their own.

use std::collections::HashMap;

use super::clues::{self, Basis, Clues, Unplaced};
use crate::domain::Position;
use crate::domain::text::five_characters;

/// Five characters, as communes and postal codes have.
type Code = [u8; 5];

/// Where communes and postal codes are.
#[derive(Debug, Clone, Default)]
pub struct Places {
    communes: HashMap<Code, Position>,
    postcodes: HashMap<Code, Position>,
}

impl Places {
    /// Gathers the points of communes and postal codes; a code that is not five characters long can never be found.
    #[must_use]
    pub fn new<'a>(
        communes: impl IntoIterator<Item = (&'a str, Position)>,
        postcodes: impl IntoIterator<Item = (&'a str, Position)>,
    ) -> Self {
        let by_code = |(text, position): (&str, Position)| Some((code(text.as_bytes())?, position));
        Self {
            communes: communes.into_iter().filter_map(by_code).collect(),
            postcodes: postcodes.into_iter().filter_map(by_code).collect(),
        }
    }

    /// Where a row is, by the most precise clue that leads somewhere.
    ///
    /// # Errors
    /// The reason why the most precise clue that is there leads nowhere.
    pub fn locate<'a>(&self, clues: Clues<'a>) -> Result<(Position, Basis), Unplaced<'a>> {
        let unplaced = match clues::position(clues.longitude, clues.latitude) {
            Some(Ok(position)) => return Ok((position, Basis::Position)),
            Some(Err(unplaced)) => Some(unplaced),
            None => None,
        };
        if let Some(position) = find(&self.communes, clues.commune) {
            return Ok((position, Basis::Commune));
        }
        if let Some(position) = find(&self.postcodes, clues.postcode) {
            return Ok((position, Basis::Postcode));
        }
        Err(unplaced.unwrap_or(match (clues.commune, clues.postcode) {
            ([], []) => Unplaced::NoClue,
            ([], postcode) => Unplaced::UnknownPostcode(postcode),
            (commune, _) => Unplaced::UnknownCommune(commune),
        }))
    }
}

fn find(places: &HashMap<Code, Position>, text: &[u8]) -> Option<Position> {
    places.get(&code(text)?).copied()
}

/// A code as the build reads it, by [`five_characters`]; nearly all need no reading at all.
fn code(text: &[u8]) -> Option<Code> {
    if let Ok(mut code) = Code::try_from(text)
        && code.iter().all(u8::is_ascii_alphanumeric)
    {
        code.make_ascii_uppercase();
        return Some(code);
    }
    let text = std::str::from_utf8(text).ok().filter(|text| text.contains(|c: char| c.is_ascii_alphanumeric()))?;
    Code::try_from(five_characters(text).as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Degrees;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(Degrees { lon, lat }).expect("on Earth")
    }

    fn places() -> Places {
        let communes = [("01001", at(4.9, 46.1)), ("2A004", at(8.7, 41.9))];
        Places::new(communes, [("01400", at(5.0, 46.2)), ("20000", at(8.8, 42.0))])
    }

    #[test]
    fn the_most_precise_clue_that_leads_somewhere_wins() {
        let places = places();
        let all = Clues { longitude: b"4.95", latitude: b"46.15", commune: b"2A004", postcode: b"01400" };
        assert_eq!(places.locate(all), Ok((at(4.95, 46.15), Basis::Position)));
        assert_eq!(places.locate(Clues { latitude: b"", ..all }), Ok((at(8.7, 41.9), Basis::Commune)));
        let abroad = Clues { longitude: b"13.4", latitude: b"52.5", ..all };
        assert_eq!(places.locate(abroad), Ok((at(8.7, 41.9), Basis::Commune)));
        assert_eq!(places.locate(Clues { commune: b"99999", ..abroad }), Ok((at(5.0, 46.2), Basis::Postcode)));
    }

    #[test]
    fn the_reason_is_that_of_the_most_precise_clue() {
        let places = places();
        let lost = Clues { longitude: b"13.4", latitude: b"52.5", commune: b"99999", postcode: b"99998" };
        assert_eq!(places.locate(lost), Err(Unplaced::OutsideFrance));
        let lost = Clues { longitude: b"", latitude: b"", ..lost };
        assert_eq!(places.locate(lost), Err(Unplaced::UnknownCommune(b"99999")));
        assert_eq!(places.locate(Clues { commune: b"", ..lost }), Err(Unplaced::UnknownPostcode(b"99998")));
        assert_eq!(places.locate(Clues::default()), Err(Unplaced::NoClue));
    }

    #[test]
    fn codes_survive_spreadsheets() {
        let places = places();
        for commune in ["1001", "01001", "1 001", "01001.0", "1001.0", "\u{a0}01001", "01001\u{200b}", "'01001"] {
            let commune = commune.as_bytes();
            let clues = Clues { commune, ..Clues::default() };
            assert_eq!(places.locate(clues), Ok((at(4.9, 46.1), Basis::Commune)));
        }
        let corsican = Clues { commune: b"2a004", ..Clues::default() };
        assert_eq!(places.locate(corsican), Ok((at(8.7, 41.9), Basis::Commune)));
    }
}
