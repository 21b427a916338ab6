//! What is kept, for whom, and for how long.

use std::fs;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, ask, bearer, created, house, problem, written};
use crate::support::header;

#[test]
fn a_scenario_is_kept_whole_and_its_token_is_shown_once() {
    let response = ask(&Method::POST, "/api/scenarios", &[], Some(&written("Fermer la médiathèque", "shared")));
    assert_eq!(response.status(), 201);
    assert_eq!(header(&response, "cache-control"), "no-store", "this answer holds a token");
    let (location, tag) = (header(&response, "location"), header(&response, "etag"));
    let told = response.json_value();
    let token = told["token"].as_str().unwrap();
    assert_eq!((tag.as_str(), told["version"].as_u64()), ("\"v1\"", Some(1)));
    assert_eq!(told["created"], "2024-09-03T12:34:56Z");
    let document = json!({
        "close": ["v-bib"], "territory": "departements/23", "denominator": "20pc", "mode": "walk", "threshold_min": 15,
    });
    assert_eq!(told["scenario"], document, "ids of today, every choice said");
    let path = location.split_once("/api/").map(|(_, path)| format!("/api/{path}")).unwrap();
    let read = ask(&Method::GET, &path, &[], None);
    assert_eq!(header(&read, "cache-control"), "no-cache");
    let read = read.json_value();
    assert_eq!(read["token"], Value::Null);
    assert_eq!(read["scenario"], document);
    let owner = bearer(token);
    let again = ask(&Method::GET, &path, &[("authorization", &owner)], None).text().unwrap();
    assert!(!again.contains("mediane_") && !again.contains("owner"), "{again}");
}

#[test]
fn a_private_scenario_is_not_there_for_anybody_else() {
    let (id, token) = created("À moi", "private");
    let path = format!("/api/scenarios/{id}");
    let other = created("Autre", "private").1;
    for headers in [vec![], vec![("authorization", bearer(&other))], vec![("authorization", bearer("faux"))]] {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(problem(ask(&Method::GET, &path, &headers, None)), (404, "no-scenario".into()));
        let read = ask(&Method::GET, &format!("{path}?version=1"), &headers, None);
        assert_eq!(problem(read).0, 404);
    }
    let mine = ask(&Method::GET, &path, &[("authorization", &bearer(&token))], None);
    assert_eq!((mine.status().as_u16(), header(&mine, "cache-control").as_str()), (200, "no-store"));
}

#[test]
fn a_link_opens_what_was_shared_and_the_list_names_what_was_published() {
    let (private, _) = created("Liste : privé", "private");
    let (shared, _) = created("Liste : partagé", "shared");
    let (published, _) = created("Liste : publié", "published");
    assert_eq!(ask(&Method::GET, &format!("/api/scenarios/{shared}"), &[], None).status(), 200);
    let list = ask(&Method::GET, "/api/scenarios?limit=100", &[], None).json_value();
    let ids: Vec<&str> = list["scenarios"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&published.as_str()));
    assert!(!ids.contains(&private.as_str()) && !ids.contains(&shared.as_str()));
}

#[test]
fn a_save_keeps_the_earlier_version_and_a_late_one_is_refused() {
    let (id, token) = created("Un", "shared");
    let (path, owner) = (format!("/api/scenarios/{id}"), bearer(&token));
    let save = |title: &str, tag: &str| {
        let headers = [("authorization", owner.as_str()), ("if-match", tag)];
        ask(&Method::PUT, &path, &headers, Some(&written(title, "private")))
    };
    let saved = save("Deux", "\"v1\"");
    assert_eq!((saved.status().as_u16(), header(&saved, "etag").as_str()), (200, "\"v2\""));
    assert_eq!(problem(save("Trop tard", "\"v1\"")), (412, "version-conflict".into()));
    let versions = ask(&Method::GET, &format!("{path}/versions"), &[("authorization", &owner)], None).json_value();
    let told: Vec<(u64, &str)> = versions["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["version"].as_u64().unwrap(), one["title"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [(2, "Deux"), (1, "Un")]);
    let first = ask(&Method::GET, &format!("{path}?version=1"), &[("authorization", &owner)], None).json_value();
    assert_eq!((first["title"].as_str(), first["visibility"].as_str()), (Some("Un"), Some("shared")));
    let late = ask(&Method::GET, &format!("{path}?version=1"), &[], None);
    assert_eq!(problem(late).0, 404, "what was shared once is private now");
}

#[test]
fn of_saves_at_the_same_moment_one_goes_through() {
    let (id, token) = created("Course", "private");
    let (path, owner) = (format!("/api/scenarios/{id}"), bearer(&token));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let save = |i: usize| {
            let headers = [("authorization", owner.as_str()), ("if-match", "\"v1\"")];
            ask(&Method::PUT, &path, &headers, Some(&written(&format!("Course {i}"), "private"))).status().as_u16()
        };
        let running: Vec<_> = (0..6).map(|i| scope.spawn(move || save(i))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 5, "{statuses:?}");
}

#[test]
fn what_is_deleted_is_gone_with_every_version_and_every_byte() {
    let (id, token) = created("À EFFACER VRAIMENT", "published");
    let (path, owner) = (format!("/api/scenarios/{id}"), bearer(&token));
    let late = ask(&Method::DELETE, &path, &[("authorization", &owner), ("if-match", "\"v9\"")], None);
    assert_eq!(problem(late).0, 412);
    assert_eq!(ask(&Method::DELETE, &path, &[("authorization", &owner)], None).status(), 204);
    for path in [path.clone(), format!("{path}?version=1"), format!("{path}/versions")] {
        assert_eq!(problem(ask(&Method::GET, &path, &[("authorization", &owner)], None)).0, 404, "{path}");
    }
    assert_eq!(problem(ask(&Method::DELETE, &path, &[("authorization", &owner)], None)).0, 404);
    let list = ask(&Method::GET, "/api/scenarios?limit=100", &[], None).text().unwrap();
    assert!(!list.contains("EFFACER"));
}

#[test]
fn the_store_holds_no_token() {
    let (_, token) = created("Secret", "private");
    for entry in fs::read_dir(&house().folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let secret = token.trim_start_matches("mediane_").as_bytes();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
}

#[test]
fn a_second_scenario_of_a_token_shows_no_token() {
    let (_, token) = created("Premier", "private");
    let body = written("Second", "private");
    let second = ask(&Method::POST, "/api/scenarios", &[("authorization", &bearer(&token))], Some(&body));
    assert_eq!(second.status(), 201);
    let told = second.json_value();
    assert_eq!(told["token"], Value::Null);
    let path = format!("/api/scenarios/{}", told["id"].as_str().unwrap());
    assert_eq!(ask(&Method::GET, &path, &[("authorization", &bearer(&token))], None).status(), 200);
}
