//! The router, HEAD, 405, CORS, limits of bodies, strict queries and deadlines, each asked over HTTP.

use std::collections::BTreeSet;
use std::time::Duration;

use actix_web::rt::time;
use actix_web::{HttpResponse, web};
use mediane::http::endpoint::{Answer, Endpoint, Operation, Verb};
use mediane::http::endpoints::Endpoints;
use mediane::http::headers::Audience;
use mediane::http::server;
use mediane::pages;
use mediane::service::ENDPOINTS;
use reqwest::Method;
use serde_json::Value;

use super::{example, operations, send};
use crate::support::{get, header, sample_state};

const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "get"];

/// The methods of an endpoint, spelled out here once more.
fn declared(endpoint: &Endpoint) -> Vec<&'static str> {
    let names = endpoint.operations.iter().flat_map(|operation| match operation.verb {
        Verb::Get => vec!["GET", "HEAD"],
        Verb::Post => vec!["POST"],
        Verb::Put => vec!["PUT"],
        Verb::Delete => vec!["DELETE"],
    });
    names.collect()
}

#[test]
fn the_list_names_every_address_and_operation_once() {
    let paths: Vec<&str> = ENDPOINTS.iter().map(|endpoint| endpoint.path).collect();
    assert!(paths.len() >= 40, "{paths:?}");
    assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len(), "an address comes twice: {paths:?}");
    // The landing page of the collections has two addresses.
    let ids: Vec<&str> = operations().filter(|(e, _)| e.path != "/ogc/").map(|(_, operation)| operation.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "a name comes twice: {ids:?}");
    for endpoint in ENDPOINTS.iter() {
        let methods = declared(endpoint);
        assert!(!methods.is_empty(), "{}", endpoint.path);
        assert_eq!(methods.iter().collect::<BTreeSet<_>>().len(), methods.len(), "{}", endpoint.path);
        let limits: BTreeSet<usize> =
            endpoint.operations.iter().filter_map(|operation| operation.body).map(|body| body.limit).collect();
        assert!(limits.len() <= 1, "{}: an address has one limit for bodies, not {limits:?}", endpoint.path);
    }
    let of_pages: BTreeSet<&str> = pages::ENDPOINTS.iter().map(|endpoint| endpoint.path).collect();
    for endpoint in ENDPOINTS.iter() {
        let page =
            of_pages.contains(endpoint.path) || ["/static/", "/vendor/"].iter().any(|r| endpoint.path.starts_with(r));
        assert_eq!(Audience::of(endpoint.path) == Audience::Browsers, page, "{}", endpoint.path);
    }
}

#[test]
fn every_method_that_is_declared_is_answered_and_every_other_is_refused_by_name() {
    for endpoint in ENDPOINTS.iter() {
        let (path, declared) = (example(endpoint), declared(endpoint));
        for name in METHODS {
            let response = send(Method::from_bytes(name.as_bytes()).unwrap(), &path, "text/plain", Vec::new());
            let status = response.status().as_u16();
            if declared.contains(&name) {
                assert!(status != 405 && status < 500 || status == 503, "{name} {path}: {status}");
                continue;
            }
            assert_eq!(status, 405, "{name} {path}");
            assert_eq!(header(&response, "allow"), format!("{}, OPTIONS", declared.join(", ")), "{name} {path}");
            assert_eq!(header(&response, "content-type"), "application/problem+json", "{name} {path}");
        }
    }
}

#[test]
fn options_says_what_may_be_done_and_lets_other_sites_ask_for_data() {
    for endpoint in ENDPOINTS.iter() {
        let path = example(endpoint);
        let response = send(Method::OPTIONS, &path, "text/plain", Vec::new());
        let allowed = format!("{}, OPTIONS", declared(endpoint).join(", "));
        assert_eq!(response.status(), 204, "{path}");
        assert_eq!(header(&response, "allow"), allowed, "{path}");
        assert_eq!(header(&response, "access-control-allow-methods"), allowed, "{path}");
        assert_eq!(header(&response, "access-control-allow-headers"), "If-None-Match, Content-Type", "{path}");
        let anybody = if Audience::of(endpoint.path) == Audience::Machines { "*" } else { "" };
        assert_eq!(header(&response, "access-control-allow-origin"), anybody, "{path}");
    }
}

#[test]
fn a_body_may_be_as_long_as_declared_and_not_a_byte_longer() {
    let with_body = || operations().filter_map(|(endpoint, operation)| Some((endpoint, operation, operation.body?)));
    assert!(with_body().count() >= 4);
    for (endpoint, operation, body) in with_body() {
        let (path, method) = (example(endpoint), operation.verb.methods()[0].as_str());
        let status = |bytes: usize| {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            send(method, &path, body.kind, vec![b'a'; bytes]).status().as_u16()
        };
        assert_eq!(status(body.limit + 1), 413, "{method} {path}");
        assert!(![405, 413, 500].contains(&status(body.limit)), "{method} {path}");
    }
}

#[test]
fn every_operation_takes_the_names_that_it_declares_and_refuses_any_other() {
    let for_programs = operations().filter(|(endpoint, _)| Audience::of(endpoint.path) == Audience::Machines);
    let mut asked = 0;
    for (endpoint, operation) in for_programs {
        let method = operation.verb.methods()[0].as_str();
        let path = format!("{}?zzz=1", example(endpoint));
        let kind = operation.body.map_or("text/plain", |body| body.kind);
        let response = send(Method::from_bytes(method.as_bytes()).unwrap(), &path, kind, b"{}".to_vec());
        assert_eq!(response.status(), 400, "{method} {path}");
        let problem: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
        assert_eq!(problem["code"], "unknown-parameter", "{method} {path}");
        let allowed: Vec<&str> =
            problem["allowed"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()).collect();
        let declared: Vec<&str> = operation.names().collect();
        // The items of a collection may be asked for by its properties too.
        let compared = if operation.id == "items" { &allowed[..declared.len()] } else { &allowed[..] };
        assert_eq!(compared, declared, "{method} {path}");
        asked += 1;
    }
    assert!(asked >= 30, "{asked}");
}

#[test]
fn every_page_refuses_a_name_of_ours_that_it_does_not_know_and_passes_over_those_of_others() {
    let pages: Vec<&Endpoint> = operations().filter(|(_, operation)| operation.is_page).map(|(e, _)| e).collect();
    assert!(pages.len() >= 30, "{}", pages.len());
    for endpoint in pages {
        let path = example(endpoint);
        // A name of the collections, which no page has.
        let ours = get(&format!("{path}?bbox-crs=1"));
        assert_eq!(ours.status(), 400, "{path}");
        let problem: Value = serde_json::from_str(&ours.text().unwrap()).unwrap();
        assert_eq!((&problem["code"], &problem["param"]), (&"unknown-parameter".into(), &"bbox-crs".into()), "{path}");
        let named = get(&format!("{path}?place=Lyon&position=4.8,45.7"));
        assert_eq!(named.status(), 400, "{path}: names of the API");
        assert_eq!(get(&format!("{path}?utm_source=mail&fbclid=1")).status(), get(&path).status(), "{path}");
    }
}

#[test]
fn a_head_is_answered_as_its_get() {
    for (endpoint, _) in operations().filter(|(_, operation)| operation.verb == Verb::Get) {
        let path = example(endpoint);
        let head = send(Method::HEAD, &path, "text/plain", Vec::new());
        let read = get(&path);
        assert_eq!(head.status(), read.status(), "{path}");
        assert_eq!(header(&head, "content-type"), header(&read, "content-type"), "{path}");
    }
}

#[test]
fn the_usual_answer_is_of_a_declared_status_and_media_type() {
    let mut seen = 0;
    for (endpoint, operation) in operations().filter(|(_, operation)| operation.verb == Verb::Get) {
        let path = match endpoint.path {
            "/api/nearest" => "/api/nearest?commune=23096".to_owned(),
            "/api/access/what-if" => "/api/access/what-if?close=v-centre".to_owned(),
            "/lieux/{id}" => "/lieux/v-centre".to_owned(),
            "/donnees/fichiers/{name}" => "/donnees/fichiers/report.json".to_owned(),
            _ => example(endpoint),
        };
        let response = get(&path);
        let status = response.status().as_u16();
        let Some(answer) = operation.answers.iter().find(|answer| answer.status == status) else {
            let machines = Audience::of(endpoint.path) == Audience::Machines;
            assert!(if machines { operation.problems.contains(&status) } else { status == 404 }, "{path}: {status}");
            continue;
        };
        let kind = header(&response, "content-type");
        let bare = |kind: &str| kind.split(';').next().unwrap_or_default().to_owned();
        if answer.content.iter().any(|(known, _)| *known == "application/octet-stream") {
            continue;
        }
        let known = answer.content.iter().any(|(known, _)| bare(known) == bare(&kind));
        assert!(known || answer.content.is_empty(), "{path}: {kind} is not declared");
        seen += 1;
    }
    assert!(seen >= 30, "only {seen} answered well");
}

async fn slow() -> HttpResponse {
    time::sleep(Duration::from_millis(2_500)).await;
    HttpResponse::Ok().finish()
}

const HURRIED: Endpoint = Endpoint::at("/hurried", &[Operation::get("hurried", "", || web::to(slow))]);
const PATIENT: Endpoint =
    Endpoint::at("/patient/{id}", &[Operation::get("patient", "", || web::to(slow)).answering(&[Answer::ok(&[])])])
        .waiting(Duration::from_secs(4));

#[test]
fn a_page_that_waits_is_given_the_time_it_declares() {
    const BOTH: Endpoints = Endpoints::new(&[&[HURRIED, PATIENT]]);
    actix_web::rt::System::new().block_on(async {
        let app = server::app(&sample_state(), |cfg| BOTH.mount(cfg));
        let service = actix_web::test::init_service(app).await;
        let ask = |path: &str| {
            let request = actix_web::test::TestRequest::get().uri(path).to_request();
            let answer = actix_web::dev::Service::call(&service, request);
            async move {
                match answer.await {
                    Ok(response) => response.status().as_u16(),
                    Err(error) => error.as_response_error().status_code().as_u16(),
                }
            }
        };
        assert_eq!(ask("/hurried").await, 503);
        assert_eq!(ask("/patient/1").await, 200);
    });
    let patient: Vec<&str> =
        ENDPOINTS.iter().filter(|endpoint| !endpoint.patience.is_zero()).map(|endpoint| endpoint.path).collect();
    assert_eq!(
        patient,
        [
            "/api/venues",
            "/api/territories/communes/{code}/arrondissements",
            "/api/need",
            "/api/access",
            "/api/access/what-if",
            "/api/access/week",
            "/api/coverage",
            "/api/equity",
            "/api/placements/{id}",
            "/api/placements/{id}/plan.json",
            "/api/closures",
            "/api/comparison",
            "/planifier",
            "/planifier/{id}/carte.svg",
            "/planifier/{id}/note.docx",
            "/fermetures",
            "/comparer-plans",
            "/lieux-ouverts",
            "/verifier"
        ],
        "who waits holds a place: each one is named here; what no file is has two seconds there too"
    );
}
