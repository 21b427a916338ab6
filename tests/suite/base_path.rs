//! A service that shares its host: everything below `/mediane`, and nothing that leads out of it.

use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::OnceLock;

use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use serde_json::Value;

use crate::support::{header, sample_state, serve_on_free_port};

/// The path below which it stands.
const ROOT: &str = "/mediane";
/// Pages of one kind that are looked at: a venue is like another.
const OF_A_KIND: usize = 6;

fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| serve_on_free_port(sample_state().with_base_path(ROOT)))
}

fn ask(path: &str) -> Response {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    client.get(format!("http://{}{path}", address())).header("accept", "text/html, */*").send().unwrap()
}

fn json(path: &str) -> Value {
    serde_json::from_str(&ask(path).text().unwrap()).unwrap()
}

/// Every address in the attributes of a page, with what was escaped in it.
fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["href", "src", "action", "formaction", "data-job", "data-vendor", "poster", "data"] {
        for part in html.split(&format!(" {name}=\"")).skip(1) {
            found.push(part.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&"));
        }
    }
    found
}

/// What addresses of one kind have in common: the first steps of the path, and the names of the query.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let steps: Vec<&str> = path.split('/').take(4).collect();
    let names: Vec<&str> = query.split('&').map(|part| part.split('=').next().unwrap()).collect();
    format!("{}?{}", steps.join("/"), names.join("&"))
}

#[test]
fn every_link_of_every_page_leads_to_something_below_the_path() {
    let mut known: BTreeSet<String> = BTreeSet::from([format!("{ROOT}/")]);
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let mut waiting: VecDeque<String> = known.iter().cloned().collect();
    let mut pages = 0;
    while let Some(address) = waiting.pop_front() {
        let response = ask(&address);
        let status = response.status().as_u16();
        assert!(status < 400 || status == 405, "{address}: {status}");
        if let Some(location) = Some(header(&response, "location")).filter(|location| !location.is_empty()) {
            assert!(location.starts_with(ROOT), "{address} leads to {location}");
        }
        if !header(&response, "content-type").starts_with("text/html") {
            continue;
        }
        pages += 1;
        let html = response.text().unwrap();
        assert!(html.contains("data-root=\"/mediane\"") || address.contains("/ogc"), "{address}");
        for found in addresses(&html) {
            let own = format!("http://{}", self::address());
            let found = found.strip_prefix(&own).unwrap_or(&found).split('#').next().unwrap().to_owned();
            let found =
                if found.starts_with('?') { format!("{}{found}", address.split('?').next().unwrap()) } else { found };
            if !found.starts_with('/') || found.starts_with("//") {
                continue;
            }
            assert!(found == ROOT || found.starts_with("/mediane/"), "{address} leads out, to {found}");
            let of_a_kind = seen.entry(kind(&found)).or_default();
            if *of_a_kind < OF_A_KIND && known.insert(found.clone()) {
                *of_a_kind += 1;
                waiting.push_back(found);
            }
        }
    }
    assert!(pages > 40, "{pages} pages were looked at");
}

#[test]
fn answers_for_programs_name_addresses_below_the_path() {
    let base = format!("http://{}{ROOT}", address());
    assert_eq!(json("/mediane/api/openapi.json")["servers"][0]["url"], base);
    assert!(json("/mediane/ogc/api")["servers"][0]["url"].as_str().unwrap().starts_with(&base));
    for path in ["/mediane/ogc", "/mediane/ogc/collections", "/mediane/ogc/collections/venues/items?limit=2"] {
        let document = json(&format!("{path}{}f=json", if path.contains('?') { "&" } else { "?" }));
        for link in document["links"].as_array().unwrap() {
            assert!(link["href"].as_str().unwrap().starts_with(&base), "{path}: {link}");
        }
    }
    let tiles = json("/mediane/tiles/communes.json");
    assert!(tiles["tiles"][0].as_str().unwrap().starts_with(&base));
    assert!(ask("/mediane/robots.txt").text().unwrap().contains("Disallow: /mediane/fiche\n"));
    assert!(ask("/mediane/sitemap.xml").text().unwrap().contains(&format!("<loc>{base}/")));
}

#[test]
fn without_the_path_it_answers_too_and_beside_it_nothing_does() {
    assert_eq!(ask("/health/ready").status(), 200, "whoever watches this process needs not know the path");
    assert_eq!(ask("/mediane/health/ready").status(), 200);
    assert_eq!(ask("/mediane").status(), 200);
    assert_eq!(ask("/medianes/").status(), 404);
    assert_eq!(ask("/mediane/mediane/").status(), 404, "it is taken off once");
}

#[test]
fn a_page_that_leads_elsewhere_stays_below_the_path() {
    let response = ask("/mediane/nearest?edition=0123456789abcdef");
    assert_eq!(response.status(), 404);
    let html = response.text().unwrap();
    let own: Vec<String> = addresses(&html).into_iter().filter(|found| found.starts_with('/')).collect();
    assert!(!own.is_empty() && own.iter().all(|found| found.starts_with("/mediane/")), "{own:?}");
}
