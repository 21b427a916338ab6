//! A store whose disk fails for a while loses nothing it acknowledged, and takes writes again without a restart.

use std::fs;
use std::path::Path;

use mediane::ports::{Content, Expected, ID_BYTES, Owner, Scenario, ScenarioId, ScenarioStore, Visibility};
use mediane::store::{Location, SqlStore};

use super::{Fault, WORK, step, this_test, with_fault};
use crate::support::noon;

const TEST: &str = "faults::stored::a_store_whose_disk_fails_loses_nothing_it_acknowledged_and_goes_on";
/// Scenarios that are written.
const WRITTEN: u8 = 12;
/// Operations of the disk that fail, one after the other.
const LASTS: usize = 3;

fn id(number: u8) -> ScenarioId {
    ScenarioId::of_bytes([number; ID_BYTES])
}

fn owner() -> Owner {
    Owner::of_hash(b"one")
}

fn scenario(number: u8) -> Scenario {
    let content = content(number, 1);
    Scenario { id: id(number), owner: owner(), version: 1, created: noon(), updated: noon(), content }
}

fn content(number: u8, version: u32) -> Content {
    Content {
        title: format!("Scénario {number}, {version}"),
        territory: "departements/23".into(),
        // Several pages of the database.
        document: format!("{{\"text\":\"{}\"}}", "a".repeat(9_000)),
        visibility: Visibility::Published,
    }
}

fn wait<T>(answer: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(answer)
}

fn open(folder: &Path) -> Result<SqlStore, mediane::ports::StoreError> {
    SqlStore::open(&Location::Sqlite(folder.join("store/s.sqlite")))
}

/// Writes, changes and deletes, and says what was acknowledged; each is tried once.
fn write(folder: &Path) {
    let store = match open(folder) {
        Ok(store) => store,
        Err(error) => return println!("refused {error:?}"),
    };
    for number in 0..WRITTEN {
        let told = wait(store.create(scenario(number)));
        println!("created {number} {}", told.is_ok());
        if told.is_ok() && number % 3 == 0 {
            let saved = wait(store.save(id(number), owner(), Expected::Version(1), content(number, 2), noon()));
            println!("saved {number} {}", saved.is_ok());
        }
        if told.is_ok() && number % 3 == 1 {
            let deleted = wait(store.delete(id(number), owner(), Expected::Version(1)));
            println!("deleted {number} {}", deleted.is_ok());
        }
    }
    // The disk fails at a few operations in a row, and each write takes at least one: then the same store takes writes again.
    let mut failures = 0;
    for number in 100.. {
        let told = wait(store.create(scenario(number)));
        failures += usize::from(told.is_err());
        assert!(failures <= LASTS, "{told:?}");
        // One more after the last that failed, wherever the fault began.
        if told.is_ok() && number > 100 + LASTS as u8 {
            break;
        }
    }
}

#[test]
fn a_store_whose_disk_fails_loses_nothing_it_acknowledged_and_goes_on() {
    if let Some(folder) = std::env::var_os(WORK) {
        write(Path::new(&folder));
        return;
    }
    let (mut tried, mut stopped) = (0, 0);
    for kind in ["broken", "full"] {
        for at in (1..).step_by(step(5)) {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("store")).unwrap();
            let end =
                with_fault(this_test(TEST, folder.path()), folder.path(), "store", Fault { kind, at, lasts: LASTS });
            let when = format!("{kind} at {at}: {}\n{:?}", end.said, end.operations.last());
            if end.failed() == 0 {
                assert!(end.succeeded, "{when}");
                break;
            }
            tried += 1;
            // A store that cannot be made says so; then it can.
            let refused = end.said.contains("refused");
            stopped += usize::from(refused);
            assert!(end.succeeded, "{when}");
            let store = open(folder.path()).unwrap_or_else(|error| panic!("{when}: {error:?}"));
            let told = |what: &str, number: u8| {
                let line = format!("{what} {number} ");
                end.said.lines().find_map(|said| said.split_once(&line)).map(|(_, kept)| kept.trim() == "true")
            };
            for number in (0..WRITTEN).filter(|_| !refused) {
                let read = wait(store.read(id(number), None)).unwrap();
                match (told("created", number), told("saved", number), told("deleted", number)) {
                    (Some(true), _, Some(true)) => assert_eq!(read, None, "{when}: {number} was deleted"),
                    // What was not acknowledged is there whole, or not at all.
                    (Some(true), _, Some(false)) => {}
                    (Some(true), Some(true), _) => assert_eq!(read.unwrap().content, content(number, 2), "{when}"),
                    (Some(true), Some(false), _) => {
                        let read = read.unwrap();
                        assert_eq!(read.content, content(number, read.version), "{when}");
                    }
                    (Some(true), None, None) => assert_eq!(read.unwrap().content, content(number, 1), "{when}"),
                    (Some(false), ..) => assert!(read.is_none_or(|read| read.content == content(number, 1)), "{when}"),
                    (None, ..) => panic!("nothing was said of {number}: {when}"),
                }
            }
            wait(store.create(scenario(200))).unwrap_or_else(|error| panic!("{when}: {error:?}"));
        }
    }
    println!("{tried} faults: {stopped} times the store could not be opened");
    assert!(tried > 20, "{tried}");
}
