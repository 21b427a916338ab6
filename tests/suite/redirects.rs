//! Addresses that lead elsewhere take along the whole question: the edition, the language, the choices of a visitor.

use std::fs;
use std::path::{Path, PathBuf};

use reqwest::blocking::Client;
use reqwest::redirect::Policy;

use crate::support::{header, url};

#[test]
fn whoever_is_led_to_another_address_keeps_everything_that_was_asked() {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let edition = "edition=0123456789abcdef";
    for (asked, query, status, led) in [
        ("/lieux/v-ancien", "lang=en&utm_source=lettre", 301, "/lieux/v-bib"),
        ("/territoires/communes/23999", "mode=pied&seuil=30&denominateur=8m", 301, "/territoires/communes/23008"),
        ("/carte", "lieu=nullepart&tri=distance", 303, "/"),
        ("/ogc/collections/venues/items/v-ancien", "f=json", 301, "/ogc/collections/venues/items/v-bib"),
    ] {
        for query in [query.to_owned(), format!("{query}&{edition}")] {
            let response = client.get(url(&format!("{asked}?{query}"))).send().unwrap();
            assert_eq!(response.status(), status, "{asked}?{query}");
            let location = header(&response, "location");
            let location = location.strip_prefix(&url("")).unwrap_or(&location);
            assert_eq!(location, format!("{led}?{query}"), "{asked}");
        }
    }
}

#[test]
fn the_first_page_is_not_asked_for_what_only_the_map_knows() {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let response = client.get(url("/carte?lieux=v-bib&lieu=nullepart&lang=en")).send().unwrap();
    assert_eq!((response.status().as_u16(), header(&response, "location").as_str()), (303, "/?lieu=nullepart&lang=en"));
    assert_eq!(Client::new().get(url("/carte?lieux=v-bib&lieu=nullepart")).send().unwrap().status(), 200);
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            inside if inside.is_dir() => sources(&inside, found),
            file => found.push(file),
        }
    }
}

#[test]
fn every_redirect_is_written_by_the_one_function_that_keeps_the_question() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let leads = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        ["MovedPermanently()", "SeeOther()", "HttpResponse::Found()", "TemporaryRedirect()", "PermanentRedirect()"]
            .iter()
            .any(|name| text.contains(name))
    };
    let mut found: Vec<String> =
        files.iter().filter(|f| leads(f)).map(|f| f.strip_prefix(&root).unwrap().display().to_string()).collect();
    found.sort_unstable();
    // A scene that somebody changed is an address of its own, written whole from the scene.
    assert_eq!(found, ["http/links.rs", "pages/what_if/page.rs"]);
}
