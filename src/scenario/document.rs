//! A scenario as a small document: what changes, and what is looked at. The same in a body, in an address and in the store.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// Most changes of a document.
pub const MOST_CHANGES: usize = 200;

/// The whole document. What is not said is as usual: the nation, by car, 15 minutes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    /// Ids of venues that close.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub close: Vec<String>,
    /// Venues that open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<Added>,
    /// Venues that go elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#move: Vec<Moved>,
    /// Venues that open more, or less.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Timed>,
    /// Conventions that end: posts of conseillers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stop: Vec<Stopped>,
    /// Where people are counted, `LEVEL/CODE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<String>,
    /// Which national number of persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// How people travel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// How far is near enough, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold_min: Option<u64>,
}

/// A venue that opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    /// Where.
    pub position: Coordinates,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its national programme, as in addresses: `france-services`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How long it is open in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_per_year: Option<f64>,
    /// The same as a week, in the syntax of OSM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<String>,
}

/// A venue that goes elsewhere, with its hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Its id.
    pub venue: String,
    /// Where to.
    pub position: Coordinates,
}

/// A venue whose hours change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timed {
    /// Its id.
    pub venue: String,
    /// How long it is open in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_per_year: Option<f64>,
    /// The same as a week, in the syntax of OSM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<String>,
}

/// Posts that end: those of an employer, or of all employers of a commune; of a given number, the first ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stopped {
    /// SIRET or other id of the employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// Code of the commune of the employers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune: Option<String>,
    /// How many posts; all of them when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    pub posts: Option<u32>,
}

/// A whole number however JSON writes it: 3.0 is one (JSON Schema 2020-12, 4.2.1).
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let number = Option::<f64>::deserialize(deserializer)?;
    let whole = |number: f64| {
        let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
        let expected = || serde::de::Error::custom(format!("{number}, expected a whole number"));
        if fits { Ok(number as u32) } else { Err(expected()) }
    };
    number.map(whole).transpose()
}

/// Longitude, latitude: as they were written, so that a refusal can repeat them, and as numbers where there are two.
#[derive(Debug, Clone, PartialEq)]
pub struct Coordinates {
    /// As it was written.
    pub written: String,
    /// The two numbers.
    pub pair: Option<[f64; 2]>,
}

impl Coordinates {
    /// Two numbers.
    #[must_use]
    pub fn of(lon: f64, lat: f64) -> Self {
        Self { written: format!("[{lon},{lat}]"), pair: Some([lon, lat]) }
    }
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self { pair: serde_json::from_str(raw.get()).ok(), written: raw.get().to_owned() })
    }
}

impl Serialize for Coordinates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pair.serialize(serializer)
    }
}

impl Document {
    /// How many things change.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.close.len() + self.add.len() + self.r#move.len() + self.hours.len() + self.stop.len()
    }

    /// The changes alone, without what is looked at.
    #[must_use]
    pub fn without_choices(&self) -> Self {
        Self { territory: None, denominator: None, mode: None, threshold_min: None, ..self.clone() }
    }

    /// Whether `close=` and `add=` say all of it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let bare = |added: &Added| *added == Added::at(added.position.clone());
        let listed = self.r#move.is_empty() && self.hours.is_empty() && self.stop.is_empty();
        listed && self.add.iter().all(bare) && !self.close.iter().any(|id| id.contains(','))
    }

    /// As compact JSON.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("a document is made of texts and finite numbers")
    }
}

impl Added {
    /// A venue of which nothing is known but the place.
    #[must_use]
    pub fn at(position: Coordinates) -> Self {
        Self { position, name: None, label: None, hours_per_year: None, opening_hours: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_reads_back_as_it_was_written() {
        let text = concat!(
            r#"{"close":["a"],"add":[{"position":[1.9,46.1],"name":"Maison « & »","hours_per_year":800.5}],"#,
            r#""move":[{"venue":"b","position":[-61.5,16.2]}],"hours":[{"venue":"c","opening_hours":"Mo-Fr 09:00-12:00"}],"#,
            r#""stop":[{"employer":"21230096900016","posts":1},{"commune":"23096"}],"#,
            r#""territory":"departements/23","mode":"walk","threshold_min":15}"#,
        );
        let document: Document = serde_json::from_str(text).unwrap();
        assert_eq!(document.json(), text);
        assert_eq!(document.changes(), 6);
        assert!(!document.is_plain());
        assert_eq!(document.without_choices().territory, None);
    }

    #[test]
    fn coordinates_that_are_no_pair_are_kept_as_written() {
        for text in ["[1.9,null]", "[1e400,46.1]", "[1.9,46.1,0]", "\"x\""] {
            let document: Document = serde_json::from_str(&format!(r#"{{"add":[{{"position":{text}}}]}}"#)).unwrap();
            let position = &document.add[0].position;
            assert_eq!((position.written.as_str(), position.pair), (text, None));
        }
    }
}
