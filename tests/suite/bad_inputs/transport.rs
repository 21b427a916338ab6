//! The cases of the wire: requests that no client library would send, as bytes.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::super::support::{address, get, get_with, header, url};
use super::wire::{client, of_statuses, status};

const PATH: &str = "/api/nearest?commune=23096";

/// The status of what comes back for these bytes; 0 when the connection ends without an answer.
fn raw(bytes: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // A server that has refused may close before everything is written.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.take(64).read_to_end(&mut answer);
    let line = String::from_utf8_lossy(&answer);
    line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).unwrap_or(0)
}

fn with_headers(method: &str, headers: &[&str], body: &str) -> u16 {
    let path = if method == "POST" { "/api/access/what-if" } else { PATH };
    raw(format!("{method} {path} HTTP/1.1\r\n{}\r\n\r\n{body}", headers.join("\r\n")).as_bytes())
}

/// What became of a case.
pub fn case(id: &str) -> Option<String> {
    Some(match id.strip_prefix("HTP-")?.parse::<u32>().ok()? {
        4 => {
            let long = vec![b'x'; 300 * 1024];
            let post = || client().post(url("/api/access/what-if")).header("content-type", "application/json");
            let declared = format!(
                "POST /api/access/what-if HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
                 Content-Length: {}\r\n\r\n",
                u64::from(u32::MAX)
            );
            let chunked = reqwest::blocking::Body::new(std::io::Cursor::new(long.clone()));
            of_statuses([
                status(post().body(long).send().unwrap()),
                status(post().body(chunked).send().unwrap()),
                raw(declared.as_bytes()),
            ])
        }
        5 => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&vec![b' '; 64 << 20]).unwrap();
            let request = client().post(url("/api/access/what-if")).header("content-type", "application/json");
            let request = request.header("content-encoding", "gzip").body(packed.finish().unwrap());
            format!("http_{}", status(request.send().unwrap()))
        }
        6 => format!(
            "http_{}",
            with_headers("POST", &["Host: a", "Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n")
        ),
        7 => of_statuses([
            with_headers("GET", &["Host: a", "Content-Length: 1", "Content-Length: 2"], "x"),
            with_headers("GET", &["Host: a", "Content-Length: +5"], "hello"),
            with_headers("GET", &["Host: a", "Content-Length: 0x5"], "hello"),
            with_headers("POST", &["Host: a", "Transfer-Encoding: chunked"], "fffffffffffffffff\r\nx\r\n0\r\n\r\n"),
            with_headers("GET", &["Host: a", "X-Folded: a\r\n b"], ""),
            with_headers("GET", &["Host : a"], ""),
        ]),
        8 => {
            let names: Vec<String> = (0..100).map(|i| format!("x-{i}")).collect();
            let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
            let (long, cookie) = ("a".repeat(128 * 1024), "a".repeat(64 * 1024));
            of_statuses([
                // Beyond what its parser keeps, a request is refused before any page of ours could be asked for.
                get_with(PATH, &many).status().as_u16(),
                with_headers("GET", &["Host: a", &format!("X-Long: {long}")], ""),
                with_headers("GET", &["Host: a", &format!("Cookie: {cookie}")], ""),
            ])
        }
        9 => of_statuses(["TRACE", "PUT", "get"].map(|method| with_headers(method, &["Host: a"], ""))),
        10 => format!("http_{}", status(get_with(PATH, &[("x-http-method-override", "DELETE")]))),
        11 => {
            let as_usual = get("/").text().unwrap();
            let foreign = get_with("/", &[("host", "evil.example")]).text().unwrap();
            assert_eq!(foreign, as_usual, "no link is made of the host that was named");
            assert_eq!(with_headers("GET", &["Host: evil.example"], ""), 200);
            of_statuses([with_headers("GET", &["Host: a", "Host: b"], ""), with_headers("GET", &["Accept: */*"], "")])
        }
        13 => {
            let ranges = format!("bytes={}", vec!["0-0"; 7_000].join(","));
            let whole = get(PATH).bytes().unwrap().len();
            let answer = get_with(PATH, &[("range", &ranges)]);
            assert_eq!(header(&answer, "content-type"), "application/geo+json", "no answer in parts");
            let told = format!("http_{}", answer.status().as_u16());
            assert_eq!(answer.bytes().unwrap().len(), whole, "nothing is sent twice");
            told
        }
        14 => of_statuses(["br;q=NaN", &vec!["x"; 10_000].join(","), "*;q=-1", "gzip;q=1;q=0;;"].map(|codings| {
            let answer = get_with(PATH, &[("accept-encoding", codings)]);
            assert_eq!(header(&answer, "content-encoding"), "", "{codings:.40}");
            status(answer)
        })),
        15 => {
            let tag = header(&get(PATH), "etag");
            let others = vec!["\"x\""; 5_000].join(",");
            // So many are looked at, and no more.
            let same = [format!("{tag},{others}"), format!("W/{tag},{others}"), "*".to_owned()];
            let other = status(get_with(PATH, &[("if-none-match", &others)]));
            assert_eq!(other, 200, "none of these");
            of_statuses(same.map(|tags| status(get_with(PATH, &[("if-none-match", &tags)]))))
        }
        19 => {
            let asked = 1_000;
            let mut stream = TcpStream::connect(address()).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let one = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
            let reader = stream.try_clone().unwrap();
            let answers = std::thread::spawn(move || {
                let mut text = Vec::new();
                let _ = (&reader).read_to_end(&mut text);
                String::from_utf8_lossy(&text).into_owned()
            });
            let _ = stream.write_all(one.repeat(asked).as_bytes());
            let _ = stream.shutdown(Shutdown::Write);
            let answers = answers.join().unwrap();
            let seen: BTreeSet<&str> =
                answers.split("HTTP/1.1 ").skip(1).filter_map(|answer| answer.get(..3)).collect();
            assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["200"]);
            assert_eq!(answers.matches("HTTP/1.1 ").count(), asked, "every question that came whole is answered");
            "http_200".to_owned()
        }
        _ => return None,
    })
}
