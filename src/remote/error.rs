//! Why a file did not come, in words a person can act on.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

/// A fetch that failed. The previous file, if any, is untouched.
#[derive(Debug)]
pub struct FetchError {
    /// The address that was asked for.
    pub url: String,
    /// What went wrong, the last time.
    pub cause: Cause,
    /// How many times it was tried.
    pub tries: u32,
}

/// What went wrong.
#[derive(Debug)]
pub enum Cause {
    /// Not an address that can be called: the reason.
    Url(String),
    /// The host has an address that may not be called.
    ClosedAddress {
        /// The host as written.
        host: String,
        /// Its address.
        address: IpAddr,
        /// What kind of address that is.
        kind: &'static str,
    },
    /// The name of the host leads nowhere.
    UnknownHost(String),
    /// No connection, or one that broke before an answer.
    Connection(String),
    /// More redirects than are followed.
    TooManyRedirects {
        /// How many are followed.
        most: usize,
    },
    /// A redirect that does not say where to.
    LostRedirect,
    /// An answer other than 200.
    Status(u16),
    /// A deadline passed: which.
    Timeout(&'static str),
    /// More bytes than allowed.
    TooBig {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The answer stopped before its end.
    Cut {
        /// Bytes received.
        received: u64,
        /// Bytes announced, when the server said.
        expected: Option<u64>,
    },
    /// Nothing in the file.
    Empty,
    /// A web page instead of a file of data.
    WebPage,
    /// The bytes are packed, which nobody asked for: how.
    Packed(String),
    /// Not the file that was announced.
    WrongDigest {
        /// SHA-256 of what came.
        got: String,
        /// SHA-256 of what was asked for.
        expected: String,
    },
    /// The disk said no.
    Disk(std::io::Error),
}

impl Cause {
    /// Whether the same request may succeed a moment later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Status(status) => matches!(status, 408 | 429 | 500..=599),
            Self::UnknownHost(_) | Self::Connection(_) | Self::Timeout(_) | Self::Cut { .. } => true,
            _ => false,
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", shown(&self.url), self.cause)?;
        if self.tries > 1 { write!(f, " (tried {} times)", self.tries) } else { Ok(()) }
    }
}

impl std::error::Error for FetchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Disk(error) => Some(error),
            _ => None,
        }
    }
}

/// An address as it may be told: messages go to logs, and a password stays out of them. What stands between the scheme and the
/// last `@` before the path is left out, whether or not the rest is an address.
fn shown(url: &str) -> Cow<'_, str> {
    let begins = url.find("//").map_or(0, |at| at + 2);
    let host = url[begins..].find(['/', '?', '#', '\\']).map_or(url.len(), |at| begins + at);
    match url[begins..host].rfind('@') {
        Some(at) => format!("{}…{}", &url[..begins], &url[begins + at..]).into(),
        None => url.into(),
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(reason) => f.write_str(reason),
            Self::ClosedAddress { host, address, kind } => {
                write!(f, "{host} has the address {address}, which is {kind}; only public addresses are called")
            }
            Self::UnknownHost(host) => write!(f, "no address found for {host}"),
            Self::Connection(reason) => write!(f, "no connection: {reason}"),
            Self::TooManyRedirects { most } => write!(f, "more than {most} redirects"),
            Self::LostRedirect => f.write_str("a redirect without a usable Location"),
            Self::Status(404 | 410) => {
                f.write_str("the server has no such file (404 or 410); has its address changed?")
            }
            Self::Status(status) => write!(f, "the server answered {status}, expected 200"),
            Self::Timeout(which) => write!(f, "timed out: {which}"),
            Self::TooBig { limit } => write!(f, "larger than {limit} bytes"),
            Self::Cut { received, expected: Some(expected) } => {
                write!(f, "cut short: got {received} bytes, expected {expected}")
            }
            Self::Cut { received, expected: None } => write!(f, "cut short after {received} bytes"),
            Self::Empty => f.write_str("the answer is empty"),
            Self::WebPage => f.write_str("got a web page (HTML), expected a file of data"),
            Self::Packed(how) => write!(f, "the answer is packed ({how}), expected the file as it is"),
            Self::WrongDigest { got, expected } => write!(f, "got SHA-256 {got}, expected {expected}"),
            Self::Disk(error) => write!(f, "cannot write the file: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_password() {
        for (url, told) in [
            ("https://a:hunter2@exemple.fr/l.csv?x=y@z", "https://…@exemple.fr/l.csv?x=y@z"),
            ("https://hunter2@exemple.fr", "https://…@exemple.fr"),
            ("https://a:hunter2@b@exemple.fr#c", "https://…@exemple.fr#c"),
            ("a:hunter2@exemple.fr/l", "…@exemple.fr/l"),
            ("https://exemple.fr/a@b", "https://exemple.fr/a@b"),
            ("", ""),
        ] {
            let error = FetchError { url: url.into(), cause: Cause::Empty, tries: 1 };
            assert_eq!(error.to_string(), format!("{told}: the answer is empty"));
        }
    }
}
