//! Web addresses that may become links: `http` or `https`, a public-looking host, nothing hidden.

use super::{Cleaned, Doubt, Values};
use crate::ingest::report::{Action, Code};

/// Reads every web address of a cell: by `|`, `;`, a comma, a blank, « et »… What is no address is remarked.
#[must_use]
pub fn urls(text: &str) -> Values<String> {
    let mut read = Values::default();
    // « [site](https://www.exemple.fr) »: a link of Markdown.
    let joined = without_gap(text).replace("](", " ");
    let separates = |c: char| c.is_whitespace() || matches!(c, '|' | '<' | '>' | '"');
    let pieces: Vec<&str> = joined.split(separates).flat_map(split_at_marks).map(at_ends).collect();
    let pieces: Vec<&str> = pieces.into_iter().filter(|piece| piece.contains(char::is_alphanumeric)).collect();
    let alone = pieces.len() == 1;
    let mut words: Vec<&str> = Vec::new();
    // « Site : www.exemple.fr » is no more than the column says; « …/ancien site » cuts an address.
    let mut cut = false;
    for piece in pieces {
        let lower = piece.to_lowercase();
        // A word with a point is no address: « M.Dupont ».
        if !alone && !lower.contains("://") && !lower.starts_with("www.") && !lower.contains(".fr") {
            cut |= !read.values.is_empty() && !matches!(lower.as_str(), "et" | "ou");
            words.push(piece);
            continue;
        }
        match url(piece) {
            Ok(Cleaned { value, remark }) => {
                if let Some(doubt) = remark {
                    read.remark(piece, Action::ValueRepaired, doubt.code, &doubt.reason);
                }
                read.push(value);
            }
            Err(doubt) => read.remark(piece, Action::FieldCleared, doubt.code, &doubt.reason),
        }
    }
    if read.values.is_empty() && read.remarks.is_empty() {
        read.remark(
            text,
            Action::FieldCleared,
            Code::InvalidUrl,
            "no web address; expected such as https://www.exemple.fr",
        );
    } else if cut
        || words.iter().any(|word| !matches!(word.to_lowercase().as_str(), "et" | "ou" | "site" | "web" | ":"))
    {
        let reason = "words beside a web address; the address alone is kept";
        read.remark(words.join(" "), Action::FieldCleared, Code::InvalidUrl, reason);
    }
    read
}

/// `https:// www.exemple.fr` is one address.
fn without_gap(text: &str) -> String {
    let mut joined = text.trim().to_owned();
    while let Some(at) = joined.find(":// ") {
        joined.remove(at + 3);
    }
    joined
}

/// A comma or a semicolon parts two addresses when one follows it; addresses hold both (`index.php?id=12;13`).
fn split_at_marks(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let starts = |after: &str| {
        let after = after.to_lowercase();
        ["http", "www."].iter().any(|start| after.starts_with(start)) || after.contains(".fr")
    };
    while let Some(at) = rest.match_indices([',', ';']).map(|(at, _)| at).find(|at| starts(&rest[at + 1..])) {
        parts.push(&rest[..at]);
        rest = &rest[at + 1..];
    }
    parts.push(rest);
    parts
}

/// Without the marks of a sentence at its ends.
fn at_ends(text: &str) -> &str {
    let trimmed = |text: &str| -> usize {
        let marks = |c: char| matches!(c, ',' | ';' | '.' | '«' | '»' | '[' | '\'' | '(');
        // A bracket is part of an address that opens one: `/page_(1)`, `/[x]`.
        let more = |closing: char, opening: char| text.matches(closing).count() > text.matches(opening).count();
        let closes = |c: char| c == ')' && more(')', '(') || c == ']' && more(']', '[');
        text.trim_end_matches(|c| marks(c) || closes(c)).len()
    };
    let mut text = text.trim_start_matches([',', ';', '.', '«', '»', '[', ']', '\'', '(', ')']);
    while trimmed(text) < text.len() {
        text = &text[..trimmed(text)];
    }
    text
}

/// Reads one web address. Without a scheme `https://` is put in front, and slips in the scheme are mended, with a remark.
///
/// # Errors
/// Other schemes, user information, addresses by number, local hosts, blanks, two addresses glued together.
pub fn url(text: &str) -> Result<Cleaned<String>, Doubt> {
    let bad = |reason: &str| Err(Doubt::new(Code::InvalidUrl, reason));
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return bad("a blank or control character in an address");
    }
    let mended = with_one_scheme(text);
    let (text, is_mended) = mended.as_deref().map_or((text, false), |mended| (mended, true));
    let lower = text.to_lowercase();
    // An address may hold another one behind a slash or in its question: an archive, a redirection.
    let glued = lower.match_indices("http").any(|(at, _)| {
        let is_address = lower[at..].starts_with("http://") || lower[at..].starts_with("https://");
        is_address && at > 0 && !lower[..at].ends_with('/') && !lower[..at].contains('?')
    });
    if glued {
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
    if is_mended {
        return Ok(Cleaned::with(text.to_owned(), Code::RepairedUrl, "a slip in the scheme; mended"));
    }
    Ok(Cleaned::plain(text.to_owned()))
}

/// `https://https://a.fr`, `http:/a.fr`, `https//a.fr`, `https:a.fr` → the scheme once; `None` when there is no such slip.
fn with_one_scheme(text: &str) -> Option<String> {
    let scheme_of = |text: &str| {
        let lower = text.to_lowercase();
        ["https", "http"].into_iter().find_map(|scheme| {
            let marks: usize = lower.strip_prefix(scheme)?.bytes().take_while(|b| matches!(b, b':' | b'/')).count();
            (marks > 0).then_some((scheme, scheme.len() + marks))
        })
    };
    let (first, mut end) = scheme_of(text)?;
    let mut scheme = first;
    while let Some((inner, length)) = scheme_of(&text[end..]) {
        scheme = inner;
        end += length;
    }
    let mended = format!("{scheme}://{}", &text[end..]);
    let is_sound =
        text.get(..scheme.len() + 3).is_some_and(|start| start.eq_ignore_ascii_case(&mended[..scheme.len() + 3]));
    (!(is_sound && mended.len() == text.len()) && text[end..].contains('.')).then_some(mended)
}

fn is_public_host(host: &str) -> bool {
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    let local = ["local", "localhost", "internal", "lan", "home", "test", "invalid"];
    // « www.exemple » lacks the end of its name.
    labels.len() >= if labels[0].eq_ignore_ascii_case("www") { 3 } else { 2 }
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
    fn what_cuts_an_address_is_told() {
        let cut = urls("https://www.exemple.fr/ancien site");
        assert!(!cut.remarks.is_empty(), "a word behind an address may be its end");
        assert!(urls("Site : https://www.exemple.fr").remarks.is_empty());
        assert_eq!(urls("https://exemple.fr/[x]").values, ["https://exemple.fr/[x]"]);
        assert_eq!(urls("[https://exemple.fr]").values, ["https://exemple.fr"]);
    }

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
    fn every_address_of_a_cell_is_read() {
        let both = ["https://www.a-exemple.fr", "https://www.b-exemple.fr"];
        for text in [
            "https://www.a-exemple.fr;https://www.b-exemple.fr",
            "https://www.a-exemple.fr https://www.b-exemple.fr",
            "https://www.a-exemple.fr,https://www.b-exemple.fr",
            "https://www.a-exemple.fr | https://www.b-exemple.fr",
            "www.a-exemple.fr et www.b-exemple.fr",
        ] {
            assert_eq!(urls(text).values, both, "{text}");
        }
        for (text, address) in [
            ("https://www.a-exemple.fr,", "https://www.a-exemple.fr"),
            ("https:// www.a-exemple.fr", "https://www.a-exemple.fr"),
            ("https://https://www.a-exemple.fr", "https://www.a-exemple.fr"),
            ("http:/www.a-exemple.fr", "http://www.a-exemple.fr"),
            ("https//www.a-exemple.fr", "https://www.a-exemple.fr"),
            (
                "https://web.archive.org/web/2022/https://www.a-exemple.fr/",
                "https://web.archive.org/web/2022/https://www.a-exemple.fr/",
            ),
            ("https://www.a-exemple.fr/a,b.html", "https://www.a-exemple.fr/a,b.html"),
            ("Site : https://www.a-exemple.fr", "https://www.a-exemple.fr"),
        ] {
            assert_eq!(urls(text).values, [address], "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_remarked() {
        for text in [
            "voir la mairie",
            "https://a.frhttps://b.fr",
            "contact@a-exemple.fr",
            "https://www.a-exemple.fr le matin",
            "facebook",
        ] {
            assert!(!urls(text).remarks.is_empty(), "{text}");
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
