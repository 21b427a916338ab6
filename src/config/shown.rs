//! What is in force and why, as `mediane config` prints it: TOML that could be given back.

use super::gather::Config;
use super::keys::KEYS;
use super::kind::Value;

impl Config {
    /// One line for each key: its value, and where it comes from. Passwords are left out.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let said = |name: &str| self.get(name).map(|(value, origin)| (toml_of(value), origin.to_string()));
        let width = KEYS.iter().filter_map(|key| said(key.name)).map(|(value, _)| value.chars().count()).max();
        let names = KEYS.iter().map(|key| key.name.len()).max().unwrap_or_default();
        let line = |name: &'static str| match said(name) {
            Some((value, origin)) => {
                format!("{name:names$} = {value:width$}  # {origin}", width = width.unwrap_or_default())
            }
            None => format!("# {name} is not set"),
        };
        KEYS.iter().map(|key| line(key.name)).collect()
    }
}

/// A value as TOML writes it, without passwords.
fn toml_of(value: &Value) -> String {
    let quoted = |text: &str| serde_json::Value::from(masked(text)).to_string();
    match value {
        Value::Text(text) => quoted(text),
        Value::Path(path) => quoted(&path.to_string_lossy()),
        Value::Address(address) => quoted(&address.to_string()),
        Value::Texts(texts) => format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")),
        Value::Count(number) => number.to_string(),
        Value::Duration(time) => quoted(&format!("{}ms", time.as_millis())),
        Value::Switch(truth) => truth.to_string(),
    }
}

/// A URL without its password, and without its query, which may hold one too.
fn masked(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (rest, query) = rest.split_once('?').map_or((rest, ""), |(rest, _)| (rest, "?…"));
    // The last sign before the host: a password may hold others.
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((user, _)) => format!("{user}:…@{host}"),
            None => format!("{user}@{host}"),
        },
        None => rest.to_owned(),
    };
    format!("{scheme}://{rest}{query}")
}
