//! `/api/comparison`: the figures of the page, as tables, and what cannot be compared.

use serde_json::{Value, json as value};

use super::page::inside;
use super::{answered, ask, json};

const PLAN: &str = "/planifier?territory=departements/23&posts=3&radius_km=9&demand=population&candidates=communes";

fn compared(a: &str, b: &str, more: &str) -> Value {
    let response = ask(&format!("/api/comparison?a={}&b={}{more}", inside(a), inside(b)));
    assert_eq!(response.status().as_u16(), 200, "{a} {b}");
    json(response)
}

fn refused(a: &str, b: &str) -> Value {
    let response = ask(&format!("/api/comparison?a={}&b={}", inside(a), inside(b)));
    assert!(response.status().is_client_error(), "{a} {b}");
    json(response)
}

#[test]
fn a_plan_beside_today_has_the_figures_of_its_own_answer() {
    let plan = answered(
        &value!({ "territory": "departements/23", "posts": 3, "radius_km": 9, "demand": "population", "candidates": "communes" }),
    );
    let whole = &plan["answer"]["summary"][0];
    let found = compared(PLAN, "today", "");
    let summary = &found["summary"][0];
    for (of_comparison, of_plan) in [
        ("persons_counted", "persons_counted"),
        ("covered_today", "covered_before"),
        ("covered_a", "covered_after"),
        ("covered_b", "covered_before"),
        ("minutes_a", "minutes_after"),
        ("new_posts_a", "new_posts"),
        ("cost_eur_a", "cost_eur"),
    ] {
        assert_eq!(summary[of_comparison], whole[of_plan], "{of_comparison}: {summary} {whole}");
    }
    let gained = whole["covered_after"].as_i64().unwrap() - whole["covered_before"].as_i64().unwrap();
    assert_eq!(summary["covered_difference"].as_f64(), Some(-gained as f64));
    for level in ["regions", "departements", "epcis"] {
        let rows = found["territories"].as_array().unwrap().iter().filter(|row| row["level"] == level);
        let sum: u64 = rows.map(|row| row["covered_a"].as_u64().unwrap()).sum();
        assert_eq!(Some(sum), summary["covered_a"].as_u64(), "{level}");
    }
    let communes = found["communes"].as_array().unwrap();
    let sum: f64 = communes.iter().map(|row| row["covered_difference"].as_f64().unwrap()).sum();
    assert!((sum + gained as f64).abs() < 0.5 && communes.iter().all(|row| row["covered_difference"] != 0.0));
    // The page says the same sentence, and leads to these files.
    let page = ask(&format!("/comparer-plans?plan={}&avec=aujourdhui", inside(PLAN))).text().unwrap();
    let sentence = found["parameters"]["sentence"].as_str().unwrap();
    assert!(page.replace("&#39;", "'").replace("&#160;", "\u{a0}").contains(sentence), "{sentence}: {page}");
    assert!(page.contains("/api/comparison?a="), "{page}");
}

#[test]
fn searches_what_ifs_and_today_by_its_own_measure_can_be_compared() {
    let id = answered(
        &value!({ "territory": "departements/23", "posts": 2, "radius_km": 9, "demand": "population", "candidates": "communes" }),
    )["id"]
        .clone();
    let found = compared(PLAN, id.as_str().unwrap(), "");
    assert_eq!(found["summary"][0]["new_posts_b"], 2);
    let sites = found["sites"].as_array().unwrap();
    let of = |side: &str| sites.iter().filter(|site| site["side"] == side).count();
    assert_eq!((of("a") + of("both"), of("b") + of("both")), (3, 2));
    let imagined = "/api/access/what-if?territory=departements/23&add=2.1,46.1";
    assert_eq!(compared(imagined, "today", "")["summary"][0]["new_posts_a"], 1);
    let today = "today?territory=departements/23&radius_km=9&demand=population";
    assert_eq!(compared(today, "today", "")["summary"][0]["covered_difference"], 0.0);
    let map = json(ask(&format!("/api/comparison?a={}&b=today&table=communes&format=geojson", inside(PLAN))));
    assert_eq!(map["type"], "FeatureCollection");
    assert!(!map["features"].as_array().unwrap().is_empty(), "communes differ");
}

#[test]
fn a_measure_that_one_of_the_two_asks_for_and_that_is_not_used_is_told() {
    for (radius_km, same) in [(9, true), (20, false)] {
        let measure = format!("territory=departements/23&radius_km={radius_km}&demand=population");
        let found = &compared(&format!("today?{measure}"), PLAN, "")["parameters"];
        // A plan is counted as it was looked for.
        assert_eq!((&found["same_measure"], &found["measure"]["radius_km"]), (&same.into(), &value!(9.0)), "{found}");
        let today = inside(&format!("aujourdhui?{measure}"));
        let page = ask(&format!("/comparer-plans?plan={today}&avec={}", inside(PLAN))).text().unwrap();
        assert_eq!(page.contains("ici tous deux sont comptés comme B"), !same, "{page}");
    }
}

#[test]
fn what_cannot_be_compared_is_named() {
    for (a, b, code, param) in [
        ("today", "today", "missing-measure", "a"),
        (PLAN, "Guéret", "invalid-parameter", "b"),
        (PLAN, "today?edition=1999-01-01", "unknown-edition", "b"),
        ("/planifier?territory=departements/23&posts=beaucoup", "today", "invalid-placement", "posts"),
    ] {
        let problem = refused(a, b);
        assert_eq!((problem["code"].as_str(), problem["param"].as_str()), (Some(code), Some(param)), "{problem}");
    }
    assert_eq!(ask("/api/comparison?a=today").status().as_u16(), 400);
    assert_eq!(ask(&format!("/api/comparison?a={}&b=today&table=prices", inside(PLAN))).status().as_u16(), 400);
}
