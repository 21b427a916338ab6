//! Editions that another machine publishes over HTTP.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use super::{Served, published, run, until};
use crate::support::{day, sample_leaves};

/// Serves a folder as plain files, for as long as the tests run. A file that is named `spoiled` in the folder names another whose
/// bytes are sent changed.
fn shown(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/editions-of-france/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let asked = lines.next().unwrap_or_default();
            while lines.next().is_some_and(|line| !line.is_empty()) {}
            let name =
                asked.split(' ').nth(1).and_then(|path| path.strip_prefix("/editions-of-france/")).unwrap_or("-");
            let answer = match fs::read(folder.join(name)) {
                Ok(mut bytes) => {
                    if fs::read_to_string(folder.join("spoiled")).is_ok_and(|spoiled| name.ends_with(spoiled.trim())) {
                        let middle = bytes.len() / 2;
                        bytes[middle] ^= 1;
                    }
                    let head =
                        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
                    [head.into_bytes(), bytes].concat()
                }
                Err(_) => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
            };
            let _ = stream.write_all(&answer);
        }
    });
    url
}

#[test]
fn an_edition_of_another_machine_is_brought_verified_and_followed() {
    let there = tempfile::tempdir().unwrap();
    let first = published(there.path());
    let url = shown(there.path().to_owned());
    let here = tempfile::tempdir().unwrap();
    let cache = here.path().join("cache").to_str().unwrap().to_owned();
    let served = Served::of(&url, here, &["--edition-cache", &cache]);
    assert_eq!(served.ready()["edition"], first);
    assert_eq!(served.get("/api/nearest?commune=23096").status(), 200);

    // The next one is changed on its way: the one before stays, until it comes whole.
    fs::write(there.path().join("spoiled"), "venues.parquet").unwrap();
    let lock = mediane::ingest::edition::Lock::take(there.path()).unwrap();
    let workshop = lock.workshop().unwrap();
    let mut leaves = sample_leaves();
    leaves.edition.as_of = Some(day(2024, 8, 20));
    mediane::ingest::edition::write(
        &workshop,
        &leaves,
        &mediane::atlas::Checks::default(),
        Vec::new(),
        &mediane::ingest::report::Report::default(),
    )
    .unwrap();
    let second = mediane::ingest::edition::publish(&lock, &workshop, 12).unwrap();
    let told = until(Duration::from_secs(30), || served.log().contains("venues.parquet").then_some(()));
    assert!(told.is_some(), "{}", served.log());
    assert_eq!(served.ready()["edition"], first);
    fs::remove_file(there.path().join("spoiled")).unwrap();
    let taken_up = until(Duration::from_secs(30), || (served.ready()["edition"] == second.as_str()).then_some(()));
    assert!(taken_up.is_some(), "{}", served.log());

    // Without the other machine, what was brought is served.
    fs::remove_dir_all(there.path().join("editions")).unwrap();
    fs::remove_file(there.path().join("published")).unwrap();
    let again = Served::of(&url, tempfile::tempdir().unwrap(), &["--edition-cache", &cache]);
    assert_eq!(again.ready()["edition"], second);
    assert!(again.log().contains("what was brought before is served"), "{}", again.log());
}

#[test]
fn nothing_is_served_of_what_does_not_come_whole() {
    let there = tempfile::tempdir().unwrap();
    published(there.path());
    let url = shown(there.path().to_owned());
    for (spoiled, said) in [("manifest.json", "damaged"), ("venues.parquet", "got sha-256"), ("published", "edition")] {
        fs::write(there.path().join("spoiled"), spoiled).unwrap();
        let cache = tempfile::tempdir().unwrap();
        let at = cache.path().to_str().unwrap();
        let (code, _, err) = run(&["serve", "--listen", "127.0.0.1:0", "--edition", &url, "--edition-cache", at]);
        assert_eq!(code, 4, "{spoiled}: {err}");
        assert!(err.to_lowercase().contains(said), "{spoiled}: {err}");
        assert!(mediane::ingest::edition::on_disk(cache.path()).is_empty(), "{spoiled}");
    }
    let (code, _, err) = run(&["serve", "--edition", "http://exemple.invalid/"]);
    assert_eq!(code, 4, "{err}");
}
