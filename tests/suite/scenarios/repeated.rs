//! Requests with an `Idempotency-Key`: done once, answered alike.

use std::fs;

use super::*;

const KEY: &str = "8e03978e-40d5-43e8-bc93-6894a57f9324";

fn create(key: &str, title: &str, token: Option<&str>) -> (u16, String, Value) {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("idempotency-key", key)];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    let response = ask(&Method::POST, "/api/scenarios", &headers, Some(&written(title, "private")));
    let (status, replayed) = (response.status().as_u16(), header(&response, "idempotency-replayed"));
    (status, replayed, serde_json::from_str(&response.text().unwrap()).unwrap())
}

#[test]
fn the_same_request_with_the_same_key_makes_one_scenario_and_has_one_answer() {
    let (status, replayed, first) = create(&format!("\"{KEY}\""), "Une fois", None);
    assert_eq!((status, replayed.as_str()), (201, ""), "{first}");
    let (status, replayed, again) = create(KEY, "Une fois", None);
    assert_eq!((status, replayed.as_str(), &again), (201, "true", &first), "the token too");
    let (status, _, refused) = create(KEY, "Autre chose", None);
    assert_eq!((status, &refused["code"]), (422, &json!("key-reused")));
    // The key of one is nothing to another, and one key serves one address.
    let token = first["token"].as_str().unwrap();
    let (status, replayed, own) = create(KEY, "Une fois", Some(token));
    assert_eq!((status, replayed.as_str()), (201, ""), "{own}");
    assert_ne!(own["id"], first["id"]);
    let (status, replayed, _) = create("another", "Une fois", None);
    assert_eq!((status, replayed.as_str()), (201, ""));
    let (status, _, refused) = create("a,b", "Une fois", None);
    assert_eq!((status, &refused["param"]), (400, &json!("Idempotency-Key")));
}

#[test]
fn what_was_refused_may_be_tried_again_with_the_same_key() {
    let key = "refused-once";
    let (status, ..) = create(key, "", None);
    assert_eq!(status, 400);
    let (status, replayed, told) = create(key, "", None);
    assert_eq!((status, replayed.as_str()), (400, ""), "{told}");
    let (status, replayed, told) = create(key, "Enfin", None);
    assert_eq!((status, replayed.as_str()), (201, ""), "{told}");
}

#[test]
fn ten_at_once_are_one() {
    let answers = std::thread::scope(|scope| {
        let all: Vec<_> = (0..10).map(|_| scope.spawn(|| create("ten-at-once", "Dix fois", None))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    let mut ids: Vec<String> = Vec::new();
    for (status, _, told) in answers {
        match status {
            201 => ids.push(told["id"].to_string()),
            409 => assert_eq!(told["code"], "request-under-way"),
            _ => panic!("{status}: {told}"),
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1);
}

#[test]
fn a_token_that_was_answered_stands_in_no_file_of_the_store() {
    let (status, _, told) = create("a-key-nobody-else-has", "Secret", None);
    assert_eq!(status, 201);
    let token = told["token"].as_str().unwrap().as_bytes();
    for entry in fs::read_dir(&house().folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|window| window == token));
        assert!(!bytes.windows(21).any(|window| window == b"a-key-nobody-else-has"));
    }
}
