//! Web addresses that may become links: `http` or `https`, a public-looking host, nothing hidden.

use super::{Cleaned, Doubt};
use crate::ingest::report::Code;

/// Reads a web address. Without a scheme `https://` is put in front, with a remark.
///
/// # Errors
/// Other schemes, user information, addresses by number, local hosts, blanks, two addresses glued together.
pub fn url(text: &str) -> Result<Cleaned<String>, Doubt> {
    let bad = |reason: &str| Err(Doubt::new(Code::InvalidUrl, reason));
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return bad("a blank or control character in an address");
    }
    let lower = text.to_lowercase();
    if lower.matches("http://").count() + lower.matches("https://").count() > 1 && !lower.contains('?') {
        return bad("two addresses in one; expected one");
    }
    let (rest, missing) = match lower.split_once("://") {
        Some(("http" | "https", _)) => (text.split_once("://").map_or("", |(_, rest)| rest), false),
        Some(_) => return bad("not an http or https address"),
        None if lower.starts_with("//") => return bad("an address without its scheme"),
        None => (text, true),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return bad("user information in an address");
    }
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    if port.is_some_and(|port| port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit())) {
        return bad("not an http or https address");
    }
    if !is_public_host(host) {
        return bad("the host is not a public name");
    }
    if missing {
        return Ok(Cleaned::with(format!("https://{text}"), Code::RepairedUrl, "no scheme; read with https://"));
    }
    Ok(Cleaned::plain(text.to_owned()))
}

fn is_public_host(host: &str) -> bool {
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    let local = ["local", "localhost", "internal", "lan", "home", "test", "invalid"];
    labels.len() >= 2
        && host.len() <= 253
        && labels.iter().all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')))
        && last.chars().count() >= 2
        // A last label of digits, or a hexadecimal one, is an address by number.
        && !last.starts_with(|c: char| c.is_ascii_digit())
        && !local.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_must_not_be_followed_are_refused() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,%3Cscript%3E",
            "vbscript:x",
            "//evil.example.org",
            "https://exemple.fr@evil.tld/",
            "http://169.254.169.254/",
            "http://localhost/",
            "http://0x7f000001/",
            "file:///etc/passwd",
            "https://a.frhttps://b.fr",
            "https://[::1]/",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ordinary_addresses_pass() {
        assert_eq!(
            url("https://www.exemple.fr/a?b=c#d").unwrap(),
            Cleaned::plain("https://www.exemple.fr/a?b=c#d".into())
        );
        assert!(url("https://mairie-créon.fr").is_ok());
        let repaired = url("abracodabra.fr").unwrap();
        assert_eq!(repaired.value, "https://abracodabra.fr");
        assert!(repaired.remark.is_some());
    }
}
