//! The cases of bodies: scenarios, plans, what-if and reports take them.

use reqwest::Method;
use reqwest::blocking::RequestBuilder;
use serde_json::{Value, json};

use super::super::placements::country::url as plans_url;
use super::super::scenarios::{ask, bearer, created, url, written};
use super::super::support::{header, url as plain_url};
use super::wire::{client, of_statuses, outcome, status};

/// A body sent as JSON.
fn sent(url: &str, body: impl Into<Vec<u8>>) -> RequestBuilder {
    client().post(url).header("content-type", "application/json").body(body.into())
}

/// The addresses that take a body.
fn everywhere() -> [String; 4] {
    [url("/api/scenarios"), plans_url("/api/placements"), plain_url("/api/access/what-if"), plain_url("/api/times")]
}

/// The same body at every address that takes one.
fn all(bodies: &[&[u8]]) -> String {
    outcome(bodies.iter().flat_map(|body| everywhere().map(|url| sent(&url, *body))))
}

fn scenario(change: impl Fn(&mut Value)) -> RequestBuilder {
    let mut body = written("Un", "private");
    change(&mut body);
    sent(&url("/api/scenarios"), body.to_string())
}

fn plan(more: Value) -> RequestBuilder {
    let mut body = json!({ "territory": "departements/23", "demand": "population", "radius_km": 9 });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    sent(&plans_url("/api/placements"), body.to_string())
}

/// What became of a case.
pub fn case(id: &str) -> Option<String> {
    Some(match id.strip_prefix("BOD-")?.parse::<u32>().ok()? {
        1 => all(&[b"", b"null", b"[]", b"\"x\"", b"{"]),
        2 => {
            let deep = "[".repeat(1_000) + &"]".repeat(1_000);
            all(&[deep.as_bytes(), format!("{{\"a\":{deep}}}").as_bytes(), format!("{{\"close\":{deep}}}").as_bytes()])
        }
        3 => {
            let twice = "{\"title\":\"Un\",\"title\":\"Deux\",\"scenario\":{\"close\":[\"v-bib\"]}}";
            let inside = "{\"title\":\"Un\",\"scenario\":{\"close\":[\"v-bib\"],\"close\":[\"v-atelier\"]}}";
            outcome([
                sent(&url("/api/scenarios"), twice),
                sent(&url("/api/scenarios"), inside),
                sent(&plans_url("/api/placements"), "{\"territory\":\"departements/23\",\"posts\":1,\"posts\":2}"),
                sent(&plain_url("/api/access/what-if"), "{\"close\":[\"v-bib\"],\"close\":[\"v-atelier\"]}"),
                sent(&plain_url("/api/times"), "{\"pairs\":[[1.9,46.1,1.8,46.2]],\"pairs\":[[1.9,46.1,1.9,46.2]]}"),
            ])
        }
        4 => {
            let bodies: [&[u8]; 6] = [
                b"{\"posts\":NaN}",
                b"{\"posts\":Infinity}",
                b"{\"posts\":1e999}",
                b"{\"title\":\"\\ud800\"}",
                b"\xef\xbb\xbf{}x",
                b"{\"title\":\"\xff\"}",
            ];
            all(&bodies)
        }
        5 => outcome(everywhere().into_iter().flat_map(|url| {
            let with = |kind: Option<&str>| {
                let request = client().post(&url).body("{}");
                if let Some(kind) = kind { request.header("content-type", kind) } else { request }
            };
            [
                with(None),
                with(Some("text/plain")),
                with(Some("multipart/form-data; boundary=x")),
                with(Some("application/json; charset=utf-7")),
            ]
        })),
        6 => outcome([
            scenario(|body| body["role"] = "admin".into()),
            plan(json!({ "posts": 1, "role": "admin" })),
            sent(&plain_url("/api/access/what-if"), "{\"close\":[\"v-bib\"],\"role\":\"admin\"}"),
        ]),
        7 => outcome(
            ["proprietaire", "owner", "territoire", "role", "created", "version", "id"]
                .map(|name| scenario(|body| body[name] = "autre".into())),
        ),
        8 => outcome([
            scenario(|body| body["title"] = "a".repeat(1 << 20).into()),
            scenario(|body| body["title"] = "a".repeat(121).into()),
            scenario(|body| body["tags"] = vec!["x"; 10_000].into()),
        ]),
        9 => {
            let title = "<script>alert(1)</script> [x](javascript:alert(1)) \"'>";
            let (id, _) = created(title, "published");
            let told: Value = serde_json::from_str(
                &client().get(url(&format!("/api/scenarios/{id}"))).send().unwrap().text().unwrap(),
            )
            .unwrap();
            assert_eq!(told["title"], title, "kept as it was written");
            let page = client().get(url(&format!("/et-si?scenario={id}"))).send().unwrap().text().unwrap();
            assert!(page.contains("alert(1)") && !page.contains("<script>alert"), "{page}");
            assert!(!page.contains("href=\"javascript"));
            "http_2xx_safe".into()
        }
        10 => outcome([
            plan(json!({ "budget_eur": -1 })),
            plan(json!({ "budget_eur": 1e308 })),
            plan(json!({ "budget_eur": 9_007_199_254_740_993_u64 })),
            plan(json!({ "budget_eur": 0.1 + 0.2 })),
        ]),
        11 => outcome([
            scenario(|body| body["scenario"]["close"] = json!(["v-nulle-part"])),
            sent(&plain_url("/api/access/what-if"), "{\"close\":[\"v-nulle-part\"]}"),
        ]),
        12 => {
            let (id, _) = created("Privé", "private");
            let other = bearer(&created("Autre", "private").1);
            let path = format!("/api/scenarios/{id}");
            let of = |method: Method, headers: &[(&str, &str)], body| status(ask(&method, &path, headers, body));
            let body = written("Volé", "private");
            of_statuses([
                of(Method::GET, &[], None),
                of(Method::GET, &[("authorization", &other)], None),
                of(Method::PUT, &[("authorization", &other), ("if-match", "*")], Some(&body)),
                of(Method::DELETE, &[("authorization", &other)], None),
            ])
        }
        13 => {
            let sites: Vec<String> = (0..100_000).map(|i| format!("s{i},46.1,1.9,Ici")).collect();
            let few: Vec<String> = sites[..6_000].to_vec();
            outcome([
                plan(json!({ "posts": 1, "candidates": "listed", "sites": sites.join(";") })),
                plan(json!({ "posts": 1, "candidates": "listed", "sites": few.join(";") })),
            ])
        }
        14 => outcome([
            plan(json!({ "posts": 1, "candidates": "listed", "sites": "a,-5.0,45.0,En mer" })),
            sent(&plain_url("/api/access/what-if"), "{\"add\":[{\"position\":[-20.0,45.0]}]}"),
        ]),
        number @ (15 | 16) => {
            let (id, token) = created("Un", "private");
            let (path, owner) = (format!("/api/scenarios/{id}"), bearer(&token));
            let stale: &[(&str, &str)] = &[("authorization", &owner), ("if-match", "\"v7\"")];
            let headers = if number == 15 { stale } else { &stale[..1] };
            let refused = status(ask(&Method::PUT, &path, headers, Some(&written("Deux", "private"))));
            let kept = ask(&Method::GET, &path, &stale[..1], None).text().unwrap();
            assert!(kept.contains("\"Un\""), "nothing was written: {kept}");
            format!("http_{refused}")
        }
        number @ (17 | 18) => {
            let key = format!("bad-inputs-{number}");
            let titles = if number == 17 { ["Une fois"; 5] } else { ["Une", "Deux", "Trois", "Quatre", "Cinq"] };
            let made = titles.map(|title| {
                let body = written(title, "private");
                let answer = ask(&Method::POST, "/api/scenarios", &[("idempotency-key", &key)], Some(&body));
                (answer.status().as_u16(), answer.text().unwrap())
            });
            if number == 17 {
                let (first, body) = &made[0];
                assert!(made.iter().all(|(status, same)| status == first && same == body), "{made:?}");
                assert_eq!(*first, 201);
                "http_2xx_once".into()
            } else {
                assert_eq!(made[0].0, 201);
                of_statuses(made[1..].iter().map(|(status, _)| *status))
            }
        }
        19 => {
            let response = plan(json!({ "posts": 20, "objective": "median", "seconds": 60 })).send().unwrap();
            assert!(!header(&response, "location").is_empty(), "a job with an address");
            format!("http_{}", status(response))
        }
        25 => outcome([
            sent(&url("/api/scenarios"), "{\"title\":\"Un\",\"scenario\":{\"close\":[\"v-bib\"]},\"__proto__\":{}}"),
            sent(&plans_url("/api/placements"), "{\"posts\":1,\"constructor\":{}}"),
            sent(&plain_url("/api/access/what-if"), "{\"close\":[\"v-bib\"],\"toString\":1}"),
        ]),
        26 => outcome(["Mo 18:00-09:00", "0000 Mo 09:00-12:00", "Mo 25:00-26:00"].map(|hours| {
            let body = json!({ "hours": [{ "venue": "v-bib", "opening_hours": hours }] });
            sent(&plain_url("/api/access/what-if"), body.to_string())
        })),
        27 => outcome(
            ["poverty-rate:0", "poverty-rate:-1", "poverty-rate:NaN", "poverty-rate:1001", "x:1"]
                .map(|weights| client().get(plain_url(&format!("/api/need?weights={weights}")))),
        ),
        28 => {
            let (composed, apart) = (created("École", "published").0, created("E\u{301}cole", "published").0);
            assert_ne!(composed, apart);
            "http_2xx_safe".into()
        }
        _ => return None,
    })
}
