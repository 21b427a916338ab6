//! Editions that were damaged, deleted or half deleted: what is served, what stays, what is said.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use mediane::ingest::edition::{Lock, open, publish, write};
use mediane::ingest::report::Report;

use super::{Served, published};
use crate::support::{day, sample_leaves};

/// Publishes the small country as of a day of August, keeps so many others, and returns its id.
fn published_as_of(out: &Path, of_month: u32, keep: usize) -> String {
    let lock = Lock::take(out).unwrap();
    let workshop = lock.workshop().unwrap();
    let mut leaves = sample_leaves();
    leaves.edition.as_of = Some(day(2024, 8, of_month));
    leaves.venues[0].name = format!("Lieu du {of_month}");
    write(&workshop, &leaves, &mediane::atlas::Checks::default(), Vec::new(), &Report::default()).unwrap();
    publish(&lock, &workshop, keep).unwrap()
}

/// Numbers without pattern, always the same (xorshift of Marsaglia, 2003).
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state = 88_172_645_463_325_252_u64;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    }
}

fn flip(path: &Path, byte: usize, bit: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[byte] ^= 1 << bit;
    fs::write(path, bytes).unwrap();
}

#[test]
fn of_five_hundred_flipped_bits_none_is_accepted() {
    // P7: half of them in the manifest, which nothing but its own name vouches for.
    let folder = tempfile::tempdir().unwrap();
    published(folder.path());
    let current = folder.path().join("current");
    let names: Vec<_> = fs::read_dir(&current).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut number = numbers();
    let mut accepted = Vec::new();
    for turn in 0..500 {
        let path = if turn % 2 == 0 { current.join("manifest.json") } else { names[number(names.len())].clone() };
        let length = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
        let (byte, bit) = (number(length), number(8));
        flip(&path, byte, bit);
        if open(folder.path()).is_ok() {
            accepted.push((path.clone(), byte, bit));
        }
        flip(&path, byte, bit);
    }
    assert!(accepted.is_empty(), "{} of 500: {accepted:?}", accepted.len());
    assert!(open(folder.path()).is_ok());
}

#[test]
fn a_damaged_edition_gives_way_to_the_one_before_and_that_is_said() {
    for damaged in ["venues.parquet", "manifest.json"] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let [oldest, before, last] = [1, 2, 3].map(|day| published_as_of(&out, day, 12));
        flip(&out.join("editions").join(&last).join(damaged), 40, 3);
        let served = Served::on(folder, &[]);
        let ready = served.ready();
        assert_eq!(ready["edition"], before, "{damaged}: {}", served.log());
        assert!(served.log().contains(&format!("edition {before} is served in its place")), "{}", served.log());
        assert!(served.log().contains("damaged"), "{}", served.log());
        if damaged == "venues.parquet" {
            assert_eq!(ready["refused"], serde_json::json!([last]));
            assert!(served.metrics().contains("mediane_editions_refused 1"));
        }
        let listed = served.get("/api/editions").text().unwrap();
        assert!(listed.contains(&oldest), "{listed}");
        // A new one takes over as always.
        let next = published_as_of(&served.folder.path().join("out"), 4, 12);
        let taken_up = super::until(std::time::Duration::from_secs(5), || {
            let ready = served.ready();
            (ready["edition"] == next.as_str()).then_some(())
        });
        assert!(taken_up.is_some(), "{}", served.log());
    }
}

#[test]
fn pruning_goes_by_the_order_of_publication_and_touches_nothing_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let (out, editions) = (folder.path(), folder.path().join("editions"));
    let [first, second, third] = [1, 2, 3].map(|day| published_as_of(out, day, 12));
    // Somebody looked into the oldest one, and keeps things of their own beside.
    fs::write(editions.join(&first).join("note.txt"), "").unwrap();
    fs::create_dir(editions.join("notes")).unwrap();
    fs::create_dir(editions.join("0123456789abcdef")).unwrap();
    fs::write(editions.join("0123456789abcdef/manifest.json"), "{}").unwrap();
    let fourth = published_as_of(out, 4, 1);
    let mut left: Vec<String> =
        fs::read_dir(&editions).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    let mut expected = vec!["0123456789abcdef".to_owned(), "notes".to_owned(), third.clone(), fourth.clone()];
    expected.sort();
    assert_eq!(left, expected, "of {first}, {second}, {third}, {fourth}");
    // One that is published again is the latest again.
    assert_eq!(published_as_of(out, 3, 0), third);
    assert!(!editions.join(&fourth).exists() && open(out).is_ok());
}

#[test]
fn half_an_edition_that_a_kill_left_behind_is_cleared_and_offered_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let id = published(folder.path());
    let half = folder.path().join("editions").join(format!(".gone-{id}"));
    fs::create_dir(&half).unwrap();
    fs::copy(folder.path().join("current/manifest.json"), half.join("manifest.json")).unwrap();
    assert_eq!(mediane::ingest::edition::on_disk(folder.path()).len(), 1);
    drop(Lock::take(folder.path()).unwrap());
    assert!(!half.exists());
}

#[test]
fn a_lock_held_by_a_stopped_process_says_so_and_how_to_free_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(Lock::take(folder.path()).unwrap());
    let lock = folder.path().join(".lock");
    let mut holder =
        Command::new("flock").arg("--no-fork").arg(&lock).args(["sleep", "60"]).stdin(Stdio::null()).spawn().unwrap();
    let id = holder.id().to_string();
    let refused = || Lock::take(folder.path()).err().map(|error| error.to_string());
    assert!(super::until(std::time::Duration::from_secs(5), refused).is_some(), "the other one holds it");
    fs::write(&lock, &id).unwrap();
    let said = super::until(std::time::Duration::from_secs(5), refused).unwrap();
    assert!(said.contains(&format!("process {id}")) && !said.contains("stopped"), "{said}");
    assert!(Command::new("kill").args(["-STOP", &id]).status().unwrap().success());
    let stopped =
        || refused().filter(|said| said.contains("was stopped") && said.contains(&format!("kill -KILL {id}")));
    let said = super::until(std::time::Duration::from_secs(5), stopped);
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(said.is_some());
    assert!(super::until(std::time::Duration::from_secs(5), || Lock::take(folder.path()).ok()).is_some(), "free again");
}
