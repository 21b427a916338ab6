//! Requests of the catalogue, and what came back, said in its words.

use std::collections::BTreeSet;

use reqwest::blocking::{Client, RequestBuilder, Response};

use super::super::support::header;

/// One client for all: connections are kept.
pub fn client() -> Client {
    static CLIENT: std::sync::OnceLock<Client> = std::sync::OnceLock::new();
    let made = || Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    CLIENT.get_or_init(made).clone()
}

/// The status of an answer that says nothing of what is inside, and leads nowhere else.
pub fn status(response: Response) -> u16 {
    let (status, at) = (response.status().as_u16(), response.url().path().to_owned());
    let location = header(&response, "location");
    assert!(location.is_empty() || location.contains("127.0.0.1") || location.starts_with('/'), "{at}: {location}");
    assert!(!location.starts_with("//"), "{at}: {location}");
    let kind = header(&response, "content-type");
    let text = response.bytes().unwrap();
    if status >= 400 {
        assert!(kind.starts_with("application/problem+json") || kind.starts_with("text/html"), "{at}: {kind}");
        let text = String::from_utf8_lossy(&text);
        for inside in ["panicked", ".rs:", "/src/", env!("CARGO_MANIFEST_DIR"), "SELECT ", "sqlx"] {
            assert!(!text.contains(inside), "{at}: {text}");
        }
        assert!(text.len() < 64 * 1024, "{at}: a refusal of {} bytes", text.len());
    }
    status
}

/// The outcome of several requests that are one case.
pub fn outcome(requests: impl IntoIterator<Item = RequestBuilder>) -> String {
    of_statuses(requests.into_iter().map(|request| status(request.send().unwrap())))
}

/// One status for all is that status; several refusals are `http_4xx`; anything else is told in full.
pub fn of_statuses(statuses: impl IntoIterator<Item = u16>) -> String {
    let seen: BTreeSet<u16> = statuses.into_iter().collect();
    match seen.iter().copied().collect::<Vec<_>>()[..] {
        [one] => format!("http_{one}"),
        _ if seen.iter().all(|status| (400..500).contains(status)) => "http_4xx".to_owned(),
        _ => format!("http_{seen:?}"),
    }
}
