//! One visitor cannot starve the rest: what is refused to one address, and what others have meanwhile.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mediane::atlas::Atlas;
use mediane::http::State;
use mediane::store::{Location, SqlStore};
use reqwest::blocking::{Client, Response};
use serde_json::json;
use socket2::{Domain, Socket, Type};

use super::support::{header, noon, sample_leaves, serve_on_free_port};

/// A server of its own: limits that one test reaches are not those of the others.
fn server() -> SocketAddr {
    let folder = tempfile::tempdir().unwrap().keep();
    let store = SqlStore::open(&Location::Sqlite(folder.join("scenarios.sqlite"))).unwrap();
    serve_on_free_port(State::new(Arc::new(Atlas::bind(sample_leaves())), noon).with_store(Arc::new(store)))
}

/// A connection from another address of this machine, which is another visitor.
fn connected(server: SocketAddr, from: [u8; 4]) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::new(IpAddr::from(from), 0).into()).unwrap();
    socket.connect(&server.into()).unwrap();
    let stream: TcpStream = socket.into();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

fn client(from: [u8; 4]) -> Client {
    Client::builder().local_address(IpAddr::from(from)).build().unwrap()
}

fn healthy(server: SocketAddr) -> Duration {
    let began = Instant::now();
    let response =
        client([127, 0, 0, 9]).get(format!("http://{server}/api/nearest?position=2.35,48.85")).send().unwrap();
    assert_eq!(response.status(), 200);
    began.elapsed()
}

#[test]
fn bodies_that_do_not_come_keep_nobody_waiting_and_are_given_up() {
    let server = server();
    let began = Instant::now();
    let silent: Vec<TcpStream> = (0..150)
        .map(|_| {
            let mut stream = connected(server, [127, 0, 0, 2]);
            let head = "POST /api/access/what-if HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{";
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    for _ in 0..20 {
        assert!(healthy(server) < Duration::from_secs(1));
    }
    // More than are answered at once, of one visitor: none of them has a place.
    let mut answer = String::new();
    silent.into_iter().next().unwrap().read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("body-timeout"), "{answer}");
    assert!((9..20).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[test]
fn a_body_that_comes_in_pieces_is_whole_when_it_is_read_and_a_long_one_is_refused() {
    let server = server();
    let mut stream = connected(server, [127, 0, 0, 2]);
    let head = "POST /api/access/what-if HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    for piece in ["{\"close\":", "[\"nowhere\"]", "}"] {
        std::thread::sleep(Duration::from_millis(50));
        write!(stream, "{:x}\r\n{piece}\r\n", piece.len()).unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("unknown-venue"), "{answer}");
    for length in [256 * 1024 + 1, 100 * 256 * 1024] {
        let body = vec![b' '; length];
        let sent = client([127, 0, 0, 2]).post(format!("http://{server}/api/access/what-if")).body(body);
        // A server that refuses may close before all is sent.
        if let Ok(response) = sent.header("content-type", "application/json").send() {
            assert_eq!(response.status(), 413, "{length}");
        }
    }
}

#[test]
fn one_address_has_so_many_connections_and_others_theirs() {
    let server = server();
    let mut many: Vec<TcpStream> = (0..300).map(|_| connected(server, [127, 0, 0, 2])).collect();
    assert!(healthy(server) < Duration::from_secs(1));
    let mut refused = 0;
    for stream in &mut many {
        // One that was let in answers; one that was not is closed.
        let asked = stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer);
        refused += usize::from(asked.is_err() || read.is_err() || !answer.starts_with("HTTP/1.1 200"));
    }
    // Those that waited too long for their turn here were closed too.
    assert!((44..=60).contains(&refused), "{refused} of 300");
}

#[test]
fn who_begins_very_many_scenarios_locks_nobody_else_out() {
    let server = server();
    let scenario = json!({ "title": "Essai", "scenario": { "add": [{ "position": [2.35, 48.85] }] } });
    let begin = |client: &Client, forwarded: Option<&str>| -> Response {
        let request = client.post(format!("http://{server}/api/scenarios")).header("content-type", "application/json");
        let request =
            forwarded.into_iter().fold(request, |request, address| request.header("x-forwarded-for", address));
        request.body(scenario.to_string()).send().unwrap()
    };
    let [one, other, proxy] = [[127, 0, 0, 2], [127, 0, 0, 3], [127, 0, 0, 1]].map(client);
    let statuses: Vec<u16> = (0..61).map(|_| begin(&one, None).status().as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 60, "{statuses:?}");
    let refused = begin(&one, Some("198.51.100.9"));
    assert_eq!(
        (refused.status().as_u16(), header(&refused, "retry-after").as_str()),
        (429, "60"),
        "whatever it claims"
    );
    assert_eq!(begin(&other, None).status(), 201);
    assert_eq!(begin(&proxy, Some("198.51.100.7")).status(), 201, "a trusted proxy says for whom it asks");
    assert_eq!(begin(&proxy, Some("127.0.0.2")).status(), 429);
}
