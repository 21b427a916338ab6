//! What the values of a key are: how they are written, and what is understood.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value as Json, json};

/// What the values of a key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text on one line.
    Text,
    /// A path; in a file, relative to the folder of the file.
    Path,
    /// An `SQLite` file or a URL of `PostgreSQL`, which may hold a password.
    Store,
    /// A path, or the `https` address of a folder of editions.
    Place,
    /// An IP address with a port.
    Address,
    /// Where people reach the service.
    PublicUrl,
    /// The path below which it stands on its host.
    BasePath,
    /// Several origins of pages.
    Origins,
    /// One of them.
    Origin,
    /// What lies under the map: a word, or a file of tiles.
    Basemap,
    /// Several networks, as `10.0.0.0/8`.
    Networks,
    /// A whole number.
    Count {
        /// The smallest.
        least: u64,
        /// The largest.
        most: u64,
    },
    /// A length of time, with its unit.
    Duration {
        /// The longest, in seconds.
        most: u64,
    },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// True or false.
    Switch,
}

/// A value that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each says what it holds")]
pub enum Value {
    Text(String),
    Path(PathBuf),
    Address(SocketAddr),
    Texts(Vec<String>),
    Count(u64),
    Duration(Duration),
    Switch(bool),
}

impl Kind {
    /// Whether several values may be given.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::Origins | Self::Networks)
    }

    /// Whether a message must never repeat a value.
    #[must_use]
    pub fn is_secret(self) -> bool {
        self == Self::Store
    }

    /// What is expected, for messages.
    #[must_use]
    pub fn expected(self) -> String {
        match self {
            Self::Text => "a text on one line".into(),
            Self::Path => "a path".into(),
            Self::Place => "a path, or an address that begins with https:// (http:// on this machine only)".into(),
            Self::Store => "a path of an SQLite file or a postgres:// URL".into(),
            Self::Address => "an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080".into(),
            Self::PublicUrl => {
                "an address that begins with https:// or http://, such as https://mediane.exemple.fr, without user, query or fragment"
                    .into()
            }
            Self::BasePath => "a path such as /mediane, of letters, digits and -._~, without a slash at its end".into(),
            Self::Origins => "origins such as https://exemple.fr: a scheme and a host, nothing after".into(),
            Self::Origin => "an origin such as https://exemple.fr: a scheme and a host, nothing after".into(),
            Self::Basemap => "none, ign, or a file whose name ends with .pmtiles".into(),
            Self::Networks => "addresses or networks such as 10.0.0.0/8 or fd00::/8, none of them the whole Internet".into(),
            Self::Count { least, most } => format!("a whole number from {least} to {most}"),
            Self::Duration { most } => format!("a length of time with its unit, such as 500ms, 5s or 2min, of {most}s at most"),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Switch => "true or false".into(),
        }
    }

    /// What TOML and JSON Schema call its values.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Origins | Self::Networks => "array",
            Self::Count { .. } => "integer",
            Self::Switch => "boolean",
            _ => "string",
        }
    }

    /// Reads what was written; lists come piece by piece, all others in one. `None` when it is not understood.
    #[must_use]
    pub fn read(self, texts: &[String]) -> Option<Value> {
        if self.is_list() {
            let plain = if self == Self::Origins { is_origin } else { is_network };
            return texts.iter().all(|text| plain(text)).then(|| Value::Texts(texts.to_vec()));
        }
        let [text] = texts else { return None };
        let on_one_line = !text.trim().is_empty() && !text.chars().any(char::is_control);
        match self {
            _ if !on_one_line => None,
            Self::Text => Some(Value::Text(text.clone())),
            Self::Path => Some(Value::Path(text.into())),
            Self::Place if !text.contains("://") => Some(Value::Path(text.into())),
            Self::Place => is_public_url(text).then(|| Value::Text(text.trim_end_matches('/').to_owned())),
            Self::Store => {
                let known =
                    text.split_once("://").is_none_or(|(scheme, _)| matches!(scheme, "postgres" | "postgresql"));
                known.then(|| Value::Text(text.clone()))
            }
            Self::Address => text.parse().ok().map(Value::Address),
            Self::PublicUrl => is_public_url(text).then(|| Value::Text(text.trim_end_matches('/').to_owned())),
            Self::BasePath => is_base_path(text).then(|| Value::Text(text.clone())),
            Self::Count { least, most } => {
                text.parse().ok().filter(|number| (least..=most).contains(number)).map(Value::Count)
            }
            Self::Duration { most } => {
                duration(text).filter(|time| *time <= Duration::from_secs(most)).map(Value::Duration)
            }
            Self::Choice(words) => words.contains(&text.as_str()).then(|| Value::Text(text.clone())),
            Self::Origin => is_origin(text).then(|| Value::Text(text.clone())),
            Self::Basemap if matches!(text.as_str(), "none" | "ign") => Some(Value::Text(text.clone())),
            Self::Basemap => text.ends_with(".pmtiles").then(|| Value::Path(text.into())),
            Self::Switch => match text.as_str() {
                "true" | "1" => Some(Value::Switch(true)),
                "false" | "0" => Some(Value::Switch(false)),
                _ => None,
            },
            Self::Origins | Self::Networks => None,
        }
    }

    /// What JSON Schema says of its values, besides their type.
    #[must_use]
    pub fn schema(self) -> Json {
        match self {
            Self::PublicUrl => json!({ "format": "uri", "pattern": "^https?://[^/?#@]+(/[^?#]*)?$" }),
            Self::BasePath => json!({ "pattern": "^(/[A-Za-z0-9._~-]+)+$" }),
            Self::Origins => json!({ "items": { "type": "string", "pattern": "^https?://[A-Za-z0-9.:-]+$" } }),
            Self::Origin => json!({ "pattern": "^https?://[A-Za-z0-9.:-]+$" }),
            Self::Basemap => json!({ "pattern": "^(none|ign|.+\\.pmtiles)$" }),
            Self::Networks => json!({ "items": { "type": "string", "pattern": "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$" } }),
            Self::Count { least, most } => json!({ "minimum": least, "maximum": most }),
            Self::Duration { .. } => json!({ "pattern": "^[0-9]+(ms|s|min)$" }),
            Self::Choice(words) => json!({ "enum": words }),
            Self::Address => json!({ "pattern": "^.+:[0-9]{1,5}$" }),
            Self::Text | Self::Path | Self::Place | Self::Store => json!({ "minLength": 1 }),
            Self::Switch => json!({}),
        }
    }
}

/// A scheme and a host, nothing that would add to a policy of the browser.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'))
    })
}

/// An address that browsers may be sent to: another scheme would be run rather than opened.
fn is_public_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:[]/%".contains(&b);
    rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        host.bytes().any(|b| b.is_ascii_alphanumeric()) && rest.bytes().all(plain) && !rest.contains("//")
    })
}

/// A path that needs no escaping anywhere, and in which no step leads up.
fn is_base_path(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._~-".contains(&b);
    let step = |step: &str| !step.is_empty() && step.bytes().all(plain) && step.bytes().any(|b| b != b'.');
    text.strip_prefix('/').is_some_and(|steps| steps.split('/').all(step))
}

/// Not the whole Internet: whoever may say who a visitor is must be known.
fn is_network(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return text.parse::<std::net::IpAddr>().is_ok() };
    let most = match address.parse() {
        Ok(std::net::IpAddr::V4(_)) => 32,
        Ok(std::net::IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.parse::<u8>().is_ok_and(|length| (1..=most).contains(&length))
}

/// A length of time: a number without a unit would be seconds to one and milliseconds to another.
fn duration(text: &str) -> Option<Duration> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "min" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    }
}
