//! The names of the 45 arrondissements of Paris, Lyon and Marseille, each with a point of its own: the middle of Paris is no
//! place to search from for somebody of the 16e. What an edition knows of them is in [`super::super::districts`].

use std::sync::LazyLock;

use crate::domain::{CommuneCode, Degrees, Position};

/// The table that every edition is built from. What people type has to be understood whatever the edition at hand holds.
const TABLE: &str = include_str!("../../../data/territories/arrondissements.csv");

/// One arrondissement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrondissement {
    /// Its INSEE code: `75116`.
    pub code: &'static str,
    /// Its town.
    pub town: &'static str,
    /// Its number in the town.
    pub number: u8,
    town_code: &'static str,
    lon: f64,
    lat: f64,
}

/// All of them, ascending by code.
pub static ARRONDISSEMENTS: LazyLock<Vec<Arrondissement>> =
    LazyLock::new(|| TABLE.lines().skip(1).map(|line| of_line(line).expect("a line of our own table")).collect());

impl Arrondissement {
    /// Where distances are counted from.
    #[must_use]
    pub fn position(&self) -> Position {
        Position::new(Degrees { lon: self.lon, lat: self.lat }).expect("the table holds positions of France")
    }

    /// `Paris 16e`, `Lyon 1er`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.town, self.ordinal())
    }

    /// `16e`, `1er`.
    #[must_use]
    pub fn ordinal(&self) -> String {
        format!("{}{}", self.number, if self.number == 1 { "er" } else { "e" })
    }

    /// `75016`, `69001`. The 16e of Paris has `75116` too, which is its INSEE code.
    #[must_use]
    pub fn postcode(&self) -> String {
        format!("{}0{:02}", &self.code[..2], self.number)
    }
}

/// The arrondissement of an INSEE or a postal code.
#[must_use]
pub fn of_code(code: &str) -> Option<&'static Arrondissement> {
    ARRONDISSEMENTS.iter().find(|each| each.code == code || each.postcode() == code)
}

/// The arrondissement of a town by its number.
#[must_use]
pub fn of_town(town: &str, number: u8) -> Option<&'static Arrondissement> {
    ARRONDISSEMENTS.iter().find(|each| each.town.eq_ignore_ascii_case(town) && each.number == number)
}

/// The code of the town.
#[must_use]
pub fn town_code(of: &Arrondissement) -> CommuneCode {
    CommuneCode::parse(of.town_code).expect("three codes of communes")
}

/// `75116,Paris 16e Arrondissement,75056,75016|75116,159733,2.2630,48.8572`
fn of_line(line: &'static str) -> Option<Arrondissement> {
    let mut cells = line.split(',');
    let (code, name, town_code) = (cells.next()?, cells.next()?, cells.next()?);
    let (town, rest) = name.split_once(' ')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let mut degrees = cells.skip(2).map(str::parse);
    let (lon, lat) = (degrees.next()?.ok()?, degrees.next()?.ok()?);
    Some(Arrondissement { code, town, number: rest[..digits].parse().ok()?, town_code, lon, lat })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_twenty_nine_and_sixteen() {
        let of = |town: &str| ARRONDISSEMENTS.iter().filter(|each| each.town == town).count();
        assert_eq!(["Paris", "Lyon", "Marseille"].map(of), [20, 9, 16]);
        let sixteenth = of_code("75016").unwrap();
        assert_eq!((sixteenth.code, sixteenth.name()), ("75116", "Paris 16e".to_owned()));
        assert_eq!((of_town("lyon", 1).unwrap().name(), town_code(sixteenth).as_str()), ("Lyon 1er".into(), "75056"));
    }
}
