//! A server on this machine that misbehaves as told.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Answers each connection with the next script; the last one again and again.
pub(super) struct Server {
    pub(super) url: String,
    calls: Arc<AtomicUsize>,
}

/// What a server does with one connection.
pub(super) type Script = Box<dyn Fn(&mut TcpStream) + Send>;

impl Server {
    pub(super) fn new(scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/file.csv", listener.local_addr().unwrap());
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        // The thread ends with the test process: it waits for a connection that no longer comes.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                let call = counter.fetch_add(1, Ordering::SeqCst);
                scripts[call.min(scripts.len() - 1)](&mut stream);
            }
        });
        Self { url, calls }
    }

    /// How many times it was called.
    pub(super) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

/// Sends these bytes, then hangs up.
pub(super) fn say(bytes: impl Into<Vec<u8>>) -> Script {
    let bytes = bytes.into();
    // A client that has heard enough hangs up first; that is its right.
    Box::new(move |stream| drop(stream.write_all(&bytes)))
}

/// A well-behaved answer.
pub(super) fn file(body: &str) -> Script {
    say(format!("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

/// An answer without a body.
pub(super) fn status(line: &str) -> Script {
    say(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\n\r\n"))
}

/// A redirect.
pub(super) fn redirect(to: &str) -> Script {
    say(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"))
}
