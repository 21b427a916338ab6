//! Every question that has no answer is refused by the name of its field.

use reqwest::blocking::Client;
use serde_json::{Value, json as value};

use super::country::url;
use super::{PATH, ask, header, json, post, post_to};

fn refused(body: &Value, status: u16, field: &str) -> Value {
    let response = post(body);
    let got = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/problem+json", "{body}: {got}");
    let problem = json(response);
    assert_eq!((got, problem["param"].as_str()), (status, Some(field)), "{body}: {problem}");
    problem
}

#[test]
fn a_question_that_is_badly_written_is_refused_by_name() {
    for (body, field) in [
        (value!({ "posts": -1 }), "posts"),
        (value!({ "posts": 1.5 }), "posts"),
        (value!({ "posts": "cinq" }), "posts"),
        (value!({ "posts": 5, "budget_eur": 100_000 }), "posts"),
        (value!({ "budget_eur": -5 }), "budget_eur"),
        (value!({ "territory": "Creuse" }), "territory"),
        (value!({ "territory": "canton/23" }), "territory"),
        (value!({ "territory": "polygon/1,46;2,46" }), "territory"),
        (value!({ "territory": "polygon/46,1;46,2;47,2" }), "territory"),
        (value!({ "objective": "best" }), "objective"),
        (value!({ "objective": "set-cover", "share": 1.5 }), "share"),
        (value!({ "objective": "coverage", "share": 0.5 }), "share"),
        (value!({ "minutes": 0 }), "minutes"),
        (value!({ "minutes": 20, "radius_km": 5 }), "minutes"),
        (value!({ "radius_km": "NaN" }), "radius_km"),
        (value!({ "mode": "train" }), "mode"),
        (value!({ "denominator": "1m" }), "denominator"),
        (value!({ "candidates": "castles" }), "candidates"),
        (value!({ "candidates": "listed", "sites": "a,46,2,Ici" }), "sites"),
        (value!({ "existing": "all" }), "existing"),
        (value!({ "renewed": "no" }), "horizon"),
        (value!({ "seconds": 61 }), "seconds"),
        (value!({ "sensitivity": "perhaps" }), "sensitivity"),
        (value!({ "sensitivity": 3 }), "sensitivity"),
        (value!({ "alternatives": 5 }), "alternatives"),
        (value!({ "alternatives": "many" }), "alternatives"),
        (value!({ "posts": [5] }), "posts"),
        (value!({ "post": 5 }), "request"),
        (value!([5]), "request"),
    ] {
        refused(&body, 400, field);
    }
}

#[test]
fn a_question_without_an_answer_here_is_refused_by_name() {
    for (more, field) in [
        (value!({ "territory": "departements/99" }), "territory"),
        (value!({ "posts": 0 }), "posts"),
        (value!({ "posts": 1_000_000_000 }), "posts"),
        (value!({ "budget_eur": 10 }), "budget_eur"),
        (value!({ "candidates": "libraries" }), "candidates"),
        (value!({ "forced": ["99999"] }), "forced"),
        (value!({ "denominator": "13m", "demand": "need" }), "denominator"),
        (value!({ "demand": "no-such-indicator" }), "demand"),
    ] {
        let mut body = value!({ "territory": "departements/23", "demand": "population", "radius_km": 9 });
        if more.get("budget_eur").is_none() {
            body["posts"] = 3.into();
        }
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        refused(&body, 422, field);
    }
}

#[test]
fn a_body_says_that_it_is_json_stays_short_and_is_json() {
    let plain = Client::new().post(url(PATH)).body("{}").send().unwrap();
    assert_eq!(plain.status(), 415);
    let long = format!(r#"{{"sites":"{}"}}"#, "x".repeat(256 * 1024));
    assert_eq!(post_to(&url(PATH), &long).status(), 413);
    let broken = post_to(&url(PATH), "{\"posts\":");
    assert_eq!((broken.status().as_u16(), json(broken)["code"].clone()), (400, value!("invalid-body")));
}

#[test]
fn a_job_that_nobody_asked_for_is_not_found() {
    for path in ["/api/placements/x", "/api/placements/x/plan.json", "/api/placements/x?format=csv"] {
        let problem = ask(path);
        assert_eq!((problem.status().as_u16(), json(problem)["param"].clone()), (404, value!("id")), "{path}");
    }
    let stopped = Client::new().delete(url("/api/placements/x")).send().unwrap();
    assert_eq!(stopped.status(), 404);
    assert_eq!(ask("/api/placements/x?format=pdf").status(), 400);
    assert_eq!(ask("/api/placements/x?fmt=csv").status(), 400);
}
