//! Houses of a street as bytes: number, what follows it, and how far it is from the house before, each in as few bytes as it
//! takes; about six for a house.

use super::{SCALE, Street, Streets};
use crate::domain::{CommuneCode, Position};

/// What may follow a number; anything else is left out of the table, never the house itself.
const SUFFIXES: [&str; 29] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z", "bis", "ter", "quater",
];

/// One house of a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House {
    /// Its number.
    pub number: u32,
    /// What follows it: `bis`, `a`; empty when nothing does.
    pub suffix: &'static str,
    /// Hundred-thousandths of a degree, longitude first.
    pub at: [i32; 2],
}

/// The houses of a street, in the order in which they were written.
pub(super) fn houses<'s>(street: &Street<'s>) -> impl Iterator<Item = House> + use<'s> {
    let (mut bytes, mut at) = (street.houses, street.at);
    std::iter::from_fn(move || {
        let number = take(&mut bytes)?;
        let (&suffix, rest) = bytes.split_first()?;
        bytes = rest;
        let suffix = usize::from(suffix).checked_sub(1).and_then(|rank| SUFFIXES.get(rank)).copied();
        for axis in &mut at {
            *axis = axis.wrapping_add(unfold(take(&mut bytes)?));
        }
        Some(House { number, suffix: suffix.unwrap_or_default(), at })
    })
}

/// Gathers streets from rows that come street by street, or nearly.
#[derive(Debug, Default)]
pub struct Builder {
    gathered: Vec<Gathered>,
    /// The street of the last row.
    open: Option<Gathered>,
    points: Vec<House>,
}

/// A street whose rows were read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Gathered {
    commune: CommuneCode,
    words: String,
    part: CommuneCode,
    name: String,
    postcode: u32,
    at: [i32; 2],
    is_place: bool,
    houses: Box<[u8]>,
}

/// Which street a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfStreet<'r> {
    /// Commune of today.
    pub commune: CommuneCode,
    /// The code that the base files it under.
    pub part: CommuneCode,
    /// Postal code; empty when unknown.
    pub postcode: &'r str,
    /// Name.
    pub name: &'r str,
    /// A hamlet or another place without numbers.
    pub is_place: bool,
}

impl Builder {
    /// Adds one row: a house when it has a number. `words` are asked for once a street.
    pub fn add(&mut self, of: OfStreet<'_>, number: &str, suffix: &str, at: Position, words: impl Fn(&str) -> String) {
        let postcode = of.postcode.parse().unwrap_or_default();
        let same = |open: &Gathered| {
            (open.commune, open.part, open.is_place, open.postcode) == (of.commune, of.part, of.is_place, postcode)
                && open.name == of.name
        };
        if !self.open.as_ref().is_some_and(same) {
            self.close();
            self.open = Some(Gathered {
                commune: of.commune,
                words: words(of.name),
                part: of.part,
                name: of.name.to_owned(),
                postcode,
                at: [0; 2],
                is_place: of.is_place,
                houses: Box::default(),
            });
        }
        let whole = |degrees: f64| (degrees * SCALE).round() as i32;
        let suffix = suffix.to_lowercase();
        let suffix = SUFFIXES.iter().find(|known| **known == suffix).copied().unwrap_or_default();
        let number = number.parse().unwrap_or_default();
        self.points.push(House { number, suffix, at: [whole(at.lon()), whole(at.lat())] });
    }

    /// Packs the street of the last row.
    fn close(&mut self) {
        let mut points = std::mem::take(&mut self.points);
        let Some(mut street) = self.open.take().filter(|_| !points.is_empty()) else { return };
        let mean = |axis: usize| {
            let sum: i64 = points.iter().map(|house| i64::from(house.at[axis])).sum();
            i32::try_from(sum / points.len() as i64).unwrap_or_default()
        };
        street.at = [mean(0), mean(1)];
        points.retain(|house| house.number > 0 && !street.is_place);
        points.sort_by_key(|house| (house.number, house.suffix, house.at));
        points.dedup_by_key(|house| (house.number, house.suffix));
        let (mut bytes, mut at) = (Vec::with_capacity(points.len() * 7), street.at);
        for house in &points {
            put(&mut bytes, house.number);
            let rank = SUFFIXES.iter().position(|suffix| *suffix == house.suffix);
            bytes.push(rank.map_or(0, |rank| rank as u8 + 1));
            for axis in 0..2 {
                put(&mut bytes, fold(house.at[axis].wrapping_sub(at[axis])));
            }
            at = house.at;
        }
        street.houses = bytes.into_boxed_slice();
        self.gathered.push(street);
        points.clear();
        self.points = points;
    }

    /// The table, in order: the same rows give the same table.
    #[must_use]
    pub fn finish(mut self) -> Streets {
        self.close();
        self.gathered.sort();
        self.gathered.dedup();
        let mut streets = Streets::default();
        for street in self.gathered {
            streets.push(&Street {
                commune: street.commune,
                part: street.part,
                postcode: (street.postcode > 0).then_some(street.postcode),
                name: &street.name,
                words: &street.words,
                at: street.at,
                houses: &street.houses,
                is_place: street.is_place,
            });
        }
        streets
    }
}

/// Seven bits a byte, the last without the eighth.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push((number as u8) | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Small distances either way become small numbers.
fn fold(step: i32) -> u32 {
    ((step << 1) ^ (step >> 31)) as u32
}

fn unfold(number: u32) -> i32 {
    (number >> 1) as i32 ^ -((number & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Degrees;

    #[test]
    fn houses_survive_the_packing_whatever_their_order() {
        let code = CommuneCode::parse("93010").unwrap();
        let of = OfStreet { commune: code, part: code, postcode: "93140", name: "Rue X", is_place: false };
        let at = |lon: f64, lat: f64| Position::new(Degrees { lon, lat }).unwrap();
        let rows =
            [("12", "BIS", 2.48, 48.9), ("3", "", -61.5, 16.2), ("4000", "z", 2.481, 48.901), ("12", "", 55.4, -20.9)];
        let mut builder = Builder::default();
        for (number, suffix, lon, lat) in rows {
            builder.add(of, number, suffix, at(lon, lat), str::to_lowercase);
        }
        let streets = builder.finish();
        let street = streets.iter().next().unwrap();
        assert_eq!((street.name, street.words, street.postcode), ("Rue X", "rue x", Some(93_140)));
        let read: Vec<House> = houses(&street).collect();
        let house = |number, suffix, lon, lat| House { number, suffix, at: [lon, lat] };
        assert_eq!(
            read,
            [
                house(3, "", -6_150_000, 1_620_000),
                house(12, "", 5_540_000, -2_090_000),
                house(12, "bis", 248_000, 4_890_000),
                house(4_000, "z", 248_100, 4_890_100),
            ]
        );
    }

    #[test]
    fn numbers_take_as_many_bytes_as_they_need() {
        for number in [0, 1, 127, 128, 16_383, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            assert_eq!(take(&mut &bytes[..]), Some(number));
        }
        for step in [0, 1, -1, 63, -64, 9_000, i32::MAX, i32::MIN] {
            assert_eq!(unfold(fold(step)), step);
        }
        assert_eq!(take(&mut &[0x80_u8][..]), None, "cut short");
    }
}
