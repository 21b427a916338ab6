//! What if these venues closed and those opened.

use reqwest::Method;
use reqwest::blocking::{Client, Response};
use serde_json::{Value, json as value};

use super::country::{address, url};
use super::{header, json, problem, refused};

const PATH: &str = "/api/access/what-if";

fn post(body: &str) -> Response {
    Client::new().post(url(PATH)).header("content-type", "application/json").body(body.to_owned()).send().unwrap()
}

fn answered(body: &Value) -> Value {
    let response = post(&body.to_string());
    let status = response.status();
    let text = response.text().unwrap();
    assert_eq!(status, 200, "{body}: {text}");
    serde_json::from_str(&text).unwrap()
}

fn within(answer: &Value, when: &str) -> i64 {
    answer[when]["persons_within"].as_i64().unwrap()
}

#[test]
fn closing_takes_away_and_opening_gives_back() {
    let closed = answered(&value!({ "close": ["v-atelier"], "territory": "communes/23008", "mode": "walk" }));
    let [change] = closed["communes"].as_array().unwrap().as_slice() else { panic!("{closed}") };
    assert_eq!(change["code"], "23008");
    assert!(change["minutes_after"].as_f64() > change["minutes_before"].as_f64(), "{change}");
    let moved = answered(&value!({
        "close": ["v-atelier"], "add": [{ "position": [1.97, 46.15] }], "territory": "departements/23", "mode": "walk",
    }));
    assert_eq!(moved["communes"], value!([]), "the same place under another name changes nothing");
    assert_eq!(moved["difference_persons_within"], 0);
    let opened = answered(&value!({ "add": [{ "position": [8.75, 41.95] }], "territory": "regions/94" }));
    assert_eq!(opened["communes"][0]["minutes_before"], Value::Null, "no venue on the island: unreachable, not 0");
    let gained = within(&opened, "after") - within(&opened, "before");
    assert!(gained > 0 && opened["difference_persons_within"] == gained, "{opened}");
}

#[test]
fn before_is_what_coverage_says() {
    let answer = answered(&value!({ "close": ["v-centre"], "territory": "departements/23", "threshold_min": 10 }));
    let coverage = json("/api/coverage?territory=departements/23&threshold_min=10");
    assert_eq!(answer["before"]["persons_within"], coverage["summary"][0]["persons_within_10_min"]);
    assert_eq!(answer["before"]["persons_located"], coverage["summary"][0]["persons_located"]);
}

#[test]
fn a_question_in_a_body_has_an_address_that_answers_the_same() {
    let posted = answered(&value!({
        "close": ["v-centre", "v-ancien"], "add": [{ "position": [1.9, 46.1] }, { "position": [8.75, 41.95] }],
        "mode": "bicycle", "denominator": "20pc",
    }));
    assert_eq!(posted["closed"], value!(["v-bib", "v-centre"]), "an id of old is the venue of today");
    let shared = posted["address"].as_str().unwrap();
    let path = shared.strip_prefix(&format!("http://{}", address())).unwrap();
    assert_eq!(json(path), posted);
}

#[test]
fn what_cannot_be_answered_is_refused_by_name() {
    refused(PATH, 400, "close");
    refused(&format!("{PATH}?close=v-x"), 400, "close");
    refused(&format!("{PATH}?close=v-bureau"), 400, "close");
    refused(&format!("{PATH}?close=v-perdu"), 400, "close");
    refused(&format!("{PATH}?add=46.1,1.9"), 400, "add");
    refused(&format!("{PATH}?add=1.9"), 400, "add");
    refused(&format!("{PATH}?add=1.9,46.1;"), 400, "add");
    let long = vec!["1.9,46.1"; 51].join(";");
    refused(&format!("{PATH}?add={long}"), 400, "add");
    for (body, param) in [
        (r#"{"add":[{"position":[46.1,1.9]}]}"#, "position"),
        (r#"{"add":[{"position":[1.9,null]}]}"#, "position"),
        (r#"{"add":[{"position":[1e400,46.1]}]}"#, "position"),
        (r#"{"add":[{"position":[1.9,46.1,0]}]}"#, "position"),
        (r#"{"close":["v-centre"],"mode":"train"}"#, "mode"),
        (r#"{"close":["v-centre"],"threshold_min":12}"#, "threshold_min"),
        (r#"{"close":["v-centre"],"territory":""}"#, "territory"),
        (r#"{"close":["v-centre"],"cout":1}"#, ""),
        (r#"{"close":["v-centre"],"add":[{"position":[1.9,46.1],"nom":"x"}]}"#, ""),
        (r#"{"close":["v-centre"]"#, ""),
        (r#"["v-centre"]"#, ""),
        ("", ""),
    ] {
        problem(post(body), body, 400, param);
    }
    let unknown = r#"{"close":["v-centre"],"territory":"departements/97"}"#;
    problem(post(unknown), unknown, 404, "territory");
    let many = value!({ "add": vec![value!({ "position": [1.9, 46.1] }); 201] }).to_string();
    assert_eq!(problem(post(&many), "201 venues", 400, "close")["code"], "too-many-changes");
    let most = value!({ "add": vec![value!({ "position": [1.9, 46.1] }); 200] });
    assert_eq!(answered(&most)["address"], Value::Null, "too long for an address");
}

#[test]
fn a_body_says_that_it_is_json_and_stays_short() {
    let plain = Client::new().post(url(PATH)).body(r#"{"close":["v-centre"]}"#).send().unwrap();
    problem(plain, "no type", 415, "");
    let long = format!(r#"{{"close":["{}"]}}"#, "v".repeat(256 * 1024));
    assert_eq!(problem(post(&long), "256 KiB", 413, "")["code"], "body-too-large");
    let put = Client::new().put(url(PATH)).send().unwrap();
    assert_eq!((put.status().as_u16(), header(&put, "allow")), (405, "GET, HEAD, POST, OPTIONS".to_owned()));
    let options = Client::new().request(Method::OPTIONS, url(PATH)).send().unwrap();
    assert_eq!(header(&options, "access-control-allow-methods"), "GET, HEAD, POST, OPTIONS");
    assert!(header(&options, "access-control-allow-headers").contains("Content-Type"));
    let answer = post(r#"{"close":["v-centre"]}"#);
    assert_eq!(header(&answer, "cache-control"), "no-store");
}
