//! `fetch` against servers that misbehave.

use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::super::testing::{Server, file, redirect, say, status};
use super::super::{Cause, FetchError, Fetched, Hosts, Limits, Request};
use super::{fetch, fetch_by};

mod upstream;

const BEFORE: &str = "the file of yesterday";

/// A folder that already holds a file, and a request to replace it.
fn request(url: &str) -> (TempDir, Request) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("venues.csv");
    fs::write(&path, BEFORE).unwrap();
    let limits = Limits {
        connect: Duration::from_secs(10),
        idle: Duration::from_secs(10),
        total: Duration::from_mins(1),
        bytes: 1000,
        tries: 4,
        pause: Duration::from_millis(1),
    };
    let request = Request { hosts: Hosts::PublicAndLoopback, limits, ..Request::new(url, path) };
    (folder, request)
}

fn run(request: &Request) -> Result<Fetched, FetchError> {
    fetch(request, &mut |_| ())
}

/// The cause in words, after checking that the old file stands and that nothing lies beside it.
fn refused(server: &Server) -> String {
    let (folder, request) = request(&server.url);
    let error = run(&request).unwrap_err();
    assert_eq!(fs::read_to_string(&request.path).unwrap(), BEFORE);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a part was left behind");
    let text = error.to_string();
    assert!(text.starts_with(&server.url), "{text} does not name its address");
    text[server.url.len() + 2..].into()
}

#[test]
fn a_file_arrives_whole_and_replaces_the_old_one() {
    let server = Server::new(vec![file("id,nom\n1,Lieu\n")]);
    let (_folder, request) = request(&server.url);
    let mut seen = Vec::new();
    let fetched = fetch(&request, &mut |progress| seen.push(progress)).unwrap();
    assert_eq!(fs::read_to_string(&request.path).unwrap(), "id,nom\n1,Lieu\n");
    assert_eq!((fetched.bytes, fetched.tries), (14, 1));
    let last = seen.last().unwrap();
    assert_eq!((last.received, last.expected), (14, Some(14)));
}

#[test]
fn the_digest_is_checked_and_told() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let server = Server::new(vec![file("abc")]);
    let (_folder, mut request) = request(&server.url);
    request.sha256 = Some(abc.to_uppercase());
    assert_eq!(run(&request).unwrap().sha256, abc);
    request.sha256 = Some("0".repeat(64));
    assert!(matches!(run(&request).unwrap_err().cause, Cause::WrongDigest { got, .. } if got == abc));
    assert_eq!(fs::read_to_string(&request.path).unwrap(), "abc");
}

#[test]
fn a_chunked_answer_is_put_together() {
    let server = Server::new(vec![say(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab\n\r\n2\r\nc\n\r\n0\r\n\r\n",
    )]);
    let (_folder, request) = request(&server.url);
    run(&request).unwrap();
    assert_eq!(fs::read_to_string(&request.path).unwrap(), "ab\nc\n");
}

#[test]
fn a_server_that_recovers_is_tried_again() {
    let server = Server::new(vec![status("500 Internal Server Error"), status("503 Service Unavailable"), file("ok")]);
    let (_folder, request) = request(&server.url);
    assert_eq!(run(&request).unwrap().tries, 3);
}

#[test]
fn a_server_that_stays_down_is_tried_four_times() {
    let server = Server::new(vec![status("500 Internal Server Error")]);
    assert_eq!(refused(&server), "the server answered 500, expected 200 (tried 4 times)");
    assert_eq!(server.calls(), 4);
}

#[test]
fn a_missing_file_is_asked_for_once() {
    let server = Server::new(vec![status("404 Not Found")]);
    assert!(refused(&server).starts_with("the server has no such file"));
    assert_eq!(server.calls(), 1);
}

#[test]
fn a_truncated_answer_is_refused() {
    let server = Server::new(vec![say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nid,nom\n1,Li")]);
    assert_eq!(refused(&server), "cut short: got 11 bytes, expected 100 (tried 4 times)");
}

#[test]
fn a_chunked_answer_cut_in_a_chunk_is_refused() {
    let server = Server::new(vec![say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nid,no")]);
    assert_eq!(refused(&server), "cut short after 5 bytes (tried 4 times)");
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let server = Server::new(vec![Box::new(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nid");
        // Until the client hangs up.
        let _ = stream.read(&mut [0]);
    })]);
    let (_folder, mut request) = request(&server.url);
    request.limits.idle = Duration::from_millis(200);
    let error = run(&request).unwrap_err();
    assert!(matches!(error.cause, Cause::Timeout("the server fell silent")), "{error}");
    assert_eq!((error.tries, server.calls()), (4, 4));
    assert_eq!(fs::read_to_string(&request.path).unwrap(), BEFORE);
}

#[test]
fn a_drip_feed_ends_at_the_total_deadline() {
    let server = Server::new(vec![Box::new(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
        while stream.write_all(b"a").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    })]);
    let (_folder, mut request) = request(&server.url);
    request.limits.total = Duration::from_millis(500);
    let started = Instant::now();
    let error = run(&request).unwrap_err();
    assert!(matches!(error.cause, Cause::Timeout("the whole download took too long")), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(fs::read_to_string(&request.path).unwrap(), BEFORE);
}

#[test]
fn a_file_that_announces_too_much_is_refused_at_once() {
    let server = Server::new(vec![say("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")]);
    assert_eq!(refused(&server), "larger than 1000 bytes");
}

#[test]
fn a_file_that_never_ends_is_refused_at_the_limit() {
    let server = Server::new(vec![Box::new(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while stream.write_all(b"64\r\n").is_ok()
            && stream.write_all(&[b'a'; 100]).is_ok()
            && stream.write_all(b"\r\n").is_ok()
        {}
    })]);
    assert_eq!(refused(&server), "larger than 1000 bytes");
}

#[test]
fn a_web_page_is_not_a_file_of_data() {
    let page = "<!DOCTYPE html><title>Maintenance</title>";
    let honest = say(format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    ));
    assert_eq!(refused(&Server::new(vec![honest])), "got a web page (HTML), expected a file of data");
    assert_eq!(
        refused(&Server::new(vec![file(&format!("\u{feff}\n {page}"))])),
        "got a web page (HTML), expected a file of data"
    );
}

#[test]
fn an_empty_answer_is_refused() {
    assert_eq!(refused(&Server::new(vec![file("")])), "the answer is empty");
}

#[test]
fn redirects_are_followed_to_their_end() {
    let end = Server::new(vec![file("here")]);
    let start = Server::new(vec![redirect("/other.csv"), redirect(&end.url)]);
    let (_folder, request) = request(&start.url);
    assert_eq!(run(&request).unwrap().url, end.url);
    assert_eq!(start.calls(), 2);
}

#[test]
fn a_circle_of_redirects_is_left() {
    let server = Server::new(vec![redirect("/file.csv")]);
    assert_eq!(refused(&server), "more than 5 redirects");
    assert_eq!(server.calls(), 6);
}

#[test]
fn a_redirect_into_a_closed_network_is_not_followed() {
    for (to, words) in [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254, which is link-local"),
        ("https://10.0.0.1/", "10.0.0.1, which is private"),
        ("https://[fd00::1]/", "not of the public IPv6 space"),
        ("http://1.1.1.1/", "got http:, expected https:"),
        ("file:///etc/passwd", "got file:, expected https:"),
    ] {
        let refusal = refused(&Server::new(vec![redirect(to)]));
        assert!(refusal.contains(words), "{to}: {refusal}");
    }
}

#[test]
fn a_redirect_to_nowhere_is_told() {
    let server = Server::new(vec![status("302 Found")]);
    assert_eq!(refused(&server), "a redirect without a usable Location");
}

#[test]
fn this_machine_is_not_called_unless_allowed() {
    let server = Server::new(vec![file("secret")]);
    let (_folder, mut request) = request(&server.url);
    request.hosts = Hosts::Public;
    let error = run(&request).unwrap_err();
    assert!(error.to_string().contains("127.0.0.1, which is loopback"), "{error}");
    assert_eq!(server.calls(), 0);
}

#[test]
fn a_closed_door_is_told_plainly() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.csv", listener.local_addr().unwrap());
    drop(listener);
    let (_folder, request) = request(&url);
    let error = run(&request).unwrap_err().to_string();
    assert!(error.contains("no connection: ") && error.contains("refused"), "{error}");
}
