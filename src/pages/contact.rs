//! Telephone numbers, e-mail and web addresses, as links that can do nothing else.

use crate::domain::phone;

/// A telephone number, ready to be shown and dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Grouped as the French read it.
    pub shown: String,
    /// `tel:` address.
    pub href: String,
}

/// The numbers of a venue.
#[must_use]
pub fn phones(phones: &[phone::Phone]) -> Vec<Phone> {
    phones.iter().map(|phone| Phone { shown: phone.shown(), href: phone.href() }).collect()
}

/// A web address that may be followed, with the host that a reader should see first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The whole address.
    pub href: String,
    /// The host, without `www.`.
    pub host: String,
}

/// Reads a web address: `http` or `https`, with a host and without a user name; anything else is no link.
#[must_use]
pub fn link(text: &str) -> Option<Link> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    if !(scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")) {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
    let clean = !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    if !clean || !authority.contains('.') || !authority.chars().all(plain) {
        return None;
    }
    let host = authority.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_string();
    Some(Link { href: text.to_string(), host })
}

/// The `mailto:` address of an e-mail; `None` unless it is one plain address, so that nothing can be smuggled into it.
#[must_use]
pub fn mailto(text: &str) -> Option<String> {
    let (local, domain) = text.trim().split_once('@')?;
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
    };
    (plain(local) && plain(domain) && domain.contains('.')).then(|| format!("mailto:{local}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_grouped_and_dialled_whole() {
        let numbers: Vec<_> =
            ["+33472000001", "+687285728", "3939"].into_iter().filter_map(phone::Phone::parse).collect();
        let shown: Vec<_> = phones(&numbers).into_iter().map(|p| (p.shown.replace('\u{a0}', " "), p.href)).collect();
        let pair = |shown: &str, href: &str| (shown.to_owned(), href.to_owned());
        assert_eq!(
            shown,
            [
                pair("04 72 00 00 01", "tel:+33472000001"),
                pair("+687 28 57 28", "tel:+687285728"),
                pair("3939", "tel:3939")
            ]
        );
    }

    #[test]
    fn only_http_addresses_become_links() {
        assert_eq!(link("https://www.Exemple.fr/a?b").map(|l| l.host).as_deref(), Some("exemple.fr"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "https://", "http://user@evil.fr", "ftp://a.fr", "a.fr"]
        {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_mail_address_cannot_carry_headers() {
        assert_eq!(mailto("contact@exemple.fr").as_deref(), Some("mailto:contact@exemple.fr"));
        for bad in ["a@b.fr?bcc=c@d.fr", "a@b.fr,c@d.fr", "a b@c.fr", "@c.fr", "a@localhost"] {
            assert_eq!(mailto(bad), None, "{bad}");
        }
    }
}
