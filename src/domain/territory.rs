//! Territories: communes, EPCI, départements, régions, and the codes that name them. Codes are text.

use crate::domain::CommuneIx;
use std::fmt;

use super::position::Position;
use super::units::Persons;

/// The INSEE code of a commune: five characters, `01001` to `98901`, `2A004` included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommuneCode([u8; 5]);

impl CommuneCode {
    /// Reads a code as written; `None` unless it has the shape `99999`, `2A999` or `2B999`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 5] = text.as_bytes().try_into().ok()?;
        let corsican = bytes[0] == b'2' && matches!(bytes[1], b'A' | b'B');
        let digits = |range: &[u8]| range.iter().all(u8::is_ascii_digit);
        (digits(&bytes[..1]) && (corsican || digits(&bytes[1..2])) && digits(&bytes[2..])).then_some(Self(bytes))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a commune code is made of ASCII characters")
    }
}

impl fmt::Display for CommuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CommuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A level of the administrative ladder, from the largest to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The 13 metropolitan régions, the 5 overseas ones, and the collectivités d'outre-mer.
    Region,
    /// The départements, and the collectivités d'outre-mer as such.
    Departement,
    /// Établissements publics de coopération intercommunale à fiscalité propre.
    Epci,
    /// Communes.
    Commune,
}

impl Level {
    /// Every level, largest first.
    pub const ALL: [Level; 4] = [Level::Region, Level::Departement, Level::Epci, Level::Commune];

    /// The plural used in addresses and layer names: `regions`, `departements`, `epcis`, `communes`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Level::Region => "regions",
            Level::Departement => "departements",
            Level::Epci => "epcis",
            Level::Commune => "communes",
        }
    }

    /// Reads [`Level::plural`] back.
    #[must_use]
    pub fn from_plural(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.plural() == text)
    }
}

/// One current commune.
#[derive(Debug, Clone, PartialEq)]
pub struct Commune {
    /// INSEE code.
    pub code: CommuneCode,
    /// Official name.
    pub name: String,
    /// Code of the département, or of the collectivité d'outre-mer.
    pub departement: String,
    /// Code of the région, or of the collectivité d'outre-mer.
    pub region: String,
    /// SIREN of the EPCI, if the commune belongs to one.
    pub epci: Option<String>,
    /// Postal codes, sorted.
    pub postcodes: Vec<String>,
    /// Inhabitants; `None` when INSEE publishes none.
    pub population: Option<Persons>,
    /// Area in square kilometres, from the contour.
    pub area_km2: Option<f64>,
    /// A point inside the contour, the town hall where it can be trusted.
    pub point: Option<Position>,
}

impl Commune {
    /// The year its number of inhabitants speaks of: 2023, but 2017 in Mayotte; `None` in the collectivités d'outre-mer,
    /// whose own censuses the reference mixes without saying which (data/territories/README.md).
    #[must_use]
    pub fn population_year(&self) -> Option<u16> {
        match self.departement.as_str() {
            "976" => Some(2017),
            "971" | "972" | "973" | "974" => Some(2023),
            code if code.starts_with("97") || code.starts_with("98") => None,
            _ => Some(2023),
        }
    }
}

/// An arrondissement of Paris, Lyon or Marseille: a part of its commune of which figures are published.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// INSEE code: `75116`.
    pub code: CommuneCode,
    /// Official name: `Paris 16e Arrondissement`.
    pub name: String,
    /// Its commune.
    pub commune: CommuneCode,
    /// Postal codes, which no other has.
    pub postcodes: Vec<String>,
    /// Inhabitants, of the vintage of those of communes.
    pub population: Option<Persons>,
    /// Where its inhabitants are counted to be when nothing says more.
    pub point: Option<Position>,
}

impl District {
    /// The name people say: `Paris 16e`.
    #[must_use]
    pub fn short_name(&self) -> &str {
        self.name.strip_suffix(" Arrondissement").unwrap_or(&self.name)
    }
}

/// A territory above the commune: its own code and name, and the communes it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Territory {
    /// Which rung of the ladder.
    pub level: Level,
    /// INSEE code, or SIREN for an EPCI.
    pub code: String,
    /// Official name.
    pub name: String,
    /// For a département, the code of its région.
    pub parent: Option<String>,
    /// Ordinals of its communes in the table of communes, ascending.
    pub communes: Vec<CommuneIx>,
    /// Sum of the known populations of its communes.
    pub population: Persons,
}

/// An old or partial code that stands for a current commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneAlias {
    /// The code that is no commune of its own.
    pub code: CommuneCode,
    /// `arrondissement`, `deleguee`, `associee` or `merged`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The commune it belongs to today.
    pub commune: CommuneCode,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_text_of_five_characters() {
        assert_eq!(CommuneCode::parse("01001").map(|c| c.to_string()).as_deref(), Some("01001"));
        assert!(CommuneCode::parse("2A004").is_some());
        for bad in ["1001", "2a004", " 01001", "01001\0", "2C004", "", "0100１"] {
            assert!(CommuneCode::parse(bad).is_none(), "{bad:?}");
        }
    }
}
