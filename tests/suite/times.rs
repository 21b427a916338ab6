//! `/api/times`: minutes, their range, and what they rest on.

use serde_json::{Value, json};

use reqwest::blocking::Client;

use super::support::{get_json, get_problem, url};

/// Status and answer of a body.
fn post_json(path: &str, body: &Value) -> (u16, Value) {
    let request = Client::new().post(url(path)).header("content-type", "application/json").body(body.to_string());
    let response = request.send().unwrap();
    (response.status().as_u16(), serde_json::from_str(&response.text().unwrap()).unwrap())
}

#[test]
fn a_time_comes_with_its_range_and_what_it_rests_on() {
    let found = get_json("/api/times?from=1.87,46.17&to=1.97,46.17");
    let time = &found["times"][0];
    // 0.1° of longitude at 46.17° north is 7.70 km on the sphere: 12.0 min at 1.56 min/km.
    assert_eq!((&time["minutes"], &time["basis"]), (&json!(12.0), &json!("estimate")), "{found}");
    assert_eq!((&time["minutes_low"], &time["minutes_high"]), (&json!(7.2), &json!(16.6)));
    assert_eq!((&found["mode"], &found["season"]), (&json!("car"), &json!("year")));
    let walk = get_json("/api/times?from=1.87,46.17&to=1.97,46.17&mode=walk");
    assert_eq!(walk["times"][0]["minutes"], json!(133.5), "7.70 km × 1.3 at 4.5 km/h");
}

#[test]
fn many_pairs_are_asked_at_once_and_each_is_what_it_is_alone() {
    let body = json!({ "pairs": [[1.87, 46.17, 1.97, 46.17], [1.87, 46.17, 1.87, 46.17]], "mode": "car" });
    let (status, found) = post_json("/api/times", &body);
    assert_eq!(status, 200, "{found}");
    assert_eq!(found["times"][0], get_json("/api/times?from=1.87,46.17&to=1.97,46.17")["times"][0]);
    assert_eq!(found["times"][1]["minutes"], json!(0.0));
}

#[test]
fn a_question_that_cannot_be_answered_names_its_parameter() {
    for (query, param) in [
        ("to=1.97,46.17", "from"),
        ("from=1.87,46.17", "to"),
        ("from=46.17,1.87&to=1.97,46.17", "from"),
        ("from=1.87,46.17&to=1.97,46.17&season=winter", "season"),
        ("from=1.87,46.17&to=1.97,46.17&mode=boat", "mode"),
    ] {
        let (status, problem) = get_problem(&format!("/api/times?{query}"));
        assert_eq!((status, &problem["param"]), (400, &json!(param)), "{problem}");
    }
    let (status, problem) = post_json("/api/times", &json!({ "pairs": [[1.87, 46.17, 46.17, 1.97]] }));
    assert_eq!((status, &problem["param"]), (400, &json!("pairs[0]")), "{problem}");
    let (status, _) = post_json("/api/times", &json!({ "pairs": [] }));
    assert_eq!(status, 400);
}
