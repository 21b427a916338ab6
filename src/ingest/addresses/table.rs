//! The rows of files of addresses as the streets of the edition.

use crate::atlas::streets::{Builder, OfStreet, Streets};
use crate::domain::{CommuneCode, Degrees, Position, street};
use crate::ingest::reference::Reference;

use super::{Row, decoded};

/// Gathers streets, of every commune that is one today.
#[derive(Debug)]
pub struct StreetTable<'r> {
    reference: &'r Reference,
    /// The code of the last row, with the commune of today.
    commune: Option<(CommuneCode, CommuneCode)>,
    builder: Builder,
}

impl<'r> StreetTable<'r> {
    /// An empty table.
    #[must_use]
    pub fn new(reference: &'r Reference) -> Self {
        Self { reference, commune: None, builder: Builder::default() }
    }

    /// Adds a row. What has no commune, no name or no place in France is no street that could be found.
    pub fn add(&mut self, row: Row<'_>) {
        let Some((part, commune)) = self.commune_of(row) else { return };
        let (Ok(lon), Ok(lat)) = (row.lon.parse(), row.lat.parse()) else { return };
        let Ok(at) = Position::in_france(Degrees { lon, lat }) else { return };
        let name = decoded(row.street);
        if name.trim().is_empty() {
            return;
        }
        let is_place = row.is_place || row.number.is_empty();
        let of = OfStreet { commune, part, postcode: row.postcode, name: name.trim(), is_place };
        self.builder.add(of, row.number, row.suffix, at, |name| street::words(name).join(" "));
    }

    fn commune_of(&mut self, row: Row<'_>) -> Option<(CommuneCode, CommuneCode)> {
        let code = CommuneCode::parse(row.commune)?;
        let part = CommuneCode::parse(row.former).unwrap_or(code);
        if self.commune.is_none_or(|(known, _)| known != code) {
            let ordinal = self.reference.places.by_code(code)?;
            self.commune = Some((code, self.reference.communes[ordinal].code));
        }
        self.commune.map(|(_, today)| (part, today))
    }

    /// The streets.
    #[must_use]
    pub fn finish(self) -> Streets {
        self.builder.finish()
    }
}
