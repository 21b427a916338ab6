//! A publication whose disk fails leaves the edition that was there whole, or publishes the new one whole; the next one works.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use mediane::ingest::edition::open;

use super::{Fault, step, with_fault};
use crate::workshop::{Workshop, build_of, rows};

fn build(folder: &Path) -> Command {
    let mut command = build_of(folder);
    command.args(["--force", "a fault is tried"]);
    command
}

/// The folders of editions.
fn editions(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder.join("out/editions")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_publication_whose_disk_fails_leaves_an_edition_that_is_whole_and_the_next_one_works() {
    let workshop = Workshop::with_list();
    workshop.build();
    let before = open(&workshop.path("out")).unwrap().edition().id.clone();
    // The list of the publication that is to fail: more venues.
    workshop.file("liste.csv", rows(26, 0.0));
    let (mut tried, mut kept, mut published) = (0, 0, 0);
    for kind in ["broken", "full"] {
        for at in (1..).step_by(step(9)) {
            let folder = tempfile::tempdir().unwrap();
            let copied = Command::new("cp").arg("-a").arg(workshop.path(".")).arg(folder.path()).status().unwrap();
            assert!(copied.success());
            // The process in which a build reads and writes: the one that people start hands it none of its environment.
            let mut reading = build(folder.path());
            reading.arg("--reading");
            let end = with_fault(reading, folder.path(), "out", Fault { kind, at, lasts: 3 });
            let when = format!("{kind} at {at}: {}\n{:?}", end.said, end.operations.last());
            if end.failed() == 0 {
                assert!(end.succeeded, "{when}");
                break;
            }
            tried += 1;
            // Opened with every checksum of the manifest: what is current is one edition or the other.
            let atlas = open(&folder.path().join("out")).unwrap_or_else(|error| panic!("{when}: {error}"));
            let venues = atlas.venues().len();
            if atlas.edition().id == before {
                assert_eq!(venues, 20, "{when}");
                assert!(!end.succeeded, "it said that it published: {when}");
                kept += 1;
            } else {
                assert_eq!(venues, 26, "{when}");
                published += 1;
            }
            // A failure is said in words, with what to look at.
            assert!(end.succeeded || end.said.contains("os error"), "{when}");
            let again = build(folder.path()).output().unwrap();
            assert!(again.status.success(), "{when}: then {}", String::from_utf8_lossy(&again.stderr));
            let after = open(&folder.path().join("out")).unwrap();
            assert_eq!(after.venues().len(), 26, "{when}");
            // Nothing is left of the half of an edition.
            let of_both = BTreeSet::from([before.clone(), after.edition().id.clone()]);
            assert_eq!(editions(folder.path()), of_both, "{when}");
        }
    }
    println!("{tried} faults: {kept} times the edition of before stayed, {published} times the new one stands");
    assert!(tried > 20 && kept > 10, "{tried} tried, {kept} kept");
}
