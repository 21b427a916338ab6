//! The cases of tokens. There are no accounts: a scenario has the token it was made with, and moderators have theirs.

use reqwest::Method;
use reqwest::blocking::RequestBuilder;

use super::super::reported::{TOKEN, url as moderated};
use super::super::scenarios::{ask, bearer, created, url, written};
use super::super::support::header;
use super::wire::{client, of_statuses, outcome, status};

/// The list of reports, for moderators only, with these header fields.
fn reports(authorization: &[&str]) -> RequestBuilder {
    let request = client().get(moderated("/api/reports"));
    authorization.iter().fold(request, |request, value| request.header("authorization", *value))
}

/// What became of a case.
pub fn case(id: &str) -> Option<String> {
    let private = || {
        let (id, token) = created("Privé", "private");
        (format!("/api/scenarios/{id}"), bearer(&token))
    };
    Some(match id.strip_prefix("AUT-")?.parse::<u32>().ok()? {
        1 => {
            let (path, _) = private();
            let refused = [
                ask(&Method::DELETE, &path, &[], None),
                ask(&Method::PUT, &path, &[("if-match", "*")], Some(&written("Deux", "private"))),
                reports(&[]).send().unwrap(),
            ];
            for response in &refused {
                assert_eq!(header(response, "www-authenticate"), "Bearer");
            }
            of_statuses(refused.map(status))
        }
        2 => {
            let last = if TOKEN.ends_with('9') { '8' } else { '9' };
            let flipped = format!("{}{last}", &TOKEN[..TOKEN.len() - 1]);
            let texts = [
                "azerty",
                &TOKEN[..TOKEN.len() - 1],
                &flipped,
                &TOKEN.to_uppercase(),
                &format!("{TOKEN}x"),
                &"a".repeat(8_000),
                "jéton",
            ];
            outcome(texts.map(|text| reports(&[&bearer(text)])))
        }
        3 => {
            assert_eq!(reports(&[&format!("bearer {TOKEN}")]).send().unwrap().status(), 200, "a scheme in any case");
            let twice = reports(&[&bearer(TOKEN), &bearer("azerty")]).send().unwrap();
            assert_eq!(twice.status(), 400, "of two nobody knows which was meant");
            outcome([
                reports(&["Basic YTpi"]),
                reports(&[&format!("Bearer {TOKEN}, Bearer azerty")]),
                reports(&[TOKEN]),
            ])
        }
        4 => {
            let (path, owner) = private();
            let token = owner.strip_prefix("Bearer ").unwrap();
            for name in ["token", "access_token"] {
                let text = client().get(url(&format!("{path}?{name}={token}"))).send().unwrap().text().unwrap();
                assert!(!text.contains(&token[..20]), "{text}");
            }
            outcome([
                client().get(url(&format!("{path}?token={token}"))),
                client().get(url(&format!("{path}?access_token={token}"))),
                client().get(moderated(&format!("/api/reports?token={TOKEN}"))),
            ])
        }
        7 => {
            let ((path, _), (_, other)) = (private(), private());
            let with = |method: Method, body| {
                let headers = [("authorization", other.as_str()), ("if-match", "*")];
                status(ask(&method, &path, &headers, body))
            };
            let body = written("Volé", "private");
            of_statuses([with(Method::GET, None), with(Method::PUT, Some(&body)), with(Method::DELETE, None)])
        }
        16 => {
            let (path, _) = private();
            let nobody = "/api/scenarios/00000000000000000000000000000000";
            let options = |path: &str| ask(&Method::OPTIONS, path, &[], None).status();
            assert_eq!(options(&path), options(nobody), "the same whether it is there or not");
            of_statuses([&path, nobody].map(|path| ask(&Method::HEAD, path, &[], None).status().as_u16()))
        }
        27 => {
            let (path, owner) = private();
            let headers = [("authorization", owner.as_str()), ("if-match", "*")];
            assert!(ask(&Method::DELETE, &path, &headers, None).status().is_success());
            of_statuses([
                status(ask(&Method::GET, &path, &headers, None)),
                status(ask(&Method::GET, &path, &[], None)),
                status(ask(&Method::DELETE, &path, &headers, None)),
            ])
        }
        29 => {
            let (path, owner) = private();
            let response = ask(&Method::GET, &path, &[("authorization", &owner)], None);
            let (cache, vary) = (header(&response, "cache-control"), header(&response, "vary"));
            assert!(cache.contains("no-store"), "{cache}");
            assert!(vary.to_lowercase().contains("authorization"), "{vary}");
            format!("http_{}", status(response))
        }
        30 => {
            let ids = [private().0, private().0, private().0].map(|path| path.rsplit('/').next().unwrap().to_owned());
            assert!(ids.iter().all(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())), "{ids:?}");
            let shared = ids[0].bytes().zip(ids[1].bytes()).filter(|(a, b)| a == b).count();
            assert!(shared < 16, "{ids:?}");
            outcome((0..5).map(|i| client().get(url(&format!("/api/scenarios/{i:032}")))))
        }
        _ => return None,
    })
}
