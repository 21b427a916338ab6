//! `/api/access/week` and its page: who reaches an open venue, hour by hour, and a second and a third one.

use super::country::ask;
use super::{json, refused, rows};

#[test]
fn whoever_is_near_has_an_open_venue_or_one_nobody_knows_of_or_only_closed_ones() {
    for mode in ["walk", "bicycle", "car"] {
        for threshold in ["10", "30"] {
            let choices = format!("mode={mode}&threshold_min={threshold}");
            let coverage = json(&format!("/api/coverage?{choices}"));
            let near = coverage["summary"][0][format!("persons_within_{threshold}_min")].as_u64().unwrap();
            let week = json(&format!("/api/access/week?{choices}"));
            assert_eq!(rows(&week).len(), 7 * 24);
            for hour in rows(&week) {
                let part = |name: &str| hour[name].as_u64().unwrap();
                let all = part("persons_open") + part("persons_open_unknown") + part("persons_closed");
                assert_eq!(all, near, "{choices}: {hour}");
            }
            let venues: Vec<u64> = week["summary"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["persons_reached"].as_u64().unwrap())
                .collect();
            assert_eq!(venues[0], near, "{choices}: one venue near is what coverage counts");
            assert!(venues[0] >= venues[1] && venues[1] >= venues[2], "{venues:?}");
        }
    }
}

#[test]
fn the_country_has_the_sum_of_its_departements() {
    let at = |territory: &str| -> Vec<u64> {
        let week = json(&format!("/api/access/week?territory={territory}"));
        rows(&week)
            .iter()
            .flat_map(|row| ["persons_open", "persons_closed"].map(|name| row[name].as_u64().unwrap()))
            .collect()
    };
    let departements = json("/api/coverage?by=departements");
    let codes = rows(&departements).iter().filter_map(|row| row["code"].as_str());
    let mut sum = vec![0; 2 * 7 * 24];
    for code in codes {
        sum.iter_mut().zip(at(&format!("departements/{code}"))).for_each(|(sum, part)| *sum += part);
    }
    assert_eq!(at("nation/france"), sum);
}

#[test]
fn what_cannot_be_is_refused_by_name_and_the_page_says_the_same_figures() {
    refused("/api/access/week?mode=boat", 400, "mode");
    refused("/api/access/week?threshold_min=7", 400, "threshold_min");
    let week = json("/api/access/week?territory=departements/23");
    let page = ask("/lieux-ouverts?territoire=departements/23").text().unwrap().replace("&#160;", "\u{a0}");
    let share = |name: &str| {
        let hour = rows(&week).iter().find(|row| row["weekday"] == "mercredi" && row["hour"] == 18).unwrap();
        format!("{:.1}", 100.0 * hour[name].as_f64().unwrap()).replace('.', ",")
    };
    assert!(page.contains(&format!("Le mercredi à 18\u{a0}h, {}\u{a0}%", share("share_open"))), "{page}");
    assert!(ask("/lieux-ouverts").text().unwrap().contains("un territoire"));
    assert_eq!(ask("/lieux-ouverts?territoire=departements/999").status(), 400);
    let territory = ask("/territoires/departements/23").text().unwrap();
    assert!(territory.contains("/lieux-ouverts?territoire=departements/23"), "{territory}");
}
