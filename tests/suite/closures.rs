//! Which places could close: the API, the page, and what follows in `/et-si`.

use reqwest::blocking::Client;
use reqwest::redirect::Policy;
use serde_json::Value;

use super::support::address;

const CREUSE: &str = "territory=departements/23&demand=population&minutes=20";

fn get(path: &str) -> (u16, String) {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let response = client.get(format!("http://{}{path}", address())).send().unwrap();
    let status = response.status().as_u16();
    let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    (status, location.unwrap_or_else(|| response.text().unwrap()))
}

fn asked(more: &str) -> Value {
    let (status, text) = get(&format!("/api/closures?{CREUSE}{more}"));
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn closures_are_named_with_what_they_cost_and_the_proof() {
    for (count, hurt) in [(1, "minutes"), (2, "minutes"), (1, "persons"), (2, "persons")] {
        let answer = asked(&format!("&closures={count}&hurt={hurt}"));
        let (closed, whole) = (answer["closures"].as_array().unwrap(), &answer["summary"][0]);
        assert_eq!((closed.len(), &whole["proven"]), (count, &Value::Bool(true)), "{answer}");
        let [before, after] = ["covered_before", "covered_after"].map(|name| whole[name].as_u64().unwrap());
        let lost: u64 = closed.iter().map(|place| place["persons_lost"].as_u64().unwrap()).sum();
        assert_eq!(before - after, lost, "every person who loses is counted at one place: {answer}");
        assert!(whole["minutes_after"].as_f64() >= whole["minutes_before"].as_f64(), "{answer}");
    }
}

#[test]
fn what_closes_is_the_same_before_and_after_in_a_what_if() {
    let closed = &asked("&closures=1")["closures"][0];
    let ticked = format!("/et-si?territoire=departements/23&id={}&faire=fermer", closed["id"].as_str().unwrap());
    let (status, location) = get(&ticked);
    assert_eq!(status, 303, "{location}");
    assert!(location.contains(closed["id"].as_str().unwrap()), "{location}");
    let (status, both) = get("/et-si?territoire=departements/23&id=v-bib&id=v-centre&faire=fermer");
    assert_eq!(status, 303);
    assert!(both.contains("v-bib") && both.contains("v-centre"), "{both}");
}

#[test]
fn the_page_lists_every_place_with_a_tick() {
    let (status, page) = get("/fermetures?territoire=departements/23&personnes=population&minutes=20&combien=1");
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Ce que coûte chaque fermeture"), "{page}");
    assert_eq!(page.matches(r#"type="checkbox""#).count(), 3, "{page}");
    assert_eq!(page.matches(" checked").count(), 1, "{page}");
    let (_, scene) = get("/et-si?territoire=departements/23");
    assert!(scene.contains("à cocher") && scene.contains("/fermetures?territoire=departements/23"), "{scene}");
}

#[test]
fn a_question_that_has_no_answer_names_its_field() {
    for (more, status) in [
        ("closures=0", 400),
        ("closures=many", 400),
        ("closures=3", 422),
        ("hurt=feelings", 400),
        ("existing=none", 400),
        ("mode=train", 400),
        ("territory=departements/99", 422),
    ] {
        let usual = "territory=departements/23&";
        let usual = if more.starts_with("territory") { "" } else { usual };
        let (got, text) = get(&format!("/api/closures?{usual}demand=population&{more}"));
        assert_eq!(got, status, "{more}: {text}");
        let problem: Value = serde_json::from_str(&text).unwrap();
        assert!(problem["code"].is_string(), "{text}");
    }
    assert_eq!(get("/fermetures?territoire=departements/99&combien=1").0, 400);
    assert_eq!(get("/fermetures").0, 200);
}
