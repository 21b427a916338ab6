//! What the machine gives: space, files, time, memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::Point;
use crate::config::Settings;
use crate::http::server::MOST_CONNECTIONS;

/// Space that is little whatever the edition, in bytes.
const LITTLE: u64 = 500_000_000;
/// Memory that one edition of France and the next take together, with what answers need, in bytes: 2 GB.
const ENOUGH_MEMORY: u64 = 2_000_000_000;

/// Whether there is room for the next edition, and for what people write.
pub(super) fn disk(settings: &Settings, edition: Option<u64>) -> Vec<Point> {
    let store = settings.store.as_ref().filter(|store| !store.contains("://")).map(PathBuf::from);
    let places = [settings.edition.clone().map(|path| (path, edition)), store.map(|path| (path, None))];
    places.into_iter().flatten().filter_map(|(path, edition)| space(&path, edition)).collect()
}

/// A new edition stands beside the old one before it takes its place, with a copy of the files it was read from.
fn space(path: &Path, edition: Option<u64>) -> Option<Point> {
    let there = path.ancestors().find(|folder| folder.exists())?;
    let free = free(there);
    let needed = edition.map_or(LITTLE, |bytes| (bytes * 4).max(LITTLE));
    let (at, mb) = (there.display(), |bytes: u64| bytes / 1_000_000);
    Some(match free {
        None => Point::look("disk", format!("how much is free at {at} is not known"), "see `df`"),
        Some(free) if free < needed => {
            let found = format!("{} MB are free at {at}, a build wants {} MB", mb(free), mb(needed));
            Point::look("disk", found, "make room, or keep fewer editions (mediane build --keep)")
        }
        Some(free) => Point::well("disk", format!("{} MB are free at {at}", mb(free))),
    })
}

/// Free bytes, as `df` of POSIX tells them.
fn free(path: &Path) -> Option<u64> {
    let said = Command::new("df").arg("-Pk").arg(path).output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    said.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok().map(|kb| kb * 1024)
}

/// Whether every connection that the service would take can be open.
pub(super) fn open_files(settings: &Settings) -> Point {
    const OF: &str = "open files";
    let needed = (settings.workers * MOST_CONNECTIONS + 512) as u64;
    match rlimit::Resource::NOFILE.get() {
        Ok((soft, _)) if soft < needed => {
            let found = format!("{soft} may be open, the service takes up to {needed}: beyond, visitors are refused");
            Point::look(OF, found, "ulimit -n, or LimitNOFILE= of the unit (this shell may have less than the service)")
        }
        Ok((soft, _)) => Point::well(OF, format!("{soft} may be open, {needed} are enough")),
        Err(error) => Point::look(OF, format!("the limit is not known: {error}"), "see ulimit -n"),
    }
}

/// Whether it is later than what has happened already.
pub(super) fn clock(published: Option<SystemTime>) -> Point {
    const OF: &str = "clock";
    /// Clocks of two machines may differ by so much.
    const GRACE: Duration = Duration::from_mins(5);
    let now = SystemTime::now();
    let program = std::env::current_exe().ok().and_then(|path| fs::metadata(path).ok()?.modified().ok());
    let past = [published, program].into_iter().flatten().find(|then| *then > now + GRACE);
    let today = chrono::Utc::now().format("%Y-%m-%d %H:%M UTC");
    match past {
        Some(_) => Point::broken(
            OF,
            format!("it is {today}, before the edition or the program was made"),
            "set the clock (timedatectl)",
        ),
        None => Point::well(OF, format!("it is {today}; opening hours are those of this moment")),
    }
}

/// Whether editions have room.
pub(super) fn memory() -> Point {
    const OF: &str = "memory";
    let told = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let free = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).map(|kb| kb * 1024);
    match free {
        None => Point::look(OF, "how much is free is not known", "2 GB are enough for France"),
        Some(free) if free < ENOUGH_MEMORY => Point::look(
            OF,
            format!("{} MB are free", free / 1_000_000),
            "keep fewer editions open (keep_editions), or give it 2 GB",
        ),
        Some(free) => Point::well(OF, format!("{} MB are free", free / 1_000_000)),
    }
}
