//! The streets of the edition with their numbers, where files of the Base adresse nationale were at hand: packed, since France
//! has 26 million addresses, and looked up commune by commune.

mod look;
mod pack;

use super::Atlas;
use crate::domain::{CommuneCode, Degrees, Position};

pub use look::{Asked, HouseFound};
pub use pack::{Builder, House, OfStreet};

/// The streets of an edition; empty where no file of addresses was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Streets {
    /// Ascending by commune of today, then by words.
    rows: Vec<Row>,
    /// All names, one after the other.
    names: String,
    /// Their words as they are compared, one after the other.
    words: String,
    /// All houses, one street after the other.
    houses: Vec<u8>,
}

/// A street; what is long stands in the texts that all share, up to these ends.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Row {
    commune: CommuneCode,
    /// The code that the base files it under: an arrondissement, a commune of before a merger.
    part: CommuneCode,
    /// 0 when unknown.
    postcode: u32,
    name_end: u32,
    words_end: u32,
    houses_end: u32,
    /// Hundred-thousandths of a degree, about a metre: of its middle, and where its houses are counted from.
    at: [i32; 2],
    /// A hamlet or another place without numbers.
    is_place: bool,
}

/// One street, as it is written and read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Street<'s> {
    /// Commune of today.
    pub commune: CommuneCode,
    /// The code that the base files it under.
    pub part: CommuneCode,
    /// Postal code, when known.
    pub postcode: Option<u32>,
    /// Name, as in the base.
    pub name: &'s str,
    /// Its words as they are compared, joined by spaces.
    pub words: &'s str,
    /// Hundred-thousandths of a degree, longitude first.
    pub at: [i32; 2],
    /// Its houses, packed.
    pub houses: &'s [u8],
    /// A hamlet or another place without numbers.
    pub is_place: bool,
}

impl Atlas {
    /// The streets of the edition; none where no file of addresses was read.
    #[must_use]
    pub fn streets(&self) -> &Streets {
        &self.streets
    }
}

impl Streets {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many bytes they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.rows.len() * size_of::<Row>() + self.names.len() + self.words.len() + self.houses.len()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Street<'_>> {
        (0..self.rows.len()).map(|rank| self.street(rank))
    }

    /// Whether any street of a commune is known.
    #[must_use]
    pub fn knows(&self, commune: CommuneCode) -> bool {
        !self.of_commune(commune).is_empty()
    }

    /// Adds a street that was written; they come in order.
    pub fn push(&mut self, street: &Street<'_>) {
        self.names.push_str(street.name);
        self.words.push_str(street.words);
        self.houses.extend_from_slice(street.houses);
        self.rows.push(Row {
            commune: street.commune,
            part: street.part,
            postcode: street.postcode.unwrap_or_default(),
            name_end: self.names.len() as u32,
            words_end: self.words.len() as u32,
            houses_end: self.houses.len() as u32,
            at: street.at,
            is_place: street.is_place,
        });
    }

    fn street(&self, rank: usize) -> Street<'_> {
        let row = &self.rows[rank];
        let before = rank.checked_sub(1).map(|rank| &self.rows[rank]);
        let start = |end: fn(&Row) -> u32| before.map_or(0, end) as usize;
        Street {
            commune: row.commune,
            part: row.part,
            postcode: (row.postcode > 0).then_some(row.postcode),
            name: &self.names[start(|row| row.name_end)..row.name_end as usize],
            words: &self.words[start(|row| row.words_end)..row.words_end as usize],
            houses: &self.houses[start(|row| row.houses_end)..row.houses_end as usize],
            at: row.at,
            is_place: row.is_place,
        }
    }

    fn of_commune(&self, commune: CommuneCode) -> std::ops::Range<usize> {
        let from = self.rows.partition_point(|row| row.commune < commune);
        from..from + self.rows[from..].partition_point(|row| row.commune == commune)
    }
}

/// A position of hundred-thousandths of a degree, if it is one.
fn position([lon, lat]: [i32; 2]) -> Option<Position> {
    Position::new(Degrees { lon: f64::from(lon) / SCALE, lat: f64::from(lat) / SCALE }).ok()
}

/// How many units a degree has.
const SCALE: f64 = 100_000.0;
