//! From a question to a job, to a plan, to files.

use mediane::planning::Document;
use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder};
use serde_json::{Value, json as value};

use super::country::{ENDLESS, atlas, own_server, url};
use super::{PATH, answered, ask, begun, header, json, over, post, post_to};

fn creuse(posts: u32) -> Value {
    value!({ "territory": "departements/23", "posts": posts, "radius_km": 9, "demand": "population", "candidates": "communes" })
}

#[test]
fn a_question_becomes_a_job_and_the_job_a_plan_with_its_proof() {
    let status = answered(&creuse(3));
    let sites = status["answer"]["sites"].as_array().unwrap();
    assert_eq!(sites.iter().map(|site| site["new_posts"].as_u64().unwrap()).sum::<u64>(), 3);
    assert!(sites.iter().all(|site| site["commune"].as_str().unwrap().starts_with("23")));
    let certificate = &status["certificate"];
    assert!(certificate["value"].as_f64() <= certificate["bound"].as_f64(), "{certificate}");
    assert_eq!((&certificate["status"], &certificate["gap_percent"]), (&value!("optimal"), &value!(0.0)));
    let summary = &status["answer"]["summary"][0];
    assert!(summary["covered_after"].as_u64() > summary["covered_before"].as_u64(), "{summary}");
    assert_eq!(summary["existing_posts"], 2);
    let progress = &status["progress"];
    assert!(!progress["points"].as_array().unwrap().is_empty() && progress["rounds"].is_u64(), "{progress}");
    let names: Vec<&str> = status["answer"]["comparison"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["allocation"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["nothing", "by-population", "random", "real-allocation"]);
}

#[test]
fn the_same_question_is_the_same_job_however_it_is_written() {
    let first = begun(&creuse(4));
    let numbers_as_text = value!({ "demand": "population", "candidates": "communes", "posts": "4", "radius_km": "9.0", "territory": "departements/23", "forced": [] });
    assert_eq!(begun(&numbers_as_text), first);
    assert_ne!(begun(&creuse(5)), first);
    let asks_more = value!({
        "territory": "departements/23", "posts": 4, "radius_km": 9, "demand": "population", "candidates": "communes", "sensitivity": true,
    });
    let other = begun(&asks_more);
    assert_ne!(other, first);
    assert!(over(&other)["answer"]["sensitivity"].as_array().is_some_and(|rows| !rows.is_empty()));
    assert_eq!(over(&first)["answer"]["sensitivity"], Value::Null);
}

#[test]
fn other_plans_stay_below_the_bound_and_differ_by_a_fifth_of_their_sites() {
    let asked = value!({
        "territory": "departements/23", "posts": 4, "radius_km": 9, "demand": "population", "candidates": "communes", "alternatives": 3,
    });
    let job = over(&begun(&asked));
    let (answer, bound) = (&job["answer"], job["certificate"]["bound"].as_f64().unwrap());
    let sites: Vec<&str> =
        answer["sites"].as_array().unwrap().iter().map(|site| site["id"].as_str().unwrap()).collect();
    let plans = answer["alternatives"].as_array().unwrap();
    assert!(!plans.is_empty());
    for plan in plans {
        assert!(plan["value"].as_f64().unwrap() <= bound, "{plan}");
        assert!(plan["difference"].as_f64().unwrap() >= 0.2, "{plan}");
        let ids = |name: &str| plan[name].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>();
        assert!(ids("sites_gone").iter().all(|id| sites.contains(id)), "{plan}");
        assert!(ids("sites_instead").iter().all(|id| !sites.contains(id)), "{plan}");
    }
}

#[test]
fn a_plan_is_a_table_a_workbook_and_a_map() {
    let job = begun(&creuse(6));
    let sites = over(&job)["answer"]["sites"].as_array().unwrap().len();
    let csv = ask(&format!("{job}?format=csv"));
    assert!(header(&csv, "content-disposition").contains("mediane-placement-departements-23.csv"));
    let text = csv.text().unwrap();
    assert!(text.starts_with("rank,id,name,commune,"), "{text}");
    assert_eq!(text.trim_end().lines().count(), sites + 1);
    let map = json(ask(&format!("{job}?format=geojson")));
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), sites);
    assert!(features.iter().all(|site| site["geometry"]["type"] == "Point" && site["id"].is_string()), "{map}");
    assert!(map["edition"]["id"].is_string() && map["parameters"]["posts"] == 6, "{map}");
    let territories = ask(&format!("{job}?format=csv&table=territories")).text().unwrap();
    assert!(territories.starts_with("level,code,name,new_posts,cost_eur,"), "{territories}");
    let of = |line: &str, level: &str| {
        line.starts_with(level).then(|| line.split(',').nth(3).unwrap().parse::<u64>().unwrap())
    };
    for level in ["regions", "departements", "epcis"] {
        assert_eq!(territories.lines().filter_map(|line| of(line, level)).sum::<u64>(), 6, "{territories}");
    }
    let served = json(ask(&format!("{job}?format=geojson&table=served")));
    let served = served["features"].as_array().unwrap();
    assert!(served.len() > sites && served.iter().all(|point| point["geometry"]["type"] == "Point"));
    let french = ask(&format!("{job}?format=csv-fr"));
    assert!(header(&french, "content-disposition").contains("mediane-placement-departements-23.csv"));
    let french = french.bytes().unwrap();
    assert_eq!(&french[..3], b"\xef\xbb\xbf");
    let french = String::from_utf8(french[3..].to_vec()).unwrap();
    assert_eq!(french.trim_end().lines().count(), sites + 1);
    assert!(french.lines().nth(1).unwrap().contains(r#";"=""23"#), "a code stays a text: {french}");
    let code = |path: String| json(ask(&path))["code"].clone();
    assert_eq!(code(format!("{job}?format=csv&table=alternatives")), "unknown-value", "nobody asked for them");
    assert_eq!(code(format!("{job}?table=plans")), "unknown-value");
    let workbook = ask(&format!("{job}?format=xlsx")).bytes().unwrap();
    assert_eq!(&workbook[..2], b"PK");
    let etag = header(&ask(&format!("{job}?format=csv")), "etag");
    let again = Client::new().get(url(&format!("{job}?format=csv"))).header("if-none-match", etag).send().unwrap();
    assert_eq!(again.status(), 304);
}

#[test]
fn the_plan_that_is_downloaded_can_be_checked_from_the_data_alone() {
    let job = begun(&creuse(7));
    over(&job);
    let file = ask(&format!("{job}/plan.json"));
    assert!(header(&file, "content-disposition").contains("mediane-plan-departements-23.json"));
    let text = file.text().unwrap();
    Document::from_json(&text).unwrap().verify(&atlas()).unwrap();
    let promised = over(&job)["certificate"]["value"].as_f64().unwrap();
    let tampered = text.replace(&format!("\"value\": {promised:?}"), "\"value\": 9999999.0");
    assert_ne!(tampered, text);
    assert!(Document::from_json(&tampered).unwrap().verify(&atlas()).is_err());
}

#[test]
fn every_objective_has_an_answer() {
    for more in [
        value!({ "objective": "gradual" }),
        value!({ "objective": "median" }),
        value!({ "objective": "centre" }),
        value!({ "objective": "set-cover", "share": 0.6 }),
        value!({ "objective": "capacity", "seconds": 1 }),
        value!({ "objective": "floor", "share": 0.3 }),
        value!({ "objective": "leximin", "level": "epcis" }),
        value!({ "objective": "coverage", "budget_eur": 150_000 }),
        value!({ "objective": "coverage", "stops": 3, "stop_minutes": 20 }),
    ] {
        let mut question = value!({
            "territory": "departements/23", "minutes": 12, "mode": "car", "demand": "population", "candidates": "communes", "seconds": 2,
        });
        if more.get("budget_eur").is_none() {
            question["posts"] = 4.into();
        }
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let status = answered(&question);
        assert!(status["certificate"]["value"].is_number(), "{question}: {status}");
    }
}

#[test]
fn a_job_can_be_stopped_a_full_queue_says_when_to_come_back_and_a_stopped_job_begins_anew() {
    let server = own_server();
    let address = |path: &str| format!("http://{server}{path}");
    let question = |seed: u32| ENDLESS.replacen('{', &format!("{{\"seed\": {seed}, "), 1);
    let mut keys = Vec::new();
    let posted: Vec<(u16, String, String)> = (0..6)
        .map(|seed| {
            let response = post_to(&address(PATH), &question(seed));
            let told = ["location", "retry-after"].map(|name| header(&response, name));
            let [location, retry] = told;
            let status = response.status().as_u16();
            let key = json(response)["key"].as_str().unwrap_or_default().to_owned();
            keys.push(key);
            (status, location, retry)
        })
        .collect();
    let statuses: Vec<u16> = posted.iter().map(|(status, ..)| *status).collect();
    assert_eq!(statuses, [202, 202, 202, 202, 202, 503]);
    assert!((1..=60).contains(&posted[5].2.parse::<u32>().unwrap()));
    let status = |i: usize| json(Client::new().get(&posted[i].1).send().unwrap())["status"].clone();
    assert_eq!((status(0), status(1)), (value!("running"), value!("queued")));
    let early = Client::new().get(format!("{}?format=csv", posted[0].1)).send().unwrap();
    assert_eq!((early.status().as_u16(), json(early)["code"].clone()), (409, value!("no-plan")));
    for i in [4, 3, 2, 1, 0] {
        let (address, key) = (&posted[i].1, &keys[i]);
        for (key, status) in [(None, 401), (Some("0123456789abcdef0123456789abcdef"), 403)] {
            let request = Client::new().delete(address);
            let request = key.into_iter().fold(request, RequestBuilder::bearer_auth);
            assert_eq!(request.send().unwrap().status(), status, "{key:?}");
        }
        let stopped = Client::new().delete(address).bearer_auth(key).send().unwrap();
        assert_eq!((stopped.status().as_u16(), json(stopped)["status"].clone()), (200, value!("cancelled")));
    }
    let again = post_to(&address(PATH), &question(0));
    assert_eq!(again.status(), 202);
    let key = json(again)["key"].as_str().unwrap().to_owned();
    let begun_anew = status(0);
    assert!(begun_anew == "running" || begun_anew == "queued", "{begun_anew}");
    Client::new().delete(&posted[0].1).bearer_auth(key).send().unwrap();
}

#[test]
fn addresses_say_what_may_be_done_with_them() {
    let fields = json(ask(PATH));
    assert!(fields["fields"].as_array().unwrap().len() > 30);
    assert_eq!((&fields["defaults"]["posts"], &fields["defaults"]["seconds"]), (&value!(2400), &value!(60)));
    let job = begun(&creuse(8));
    over(&job);
    for (path, allow) in [(PATH, "GET, HEAD, POST, OPTIONS"), (job.as_str(), "GET, HEAD, DELETE, OPTIONS")] {
        for (method, status) in [(Method::OPTIONS, 204), (Method::PUT, 405)] {
            let response = Client::new().request(method, url(path)).send().unwrap();
            assert_eq!((response.status().as_u16(), header(&response, "allow").as_str()), (status, allow), "{path}");
        }
    }
    let key = json(post(&creuse(8)))["key"].as_str().unwrap().to_owned();
    let kept = Client::new().delete(url(&job)).bearer_auth(key).send().unwrap();
    assert_eq!(json(kept)["status"], "done", "what is done is not taken back");
    assert_eq!(header(&post(&creuse(8)), "cache-control"), "no-store");
}

#[test]
fn a_trivial_answer_says_why_it_could_be_foreseen() {
    let asked = |radius: u32, posts: u32| {
        let body = value!({ "territory": "departements/23", "posts": posts, "radius_km": radius, "demand": "population", "candidates": "communes" });
        answered(&body)["foreseen"].clone()
    };
    let nothing = asked(400, 3);
    assert_eq!((nothing["saturation"].as_str(), nothing["enough_posts"].as_u64()), (Some("nothing-to-gain"), Some(0)));
    assert_eq!(nothing["covered_now"], nothing["persons"]);
    let enough = asked(9, 28);
    assert_eq!(enough["saturation"], "more-than-enough", "{enough}");
    assert!(
        enough["enough_posts"].as_u64() < Some(28)
            && enough["covered_at_most"].as_u64() > enough["covered_now"].as_u64()
    );
    assert!(asked(9, 2).is_null(), "this takes a search");
}
