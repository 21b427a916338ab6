//! Processes that end while they search.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::*;
use crate::placements::country::plain;
use crate::running::{Served, published_of};

fn served(editions: &Path, store: &str) -> Served {
    let folder = tempfile::tempdir().unwrap();
    let more = ["--store", store, "--log", "human", "--shutdown-delay", "0s"];
    Served::of(editions.to_str().unwrap(), folder, &more)
}

/// Plans that a process is searching for, by its own metrics.
fn searching(server: &Served) -> usize {
    let metrics = server.metrics();
    let line = metrics.lines().find(|line| line.starts_with("mediane_searches_running ")).unwrap().to_owned();
    line.rsplit_once(' ').unwrap().1.parse::<f64>().unwrap() as usize
}

fn end(server: &mut Served, signal: &str) {
    let told = Command::new("kill").arg(signal).arg(server.process.id().to_string()).status().unwrap();
    assert!(told.success());
    server.process.wait().unwrap();
}

/// A search that takes this long, whatever is found.
fn long(seconds: u32, seed: u32) -> Value {
    let mut asked = question(187, seconds, 1_000_000);
    asked["seed"] = seed.into();
    asked
}

#[test]
fn when_the_process_that_searches_is_killed_another_finishes_the_plan() {
    let Some(cluster) = postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    published_of(&plain(), folder.path());
    let mut servers = [(); 2].map(|()| served(folder.path(), &cluster.url()));
    let (id, _) = begun(&servers[0].address, &long(6, 1));
    job_when(&servers[1].address, &id, 20, "running");
    let working = until(Duration::from_secs(5), || servers.iter().position(|server| searching(server) == 1)).unwrap();
    assert_eq!(servers.iter().map(searching).sum::<usize>(), 1, "one process searches, and no other");
    end(&mut servers[working], "-KILL");
    let killed = Instant::now();
    let left = &servers[1 - working];
    assert_eq!(job(&left.address, &id)["status"], "running", "nobody knows yet");
    let done = job_when(&left.address, &id, 60, "done");
    eprintln!("the plan was there {:.1} s after its process was killed", killed.elapsed().as_secs_f64());
    assert!(done["answer"]["sites"].as_array().is_some_and(|sites| !sites.is_empty()), "{}", left.log());

    // A process that is told to stop gives its job back: nobody waits for the lease.
    let other = served(folder.path(), &cluster.url());
    let mut servers = servers;
    servers[working] = other;
    let (id, _) = begun(&servers[0].address, &long(4, 2));
    let working = until(Duration::from_secs(20), || servers.iter().position(|server| searching(server) == 1)).unwrap();
    end(&mut servers[working], "-INT");
    let stopped = Instant::now();
    let left = &servers[1 - working];
    job_when(&left.address, &id, 30, "done");
    let took = stopped.elapsed();
    assert!(took < Duration::from_secs(13), "{took:?}: it waited for the lease\n{}", left.log());
}

#[test]
fn a_plan_in_flight_outlives_the_restart_of_the_only_process() {
    let folder = tempfile::tempdir().unwrap();
    let (editions, store) = (folder.path().join("out"), folder.path().join("s.sqlite"));
    published_of(&plain(), &editions);
    let store = store.to_str().unwrap();
    let mut server = served(&editions, store);
    let (done, _) = begun(&server.address, &question(5, 20, 2));
    let before = job_when(&server.address, &done, 30, "done");
    let (id, key) = begun(&server.address, &long(5, 3));
    job_when(&server.address, &id, 20, "running");
    end(&mut server, "-KILL");
    let mut server = served(&editions, store);
    let after = job(&server.address, &done);
    assert_eq!(after["answer"], before["answer"], "what was found is there");
    job_when(&server.address, &id, 60, "done");
    // The key that was given before still is one.
    let (status, told) = withdrawn(&server.address, &id, &key);
    assert_eq!((status, &told["status"]), (200, &"done".into()), "what is done is not taken back");
    end(&mut server, "-INT");
}

#[test]
fn a_question_about_an_edition_that_no_process_has_says_so() {
    let Some(cluster) = postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    let [here, elsewhere] = ["here", "elsewhere"].map(|name| folder.path().join(name));
    published_of(&plain(), &elsewhere);
    let mut other = plain();
    other.communes.truncate(100);
    published_of(&other, &here);
    let mut first = served(&elsewhere, &cluster.url());
    // Its process is busy, and then gone with its edition, before the question has its turn.
    begun(&first.address, &long(30, 4));
    let (id, _) = begun(&first.address, &question(5, 5, 2));
    end(&mut first, "-INT");
    let left = served(&here, &cluster.url());
    let told = until(Duration::from_secs(40), || {
        let response = left.get(&format!("{PATH}/{id}"));
        let text = response.text().unwrap();
        Some(text.clone()).filter(|text| !text.contains("\"queued\""))
    });
    let told = told.expect("it waits for ever");
    assert!(told.contains("edition"), "{told}");
}
