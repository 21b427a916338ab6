//! What every answer has in common: headers, methods, sizes, failures.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::pin::Pin;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::rt::time;
use actix_web::{HttpResponse, web};
use flate2::read::GzDecoder;
use mediane::service::app;
use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::Value;

use super::support::{address, get, get_problem, get_with, header, sample_state, url};

const ANYWHERE: [&str; 4] = ["/health/live", "/api/nearest?commune=23096", "/api/nearest?x=1", "/nowhere"];

#[test]
fn every_answer_wears_the_security_headers() {
    for path in ANYWHERE {
        let response = get(path);
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header(&response, "cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(header(&response, "content-security-policy").starts_with("default-src 'none'; "), "{path}");
        assert!(header(&response, "permissions-policy").contains("geolocation=(self)"), "{path}");
        assert_eq!(header(&response, "strict-transport-security"), "", "{path}: not over plain HTTP (RFC 6797)");
    }
}

#[test]
fn data_may_be_read_from_any_site_and_pages_from_ours() {
    let data = get("/api/nearest?commune=23096");
    assert_eq!(header(&data, "access-control-allow-origin"), "*");
    assert_eq!(header(&data, "cross-origin-resource-policy"), "cross-origin");
    assert_eq!(header(&data, "content-security-policy"), "default-src 'none'; frame-ancestors 'none'; sandbox");
    let page = get("/nowhere");
    assert_eq!(header(&page, "access-control-allow-origin"), "");
    assert_eq!(header(&page, "cross-origin-resource-policy"), "same-origin");
}

#[test]
fn an_unknown_address_is_not_found_and_leads_nowhere_else() {
    // QRY-042 to 045
    for path in [
        "/nowhere",
        "/lieux/..%2f..%2fetc%2fpasswd",
        "/lieux/%252e%252e",
        "/%5Cevil.tld/",
        "//evil.tld",
        "/%2f%2fevil.tld",
        "/health/live/",
        "/static/..%5c..%5c.git/config",
    ] {
        let response = get(path);
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(header(&response, "location"), "", "{path}");
    }
}

#[test]
fn a_person_who_is_lost_gets_a_page_and_a_program_gets_a_problem() {
    let browser = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    assert!(header(&get_with("/nowhere", &browser), "content-type").starts_with("text/html"));
    assert_eq!(get_with("/nowhere", &browser).status(), 404);
    assert_eq!(header(&get_with("/ogc/nowhere", &browser), "content-type"), "application/problem+json");
    assert_eq!(get_problem("/nowhere").0, 404);
    // A request that no handler sees is told the same way.
    let long = format!("/?lieu={}", "a".repeat(9_000));
    let told = get_with(&long, &browser);
    assert_eq!((told.status().as_u16(), &*header(&told, "content-type")), (414, "text/html; charset=utf-8"));
    assert!(!header(&told, "content-security-policy").is_empty());
    let told = told.text().unwrap();
    assert!(told.contains("<h1>Cette adresse est trop longue</h1>") && told.contains("href=\"/\""), "{told}");
    assert_eq!(get_problem(&long).0, 414);
}

#[test]
fn what_can_only_be_read_says_so() {
    // HTP-009, HTP-010
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "POST", "get"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let response = Client::new().request(method.clone(), url("/api/nearest")).send().unwrap();
        assert_eq!(response.status(), 405, "{method}");
        assert_eq!(header(&response, "allow"), "GET, HEAD, OPTIONS", "{method}");
        assert_eq!(header(&response, "content-type"), "application/problem+json", "{method}");
    }
    let overridden = get_with("/health/live", &[("x-http-method-override", "DELETE")]);
    assert_eq!(overridden.status(), 200);
}

#[test]
fn head_is_get_without_the_body_and_options_says_what_may_be_done() {
    let head = Client::new().head(url("/api/nearest?commune=23096")).send().unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(header(&head, "content-type"), "application/geo+json");
    let options = Client::new().request(Method::OPTIONS, url("/api/nearest")).send().unwrap();
    assert_eq!(options.status(), 204);
    assert_eq!(header(&options, "access-control-allow-methods"), "GET, HEAD, OPTIONS");
}

#[test]
fn a_long_body_is_compressed_for_those_who_ask_under_a_tag_of_its_own() {
    let path = "/api/nearest?commune=23096";
    let plain = get(path);
    assert_eq!(header(&plain, "content-encoding"), "");
    assert_eq!(header(&plain, "vary"), "Accept, Accept-Encoding");
    let etag = header(&plain, "etag");
    let text = plain.text().unwrap();
    let packed = get_with(path, &[("accept-encoding", "gzip")]);
    assert_eq!(header(&packed, "content-encoding"), "gzip");
    let packed_etag = header(&packed, "etag");
    assert_eq!(packed_etag, etag.replace('"', "").replacen("", "\"", 1) + "-gzip\"");
    let mut unpacked = String::new();
    GzDecoder::new(&packed.bytes().unwrap()[..]).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, text);
    assert_eq!(get_with(path, &[("if-none-match", &packed_etag), ("accept-encoding", "gzip")]).status(), 304);
}

#[test]
fn a_short_body_is_sent_as_it_is() {
    let response = get_with("/health/live", &[("accept-encoding", "gzip")]);
    assert_eq!(header(&response, "content-encoding"), "");
}

#[test]
fn odd_codings_ranges_and_tags_are_answered_plainly() {
    // HTP-013, 014, 015
    let path = "/api/nearest?commune=23096";
    let tags = vec!["\"x\""; 4_000].join(",");
    for (name, value) in [
        ("accept-encoding", "br;q=NaN"),
        ("accept-encoding", &vec!["x"; 1_000].join(",")),
        ("range", &format!("bytes={}", vec!["0-0"; 1_000].join(","))),
        ("if-none-match", &tags),
    ] {
        assert_eq!(get_with(path, &[(name, value)]).status(), 200, "{name}");
    }
}

#[test]
fn an_address_beyond_eight_kibibytes_is_refused() {
    // P17: at the limit, one beyond, and a hundred times beyond.
    let path = |bytes: usize| format!("/api/nearest?q={}", "a".repeat(bytes - "/api/nearest?q=".len()));
    assert_eq!(get_problem(&path(8_192)).0, 400);
    assert_eq!(get_problem(&path(8_193)).0, 414);
    let hundredfold = get(&path(60_000));
    assert_eq!(hundredfold.status(), 414);
}

#[test]
fn too_many_or_too_long_headers_are_refused() {
    // HTP-008
    assert_eq!(get_with("/health/live", &[("cookie", &"a".repeat(33 * 1024))]).status(), 431);
    let names: Vec<String> = (0..70).map(|i| format!("x-{i}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
    assert_eq!(get_with("/health/live", &many).status(), 431);
}

/// Sends bytes as they are and returns the first line of the answer.
fn raw(bytes: &str) -> String {
    let mut stream = TcpStream::connect(address()).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).unwrap();
    String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
}

#[test]
fn ambiguous_requests_are_refused() {
    // HTP-006, HTP-007
    for bad in [
        "GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
        "GET /health/live HTTP/1.1\r\nHost : a\r\n\r\n",
        "POST /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ] {
        assert!(raw(bad).starts_with("HTTP/1.1 400"), "{bad:?} gave {:?}", raw(bad));
    }
}

#[test]
fn a_panic_is_a_problem_with_an_incident_and_the_worker_lives_on() {
    // HTP-022; the table of production with one broken address more
    async fn broken() -> actix_web::HttpResponse {
        panic!("the secret cause");
    }
    actix_web::rt::System::new().block_on(async {
        let state = sample_state();
        let service = actix_web::test::init_service(app(&state).route("/api/broken", web::get().to(broken))).await;
        let mut incidents = std::collections::BTreeSet::new();
        for _ in 0..100 {
            let request = actix_web::test::TestRequest::get().uri("/api/broken").to_request();
            let error = actix_web::dev::Service::call(&service, request).await.expect_err("the porch answers a panic");
            let response = error.error_response();
            assert_eq!(response.status(), 500);
            assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
            assert!(response.headers().contains_key("content-security-policy"));
            let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
            let problem: Value = serde_json::from_slice(&body).unwrap();
            assert!(!problem.to_string().contains("secret"), "{problem}");
            incidents.insert(problem["incident"].as_str().unwrap().to_owned());
        }
        assert_eq!(incidents.len(), 100, "every incident has its own id");
        let request = actix_web::test::TestRequest::get().uri("/health/live").to_request();
        assert_eq!(actix_web::test::call_service(&service, request).await.status(), 200);
    });
}

/// Runs the application with one address more, which answers after a while.
fn with_slow_address<F, R>(waits: Duration, test: F) -> R
where
    F: AsyncFnOnce(Rc<dyn Fn() -> LocalAnswer>) -> R,
{
    actix_web::rt::System::new().block_on(async {
        let slow = move || async move {
            time::sleep(waits).await;
            HttpResponse::Ok().finish()
        };
        let state = sample_state();
        let service = Rc::new(actix_web::test::init_service(app(&state).route("/api/slow", web::get().to(slow))).await);
        let ask = move || -> LocalAnswer {
            let service = service.clone();
            Box::pin(async move {
                let request = actix_web::test::TestRequest::get().uri("/api/slow").to_request();
                match actix_web::dev::Service::call(&*service, request).await {
                    Ok(response) => response.status().as_u16(),
                    Err(error) => error.as_response_error().status_code().as_u16(),
                }
            })
        };
        test(Rc::new(ask)).await
    })
}

type LocalAnswer = Pin<Box<dyn Future<Output = u16>>>;

#[test]
fn a_handler_that_takes_too_long_is_given_up() {
    // P17: handler 2 s
    let began = Instant::now();
    let status = with_slow_address(Duration::from_mins(1), async |ask| ask().await);
    assert_eq!(status, 503);
    assert!((2..4).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[test]
fn beyond_a_number_of_requests_in_flight_the_next_are_asked_to_come_back() {
    // HTP-021
    let statuses = with_slow_address(Duration::from_millis(200), async |ask| {
        let tasks: Vec<_> = (0..600).map(|_| actix_web::rt::spawn(ask())).collect();
        let mut statuses = std::collections::BTreeMap::<u16, usize>::new();
        for task in tasks {
            *statuses.entry(task.await.unwrap()).or_default() += 1;
        }
        assert_eq!(ask().await, 200, "all tickets came back");
        statuses
    });
    assert_eq!(statuses, [(200, 512), (503, 88)].into());
}

#[test]
fn a_head_that_trickles_in_is_timed_out() {
    // HTP-001
    let mut stream = TcpStream::connect(address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: a\r\nX: ").unwrap();
    let began = Instant::now();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer:?}");
    assert!((3..9).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[test]
fn over_tls_browsers_are_told_to_come_back_over_tls() {
    actix_web::rt::System::new().block_on(async {
        let state = sample_state().with_public_url("https://exemple.fr/");
        let service = actix_web::test::init_service(app(&state)).await;
        let request = actix_web::test::TestRequest::get().uri("/health/live").to_request();
        let response = actix_web::test::call_service(&service, request).await;
        assert!(response.headers().contains_key("strict-transport-security"));
    });
}
