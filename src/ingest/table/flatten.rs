//! One JSON object becomes one row of texts. Numbers keep their source text: `64680` and `45.681367` stay as written.

use std::fmt;

use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::suspects::forbidden;
use crate::ingest::report::{Code, shown};

/// The members of an object, in source order, values still unread.
pub(super) type Members<'a> = Vec<(String, &'a RawValue)>;

/// One row: column name and text, `None` for null.
pub(super) type Cells = Vec<(String, Option<String>)>;

/// Why an object cannot become a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unfit {
    pub code: Code,
    pub field: Option<String>,
    pub reason: String,
}

/// Reads an object without its values. Duplicate keys stay, for the caller to refuse.
pub(super) fn members(raw: &RawValue) -> serde_json::Result<Members<'_>> {
    struct Object;
    impl<'de> Visitor<'de> for Object {
        type Value = Members<'de>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry::<String, &RawValue>()? {
                members.push(member);
            }
            Ok(members)
        }
    }
    serde_json::Deserializer::from_str(raw.get()).deserialize_map(Object)
}

/// Flattens an object: nested objects as `a.b`, lists of scalars joined by `|`.
pub(super) fn flatten(raw: &RawValue, depth_limit: u32) -> Result<Cells, Unfit> {
    let mut cells = Vec::new();
    object(raw, "", depth_limit, &mut cells)?;
    Ok(cells)
}

fn object(raw: &RawValue, prefix: &str, depth: u32, cells: &mut Cells) -> Result<(), Unfit> {
    let unfit = |code, field: &str, reason: String| Unfit { code, field: Some(field.to_owned()), reason };
    if !raw.get().starts_with('{') {
        let reason = format!("got `{}`, expected an object", shown(raw.get()));
        return Err(Unfit { code: Code::NotAnObject, field: None, reason });
    }
    if depth == 0 {
        return Err(unfit(Code::TooDeep, prefix, "objects are nested beyond the limit".to_owned()));
    }
    let members = members(raw).map_err(|error| unfit(Code::InvalidJson, prefix, error.to_string()))?;
    for (key, value) in members {
        // A key may be a heading on two lines.
        if key.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            let reason = format!("the key `{}` holds a control character", shown(&key));
            return Err(unfit(Code::ControlCharacter, &key, reason));
        }
        let name = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value.get().as_bytes()[0] {
            b'{' => object(value, &name, depth - 1, cells)?,
            b'[' => {
                let list = list(value, &name)?;
                cells.push((name, list));
            }
            _ => {
                let text = scalar(value, &name)?;
                cells.push((name, text));
            }
        }
    }
    Ok(())
}

/// The text of a string, a number or a boolean; `None` for null.
pub(super) fn scalar(raw: &RawValue, name: &str) -> Result<Option<String>, Unfit> {
    let source = raw.get();
    let unfit = |code, reason| Err(Unfit { code, field: Some(name.to_owned()), reason });
    match source.as_bytes()[0] {
        b'n' => Ok(None),
        b'"' => match serde_json::from_str::<String>(source) {
            Ok(text) => match forbidden(&text) {
                None => Ok(Some(text)),
                Some((code, what)) => unfit(code, format!("`{name}` holds {what}")),
            },
            Err(error) => unfit(Code::InvalidJson, format!("`{name}` is not a text: {error}")),
        },
        _ => Ok(Some(source.to_owned())),
    }
}

/// A list of scalars joined by `|`, the list separator of the national standard; `None` when it holds nothing.
fn list(raw: &RawValue, name: &str) -> Result<Option<String>, Unfit> {
    let unfit = |reason| Unfit { code: Code::ListSeparator, field: Some(name.to_owned()), reason };
    let items: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(|error| unfit(error.to_string()))?;
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        match item.get().as_bytes()[0] {
            // A list of objects has no one-cell reading: its JSON is kept.
            b'{' | b'[' => return Ok(Some(raw.get().to_owned())),
            _ => texts.extend(scalar(item, name)?),
        }
    }
    // A list of one keeps its bars: there is nothing to join.
    let ambiguous = texts.iter().find(|text| texts.len() > 1 && text.contains('|'));
    if let Some(text) = ambiguous {
        return Err(unfit(format!("`{}` holds a `|`, which separates the values of a list", shown(text))));
    }
    Ok((!texts.is_empty()).then(|| texts.join("|")))
}
