//! Links that keep the edition: whoever looks at an edition of old must not be led back to that of today unawares.

/// Addresses that have nothing to do with editions.
const WITHOUT_EDITION: [&str; 3] = ["/static/", "/vendor/", "/health/"];

/// An address of ours with `edition=`; `None` when there is nothing to add: it names one already, or leads elsewhere.
#[must_use]
pub fn keep_edition(address: &str, edition: Option<&str>) -> Option<String> {
    let edition = edition.filter(|_| !address.is_empty())?;
    with_edition(address, edition, "&")
}

/// A page whose links and forms name this edition. A link that says `data-now` leads to the edition in force.
#[must_use]
pub fn keep_edition_in_links(html: &[u8], edition: &str) -> Vec<u8> {
    // Our own pages, so UTF-8, and every value between double quotes.
    let html = String::from_utf8_lossy(html);
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html.as_ref();
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let length = tag.find('>').map_or(tag.len(), |end| end + 1);
        out.push_str(&rest[..start]);
        write_tag(&mut out, &tag[..length], edition);
        rest = &tag[length..];
    }
    out.push_str(rest);
    out.into_bytes()
}

fn write_tag(out: &mut String, tag: &str, edition: &str) {
    let is_get_form = tag.starts_with("<form ") && !tag.contains("method=\"post\"");
    let name = if is_get_form || tag.contains(" data-now") {
        None
    } else {
        [" href=\"", " action=\""]
            .into_iter()
            .find(|name| (tag.starts_with("<a ") || tag.starts_with("<form ")) && tag.contains(name))
    };
    match name.and_then(|name| tag.split_once(name).map(|(before, after)| (name, before, after))) {
        Some((name, before, after)) => {
            let (address, after) = after.split_once('"').unwrap_or((after, ""));
            let kept = with_edition(address, edition, "&#38;").filter(|_| address.starts_with(['/', '?']));
            out.extend([before, name, kept.as_deref().unwrap_or(address), "\"", after]);
        }
        None => out.push_str(tag),
    }
    if is_get_form {
        // The query of its address gives way to its fields.
        out.extend(["<input type=\"hidden\" name=\"edition\" value=\"", edition, "\">"]);
    }
}

/// `and` is what stands between two parameters: escaped in a page, bare elsewhere.
fn with_edition(address: &str, edition: &str, and: &str) -> Option<String> {
    // The mark of a fragment, not that of an escaped character.
    let fragment = address.match_indices('#').map(|(at, _)| at).find(|at| !address[..*at].ends_with('&'));
    let (target, fragment) = address.split_at(fragment.unwrap_or(address.len()));
    let path = target.split("://").nth(1).map_or(target, |rest| rest.find('/').map_or("", |at| &rest[at..]));
    let elsewhere = !(path.starts_with('/') || path.starts_with('?')) || path.starts_with("//");
    let query = target.split_once('?').map(|(_, query)| query);
    let names = |query: &str| query.split(['&', ';']).any(|part| part.starts_with("edition="));
    if elsewhere || WITHOUT_EDITION.iter().any(|root| path.starts_with(root)) || query.is_some_and(names) {
        return None;
    }
    let mark = match query {
        None => "?",
        Some("") => "",
        Some(_) => and,
    };
    Some(format!("{target}{mark}edition={edition}{fragment}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> String {
        String::from_utf8(keep_edition_in_links(html.as_bytes(), "e1")).unwrap()
    }

    #[test]
    fn every_link_inside_a_page_names_the_edition() {
        for (before, after) in [
            ("/", "/?edition=e1"),
            ("/carte#tableau", "/carte?edition=e1#tableau"),
            ("/?lieu=Lyon&#38;plus=1", "/?lieu=Lyon&#38;plus=1&#38;edition=e1"),
            ("?tri=nom#tableau", "?tri=nom&#38;edition=e1#tableau"),
            ("/donnees/fichiers/venues.parquet", "/donnees/fichiers/venues.parquet?edition=e1"),
        ] {
            let link = |address: &str| format!("<p><a class=\"x\" href=\"{address}\">1 < 2</a></p>");
            assert_eq!(page(&link(before)), link(after));
            assert_eq!(page(&link(after)), link(after), "once is enough");
        }
    }

    #[test]
    fn other_addresses_stay_as_they_are() {
        for html in [
            "<a href=\"#lieux\">a</a>",
            "<a href=\"mailto:a@exemple.fr\">a</a>",
            "<a href=\"tel:+33\">a</a>",
            "<a href=\"//exemple.fr/\">a</a>",
            "<a href=\"https://exemple.fr/a?b=c\">a</a>",
            "<a href=\"/\" data-now>a</a>",
            "<link rel=\"stylesheet\" href=\"/static/1/main.css\">",
            "<a href=\"/static/1/main.css\">a</a>",
        ] {
            assert_eq!(page(html), html);
        }
    }

    #[test]
    fn a_form_takes_the_edition_along() {
        let get = "<form action=\"/et-si#ajouter\" method=\"get\"><input></form>";
        let field = "<input type=\"hidden\" name=\"edition\" value=\"e1\">";
        assert_eq!(page(get), get.replace("<input>", &format!("{field}<input>")));
        let post = "<form class=\"kept\" action=\"/et-si\" method=\"post\"></form>";
        assert_eq!(page(post), post.replace("/et-si", "/et-si?edition=e1"));
    }

    #[test]
    fn addresses_in_answers_keep_the_edition_too() {
        let keep = |address| keep_edition(address, Some("e1"));
        assert_eq!(keep("http://exemple.fr/ogc").unwrap(), "http://exemple.fr/ogc?edition=e1");
        assert_eq!(keep("/a?b=c").unwrap(), "/a?b=c&edition=e1");
        assert_eq!(keep("http://exemple.fr/a?edition=e0"), None);
        assert_eq!(keep(""), None);
        assert_eq!(keep_edition("/a", None), None);
    }
}
