//! An answer of tables with everything it rests on: parameters, edition, sources, definitions, and what is unknown.

use serde_json::{Map, Value, json};

use super::scope::Place;
use super::table::Table;
use crate::atlas::Atlas;
use crate::http::State;
use crate::http::links::encoded;

/// The subject whose questions are jobs: their address holds an id, not the choices.
pub const PLACEMENT: &str = "placement";

/// An answer before it is written in a format.
#[derive(Debug)]
pub struct Report {
    /// What it is about: `need`, `access`, `coverage`, `equity`, or [`PLACEMENT`].
    pub subject: &'static str,
    /// The territory asked about.
    pub place: Place,
    /// Every choice, as in an address, the defaults included.
    pub choices: Vec<(&'static str, String)>,
    /// What the choices amount to.
    pub basis: Map<String, Value>,
    /// The tables; CSV and `GeoJSON` hold the one at `shown`.
    pub tables: Vec<Table>,
    /// Which table was asked for.
    pub shown: usize,
}

impl Report {
    /// All choices, as in an address: the same question, and nothing left to defaults.
    #[must_use]
    pub fn parameters(&self) -> String {
        let escaped = |text: &str| encoded(text).replace("%2F", "/").replace("%2C", ",").replace("%3A", ":");
        let pairs = self.choices.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The table that was asked for.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.tables[self.shown]
    }

    /// The communes that are in no sum, or in no territory of the table: always told, even when there are none.
    #[must_use]
    pub fn unknown(&self, atlas: &Atlas) -> Value {
        let communes = &self.place.communes;
        let unknown = communes.iter().map(|&i| &atlas.communes()[i]).filter(|c| c.population.is_none());
        let codes: Vec<&str> = unknown.map(|commune| commune.code.as_str()).collect();
        json!({ "communes_of_unknown_population": codes.len(), "codes": codes })
    }
}

/// The edition, as JSON.
#[must_use]
pub fn edition(state: &State) -> Value {
    let edition = state.atlas.edition();
    json!({
        "id": edition.id,
        "as_of": edition.as_of.map(|day| day.to_string()),
        "demonstration": edition.demonstration,
        "territories_vintage": edition.territories_vintage,
    })
}

/// The sources that were there, as JSON.
#[must_use]
pub fn sources(state: &State) -> Value {
    let present = state.atlas.edition().sources.iter().filter(|source| source.present);
    let told = present.map(|source| {
        json!({
            "id": source.id, "title": source.title, "publisher": source.publisher, "licence": source.licence,
            "vintage": source.vintage, "url": source.url, "role": source.role,
        })
    });
    Value::Array(told.collect())
}
