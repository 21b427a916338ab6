//! A geocoder on this machine, as the national one answers.

use super::super::testing::{Server, file, redirect, say, status};
use super::*;

const ANSWER: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","geometry":{"type":"Point","coordinates":[5.3741,43.2995]},"properties":{"label":"13 Rue de la République 13001 Marseille",
     "score":0.9731,"housenumber":"13","name":"13 Rue de la République","street":"Rue de la République","postcode":"13001","citycode":"13201",
     "city":"Marseille","type":"housenumber"}},
    {"type":"Feature","geometry":{"type":"Point","coordinates":[5.37,43.3]},"properties":{"name":"Rue de la République","score":0.71,"postcode":"13002",
     "citycode":"13202","type":"street"}},
    {"type":"Feature","geometry":{"type":"Point","coordinates":[5.37,43.3]},"properties":{"name":"Marseille","score":0.4,"citycode":"13055","type":"municipality"}},
    {"type":"Feature","geometry":{"type":"Point","coordinates":[0,0]},"properties":{"name":"Rue de l'Océan","score":0.9,"citycode":"13055","type":"street"}},
    {"type":"Feature","geometry":{"type":"Point","coordinates":[5.37,43.3]},"properties":{"name":"Rue Sûre","score":7,"citycode":"13055","type":"street"}},
    {"type":"Feature"}, 3]}"#;

fn of(server: &Server) -> NationalGeocoder {
    NationalGeocoder::new(server.url.trim_end_matches("/file.csv"), |_| ()).unwrap()
}

fn asked() -> AddressAsked {
    AddressAsked { text: "13 rue de la République Marseille".into(), code: None, postcode: None }
}

#[test]
fn addresses_are_read_by_type_and_score_and_towns_are_none() {
    let server = Server::new(vec![file(ANSWER)]);
    let told = of(&server).find(&asked());
    let read: Vec<_> =
        told.iter().map(|each| (each.street.as_str(), each.number.as_deref(), each.score, each.kind)).collect();
    assert_eq!(
        read,
        [
            ("Rue de la République", Some("13"), 97, AddressKind::HouseNumber),
            ("Rue de la République", None, 71, AddressKind::Street),
        ]
    );
    assert_eq!((told[0].code.as_str(), told[0].postcode), ("13201", Some(13_001)));
}

#[test]
fn the_question_says_where_the_answer_has_to_be() {
    let geocoder = NationalGeocoder::new("https://data.geopf.fr/geocodage/", |_| ()).unwrap();
    let code = CommuneCode::parse("24521");
    let asked = AddressAsked { text: "1 rue d'Été & fils".into(), code, postcode: Some("24420".into()) };
    assert_eq!(
        geocoder.question(&asked).as_str(),
        "https://data.geopf.fr/geocodage/search?q=1+rue+d%27%C3%89t%C3%A9+%26+fils&index=address&autocomplete=0&limit=5&citycode=24521"
    );
    let asked = AddressAsked { code: None, ..asked };
    assert!(geocoder.question(&asked).as_str().ends_with("&postcode=24420"));
    assert_eq!(geocoder.host(), "data.geopf.fr");
}

#[test]
fn only_https_carries_what_visitors_typed_and_this_machine_is_no_way() {
    assert!(NationalGeocoder::new("http://data.geopf.fr/geocodage", |_| ()).is_err());
    assert!(NationalGeocoder::new("http://127.0.0.1:9/geocodage", |_| ()).is_ok());
    assert!(NationalGeocoder::new("geocodage", |_| ()).is_err());
}

#[test]
fn who_does_not_answer_well_is_left_alone_and_nobody_waits_for_it_again() {
    let much = "x".repeat(300 << 10);
    let slow = Box::new(|_: &mut std::net::TcpStream| std::thread::sleep(Duration::from_secs(4)));
    let bad = [
        status("500 Broken"),
        status("429 Enough"),
        redirect("http://127.0.0.1:1/"),
        say("nothing"),
        file(&much),
        slow,
    ];
    for (at, script) in bad.into_iter().enumerate() {
        let server = Server::new(vec![script]);
        let geocoder = of(&server);
        let began = Instant::now();
        assert!(geocoder.find(&asked()).is_empty(), "{at}");
        assert!(geocoder.find(&asked()).is_empty(), "{at}");
        assert!(began.elapsed() < PATIENCE + Duration::from_millis(800), "{at}: {:?}", began.elapsed());
        assert_eq!(server.calls(), 1, "{at}");
    }
}

#[test]
fn an_answer_that_is_none_is_no_address() {
    for body in
        ["", "[]", "{}", "{\"features\":{}}", "{\"features\":[{\"properties\":{\"type\":\"street\"}}]}", "<html>"]
    {
        let server = Server::new(vec![file(body)]);
        assert!(of(&server).find(&asked()).is_empty(), "{body}");
    }
}

#[test]
fn what_went_wrong_is_told_without_what_was_asked() {
    let url = Url::parse("http://127.0.0.1:1/search?q=canari").unwrap();
    let limits = Limits { connect: PATIENCE, idle: PATIENCE, total: PATIENCE, ..Limits::default() };
    let cause = ask(&url, limits).unwrap_err().to_string();
    assert!(!cause.contains("canari"), "{cause}");
}
