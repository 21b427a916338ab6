//! The path below which the service stands, when it shares a host: requests lose it on their way in, and every address in
//! a page gets it on its way out, so that nothing between knows of it.

use actix_web::dev::ServiceRequest;
use actix_web::http::Uri;
use actix_web::http::uri::PathAndQuery;

use super::html::with_tags;

/// Attributes of a page that hold addresses of ours.
const ADDRESSES: [&str; 6] = [" href=\"", " action=\"", " formaction=\"", " src=\"", " data-job=\"", " data-vendor=\""];

/// Takes the root off the address of a request. One without it stays as it is: the proxy before us took it off, or
/// somebody looks after the health of this process.
pub(super) fn take_off(request: &mut ServiceRequest, root: &str) {
    let Some(address) = without(request.uri(), root) else { return };
    request.match_info_mut().get_mut().update(&address);
    request.head_mut().uri = address;
}

fn without(address: &Uri, root: &str) -> Option<Uri> {
    let rest = address.path_and_query()?.as_str().strip_prefix(root).filter(|_| !root.is_empty())?;
    let rest = match rest.as_bytes().first() {
        None | Some(b'?') => format!("/{rest}"),
        Some(b'/') => rest.to_owned(),
        Some(_) => return None,
    };
    let mut parts = address.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(rest).ok()?);
    Uri::from_parts(parts).ok()
}

/// An address of ours with the root; others stay.
#[must_use]
pub(super) fn put_before(address: &str, root: &str) -> Option<String> {
    is_ours(address).then(|| format!("{root}{address}")).filter(|_| !root.is_empty())
}

fn is_ours(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// A page whose addresses of ours begin with the root. Scripts find it as `data-root` of the page.
#[must_use]
pub(super) fn in_page(html: &[u8], root: &str) -> Vec<u8> {
    with_tags(html, |out, tag| write_tag(out, tag, root))
}

fn write_tag(out: &mut String, tag: &str, root: &str) {
    let mut rest = tag;
    if let Some(after) = tag.strip_prefix("<html ") {
        out.extend(["<html data-root=\"", root, "\" "]);
        rest = after;
    }
    while let Some(at) = ADDRESSES.iter().filter_map(|name| rest.find(name).map(|at| at + name.len())).min() {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if is_ours(rest) {
            out.push_str(root);
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_loses_the_root_and_nothing_else() {
        for (address, rest) in [
            ("/mediane", Some("/")),
            ("/mediane/", Some("/")),
            ("/mediane?lieu=Lyon", Some("/?lieu=Lyon")),
            ("/mediane/api/nearest?position=2,48", Some("/api/nearest?position=2,48")),
            ("/mediane/mediane", Some("/mediane")),
            ("/medianes/x", None),
            ("/api/nearest", None),
            ("/", None),
        ] {
            let found = without(&address.parse().unwrap(), "/mediane").map(|uri| uri.to_string());
            assert_eq!(found.as_deref(), rest, "{address}");
        }
        assert_eq!(without(&"/api".parse().unwrap(), ""), None);
    }

    #[test]
    fn every_address_of_ours_in_a_page_gets_it_once() {
        let page = |html: &str| String::from_utf8(in_page(html.as_bytes(), "/m")).unwrap();
        for (before, after) in [
            ("<a class=\"x\" href=\"/\">1 < 2</a>", "<a class=\"x\" href=\"/m/\">1 < 2</a>"),
            (
                "<link rel=\"icon\" href=\"/a\"><script src=\"/b\">",
                "<link rel=\"icon\" href=\"/m/a\"><script src=\"/m/b\">",
            ),
            ("<form action=\"/a\"><button formaction=\"/b\">", "<form action=\"/m/a\"><button formaction=\"/m/b\">"),
            ("<html lang=\"fr\">", "<html data-root=\"/m\" lang=\"fr\">"),
            ("<section data-job=\"/a\" data-key=\"/k\">", "<section data-job=\"/m/a\" data-key=\"/k\">"),
        ] {
            assert_eq!(page(before), after);
        }
        for other in [
            "<a href=\"//exemple.fr/\">",
            "<a href=\"https://exemple.fr/\">",
            "<a href=\"#a\">",
            "<a href=\"?a=b\">",
            "<code>/api</code>",
        ] {
            assert_eq!(page(other), other);
        }
        assert_eq!(put_before("/a", "/m").as_deref(), Some("/m/a"));
        assert_eq!(put_before("https://exemple.fr/", "/m"), None);
        assert_eq!(put_before("/a", ""), None);
    }
}
