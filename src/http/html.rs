//! Links that keep what was chosen: whoever looks at an edition of old, reads in another language or looks at us inside
//! another site must not be led back unawares.

/// Addresses that have nothing to do with editions.
const WITHOUT_EDITION: [&str; 3] = ["/static/", "/vendor/", "/health/"];
/// Addresses that have nothing to do with how pages look.
const WITHOUT_LOOK: [&str; 6] = ["/static/", "/vendor/", "/health/", "/api/", "/ogc", "/tiles/"];
/// What pages are asked besides their question, and links take along: the language, and to be inside another site.
pub const LOOK: [&str; 2] = ["lang", "embed"];
/// Longest value of those.
const LONGEST: usize = 12;

/// Names with their values, that every link of a page takes along.
pub type Kept = Vec<(&'static str, String)>;

/// What links take along from a request: the edition it names, and how it wants pages to look.
#[must_use]
pub fn kept(query: &str, edition: Option<&str>) -> Kept {
    let plain = |value: &&str| {
        let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !value.is_empty() && value.len() <= LONGEST && value.bytes().all(word)
    };
    let asked = |name: &'static str| {
        let value = query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        value.filter(plain).map(|value| (name, value.to_owned()))
    };
    edition.map(|id| ("edition", id.to_owned())).into_iter().chain(LOOK.into_iter().filter_map(asked)).collect()
}

/// An address of ours with `edition=`; `None` when there is nothing to add: it names one already, or leads elsewhere.
#[must_use]
pub fn keep_edition(address: &str, edition: Option<&str>) -> Option<String> {
    let edition = edition.filter(|_| !address.is_empty())?;
    with("edition", edition, address, "&")
}

/// The same with everything that is kept.
#[must_use]
pub fn keep(address: &str, kept: &Kept) -> Option<String> {
    let more = |known: Option<String>, (name, value): &(&'static str, String)| {
        let before = known.as_deref().unwrap_or(address);
        with(name, value, before, "&").filter(|_| !address.is_empty()).or(known)
    };
    kept.iter().fold(None, more)
}

/// A page whose tags, from `<` to `>`, are written anew.
pub(super) fn with_tags(html: &[u8], mut write_tag: impl FnMut(&mut String, &str)) -> Vec<u8> {
    // Our own pages, so UTF-8, and every value between double quotes.
    let html = String::from_utf8_lossy(html);
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html.as_ref();
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let length = tag.find('>').map_or(tag.len(), |end| end + 1);
        out.push_str(&rest[..start]);
        write_tag(&mut out, &tag[..length]);
        rest = &tag[length..];
    }
    out.push_str(rest);
    out.into_bytes()
}

/// A page whose links and forms take along what is kept. A link that says `data-now` leads to the edition in force.
#[must_use]
pub fn keep_in_links(html: &[u8], kept: &Kept) -> Vec<u8> {
    with_tags(html, |out, tag| write_tag(out, tag, kept))
}

fn write_tag(out: &mut String, tag: &str, kept: &Kept) {
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
            let mut longer = address.to_owned();
            if address.starts_with(['/', '?']) {
                for (name, value) in kept {
                    longer = with(name, value, &longer, "&#38;").unwrap_or(longer);
                }
            }
            out.extend([before, name, &longer, "\"", after]);
        }
        None => out.push_str(tag),
    }
    let embedded = || kept.iter().any(|(name, value)| *name == "embed" && value == "1");
    if tag.starts_with("<html ") && embedded() {
        // Styles leave out what the site around shows itself.
        out.truncate(out.len() - 1);
        out.push_str(" data-embed>");
    }
    if is_get_form {
        // The query of its address gives way to its fields.
        for (name, value) in kept {
            out.extend(["<input type=\"hidden\" name=\"", name, "\" value=\"", value, "\">"]);
        }
    }
}

/// `and` is what stands between two parameters: escaped in a page, bare elsewhere.
fn with(name: &str, value: &str, address: &str, and: &str) -> Option<String> {
    // The mark of a fragment, not that of an escaped character.
    let fragment = address.match_indices('#').map(|(at, _)| at).find(|at| !address[..*at].ends_with('&'));
    let (target, fragment) = address.split_at(fragment.unwrap_or(address.len()));
    let path = target.split("://").nth(1).map_or(target, |rest| rest.find('/').map_or("", |at| &rest[at..]));
    let elsewhere = !(path.starts_with('/') || path.starts_with('?')) || path.starts_with("//");
    let query = target.split_once('?').map(|(_, query)| query);
    let names = |query: &str| query.split(['&', ';']).any(|part| part.split('=').next() == Some(name));
    let without: &[&str] = if name == "edition" { &WITHOUT_EDITION } else { &WITHOUT_LOOK };
    if elsewhere || without.iter().any(|root| path.starts_with(root)) || query.is_some_and(names) {
        return None;
    }
    let mark = match query {
        None => "?",
        Some("") => "",
        Some(_) => and,
    };
    Some(format!("{target}{mark}{name}={value}{fragment}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> String {
        String::from_utf8(keep_in_links(html.as_bytes(), &kept("", Some("e1")))).unwrap()
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

    #[test]
    fn the_language_goes_along_to_pages_and_not_to_programs() {
        let kept = kept("lieu=Lyon&lang=ar&embed=1", None);
        let page = |html: &str| String::from_utf8(keep_in_links(html.as_bytes(), &kept)).unwrap();
        assert_eq!(page("<a href=\"/lieux/a\">"), "<a href=\"/lieux/a?lang=ar&#38;embed=1\">");
        assert_eq!(page("<a href=\"/?lang=en\">"), "<a href=\"/?lang=en&#38;embed=1\">");
        assert_eq!(page("<a href=\"/api/nearest?x=1\">"), "<a href=\"/api/nearest?x=1\">");
        assert_eq!(keep("/lieux/b", &kept).as_deref(), Some("/lieux/b?lang=ar&embed=1"));
    }

    #[test]
    fn what_would_be_markup_is_not_taken_along() {
        for query in ["lang=%22%3E", "lang=\"><script>", "lang=AAAA", "lang=", "lang=aaaaaaaaaaaaaaa", "langue=fr"] {
            assert!(kept(query, None).is_empty(), "{query}");
        }
    }
}
