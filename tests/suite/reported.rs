//! « C'est faux », « fermé », « déménagé »: said without an account, shown to nobody before a moderator decided.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use mediane::atlas::Atlas;
use mediane::http::State;
use mediane::store::{Location, SqlStore};
use reqwest::blocking::{Client, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::support::{noon, sample_leaves, serve_on_free_port};

pub const TOKEN: &str = "un-jeton-de-moderateur-fait-au-hasard-0123456789";

fn house() -> &'static (SocketAddr, PathBuf) {
    static HOUSE: OnceLock<(SocketAddr, PathBuf)> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap().keep();
        let store = SqlStore::open(&Location::Sqlite(folder.join("reports.sqlite"))).unwrap();
        let state = State::new(Arc::new(Atlas::bind(sample_leaves())), noon)
            .with_store(Arc::new(store))
            .with_moderators(vec![Sha256::digest(TOKEN.as_bytes()).into()]);
        (serve_on_free_port(state), folder)
    })
}

pub fn url(path: &str) -> String {
    format!("http://{}{path}", house().0)
}

fn send(venue: &str, form: &'static str) -> Response {
    let request = Client::new().post(url(&format!("/lieux/{venue}/signaler")));
    request.header("content-type", "application/x-www-form-urlencoded").body(form).send().unwrap()
}

fn get(path: &str) -> String {
    Client::new().get(url(path)).send().unwrap().text().unwrap()
}

fn moderate(request: reqwest::blocking::RequestBuilder, token: &str) -> Response {
    request.header("authorization", format!("Bearer {token}")).send().unwrap()
}

fn waiting(venue: &str) -> Vec<Value> {
    let answer = moderate(Client::new().get(url("/api/reports?limit=100")), TOKEN);
    assert_eq!(answer.status(), 200);
    let body: Value = serde_json::from_str(&answer.text().unwrap()).unwrap();
    body["reports"].as_array().unwrap().iter().filter(|row| row["venue"] == venue).cloned().collect()
}

fn decide(id: &str, verdict: &str, token: &str) -> u16 {
    let request = Client::new().post(url(&format!("/api/reports/{id}")));
    let request = request.header("content-type", "application/json").body(format!("{{\"verdict\":\"{verdict}\"}}"));
    moderate(request, token).status().as_u16()
}

#[test]
fn a_report_is_shown_to_nobody_until_it_is_confirmed_and_only_its_kind_is_shown_then() {
    let sent = send("v-centre", "quoi=closed&texte=Canari-7431+%3Cscript%3Ealert(1)%3C/script%3E");
    assert_eq!(sent.status(), 200);
    assert!(sent.text().unwrap().contains("Merci"));
    assert!(!get("/lieux/v-centre").contains("signalé par un visiteur"));
    let rows = waiting("v-centre");
    assert_eq!((rows.len(), &rows[0]["kind"]), (1, &"closed".into()));
    assert!(rows[0]["text"].as_str().unwrap().contains("Canari-7431"), "moderators read it");
    let id = rows[0]["id"].as_str().unwrap();
    assert_eq!(decide(id, "confirmed", "un-autre-jeton-qui-est-assez-long-0123456789"), 401);
    assert_eq!(decide(id, "peut-être", TOKEN), 400);
    assert_eq!(decide(id, "confirmed", TOKEN), 204);
    assert_eq!(decide(id, "rejected", TOKEN), 404, "once");
    let page = get("/lieux/v-centre");
    assert!(page.contains("Fermé pour toujours, signalé par un visiteur"));
    assert!(!page.contains("Canari-7431"), "the words of a visitor are never shown");
}

#[test]
fn nobody_lists_reports_without_the_token_of_a_moderator() {
    assert_eq!(Client::new().get(url("/api/reports")).send().unwrap().status(), 401);
    assert_eq!(moderate(Client::new().get(url("/api/reports")), "mediane_0123456789abcdef").status(), 401);
    let form = |token: &str| {
        let request = Client::new().post(url("/moderation"));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(format!("jeton={token}")).send().unwrap()
    };
    assert_eq!(form("non").status(), 401);
    let shown = form(TOKEN);
    assert_eq!((shown.status().as_u16(), shown.headers()["cache-control"].to_str().unwrap()), (200, "no-store"));
}

#[test]
fn the_words_of_a_report_cannot_become_markup_for_a_moderator() {
    for payload in [
        "quoi=wrong&texte=%3Cscript%3Ealert(1)%3C/script%3E",
        "quoi=wrong&texte=%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
        "quoi=wrong&texte=%3C/p%3E%3Csvg/onload=alert(1)%3E",
        "quoi=wrong&texte=javascript:alert(1)",
    ] {
        assert_eq!(send("v-bib", payload).status(), 200);
    }
    let request = Client::new().post(url("/moderation"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let page = request.body(format!("jeton={TOKEN}")).send().unwrap().text().unwrap();
    assert!(page.contains("alert(1)"), "moderators read what was written");
    for markup in ["<script>alert", "<img src", "<svg/onload", "href=\"javascript"] {
        assert!(!page.contains(markup), "{markup}");
    }
}

#[test]
fn what_cannot_be_kept_is_refused() {
    assert_eq!(send("v-inconnu", "quoi=closed").status(), 404);
    assert_eq!(send("v-bib", "quoi=magie").status(), 400);
    let long: &'static str = Box::leak(format!("quoi=wrong&texte={}", "a".repeat(501)).into_boxed_str());
    assert_eq!(send("v-bib", long).status(), 400);
    assert_eq!(send("v-ancien", "quoi=moved").status(), 200, "an id of old leads to the venue of today");
    assert_eq!(waiting("v-ancien").len(), 0);
}
