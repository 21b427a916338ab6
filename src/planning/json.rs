//! A request as JSON: one object, the names of [`FIELDS`], numbers as numbers and lists as lists.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::error::RequestError;
use super::fields::{FieldKind, field_named};
use super::request::Request;

impl Request {
    /// Reads an object of fields. A number may be written as text, and a list as a text with commas.
    ///
    /// # Errors
    /// The first field that is wrong; a document that is no object is a fault of the field `request`.
    pub fn from_json(value: &Value) -> Result<Self, RequestError> {
        let Value::Object(fields) = value else {
            return Err(RequestError::new("request", value, "expected an object of fields"));
        };
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(yes) => Some(if *yes { "yes".into() } else { "no".into() }),
            _ => None,
        };
        let mut pairs = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            let known = field_named(name);
            let read = match value {
                Value::Array(items) if known.is_some_and(|field| field.kind == FieldKind::List) => {
                    items.iter().map(text).collect::<Option<Vec<_>>>().map(|items| items.join(","))
                }
                // Said as "nothing": the default.
                Value::Null => continue,
                value => text(value),
            };
            let name_of = known.map_or("request", |field| field.name);
            let read = read.ok_or_else(|| RequestError::new(name_of, value, "expected a text, a number or a list"))?;
            pairs.push((name.clone(), read));
        }
        Self::from_pairs(&pairs)
    }

    /// The object that [`Request::from_json`] reads back.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let fields = self.to_pairs().into_iter().map(|(name, text)| {
            let value = match field_named(name).map(|field| field.kind) {
                Some(FieldKind::Number) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
                Some(FieldKind::List) => text.split(',').map(Value::from).collect(),
                _ => Value::String(text),
            };
            (name.to_owned(), value)
        });
        Value::Object(fields.collect::<Map<_, _>>())
    }
}

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
