//! An instance as whoever runs it sees it: its log, its metrics, its stop, its doctor.

mod damaged;
mod kept;
mod mirrored;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mediane::atlas::Leaves;
use mediane::ingest::edition::{Lock, publish, write};
use mediane::ingest::report::Report;
use reqwest::blocking::{Client, Response};
use serde_json::Value;

use super::support::{header, sample_leaves};

const MEDIANE: &str = env!("CARGO_BIN_EXE_mediane");

/// Publishes the small country, and returns its id.
pub fn published(out: &Path) -> String {
    published_of(&sample_leaves(), out)
}

/// Publishes any country.
pub fn published_of(leaves: &Leaves, out: &Path) -> String {
    let lock = Lock::take(out).unwrap();
    let workshop = lock.workshop().unwrap();
    write(&workshop, leaves, &mediane::atlas::Checks::default(), Vec::new(), &Report::default()).unwrap();
    publish(&lock, &workshop, 12).unwrap()
}

/// `mediane serve`, ended with the test.
pub struct Served {
    pub process: Child,
    folder: tempfile::TempDir,
    pub address: String,
    metrics: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn until<T>(longest: Duration, look: impl Fn() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        let seen = look();
        if seen.is_some() || begun.elapsed() > longest {
            return seen;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Served {
    pub fn with(more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        published(&folder.path().join("out"));
        Self::on(folder, more)
    }

    /// On the editions in `out` of a folder.
    fn on(folder: tempfile::TempDir, more: &[&str]) -> Self {
        let out = folder.path().join("out").to_str().unwrap().to_owned();
        Self::of(&out, folder, more)
    }

    /// On these editions, with a folder for its log.
    pub fn of(edition: &str, folder: tempfile::TempDir, more: &[&str]) -> Self {
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new(MEDIANE);
        command.args(["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--edition"]);
        let process = command.arg(edition).args(more).stderr(Stdio::from(log)).spawn().unwrap();
        let mut served = Self { process, folder, address: String::new(), metrics: String::new() };
        let after = |words: &'static str| {
            let found = until(Duration::from_secs(20), || {
                served.log().split(words).nth(1)?.split_once('/').map(|(at, _)| at.to_owned())
            });
            found.unwrap_or_else(|| panic!("{words}: {}", served.log()))
        };
        (served.address, served.metrics) = (after("listening on http://"), after("metrics on http://"));
        served
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    pub fn get(&self, path: &str) -> Response {
        reqwest::blocking::get(format!("http://{}{path}", self.address)).unwrap()
    }

    fn ready(&self) -> Value {
        // In the first moments its figures are still worked out.
        let ready = until(Duration::from_secs(20), || {
            let answer = self.get("/health/ready");
            (answer.status() == 200).then(|| serde_json::from_str(&answer.text().unwrap()).unwrap())
        });
        ready.unwrap_or_else(|| panic!("{}", self.log()))
    }

    pub fn metrics(&self) -> String {
        reqwest::blocking::get(format!("http://{}/metrics", self.metrics)).unwrap().text().unwrap()
    }

    /// The lines about requests, once there are so many.
    fn lines(&self, number: usize) -> Vec<Value> {
        let requests = || -> Vec<Value> {
            let lines: Vec<Value> = self
                .log()
                .lines()
                .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
                .collect();
            lines.into_iter().filter(|line| line["route"].is_string()).collect()
        };
        until(Duration::from_secs(5), || Some(requests()).filter(|lines| lines.len() >= number)).unwrap()
    }
}

#[test]
fn log_and_metrics_say_what_was_done_and_nothing_of_who_asked() {
    // P24: what a visitor writes anywhere comes up nowhere.
    let served = Served::with(&["--log", "json"]);
    let client = Client::new();
    let canary = "canari";
    let asked = [
        "/api/nearest?position=1.87654321,46.17654321&limit=1",
        "/?lieu=canari+Gueret",
        "/api/nearest?position=canari",
        "/canari",
        "/lieux/canari",
        "/api/nearest?lon=1.87654321",
    ];
    for path in asked {
        let request = client.get(format!("http://{}{path}", served.address));
        let request = request.header("user-agent", canary).header("referer", "https://canari.exemple.fr/");
        let request = request.header("x-forwarded-for", "198.51.100.77").header("cookie", "a=canari");
        request.header("authorization", "Bearer canari").send().unwrap();
    }
    let lines = served.lines(asked.len());
    let (log, metrics) = (served.log(), served.metrics());
    for told in [canary, "87654321", "17654321", "198.51.100", "127.0.0.1:4", "position="] {
        assert!(!lines.iter().any(|line| line.to_string().contains(told)), "{told}: {lines:?}");
        assert!(!metrics.contains(told), "{told}: {metrics}");
        assert!(told.starts_with("127") || !log.contains(told), "{told}: {log}");
    }
    let nearest = &lines[0];
    assert_eq!(
        (&nearest["route"], &nearest["status"], &nearest["method"]),
        (&"/api/nearest".into(), &200.into(), &"GET".into())
    );
    assert!(nearest["ms"].as_f64().is_some() && nearest["timestamp"].is_string(), "{nearest}");
    // What was asked at no address of ours is counted, and its address is not repeated.
    assert_eq!(lines[3]["route"], "-");
    for said in [
        "mediane_requests_total{route=\"/api/nearest\",status=\"2xx\"} 1",
        "mediane_requests_total{route=\"/api/nearest\",status=\"4xx\"} 2",
        "mediane_request_duration_seconds_count{route=\"/api/nearest\"} 3",
        "mediane_in_flight_requests 0",
        "mediane_editions_open 1",
        "mediane_edition_age_seconds ",
        "mediane_process_resident_memory_bytes ",
        "mediane_searches_running 0",
        "mediane_ready 1",
        "# EOF",
    ] {
        assert!(metrics.contains(said), "{said} is not in\n{metrics}");
    }
    assert_eq!(served.get("/metrics").status(), 404, "metrics are not public");
}

#[test]
fn an_answer_names_its_request_as_the_log_does() {
    let served = Served::with(&["--log", "json"]);
    let ask = |id: &str, path: &str| {
        let answer =
            Client::new().get(format!("http://{}{path}", served.address)).header("x-request-id", id).send().unwrap();
        header(&answer, "x-request-id")
    };
    // Programs of this machine are proxies that are trusted; what could forge a line is not taken from them either.
    assert_eq!(ask("of-the-proxy.1", "/health/live"), "of-the-proxy.1");
    let made = ask("a b", "/nowhere");
    assert!(!made.is_empty() && made != "a b", "{made}");
    let ids: Vec<String> = served.lines(2).iter().map(|line| line["request"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["of-the-proxy.1".to_owned(), made]);
}

#[test]
fn a_stop_turns_readiness_red_before_it_refuses_anybody() {
    let mut served = Served::with(&["--shutdown-delay", "1500ms"]);
    assert_eq!(served.ready()["status"], "ready");
    let begun = Instant::now();
    let told = Command::new("kill").arg("-TERM").arg(served.process.id().to_string()).status().unwrap();
    assert!(told.success());
    let red = until(Duration::from_secs(1), || Some(()).filter(|()| served.get("/health/ready").status() == 503));
    assert!(red.is_some(), "{}", served.log());
    assert!(served.metrics().contains("mediane_ready 0"));
    // Whoever comes before the balancer has seen it is still answered.
    assert_eq!(served.get("/api/nearest?commune=23096").status(), 200);
    let ended = served.process.wait().unwrap();
    assert!(ended.success() && begun.elapsed() >= Duration::from_millis(1500), "{ended} after {:?}", begun.elapsed());
}

/// Runs a command to its end: code, standard output, standard error.
fn run(line: &[&str]) -> (i32, String, String) {
    let output = Command::new(MEDIANE).args(line).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_is_wrong_with_a_file_ends_the_start_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.toml");
    fs::write(&path, "workers = 2\nlistenn = \"127.0.0.1:0\"\n").unwrap();
    let file = path.to_str().unwrap();
    for command in ["serve", "config", "doctor"] {
        let (code, out, err) = run(&[command, "--config", file]);
        assert_eq!((code, out.as_str()), (2, ""), "{command}: {err}");
        assert!(err.contains(&format!("{file}:2:1: unknown key `listenn`; did you mean `listen`?")), "{err}");
    }
    let (code, _, err) = run(&["serve", "--public-url", "javascript:alert(1)"]);
    assert_eq!(code, 2);
    assert!(err.contains("--public-url"), "{err}");
    let (code, _, err) = run(&["serve"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("MEDIANE_EDITION"), "{err}");
}

#[test]
fn a_variable_stands_between_the_file_and_the_flag() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.toml");
    fs::write(&path, "workers = 3\nkeep_editions = 4\nlisten = \"127.0.0.1:1\"\n").unwrap();
    let mut command = Command::new(MEDIANE);
    command.args(["config", "--listen", "127.0.0.1:2"]).env("MEDIANE_CONFIG", &path);
    command.env("MEDIANE_WORKERS", "5").env("MEDIANE_LISTEN", "127.0.0.1:3").env("MEDIANE_PUBLISHER", "");
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let line = |name: &str| said.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    assert!(line("workers").contains("= 5 ") && line("workers").ends_with("# MEDIANE_WORKERS"), "{said}");
    assert!(line("listen").contains("127.0.0.1:2") && line("listen ").ends_with("# --listen"), "{said}");
    assert!(line("keep_editions").contains("= 4 ") && line("keep_editions").ends_with("m.toml:2:17"), "{said}");
    assert!(said.contains("# publisher is not set"), "an empty variable says nothing: {said}");
    // What it prints can be given back.
    let back = folder.path().join("back.toml");
    fs::write(&back, &said).unwrap();
    let (code, again, err) = run(&["config", "--config", back.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    assert!(again.lines().any(|line| line.starts_with("workers ") && line.contains("= 5 ")), "{again}");
}

#[test]
fn the_doctor_finds_what_is_well_and_what_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let id = published(&out);
    let store = folder.path().join("s.sqlite");
    let line =
        ["doctor", "--listen", "127.0.0.1:0", "--edition", out.to_str().unwrap(), "--store", store.to_str().unwrap()];
    let (code, said, err) = run(&line);
    assert!(code == 0 || code == 7, "{code}: {said}{err}");
    assert!(said.contains(&format!("{id} is whole")) && said.contains("will be made by the service"), "{said}");
    assert!(!store.exists(), "a look leaves nothing behind");

    // A file of the edition that is no longer itself.
    let file = out.join("current/venues.parquet");
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken_at = taken.local_addr().unwrap().to_string();
    fs::write(&store, "no database at all, though it has some length to it").unwrap();
    let mut line = line;
    line[2] = &taken_at;
    let (code, said, _) = run(&line);
    assert_eq!(code, 4, "{said}");
    let broken: Vec<&str> = said.lines().filter(|line| line.starts_with("BROKEN")).collect();
    assert_eq!(broken.len(), 3, "edition, store and port: {said}");
    assert!(broken.iter().all(|line| line.contains("; ")), "each says what to do: {broken:?}");
}

#[test]
fn the_program_describes_itself_to_shells_and_packages() {
    let (code, said, _) = run(&["version"]);
    assert!(code == 0 && said.contains("edition layout"), "{said}");
    for shell in ["bash", "zsh", "fish"] {
        let (code, said, _) = run(&["completions", shell]);
        assert!(code == 0 && said.contains("public-url"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let (code, ..) = run(&["man", "--out", folder.path().to_str().unwrap()]);
    let page = fs::read_to_string(folder.path().join("mediane-serve.1")).unwrap();
    assert!(code == 0 && page.contains("shutdown"), "{page}");
}
