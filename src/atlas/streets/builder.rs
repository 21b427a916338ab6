//! Rows of files of addresses, gathered street by street and packed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pack::{House, SUFFIXES, fold, put, put_street, street};
use super::{InCommune, SCALE, Street, Streets};
use crate::domain::{CommuneCode, Position};

/// Gathers streets from rows that come street by street, or nearly.
#[derive(Debug, Default)]
pub struct Builder {
    /// Packed, by commune of today.
    gathered: BTreeMap<CommuneCode, Vec<u8>>,
    /// The street of the last row.
    open: Option<Open>,
    points: Vec<Point>,
}

/// The street whose rows are being read.
#[derive(Debug)]
struct Open {
    commune: CommuneCode,
    part: Option<CommuneCode>,
    name: String,
    words: String,
    postcode: u32,
    is_place: bool,
}

/// A house that was read, and whether what follows its number is one of [`SUFFIXES`].
#[derive(Debug, Clone, Copy)]
struct Point {
    house: House,
    is_whole: bool,
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
        let part = (of.part != of.commune).then_some(of.part);
        let same = |open: &Open| {
            (open.commune, open.part, open.is_place, open.postcode) == (of.commune, part, of.is_place, postcode)
                && open.name == of.name
        };
        if !self.open.as_ref().is_some_and(same) {
            self.close();
            let (name, words) = (of.name.to_owned(), words(of.name));
            self.open = Some(Open { commune: of.commune, part, name, words, postcode, is_place: of.is_place });
        }
        let whole = |degrees: f64| (degrees * SCALE).round() as i32;
        let known = SUFFIXES.iter().find(|known| known.eq_ignore_ascii_case(suffix)).copied();
        let house = House {
            number: number.parse().unwrap_or_default(),
            suffix: known.unwrap_or_default(),
            at: [whole(at.lon()), whole(at.lat())],
        };
        self.points.push(Point { house, is_whole: known.is_some() || suffix.is_empty() });
    }

    /// Packs the street of the last row.
    fn close(&mut self) {
        let mut points = std::mem::take(&mut self.points);
        let Some(open) = self.open.take().filter(|_| !points.is_empty()) else { return };
        let mean = |axis: usize| {
            let sum: i64 = points.iter().map(|point| i64::from(point.house.at[axis])).sum();
            i32::try_from(sum / points.len() as i64).unwrap_or_default()
        };
        let middle = [mean(0), mean(1)];
        points.retain(|point| point.house.number > 0 && !open.is_place);
        // « 12 bis 1 » stands for « 12 » only where there is no « 12 ».
        points.sort_by_key(|point| (point.house.number, point.house.suffix, !point.is_whole, point.house.at));
        points.dedup_by_key(|point| (point.house.number, point.house.suffix));
        let (mut houses, mut at) = (Vec::with_capacity(points.len() * 7), middle);
        for Point { house, .. } in &points {
            put(&mut houses, house.number);
            let rank = SUFFIXES.iter().position(|suffix| *suffix == house.suffix);
            houses.push(rank.map_or(0, |rank| rank as u8 + 1));
            for (here, before) in house.at.iter().zip(at) {
                put(&mut houses, fold(here.wrapping_sub(before)));
            }
            at = house.at;
        }
        let street = Street {
            part: open.part,
            postcode: (open.postcode > 0).then_some(open.postcode),
            name: &open.name,
            words: &open.words,
            at: middle,
            houses: &houses,
            is_place: open.is_place,
        };
        put_street(self.gathered.entry(open.commune).or_default(), &street);
        points.clear();
        self.points = points;
    }

    /// The streets, in order: the same rows give the same bytes, and a street that two files have is there once.
    #[must_use]
    pub fn finish(mut self) -> Streets {
        self.close();
        let (mut communes, mut shelf) = (Vec::new(), Vec::new());
        for (commune, bytes) in self.gathered {
            let mut rest = &bytes[..];
            let mut each = Vec::new();
            loop {
                let before = rest;
                if street(&mut rest).is_none() {
                    break;
                }
                each.push(&before[..before.len() - rest.len()]);
            }
            each.sort_unstable();
            each.dedup();
            communes.push(InCommune { commune, streets: u32::try_from(each.len()).unwrap_or(u32::MAX) });
            shelf.push(each.concat());
        }
        Streets::new(communes, Arc::new(shelf))
    }
}

#[cfg(test)]
mod tests {
    use super::super::pack::houses;
    use super::*;
    use crate::domain::Degrees;

    #[test]
    fn houses_survive_the_packing_whatever_their_order() {
        let code = CommuneCode::parse("93010").unwrap();
        let of = OfStreet { commune: code, part: code, postcode: "93140", name: "Rue X", is_place: false };
        let at = |lon: f64, lat: f64| Position::new(Degrees { lon, lat }).unwrap();
        let rows = [
            ("12", "BIS", 2.48, 48.9),
            ("3", "", -61.5, 16.2),
            ("4000", "z", 2.481, 48.901),
            ("12", "bis1", 3.0, 45.0),
            ("12", "", 55.4, -20.9),
        ];
        let mut builder = Builder::default();
        for (number, suffix, lon, lat) in rows {
            builder.add(of, number, suffix, at(lon, lat), str::to_lowercase);
        }
        let streets = builder.finish();
        assert_eq!(streets.communes(), [InCommune { commune: code, streets: 1 }]);
        let packed = streets.of(code).unwrap();
        let street = packed.streets().next().unwrap();
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
    fn the_order_of_files_and_a_file_read_twice_change_nothing() {
        let code = |text: &str| CommuneCode::parse(text).unwrap();
        let at = Position::new(Degrees { lon: 2.48, lat: 48.9 }).unwrap();
        let rows = [("93010", "Rue B", "1"), ("93010", "Rue A", "2"), ("13055", "Rue B", "1"), ("93010", "Rue B", "1")];
        let built = |rows: &[(&str, &str, &str)]| {
            let mut builder = Builder::default();
            for &(commune, name, number) in rows {
                let part = code(if commune == "13055" { "13201" } else { commune });
                let of = OfStreet { commune: code(commune), part, postcode: "", name, is_place: false };
                builder.add(of, number, "", at, str::to_lowercase);
            }
            builder.finish()
        };
        let (one, other) = (built(&rows), built(&[rows[2], rows[1], rows[0]]));
        assert_eq!(one.communes(), other.communes());
        for InCommune { commune, .. } in one.communes() {
            assert_eq!(one.of(*commune).unwrap().bytes(), other.of(*commune).unwrap().bytes());
        }
        let packed = one.of(code("13055")).unwrap();
        let parts: Vec<_> = packed.streets().map(|street| street.part).collect();
        assert_eq!(parts, [Some(code("13201"))]);
        assert_eq!(one.of(code("93010")).unwrap().streets().count(), 2);
        assert!(one.of(code("75056")).is_none());
    }
}
