//! What is refused, and how little the refusals say.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, ask, bearer, created, problem, written};
use crate::support::{get_problem, header, url as without_store};

#[test]
fn an_instance_without_a_store_says_so() {
    assert_eq!(get_problem("/api/scenarios").0, 503);
    let response = reqwest::blocking::Client::new()
        .post(without_store("/api/scenarios"))
        .header("content-type", "application/json")
        .body(written("Un", "private").to_string())
        .send()
        .unwrap();
    assert_eq!(problem(response), (503, "no-store".into()));
}

#[test]
fn ids_that_were_tampered_with_lead_nowhere() {
    let (id, token) = created("Un", "shared");
    let flipped = if id.ends_with('0') { format!("{}1", &id[..31]) } else { format!("{}0", &id[..31]) };
    for bad in [
        flipped.as_str(),
        &id.to_uppercase(),
        &id[..31],
        &format!("{id}0"),
        "..%2f..%2fetc%2fpasswd",
        "'%20OR%20'1'='1",
        "%00",
    ] {
        for method in [Method::GET, Method::DELETE] {
            let response = ask(&method, &format!("/api/scenarios/{bad}"), &[("authorization", &bearer(&token))], None);
            assert_eq!(response.status(), 404, "{method} {bad}");
        }
    }
}

#[test]
fn a_change_needs_the_token_and_the_version() {
    let (id, token) = created("Un", "published");
    let path = format!("/api/scenarios/{id}");
    let body = written("Deux", "published");
    let (owner, other) = (bearer(&token), bearer(&created("Autre", "private").1));
    let put = |headers: &[(&str, &str)]| problem(ask(&Method::PUT, &path, headers, Some(&body)));
    assert_eq!(put(&[("if-match", "*")]), (401, "missing-token".into()));
    assert_eq!(put(&[("authorization", "Basic YTpi"), ("if-match", "*")]), (401, "missing-token".into()));
    assert_eq!(put(&[("authorization", &other), ("if-match", "*")]), (404, "no-scenario".into()));
    assert_eq!(put(&[("authorization", &owner)]), (428, "missing-if-match".into()));
    assert_eq!(put(&[("authorization", &owner), ("if-match", "v1")]), (400, "invalid-if-match".into()));
    assert_eq!(problem(ask(&Method::DELETE, &path, &[], None)), (401, "missing-token".into()));
    assert_eq!(problem(ask(&Method::DELETE, &path, &[("authorization", &other)], None)).0, 404);
    let versions = ask(&Method::GET, &format!("{path}/versions"), &[("authorization", &other)], None);
    assert_eq!(problem(versions).0, 404, "earlier versions are the owner's, even of what is published");
    assert_eq!(ask(&Method::GET, &path, &[], None).json_value()["title"], "Un", "nothing was changed");
}

#[test]
fn a_token_that_somebody_thought_up_begins_nothing() {
    let body = written("Un", "private");
    let refused = ask(&Method::POST, "/api/scenarios", &[("authorization", "Bearer azerty")], Some(&body));
    assert_eq!(header(&refused, "www-authenticate"), "Bearer");
    assert_eq!(problem(refused), (401, "unknown-token".into()));
}

#[test]
fn a_token_in_an_address_is_refused_and_not_repeated() {
    let (id, token) = created("Un", "private");
    for path in [format!("/api/scenarios/{id}?token={token}"), format!("/api/scenarios?{token}")] {
        let response = ask(&Method::GET, &path, &[], None);
        assert_eq!(response.status(), 400);
        let text = response.text().unwrap();
        assert!(text.contains("token-in-address") && !text.contains(&token[..20]), "{text}");
    }
}

#[test]
fn bodies_are_bounded_and_read_strictly() {
    let post = |body: &Value| problem(ask(&Method::POST, "/api/scenarios", &[], Some(body)));
    let with = |name: &str, value: Value| {
        let mut body = written("Un", "private");
        body[name] = value;
        post(&body)
    };
    assert_eq!(with("title", json!("  ")), (400, "invalid-text".into()));
    assert_eq!(with("title", json!("a".repeat(121))), (400, "invalid-text".into()));
    assert_eq!(with("title", json!("a\u{0}b")), (400, "invalid-text".into()));
    assert_eq!(with("visibility", json!("secret")), (400, "unknown-value".into()));
    assert_eq!(with("owner", json!("moi")), (400, "invalid-body".into()));
    assert_eq!(with("scenario", json!({})), (400, "missing-parameter".into()));
    assert_eq!(with("scenario", json!({ "close": ["v-nulle-part"] })), (400, "unknown-venue".into()));
    assert_eq!(with("title", json!("a".repeat(64 * 1024))), (413, "body-too-large".into()));
    let plain = reqwest::blocking::Client::new().post(super::url("/api/scenarios")).body("{}").send().unwrap();
    assert_eq!(problem(plain), (415, "unsupported-media-type".into()));
}

#[test]
fn other_methods_are_named() {
    for (path, allowed) in [
        ("/api/scenarios", "GET, HEAD, POST, OPTIONS"),
        ("/api/scenarios/x", "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("/api/scenarios/x/versions", "GET, HEAD, OPTIONS"),
    ] {
        let response = ask(&Method::PATCH, path, &[], None);
        assert_eq!((response.status().as_u16(), header(&response, "allow").as_str()), (405, allowed), "{path}");
        let options = ask(&Method::OPTIONS, path, &[], None);
        assert!(!header(&options, "access-control-allow-headers").contains("Authorization"), "tokens stay on our site");
    }
}
