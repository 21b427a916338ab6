//! The store of scenarios, taken and given back while people write.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use mediane::ports::{Content, ID_BYTES, Owner, Scenario, ScenarioId, ScenarioStore, Visibility};
use mediane::store::{Location, SqlStore, back_up, restore};

use super::run;
use crate::support::noon;

fn scenario(number: u16) -> Scenario {
    let mut bytes = [0; ID_BYTES];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    let content = Content {
        title: format!("Scénario {number}"),
        territory: "departements/23".into(),
        document: "{}".into(),
        visibility: Visibility::Private,
    };
    let owner = Owner::of_hash(&number.to_be_bytes());
    Scenario { id: ScenarioId::of_bytes(bytes), owner, version: 1, created: noon(), updated: noon(), content }
}

fn open(path: &Path) -> SqlStore {
    SqlStore::open(&Location::Sqlite(path.into())).unwrap()
}

fn wait<T>(answer: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(answer)
}

#[test]
fn every_copy_taken_while_people_write_is_whole_and_holds_what_was_acknowledged_before() {
    // P27
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.sqlite");
    let store = open(&path);
    let (over, written) = (AtomicBool::new(false), std::sync::atomic::AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..u16::MAX {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                wait(store.create(scenario(number))).unwrap();
                written.store(u64::from(number) + 1, Ordering::SeqCst);
            }
        });
        for turn in 0..30 {
            let before = written.load(Ordering::SeqCst);
            let copy = folder.path().join(format!("{turn}.copy"));
            let copied = back_up(&path, &copy);
            let after = written.load(Ordering::SeqCst);
            let copied = copied.unwrap_or_else(|error| panic!("{turn}: {error}"));
            assert!((before..=after + 1).contains(&copied.scenarios), "{before} ≤ {} ≤ {after}", copied.scenarios);
        }
        over.store(true, Ordering::Relaxed);
    });
    // The last one takes the place of a store that is gone.
    let again = folder.path().join("again.sqlite");
    let restored = restore(&folder.path().join("29.copy"), &again).unwrap();
    let back = open(&again);
    for number in 0..u16::try_from(restored.scenarios).unwrap() {
        assert_eq!(wait(back.read(scenario(number).id, None)).unwrap(), Some(scenario(number)));
    }
    wait(back.create(scenario(u16::MAX))).unwrap();
}

#[test]
fn what_is_no_whole_store_is_not_restored_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let text = |name: &str| at(name).to_str().unwrap().to_owned();
    wait(open(&at("s.sqlite")).create(scenario(1))).unwrap();
    let (code, said, err) = run(&["backup", "--store", &text("s.sqlite"), "--file", &text("copy")]);
    assert!(code == 0 && said.contains("whole, 1 scenarios"), "{said}{err}");
    let (code, _, err) = run(&["backup", "--store", &text("s.sqlite"), "--file", &text("copy")]);
    assert!(code == 4 && err.contains("is there already"), "{err}");
    let bytes = fs::read(at("copy")).unwrap();
    fs::write(at("half"), &bytes[..bytes.len() / 2]).unwrap();
    fs::write(at("text"), "no store").unwrap();
    fs::write(at("empty"), "").unwrap();
    for wrong in ["half", "text", "empty", "absent"] {
        let (code, _, err) = run(&["restore", "--store", &text("new.sqlite"), "--file", &text(wrong)]);
        assert_eq!(code, 4, "{wrong}: {err}");
        assert!(!at("new.sqlite").exists() && !at("new.sqlite.part").exists(), "{wrong}");
    }
    let (code, _, err) = run(&["restore", "--store", &text("s.sqlite"), "--file", &text("copy")]);
    assert!(code == 4 && err.contains("move it away first"), "{err}");
    let (code, said, err) = run(&["restore", "--store", &text("new.sqlite"), "--file", &text("copy")]);
    assert!(code == 0 && said.contains("1 scenarios"), "{said}{err}");
    let (code, _, err) = run(&["backup", "--store", "postgres://m:secret@h/d", "--file", &text("p")]);
    assert!(code == 2 && err.contains("pg_dump") && !err.contains("secret"), "{err}");
}
