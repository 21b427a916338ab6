//! Ways in which a publisher's server misbehaves, by their numbers in the catalogue of bad inputs (`docs/bad-inputs.md`).

use std::cell::Cell;
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::thread;

use super::*;
use crate::remote::testing::Script;

/// An answer of this status and fields, with its length.
fn answer(head: &str, body: &str) -> Script {
    say(format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

#[test]
fn an_answer_that_is_no_file_is_refused_as_often_as_it_may_pass_and_the_old_file_stands() {
    let cookies = "Set-Cookie: a=b\r\n".repeat(1_000);
    let long = "a".repeat(64 << 10);
    let cases: Vec<(&str, Script, &str, usize)> = vec![
        ("REM-001: gone", status("404 Not Found"), "the server has no such file", 1),
        ("REM-001: gone for good", status("410 Gone"), "the server has no such file", 1),
        ("REM-002", status("500 Internal Server Error"), "the server answered 500", 4),
        ("REM-002", status("502 Bad Gateway"), "the server answered 502", 4),
        ("REM-002", answer("503 Busy\r\nRetry-After: 86400", ""), "the server answered 503", 4),
        ("REM-003", answer("429 Too Many Requests\r\nRetry-After: 3600", ""), "the server answered 429", 4),
        ("a sign of a login", status("401 Unauthorized"), "the server answered 401", 1),
        ("forbidden", status("403 Forbidden"), "the server answered 403", 1),
        ("REM-004", answer("200 OK\r\nContent-Type: text/html", "<p>En maintenance"), "got a web page", 1),
        ("REM-006", say("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nid,nom\n"), "cut short: got 7 bytes", 4),
        ("REM-011: gzip", answer("200 OK\r\nContent-Encoding: gzip", "\u{1f}\u{8b}"), "packed (gzip)", 1),
        ("REM-011: br", answer("200 OK\r\nContent-Encoding: br", "abc"), "packed (br)", 1),
        ("REM-011: nested", answer("200 OK\r\nContent-Encoding: gzip, zstd", "abc"), "packed (gzip, zstd)", 1),
        ("REM-014: a lie about change", status("304 Not Modified"), "the server answered 304", 1),
        ("nothing to say", say("HTTP/1.1 204 No Content\r\n\r\n"), "the server answered 204", 1),
        ("a part", answer("206 Partial Content\r\nContent-Range: bytes 0-1/9", "id"), "the server answered 206", 1),
        ("a choice", status("300 Multiple Choices"), "the server answered 300", 1),
        ("REM-019: a file", redirect("file:///etc/passwd"), "got file:, expected https:", 1),
        ("REM-019: ftp", redirect("ftp://1.1.1.1/a.csv"), "got ftp:, expected https:", 1),
        ("REM-019: gopher", redirect("gopher://1.1.1.1/"), "got gopher:, expected https:", 1),
        ("REM-019: data", redirect("data:text/csv,id"), "got data:, expected https:", 1),
        ("REM-020: back to http", redirect("http://1.1.1.1/a.csv"), "got http:, expected https:", 1),
        ("REM-023: in disguise", redirect("https://0xa9fea9fe/"), "which is link-local", 1),
        ("REM-024: a password", redirect("https://a:b@1.1.1.1/"), "a user or a password", 1),
        ("REM-025: another port", redirect("https://1.1.1.1:22/"), "got port 22, expected 443", 1),
        ("nowhere", redirect("http://["), "a redirect without a usable Location", 1),
        ("REM-027: fields", say(format!("HTTP/1.1 200 OK\r\nX: {long}\r\nContent-Length: 2\r\n\r\nid")), "header", 4),
        ("REM-027: cookies", say(format!("HTTP/1.1 200 OK\r\n{cookies}Content-Length: 2\r\n\r\nid")), "", 4),
        ("two lengths", say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nid,"), "", 4),
        ("less than nothing", say("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nid"), "", 4),
        ("a chunk of no size", say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nid"), "cut short", 4),
        (
            "an endless chunk",
            say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nid"),
            "cut",
            4,
        ),
        ("half a head", say("HTTP/1.1 200 OK\r\nContent-Le"), "no connection", 4),
        ("nothing", say(""), "no connection", 4),
        ("another protocol", say("SSH-2.0-OpenSSH_9.2\r\n"), "no connection", 4),
        ("never more than begun", say("HTTP/1.1 102 Processing\r\n\r\n".repeat(50)), "no connection", 4),
    ];
    for (what, script, words, tries) in cases {
        let server = Server::new(vec![script]);
        let told = refused(&server);
        assert!(told.contains(words), "{what}: {told}");
        assert_eq!(server.calls(), tries, "{what}: {told}");
    }
}

#[test]
fn what_a_server_says_beside_the_file_changes_nothing() {
    // REM-015, REM-028, REM-029: a time to come, a wrong type, a name that climbs.
    let fields = "Content-Type: image/png\r\nLast-Modified: Thu, 01 Jan 2099 00:00:00 GMT\r\nSet-Cookie: a=b\r\n\
                  Content-Disposition: attachment; filename=\"../../x\"\r\nContent-Encoding: identity";
    let server = Server::new(vec![answer(&format!("200 OK\r\n{fields}"), "id,nom\n1,Lieu\n")]);
    let (folder, request) = request(&server.url);
    run(&request).unwrap();
    assert_eq!(fs::read_to_string(&request.path).unwrap(), "id,nom\n1,Lieu\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_body_that_ends_well_before_its_rows_do_is_known_by_its_digest_alone() {
    // REM-007: valid in every way. Without a digest it is the rows that tell (`tests/suite/last_good.rs`).
    let cut = || say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nid,nom\n\r\n0\r\n\r\n");
    let server = Server::new(vec![cut()]);
    let (_folder, mut request) = request(&server.url);
    assert_eq!(run(&request).unwrap().bytes, 7);
    fs::write(&request.path, BEFORE).unwrap();
    request.sha256 = Some("a".repeat(64));
    assert!(matches!(run(&request).unwrap_err().cause, Cause::WrongDigest { .. }));
    assert_eq!(fs::read_to_string(&request.path).unwrap(), BEFORE);
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    // REM-009
    let silent: Script = Box::new(|stream| drop(stream.read(&mut [0])));
    let server = Server::new(vec![silent]);
    let (_folder, mut request) = request(&server.url);
    request.limits.idle = Duration::from_millis(200);
    let error = run(&request).unwrap_err();
    assert!(matches!(error.cause, Cause::Timeout("no answer")), "{error}");
    assert_eq!((error.tries, server.calls()), (4, 4));
}

#[test]
fn a_name_is_resolved_once_and_called_where_it_led() {
    // REM-022: whoever is asked a second time answers with an address inside.
    let server = Server::new(vec![file("id\n1\n")]);
    let home: SocketAddr = server.url["http://".len()..].split('/').next().unwrap().parse().unwrap();
    let (_folder, mut request) = request(&format!("http://liste.exemple:{}/file.csv", home.port()));
    request.limits.tries = 1;
    let asked = Cell::new(0);
    let resolve = |_: &reqwest::Url| {
        asked.set(asked.get() + 1);
        Ok(vec![if asked.get() == 1 { home } else { SocketAddr::from(([10, 0, 0, 1], home.port())) }])
    };
    fetch_by(&request, &mut |_| (), &resolve).unwrap();
    assert_eq!((asked.get(), server.calls()), (1, 1));
    // At the next hop it is asked again, and what it says then is checked again.
    let error = fetch_by(&request, &mut |_| (), &resolve).unwrap_err().to_string();
    assert!(error.contains("10.0.0.1, which is private"), "{error}");
    assert_eq!(server.calls(), 1);
}

#[test]
fn a_name_that_nobody_knows_is_told_after_four_tries() {
    // REM-044
    let (_folder, request) = request("https://liste.exemple/file.csv");
    let nobody = |_: &reqwest::Url| Err(std::io::Error::other("SERVFAIL"));
    let error = fetch_by(&request, &mut |_| (), &nobody).unwrap_err();
    assert_eq!(error.to_string(), "https://liste.exemple/file.csv: no address found for liste.exemple (tried 4 times)");
}

/// A server of `openssl` with this certificate of its own, ended when dropped.
struct Tls(Child);

impl Drop for Tls {
    fn drop(&mut self) {
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_and_so_is_a_server_without_one() {
    // REM-026
    let plain = Server::new(vec![file("id\n")]);
    let (_folder, mut request) = request(&plain.url.replace("http:", "https:"));
    request.limits.tries = 1;
    let error = run(&request).unwrap_err();
    assert!(matches!(error.cause, Cause::Connection(_)), "{error}");

    let folder = tempfile::tempdir().unwrap();
    let openssl = |arguments: &str| {
        let mut command = Command::new("openssl");
        command.args(arguments.split(' ')).current_dir(folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let made = openssl("req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=127.0.0.1");
    if !{ made }.status().is_ok_and(|status| status.success()) {
        eprintln!("no openssl here: certificates are not tried");
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut serve = openssl(&format!("s_server -accept 127.0.0.1:{port} -key key.pem -cert cert.pem -www"));
    let _server = Tls(serve.spawn().unwrap());
    request.url = format!("https://127.0.0.1:{port}/file.csv");
    let told = (0..100).find_map(|_| {
        let told = run(&request).unwrap_err().to_string();
        // It takes a moment to listen.
        let not_yet = told.contains("refused");
        thread::sleep(Duration::from_millis(if not_yet { 50 } else { 0 }));
        (!not_yet).then_some(told)
    });
    let told = told.expect("a server that listens");
    assert!(told.contains("invalid peer certificate"), "{told}");
    assert_eq!(fs::read_to_string(&request.path).unwrap(), BEFORE);
}

#[test]
fn a_proxy_of_the_environment_is_not_asked() {
    // REM-045: it would resolve names on its own. The same test once more, in a process with a dead proxy.
    let arrived = "remote::fetch::tests::a_file_arrives_whole_and_replaces_the_old_one";
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", arrived]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        again.env(name, "http://127.0.0.1:9");
    }
    let said = again.output().unwrap().stdout;
    assert!(String::from_utf8_lossy(&said).contains("1 passed"), "{}", String::from_utf8_lossy(&said));
}
