//! The file: TOML, each value with the line it stands on.

use std::path::Path;
use std::{fs, str};

use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Faults, Origin};
use super::keys::{named, nearest};
use super::said::Said;

/// Reads the file. Every fault of it is told, not only the first.
pub(super) fn read(path: &Path) -> Result<Vec<Said>, Faults> {
    let at = |line, column| Origin::File { path: path.to_owned(), line, column };
    let alone = |origin, message: String| Faults(vec![Fault { origin, message }]);
    let bytes = fs::read(path).map_err(|error| {
        let origin = Origin::Flag("--config".into());
        alone(origin, format!("{}: {error}", path.display()))
    })?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
        let (line, column) = place(&before, before.len());
        alone(at(line, column), "not UTF-8; save the file as UTF-8".into())
    })?;
    let table = DeTable::parse(text).map_err(|error| {
        let (line, column) = place(text, error.span().map_or(0, |span| span.start));
        alone(at(line, column), format!("not TOML: {}", error.message()))
    })?;
    let (mut said, mut faults) = (Vec::new(), Vec::new());
    for (name, value) in table.get_ref() {
        let (line, column) = place(text, name.span().start);
        let origin = at(line, column);
        let Some(key) = named(name.get_ref()) else {
            let hint = nearest(name.get_ref()).map_or_else(
                || "`mediane config --example` lists the keys".to_owned(),
                |key| format!("did you mean `{}`?", key.name),
            );
            faults.push(Fault { origin, message: format!("unknown key `{}`; {hint}", name.get_ref()) });
            continue;
        };
        let (line, column) = place(text, value.span().start);
        let origin = at(line, column);
        match texts(value.get_ref()) {
            Some((kind, texts)) if kind == key.kind.type_name() => said.push(Said { key, texts, origin }),
            _ => {
                // Not the value itself: it may be the password of a store.
                let message =
                    format!("{}: this is {}, expected {}", key.name, kind(value.get_ref()), key.kind.expected());
                faults.push(Fault { origin, message });
            }
        }
    }
    if faults.is_empty() { Ok(said) } else { Err(Faults(faults)) }
}

/// A value as texts, with the type that it has; `None` for what no key takes.
fn texts(value: &DeValue<'_>) -> Option<(&'static str, Vec<String>)> {
    Some(match value {
        DeValue::String(text) => ("string", vec![text.to_string()]),
        DeValue::Boolean(truth) => ("boolean", vec![truth.to_string()]),
        DeValue::Integer(number) => {
            ("integer", vec![i128::from_str_radix(number.as_str(), number.radix()).ok()?.to_string()])
        }
        DeValue::Array(items) => {
            let text = |item: &toml::Spanned<DeValue<'_>>| item.get_ref().as_str().map(str::to_owned);
            ("array", items.iter().map(text).collect::<Option<_>>()?)
        }
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => return None,
    })
}

/// What a value is, for messages.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Boolean(_) => "true or false",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Line and column of a byte, counted from 1; columns in characters.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
