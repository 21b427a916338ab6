//! The JSON Schema of the file, and an example with every key: both made of the table.

use std::fmt::Write;

use serde_json::{Map, Value as Json, json};

use super::key::Key;
use super::keys::KEYS;

/// The schema, for editors that complete and check TOML (`#:schema mediane.schema.json`).
#[must_use]
pub fn schema() -> String {
    let properties: Map<String, Json> = KEYS.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of Médiane",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    // Four of every five editors show a schema as it stands.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn property(key: &Key) -> Json {
    let mut property = json!({ "type": key.kind.type_name(), "description": key.meaning });
    if let (Json::Object(all), Json::Object(more)) = (&mut property, key.kind.schema()) {
        all.extend(more);
        all.extend(key.default.map(|_| ("default".to_owned(), written(key))));
    }
    property
}

/// The example of a key, in the type that it has.
fn written(key: &Key) -> Json {
    match key.kind.type_name() {
        "integer" => key.example.parse::<u64>().map_or(Json::Null, Json::from),
        "boolean" => Json::Bool(key.example == "true"),
        "array" => json!(key.example.split(',').collect::<Vec<_>>()),
        _ => Json::from(key.example),
    }
}

/// A file with every key, each of them commented out: what is not said stays as it is by default.
#[must_use]
pub fn example() -> String {
    let mut text = String::from(
        "#:schema mediane.schema.json\n# Configuration of Médiane (mediane serve --config FILE). A flag wins over a variable, a variable over this file.\n# Relative paths begin in the folder of this file. `mediane config` says what is in force, and why.\n",
    );
    for key in KEYS {
        let (meaning, name, value) = (key.meaning, key.name, written(key));
        let or = if key.default.is_some() { " (default)" } else { "" };
        let flags = format!("--{}, {}", key.flag(), key.variable());
        // JSON writes these texts, numbers, truths and lists as TOML does.
        write!(text, "\n# {meaning}{or}.\n# {flags}\n#{name} = {value}\n").expect("a string takes every character");
    }
    text
}
