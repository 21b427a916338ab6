//! Telephone numbers, e-mail and web addresses, as links that can do nothing else.

/// A telephone number, ready to be shown and dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Grouped as the French read it.
    pub shown: String,
    /// `tel:` address; `None` when the text is no single number.
    pub href: Option<String>,
}

/// Reads a telephone number. National numbers are grouped by two; a text that is no number is shown as it is.
#[must_use]
pub fn phone(text: &str) -> Phone {
    let text = text.trim();
    // « +33 (0)4 72… »: the zero in brackets is dialled inside France only.
    let digits: String = text.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let only_number = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+.-()/".contains(c));
    let international = text.starts_with('+');
    if !only_number || !(3..=15).contains(&digits.len()) || text.matches('+').count() > 1 {
        return Phone { shown: text.to_string(), href: None };
    }
    let href = if international { format!("tel:+{digits}") } else { format!("tel:{digits}") };
    let shown = match (international, national(&digits)) {
        (true, Some(number)) => by_two(&number),
        (false, _) if digits.len() == 10 => by_two(&digits),
        _ => text.to_string(),
    };
    Phone { shown, href: Some(href) }
}

/// The ten digits dialled inside France, from the digits after `+`: metropolitan and overseas country codes.
fn national(digits: &str) -> Option<String> {
    for country in ["33", "262", "590", "594", "596", "508"] {
        if let Some(rest) = digits.strip_prefix(country) {
            let rest = rest.strip_prefix('0').unwrap_or(rest);
            return (rest.len() == 9).then(|| format!("0{rest}"));
        }
    }
    None
}

fn by_two(digits: &str) -> String {
    let pairs: Vec<&str> = digits.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok()).collect();
    pairs.join("\u{a0}")
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
    fn numbers_are_grouped_by_two_and_dialled_whole() {
        for (text, shown, href) in [
            ("0472000000", "04 72 00 00 00", "tel:0472000000"),
            ("+33472000000", "04 72 00 00 00", "tel:+33472000000"),
            ("+33 (0)4 72 00 00 00", "04 72 00 00 00", "tel:+33472000000"),
            ("+262262000000", "02 62 00 00 00", "tel:+262262000000"),
            ("+687 12 34 56", "+687 12 34 56", "tel:+687123456"),
            ("3939", "3939", "tel:3939"),
        ] {
            let phone = phone(text);
            assert_eq!(phone.shown.replace('\u{a0}', " "), shown);
            assert_eq!(phone.href.as_deref(), Some(href));
        }
    }

    #[test]
    fn words_are_shown_but_not_dialled() {
        assert_eq!(phone("voir en mairie").href, None);
        assert_eq!(phone("04 72 00 00 00 / 06 12 34 56 78").href, None, "two numbers are not one");
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
