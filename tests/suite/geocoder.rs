//! Addresses asked elsewhere, where the deployer named whom: only those that the edition cannot place, only the address, and no trace
//! of it anywhere on this side.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use reqwest::blocking::Client;

use super::running::{Served, published};

/// The street of the canary, and where its answer lies: beside every venue of Guéret, and in no other text.
const STREET: &str = "rue du Canari";
const ANSWER: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1.876543,46.176543]},
    "properties":{"score":0.97,"housenumber":"13","street":"Rue du Canari","name":"13 Rue du Canari","postcode":"23000","citycode":"23096",
    "city":"Guéret","type":"housenumber"}}]}"#;

/// A geocoder on this machine, and what it was asked: heads of requests.
struct Upstream {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Upstream {
    fn answering(status: &'static str, body: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/geocodage", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        // It ends with the tests.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                seen.lock().unwrap().push(head.join("\n"));
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { url, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// What a page says, on one line.
fn words(served: &Served, path: &str) -> String {
    served.get(path).text().unwrap().replace('\u{a0}', " ").replace("&nbsp;", " ")
}

#[test]
fn an_address_that_no_street_of_the_edition_places_is_asked_and_the_page_says_so() {
    let upstream = Upstream::answering("200 OK", ANSWER);
    let served = Served::with(&["--geocoder", &upstream.url]);
    let page = words(&served, "/?lieu=13+rue+du+Canari+Gu%C3%A9ret");
    assert!(page.contains("Nous avons cherché « 13 rue du Canari » dans la base nationale des adresses"), "{page}");
    assert!(page.contains("« 13 Rue du Canari, 23000 Guéret »"), "{page}");
    assert!(!page.contains("Nous n&#39;avons pas tenu compte"), "{page}");
    let legal = words(&served, "/mentions-legales");
    assert!(legal.contains("id=\"adresses\"") && legal.contains("<strong>127.0.0.1</strong>"), "{legal}");
    let asked = upstream.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    let line = asked[0].lines().next().unwrap().to_owned();
    assert_eq!(
        line,
        "GET /geocodage/search?q=13+rue+du+Canari+Gu%C3%A9ret&index=address&autocomplete=0&limit=5&citycode=23096 HTTP/1.1"
    );
}

#[test]
fn nobody_is_asked_what_is_known_here_or_while_somebody_types() {
    let upstream = Upstream::answering("200 OK", ANSWER);
    let served = Served::with(&["--geocoder", &upstream.url]);
    for text in [
        "Guéret",
        "23000",
        "23000 Guéret",
        "Creuse",
        "Médiathèque",
        "1.87,46.17",
        "13 rue du Canari",
        "zorglub",
        "mairie de Guéret",
    ] {
        let answer = Client::new().get(format!("http://{}/", served.address)).query(&[("lieu", text)]).send().unwrap();
        assert!(answer.status().is_success() || answer.status() == 404, "{text}: {}", answer.status());
    }
    for path in
        ["/api/places?text=13+rue+du+Canari+Gu%C3%A9ret", "/?lieu=13+rue+du+Canari+Gu%C3%A9ret&commune=23096", "/"]
    {
        served.get(path);
    }
    assert_eq!(upstream.asked(), [""; 0]);
    // Without the key, nothing is asked of anybody, and the page of privacy tells of nobody.
    let alone = Served::with(&[]);
    assert!(words(&alone, "/?lieu=13+rue+du+Canari+Gu%C3%A9ret").contains("Nous n&#39;avons pas tenu compte"));
    assert!(!words(&alone, "/mentions-legales").contains("id=\"adresses\""));
}

#[test]
fn without_an_answer_the_search_begins_at_the_town_and_says_so() {
    let elsewhere = r#"{"features":[{"geometry":{"coordinates":[2.35,48.85]},"properties":{"score":0.99,"type":"street","name":"Rue du Canari","citycode":"75104"}}]}"#;
    for (status, body) in
        [("500 Broken", ""), ("200 OK", "<html>"), ("200 OK", "{\"features\":[]}"), ("200 OK", elsewhere)]
    {
        let upstream = Upstream::answering(status, body);
        let served = Served::with(&["--geocoder", &upstream.url]);
        let page = words(&served, "/?lieu=13+rue+du+Canari+Gu%C3%A9ret");
        assert!(page.contains("Nous n&#39;avons pas tenu compte de « 13 rue du Canari »"), "{status} {body}: {page}");
        assert_eq!(upstream.asked().len(), 1, "{status} {body}");
    }
}

#[test]
fn a_canary_goes_through_the_whole_journey_and_stays_nowhere() {
    let upstream = Upstream::answering("200 OK", ANSWER);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    published(&root.join("out"));
    let out = root.join("out").to_str().unwrap().to_owned();
    let store = root.join("store.sqlite").to_str().unwrap().to_owned();
    let served = Served::of(&out, folder, &["--log", "json", "--geocoder", &upstream.url, "--store", &store]);
    let client = Client::new();
    let at = |path: &str| format!("http://{}{path}", served.address);
    let typed = "13 rue du Canari Guéret";
    let headers = |request: reqwest::blocking::RequestBuilder| {
        let request = request.header("user-agent", "canari-agent").header("referer", "https://canari.exemple.fr/");
        request
            .header("cookie", "a=canari")
            .header("x-forwarded-for", "198.51.100.77")
            .header("accept-language", "fr-canari")
    };
    for path in ["/", "/carte"] {
        headers(client.get(at(path)).query(&[("lieu", typed)])).send().unwrap();
    }
    headers(client.get(at("/api/places")).query(&[("text", typed)])).send().unwrap();
    headers(client.get(at("/api/nearest")).query(&[("position", "1.876543,46.176543")])).send().unwrap();
    let orient = headers(client.post(at("/orienter")).form(&[("lieu", typed)])).send().unwrap();
    assert!(orient.status().is_success(), "{}", orient.status());
    let from = [("depuis", "1.876543,46.176543"), ("depuis_nom", typed)];
    let sheet = headers(client.post(at("/fiche?lieux=v-centre,v-bib")).form(&from)).send().unwrap();
    assert!(sheet.status().is_success(), "{}", sheet.status());
    // A geocoder that fails is told of in the log, without the question.
    let broken = Upstream::answering("503 Gone", "");
    let folder = tempfile::tempdir().unwrap();
    published(&folder.path().join("out"));
    let out = folder.path().join("out").to_str().unwrap().to_owned();
    let other = Served::of(&out, folder, &["--geocoder", &broken.url]);
    client.get(format!("http://{}/", other.address)).query(&[("lieu", typed)]).send().unwrap();
    assert!(other.log().contains("the geocoder 127.0.0.1 is left alone"), "{}", other.log());

    let seen = [served.log(), served.metrics(), other.log(), other.metrics()].concat();
    let kept: String = files(&root).into_iter().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    for told in ["anari", "876543", "176543", "198.51.100"] {
        assert!(!seen.contains(told), "{told} in {seen}");
        assert!(!kept.contains(told), "{told} stays on the disk");
    }
    // The geocoder learns the address, and nothing of who typed it.
    let asked = upstream.asked();
    assert_eq!(asked.len(), 3, "{asked:?}");
    for head in asked {
        let (question, fields) = head.split_once('\n').unwrap();
        assert!(question.contains(&STREET.replace(' ', "+")), "{question}");
        let fields = fields.to_lowercase();
        for told in ["canari", "cookie", "referer", "forwarded", "accept-language", "876543"] {
            assert!(!fields.contains(told), "{told} in {fields}");
        }
    }
}

/// What stands in every file below a folder, whatever it is.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![fs::read(path).unwrap_or_default()] })
        .collect()
}
