//! The query of a page: names and values, repeated names allowed, empty values as if they were absent.
//!
//! A page reads the names that its endpoint declares, and no other: see [`crate::http::misnamed`] for those that are ours and
//! stand at the wrong address. Others are ignored: a mail program or a search engine may add its own to a shared link.

use std::fmt::Write;

use actix_web::{HttpRequest, web};

use crate::http::endpoints::Endpoints;
use crate::http::html::LOOK;

/// A value that a page cannot use, in words for the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Name of the parameter.
    pub name: &'static str,
    /// What was given, shortened.
    pub value: String,
}

/// The parameters of a request.
#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads the names of a request that its endpoint declares, and how the page should look. Text that is no query gives none.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let mut params = Self::read(request.query_string());
        let declared = Endpoints::asked(request);
        params.0.retain(|(name, _)| {
            LOOK.contains(&name.as_str()) || declared.is_some_and(|asked| asked.names().any(|known| known == name))
        });
        params
    }

    /// Reads a query.
    #[must_use]
    pub fn read(query: &str) -> Self {
        Self(web::Query::<Vec<(String, String)>>::from_query(query).map(web::Query::into_inner).unwrap_or_default())
    }

    /// The first value of a parameter that is not empty, without surrounding white space.
    #[must_use]
    pub fn one(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(n, _)| n == name).map(|(_, value)| value.trim());
        values.find(|value| !value.is_empty())
    }

    /// Every value of a parameter that is not empty, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(n, _)| n == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// One value of a closed list; `None` when absent.
    ///
    /// # Errors
    /// Names the parameter whose value is not in the list.
    pub fn choice<T>(&self, name: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refused> {
        let Some(value) = self.one(name) else { return Ok(None) };
        read(value).map(Some).ok_or_else(|| Refused { name, value: value.chars().take(80).collect() })
    }
}

/// A query from names and values, percent-encoded (RFC 3986, unreserved characters kept).
#[must_use]
pub fn query(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        let mark = if text.is_empty() { '?' } else { '&' };
        let _ = write!(text, "{mark}{name}={}", percent_encoded(value));
    }
    text
}

/// A text as it stands in one part of an address.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_value_asks_nothing() {
        let params = Params::read("lieu=&lieu=+Lyon+&utm_source=mail");
        assert_eq!(params.one("lieu"), Some("Lyon"));
        assert_eq!(params.one("service"), None);
    }

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let value = "L'Haÿ-les-Roses & 2,35 100% +";
        let written = query(&[("lieu", value), ("prix", "gratuit")]);
        assert_eq!(Params::read(&written[1..]).one("lieu"), Some(value));
        assert_eq!(Params::read(&written[1..]).one("prix"), Some("gratuit"));
    }

    #[test]
    fn a_value_outside_its_list_is_refused_by_name() {
        let refused = Params::read("prix=cher").choice("prix", |text| text.parse::<u8>().ok());
        assert_eq!(refused, Err(Refused { name: "prix", value: "cher".into() }));
    }
}
