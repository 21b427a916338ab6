//! Publishing while visitors ask: nothing is lost, nothing is mixed.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mediane::ingest::edition::{Lock, publish, write};
use mediane::ingest::report::Report;
use reqwest::blocking::Client;
use serde_json::Value;

use super::shelf::marked;
use super::{AUGUST, SEPTEMBER, house};
use crate::support::header;

/// Longest time until a published edition is served.
const SERVED_WITHIN: Duration = Duration::from_secs(5);

#[test]
fn a_hundred_publications_lose_no_request_and_mix_no_answer() {
    let (shelf, editions, address) = house();
    let paths = [
        "/api/nearest?position=1.87,46.17",
        "/",
        "/?lieu=gueret",
        "/tiles/venues/14/8277/5817.mvt",
        "/ogc/collections/venues/items",
    ];
    let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let faults: Vec<String> = std::thread::scope(|scope| {
        let ask = || {
            let (client, mut faults, mut turn) = (Client::new(), Vec::new(), 0);
            while !over.load(Ordering::Relaxed) {
                let path = paths[turn % paths.len()];
                turn += 1;
                asked.fetch_add(1, Ordering::Relaxed);
                let Ok(response) = client.get(format!("http://{address}{path}")).send() else {
                    faults.push(format!("{path}: no answer"));
                    continue;
                };
                let (status, edition, tag) =
                    (response.status(), header(&response, "mediane-edition"), header(&response, "etag"));
                let body = String::from_utf8_lossy(&response.bytes().unwrap()).into_owned();
                let (own, other) = if edition == AUGUST { ("août", "septembre") } else { ("septembre", "août") };
                let shows_venues = path != "/" && path != "/?lieu=gueret";
                let whole =
                    status == 200 && !body.contains(&format!(" d'{other}")) && !body.contains(&format!(" de {other}"));
                // `/` with a place is never kept, so it has no tag.
                let tagged = tag.contains(&edition) || tag.is_empty() && path.contains("lieu");
                let shown = !shows_venues || body.contains(own);
                let named = !path.starts_with("/?") && path != "/" || body.contains(&edition);
                if !(whole && tagged && shown && named && [AUGUST, SEPTEMBER].contains(&edition.as_str())) {
                    faults.push(format!("{path}: {status}, edition {edition}, tag {tag}"));
                }
            }
            faults
        };
        let clients = [scope.spawn(ask), scope.spawn(ask)];
        for turn in 0..100 {
            let next = [AUGUST, SEPTEMBER][turn % 2];
            shelf.publish(next);
            editions.refresh();
            assert_eq!(editions.current().id(), next);
            // The next publication waits until somebody has seen this one.
            let seen = asked.load(Ordering::Relaxed);
            while asked.load(Ordering::Relaxed) < seen + 4 {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        over.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    assert!(
        faults.is_empty(),
        "{} of {}: {:?}",
        faults.len(),
        asked.load(Ordering::Relaxed),
        &faults[..faults.len().min(5)]
    );
}

/// `mediane serve` on a folder, ended with the test.
struct Served {
    process: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Served {
    fn on(folder: &Path, log: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mediane"));
        command.args(["serve", "--quiet", "--listen", "127.0.0.1:0", "--edition"]).arg(folder);
        let process = command.stderr(Stdio::from(fs::File::create(log).unwrap())).spawn().unwrap();
        let found = until(Duration::from_secs(20), || {
            let said = fs::read_to_string(log).unwrap();
            said.split("listening on http://").nth(1).and_then(|rest| rest.split_once('/')).map(|(at, _)| at.to_owned())
        });
        Self { process, address: found.expect("the service begins to listen") }
    }

    fn in_force(&self) -> String {
        let text = reqwest::blocking::get(format!("http://{}/api/editions", self.address)).unwrap().text().unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["current"].as_str().unwrap().to_owned()
    }
}

fn until<T>(longest: Duration, look: impl Fn() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        let seen = look();
        if seen.is_some() || begun.elapsed() > longest {
            return seen;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Publishes a small edition that somebody may spoil before, and returns its id.
fn published(out: &Path, date: (i32, u32, u32), mark: &str, spoil: impl FnOnce(&Path)) -> String {
    let lock = Lock::take(out).unwrap();
    let workshop = lock.workshop().unwrap();
    write(&workshop, &marked("", date, mark), &mediane::atlas::Checks::default(), Vec::new(), &Report::default())
        .unwrap();
    spoil(&workshop);
    publish(&lock, &workshop, 12).unwrap()
}

#[test]
fn a_running_service_takes_up_what_is_published_and_refuses_what_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let (out, log) = (folder.path().join("out"), folder.path().join("log"));
    let first = published(&out, (2024, 8, 1), "d'août", |_| {});
    let served = Served::on(&out, &log);
    assert_eq!(served.in_force(), first);

    let second = published(&out, (2024, 9, 1), "de septembre", |_| {});
    let taken_up = until(SERVED_WITHIN, || Some(()).filter(|()| served.in_force() == second));
    assert!(taken_up.is_some(), "{}", fs::read_to_string(&log).unwrap());

    // The folder of the first goes: what is open stays, downloads too.
    fs::remove_dir_all(out.join("editions").join(&first)).unwrap();
    let old = |path: &str| reqwest::blocking::get(format!("http://{}{path}?edition={first}", served.address)).unwrap();
    assert!(old("/lieux/v-centre").text().unwrap().contains("d&#39;août"));
    assert!(old("/donnees/fichiers/venues.parquet").bytes().unwrap().starts_with(b"PAR1"));

    let third = published(&out, (2024, 10, 1), "d'octobre", |workshop| {
        fs::write(workshop.join("venues.parquet"), b"PAR1 and no more").unwrap();
    });
    let told = || fs::read_to_string(&log).unwrap();
    let refused = || told().contains(&format!("edition {second} stays in force")).then_some(());
    assert!(until(SERVED_WITHIN, refused).is_some(), "{}", told());
    assert!(told().contains(&format!("edition {third} refused: ")) && told().contains("damaged"), "{}", told());
    assert_eq!(served.in_force(), second);
    assert_eq!(reqwest::blocking::get(format!("http://{}/?edition={third}", served.address)).unwrap().status(), 404);

    // Published again it is whole again, and a hang-up makes the service look at once.
    assert_eq!(published(&out, (2024, 10, 1), "d'octobre", |_| {}), third);
    let hung_up = Command::new("kill").args(["-HUP", &served.process.id().to_string()]).status().unwrap();
    assert!(hung_up.success());
    let taken_up = until(SERVED_WITHIN, || Some(()).filter(|()| served.in_force() == third));
    assert!(taken_up.is_some(), "{}", told());
}
