//! A store in a file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{at, content, contract, id, once, owner, plans, scenario, wait};
use crate::ports::*;
use crate::store::{Location, SqlStore};

fn open(path: &Path) -> SqlStore {
    SqlStore::open(&Location::Sqlite(path.into())).unwrap()
}

#[test]
fn a_file_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    contract::kept_by(&open(&folder.path().join("un dossier 100 %/é?.sqlite")));
}

#[test]
fn jobs_in_a_file_keep_their_contract() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.sqlite");
    plans::kept_by(&open(&path), &open(&path));
    once::kept_by(&open(&path), &open(&path));
}

#[test]
fn what_was_saved_is_there_after_a_restart_and_the_tables_are_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.sqlite");
    let written = scenario(1, 1, content("un", Visibility::Private));
    wait(open(&path).create(written.clone())).unwrap();
    assert_eq!(wait(open(&path).read(id(1), None)), Ok(Some(written)));
}

#[test]
fn a_new_store_can_be_read_by_its_user_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dossier/s.sqlite");
    let store = open(&path);
    wait(store.create(scenario(1, 1, content("un", Visibility::Private)))).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        let file = entry.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn what_is_deleted_is_no_longer_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("s.sqlite"));
    let holds = |text: &str| {
        let mut files = fs::read_dir(folder.path()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        files.any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    };
    for title in ["TITRE-A-OUBLIER", "TITRE-A-GARDER"] {
        let number = title.len() as u8;
        wait(store.create(scenario(number, 1, content(title, Visibility::Private)))).unwrap();
        wait(store.save(id(number), owner(1), Expected::Any, content(title, Visibility::Shared), at(5))).unwrap();
        assert!(holds(title));
    }
    wait(store.delete(id(15), owner(1), Expected::Any)).unwrap();
    assert!(!holds("TITRE-A-OUBLIER"));
    assert!(holds("TITRE-A-GARDER"));
}

#[test]
fn tables_of_a_later_version_and_files_that_are_no_store_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.sqlite");
    let store = open(&path);
    store.force_version(99);
    drop(store);
    let refused = SqlStore::open(&Location::Sqlite(path)).unwrap_err();
    assert!(matches!(&refused, StoreError::Broken(text) if text.contains("version 99")), "{refused}");
    let text = folder.path().join("notes.txt");
    fs::write(&text, "rien de tel ".repeat(1_000)).unwrap();
    assert!(matches!(SqlStore::open(&Location::Sqlite(text)), Err(StoreError::Broken(_))));
    assert!(matches!(SqlStore::open(&Location::Sqlite(folder.path().into())), Err(StoreError::Broken(_))));
}

#[test]
fn a_path_or_a_url_names_a_store_and_a_password_is_not_shown() {
    let read = |text: &str| text.parse::<Location>();
    assert_eq!(read("scenarios.sqlite"), Ok(Location::Sqlite("scenarios.sqlite".into())));
    let remote = read("postgres://moi:secret@base/mediane").unwrap();
    assert_eq!(format!("{remote:?}"), "Postgres(…)");
    assert!(read("mysql://base").unwrap_err().to_string().contains("mysql"));
}

#[test]
fn what_is_refused_gives_its_connection_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("s.sqlite"));
    wait(store.create(scenario(1, 1, content("un", Visibility::Private)))).unwrap();
    for _ in 0..20 {
        let saved = wait(store.save(id(1), owner(2), Expected::Any, content("autre", Visibility::Private), at(5)));
        assert_eq!(saved, Err(StoreError::NotFound));
        let saved =
            wait(store.save(id(1), owner(1), Expected::Version(9), content("tard", Visibility::Private), at(5)));
        assert_eq!(saved, Err(StoreError::Conflict(1)));
    }
    assert_eq!(
        wait(store.save(id(1), owner(1), Expected::Version(1), content("deux", Visibility::Private), at(6))),
        Ok(2)
    );
}
