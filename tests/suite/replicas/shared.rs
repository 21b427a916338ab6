//! Two servers of one process each with connections of its own.

use std::sync::Arc;

use mediane::atlas::Atlas;
use mediane::http::State;
use mediane::store::{Location, SqlStore};

use super::*;
use crate::placements::country::{ENDLESS, plain};
use crate::support::{noon, serve_on_free_port};

fn server(atlas: &Arc<Atlas>, location: &Location) -> String {
    let store = Arc::new(SqlStore::open(location).unwrap());
    serve_on_free_port(State::new(atlas.clone(), noon).with_store(store)).to_string()
}

/// What both say of something, without their own addresses.
fn same(servers: [&str; 2], path: &str) -> String {
    let [one, other] = servers.map(|server| text(server, path).replace(server, "HERE"));
    assert!(one == other, "{path} differs:\n{one}\n{other}");
    one
}

/// Everything two servers of one store owe each other; also kept where the store is a file.
fn kept_by(location: &Location) {
    let atlas = Arc::new(Atlas::bind(plain()));
    let (a, b) = (server(&atlas, location), server(&atlas, location));
    a_plan_posted_to_one_is_read_at_the_other(&atlas, [&a, &b]);
    what_has_no_answer_is_told_by_both([&a, &b]);
    a_search_is_withdrawn_at_the_other([&a, &b]);
    one_visitor_has_five_questions_over_all([&a, &b]);
}

#[test]
fn two_servers_of_one_postgresql_are_one_service() {
    if let Some(cluster) = postgres() {
        kept_by(&Location::Postgres(cluster.url()));
    }
}

#[test]
fn two_servers_of_one_file_are_one_service_too() {
    let folder = tempfile::tempdir().unwrap();
    kept_by(&Location::Sqlite(folder.path().join("s.sqlite")));
}

fn a_plan_posted_to_one_is_read_at_the_other(atlas: &Arc<Atlas>, [a, b]: [&str; 2]) {
    let mut asked = question(40, 60, 4);
    asked["sensitivity"] = true.into();
    asked["alternatives"] = 2.into();
    let (id, key) = begun(a, &asked);
    let done = job_when(b, &id, 90, "done");
    assert!(!done["progress"]["points"].as_array().unwrap().is_empty(), "{done}");
    assert!(!done["answer"]["sensitivity"].as_array().unwrap().is_empty());
    // Whoever asks again has the same key, wherever they ask.
    assert_eq!(begun(b, &asked), (id.clone(), key));
    let here = format!("{PATH}/{id}");
    same([a, b], &here);
    for format in ["csv", "csv-fr", "geojson", "docx", "xlsx"] {
        same([a, b], &format!("{here}?format={format}"));
    }
    same([a, b], &format!("{here}?format=csv&table=alternatives"));
    same([a, b], &format!("{here}?format=csv&table=served"));
    // The note that the page offers, too: whoever asks for it may meet the other server, or the same after a restart.
    same([a, b], &format!("/planifier/{id}/note.docx"));
    let document = same([a, b], &format!("{here}/plan.json"));
    mediane::planning::Document::from_json(&document).unwrap().verify(atlas).unwrap();
    // A service that keeps nothing gives the same answer to the same question.
    let alone = serve_on_free_port(State::new(atlas.clone(), noon)).to_string();
    let (same_id, _) = begun(&alone, &asked);
    assert_eq!(same_id, id);
    let alone = job_when(&alone, &id, 90, "done");
    assert_eq!(alone["answer"], done["answer"]);
    for server in [a, b] {
        let page = text(
            server,
            "/planifier?territory=france&posts=5&minutes=15&demand=population&candidates=communes&existing=none&rounds=4",
        );
        assert!(page.contains("Case "), "{page}");
    }
}

fn what_has_no_answer_is_told_by_both([a, b]: [&str; 2]) {
    let mut asked = question(3, 5, 2);
    asked["forced"] = value!(["23999"]);
    let refused = post(a, &asked);
    let (status, at_once): (u16, Value) =
        (refused.status().as_u16(), serde_json::from_str(&refused.text().unwrap()).unwrap());
    // On a busy machine the question is taken before it is known that there is no answer.
    let problem = if status == 202 {
        job_when(a, at_once["id"].as_str().unwrap(), 30, "failed")["problem"].clone()
    } else {
        at_once
    };
    assert_eq!((&problem["status"], &problem["param"]), (&422.into(), &"forced".into()), "{problem}");
    let told = post(b, &asked);
    let (status, told): (u16, Value) = (told.status().as_u16(), serde_json::from_str(&told.text().unwrap()).unwrap());
    let told =
        if status == 202 { job_when(b, told["id"].as_str().unwrap(), 30, "failed")["problem"].clone() } else { told };
    assert_eq!(told, problem);
}

fn a_search_is_withdrawn_at_the_other([a, b]: [&str; 2]) {
    let endless = |seed: u32| -> Value {
        let mut question: Value = serde_json::from_str(ENDLESS).unwrap();
        question["seed"] = seed.into();
        question
    };
    // Both servers have something to do.
    let (first, first_key) = begun(a, &endless(1));
    let (second, second_key) = begun(b, &endless(2));
    for id in [&first, &second] {
        for server in [a, b] {
            let running = job_when(server, id, 20, "running");
            assert!(running["answer"].is_null());
        }
    }
    let seen = until(Duration::from_secs(20), || {
        let points = [a, b].map(|server| job(server, &first)["progress"]["rounds"].as_u64());
        Some(()).filter(|()| points.iter().all(Option::is_some))
    });
    assert!(seen.is_some(), "how far the search has come is told by both");
    assert_eq!(withdrawn(b, &first, "0123456789abcdef0123456789abcdef").0, 403);
    let (status, told) = withdrawn(b, &first, &first_key);
    assert_eq!((status, &told["status"]), (200, &"cancelled".into()), "{told}");
    assert_eq!(job(a, &first)["status"], "cancelled");
    let (status, told) = withdrawn(a, &second, &second_key);
    assert_eq!((status, &told["status"]), (200, &"cancelled".into()), "{told}");
    // Whoever searched is free again at once, long before the sixty seconds of these questions.
    let (next, _) = begun(a, &question(5, 20, 2));
    job_when(b, &next, 20, "done");
    // What was withdrawn begins anew for whoever asks again.
    let (again, key) = begun(b, &endless(1));
    assert_eq!(again, first);
    assert!(matches!(job(a, &again)["status"].as_str(), Some("queued" | "running")));
    assert_eq!(withdrawn(a, &again, &key).0, 200);
}

fn one_visitor_has_five_questions_over_all([a, b]: [&str; 2]) {
    let of = |seed: u32| -> Value {
        let mut question: Value = serde_json::from_str(ENDLESS).unwrap();
        question["seed"] = (100 + seed).into();
        question
    };
    let taken: Vec<(String, String)> = (0..5).map(|seed| begun([a, b][seed as usize % 2], &of(seed))).collect();
    for server in [a, b] {
        let refused = post(server, &of(5));
        let retry: u32 = header(&refused, "retry-after").parse().unwrap();
        assert!((1..=60).contains(&retry));
        assert_eq!(refused.status(), 503);
    }
    for (id, key) in taken {
        assert_eq!(withdrawn(b, &id, &key).0, 200);
    }
}
