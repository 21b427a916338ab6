//! Editions on an imaginary shelf: what is in force, what is kept, what is refused.

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;

use super::*;
use crate::atlas::{Atlas, EditionInfo, Leaves};

/// A library in memory, which notes what was opened.
#[derive(Debug, Default)]
struct Imagined {
    in_force: Mutex<String>,
    titles: Mutex<Vec<Title>>,
    damaged: Mutex<BTreeSet<String>>,
    opened: Mutex<Vec<String>>,
}

impl Library for Imagined {
    fn in_force(&self) -> Result<String, String> {
        let id = self.in_force.lock().unwrap().clone();
        if id.is_empty() { Err("no pointer".into()) } else { Ok(id) }
    }

    fn titles(&self) -> Vec<Title> {
        self.titles.lock().unwrap().clone()
    }

    fn open(&self, id: &str) -> Result<Snapshot, String> {
        self.opened.lock().unwrap().push(id.to_owned());
        assert_ne!(id, "panic", "a table that breaks its reader");
        if self.damaged.lock().unwrap().contains(id) {
            return Err("damaged".into());
        }
        let title = self.titles().into_iter().find(|title| title.id == id).ok_or("gone")?;
        let id = if id == "false" { "other".into() } else { title.id };
        let edition = EditionInfo { id, as_of: title.as_of, ..EditionInfo::default() };
        Ok(Snapshot::new(Arc::new(Atlas::bind(Leaves { edition, ..Leaves::default() }))))
    }
}

impl Imagined {
    /// Editions with their days, written in this order, the first in force.
    fn of(editions: &[(&str, Option<&str>)]) -> Arc<Self> {
        let library = Self::default();
        for (id, day) in editions {
            library.write(id, *day);
        }
        library.publish(editions[0].0);
        Arc::new(library)
    }

    fn write(&self, id: &str, day: Option<&str>) {
        let mut titles = self.titles.lock().unwrap();
        let written = SystemTime::UNIX_EPOCH + Duration::from_secs(titles.len() as u64);
        titles.push(Title {
            id: id.into(),
            as_of: day.map(|day| day.parse().unwrap()),
            demonstration: false,
            territories_vintage: String::new(),
            published: Some(written),
        });
    }

    fn publish(&self, id: &str) {
        id.clone_into(&mut self.in_force.lock().unwrap());
    }

    fn opened(&self) -> Vec<String> {
        std::mem::take(&mut self.opened.lock().unwrap())
    }
}

/// Editions that look only when told to, and what they said.
fn editions(library: &Arc<Imagined>, keep: usize) -> (Arc<Editions>, Arc<Mutex<Vec<String>>>) {
    let said: Arc<Mutex<Vec<String>>> = Arc::default();
    let hear = said.clone();
    // Milliseconds would differ from run to run.
    let tell = move |line: &str| hear.lock().unwrap().push(line.split(" in ").next().unwrap_or_default().to_owned());
    let every = Duration::from_hours(1);
    let settings = Settings { keep, every, tell: Box::new(tell), ..Settings::default() };
    (Editions::open(library.clone(), settings).unwrap(), said)
}

fn id(id: &str) -> Wanted {
    Wanted::Id(id.into())
}

/// The edition, waited for when it must be opened.
fn ask(editions: &Arc<Editions>, wanted: &Wanted) -> Option<Arc<Snapshot>> {
    match editions.find(wanted) {
        Found::Open(open) => Some(open),
        Found::Opening(opening) => wait(opening),
        Found::Unknown(_) => None,
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn wait<F: Future>(future: F) -> F::Output {
    let (mut future, waker) = (pin!(future), Waker::from(Arc::new(Unpark(std::thread::current()))));
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}

fn listed(editions: &Editions) -> Vec<(String, bool, bool)> {
    editions.list().into_iter().map(|listed| (listed.title.id, listed.current, listed.open)).collect()
}

#[test]
fn a_new_edition_comes_into_force_and_the_old_one_stays_at_hand() {
    let library = Imagined::of(&[("a", Some("2024-01-01"))]);
    let (editions, said) = editions(&library, 12);
    let held = editions.current();
    library.write("b", Some("2024-02-01"));
    library.publish("b");
    editions.refresh();
    assert_eq!((held.id(), editions.current().id()), ("a", "b"));
    assert_eq!(ask(&editions, &id("a")).unwrap().id(), "a");
    assert_eq!(library.opened(), ["a", "b"], "the one before was not opened again");
    assert_eq!(*said.lock().unwrap(), ["edition a opened", "edition b opened", "edition b is"]);
    assert_eq!(listed(&editions), [("b".into(), true, true), ("a".into(), false, true)]);
}

#[test]
fn two_alternating_editions_are_opened_once_each() {
    let library = Imagined::of(&[("a", Some("2024-01-01")), ("b", Some("2024-02-01"))]);
    let (editions, _) = editions(&library, 12);
    for turn in 0..100 {
        let next = ["b", "a"][turn % 2];
        library.publish(next);
        editions.refresh();
        assert_eq!(editions.current().id(), next);
    }
    assert_eq!(library.opened(), ["a", "b"]);
}

#[test]
fn a_damaged_edition_is_refused_once_and_the_old_one_stays() {
    for fault in ["damaged", "panic", "false"] {
        let library = Imagined::of(&[("a", None), (fault, None)]);
        library.damaged.lock().unwrap().insert("damaged".into());
        let (editions, said) = editions(&library, 12);
        library.publish(fault);
        editions.refresh();
        editions.refresh();
        assert_eq!(editions.current().id(), "a");
        assert_eq!(library.opened(), ["a", fault], "tried once");
        let said = said.lock().unwrap().clone();
        assert!(said[1].starts_with(&format!("edition {fault} refused: ")), "{said:?}");
        assert_eq!(said.last().unwrap(), "edition a stays");
        assert_eq!(listed(&editions), [("a".into(), true, true)]);
        assert!(matches!(editions.find(&id(fault)), Found::Unknown(_)));
    }
}

#[test]
fn an_edition_that_was_repaired_is_tried_again() {
    let library = Imagined::of(&[("a", None), ("b", None)]);
    library.damaged.lock().unwrap().insert("b".into());
    let (editions, _) = editions(&library, 12);
    library.publish("b");
    editions.refresh();
    assert_eq!(editions.current().id(), "a");
    library.damaged.lock().unwrap().clear();
    editions.refresh();
    assert_eq!(editions.current().id(), "a", "nothing says that it changed");
    library.titles.lock().unwrap()[1].published = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(9));
    editions.refresh();
    assert_eq!(editions.current().id(), "b");
}

#[test]
fn the_least_recently_used_edition_is_closed() {
    let library = Imagined::of(&[("now", None), ("a", None), ("b", None), ("c", None)]);
    let (editions, said) = editions(&library, 2);
    let held = ask(&editions, &id("a")).unwrap();
    ask(&editions, &id("b"));
    ask(&editions, &id("a"));
    ask(&editions, &id("c"));
    assert_eq!(library.opened(), ["now", "a", "b", "c"]);
    let open: Vec<String> = listed(&editions).into_iter().filter(|(_, _, open)| *open).map(|(id, ..)| id).collect();
    assert_eq!(open, ["now", "c", "a"]);
    assert_eq!(held.id(), "a");
    ask(&editions, &id("b"));
    assert_eq!(library.opened(), ["b"], "it is opened again on demand");
    // « a » is off the shelf too by now, but held: it is closed when it is let go.
    let closed = || said.lock().unwrap().iter().filter(|line| line.ends_with("closed")).cloned().collect::<Vec<_>>();
    assert_eq!(closed(), ["edition b closed"]);
    drop(held);
    editions.close_unused();
    assert_eq!(closed(), ["edition b closed", "edition a closed"]);
}

#[test]
fn when_memory_is_short_an_edition_takes_the_place_of_another() {
    let library = Imagined::of(&[("now", None), ("a", None), ("b", None), ("c", None)]);
    let settings = Settings { is_full: || true, every: Duration::from_hours(1), ..Settings::default() };
    let editions = Editions::open(library.clone(), settings).unwrap();
    for wanted in ["a", "b", "c"] {
        assert_eq!(ask(&editions, &id(wanted)).unwrap().id(), wanted);
    }
    let open: Vec<String> = listed(&editions).into_iter().filter(|(_, _, open)| *open).map(|(id, ..)| id).collect();
    assert_eq!(open, ["now", "c"]);
}

#[test]
fn an_edition_is_opened_once_for_all_who_wait() {
    let library = Imagined::of(&[("now", None), ("old", None)]);
    let (editions, _) = editions(&library, 12);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| assert_eq!(ask(&editions, &id("old")).unwrap().id(), "old"));
        }
    });
    assert_eq!(library.opened(), ["now", "old"]);
}

#[test]
fn a_day_means_the_newest_edition_up_to_it() {
    let days =
        [("z", Some("2024-03-01")), ("a", Some("2024-01-01")), ("b", Some("2024-02-01")), ("c", Some("2024-02-01"))];
    let library = Imagined::of(&[&days[..], &[("dayless", None)]].concat());
    let (editions, _) = editions(&library, 12);
    let on = |day: &str| ask(&editions, &Wanted::parse(day)).map(|snapshot| snapshot.id().to_owned());
    assert_eq!(on("2023-12-31"), None);
    assert_eq!(on("2024-01-01").unwrap(), "a");
    assert_eq!(on("2024-01-31").unwrap(), "a");
    assert_eq!(on("2024-02-15").unwrap(), "c", "of one day the one written last");
    assert_eq!(on("2025-01-01").unwrap(), "z");
    library.publish("b");
    editions.refresh();
    assert_eq!(on("2024-02-15").unwrap(), "b", "of one day the one in force");
}

#[test]
fn what_is_no_day_is_an_id() {
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    assert_eq!(Wanted::parse("2024-02-29"), Wanted::Day(day));
    for text in ["2023-02-29", "2024-2-29", "20240229", "0123456789abcdef", "", " 2024-02-29"] {
        assert_eq!(Wanted::parse(text), Wanted::Id(text.into()));
    }
}

#[test]
fn who_keeps_none_offers_only_the_edition_in_force() {
    let library = Imagined::of(&[("now", None), ("old", None)]);
    let (editions, _) = editions(&library, 0);
    assert!(matches!(editions.find(&id("old")), Found::Unknown(_)));
    library.publish("old");
    editions.refresh();
    assert!(matches!(editions.find(&id("now")), Found::Unknown(_)));
    assert_eq!(listed(&editions), [("old".into(), true, true)]);
}

#[test]
fn an_open_edition_outlives_its_folder_and_a_lost_pointer_changes_nothing() {
    let library = Imagined::of(&[("now", None), ("old", None)]);
    let (editions, said) = editions(&library, 12);
    ask(&editions, &id("old"));
    library.titles.lock().unwrap().clear();
    library.publish("");
    editions.refresh();
    editions.refresh();
    assert_eq!(ask(&editions, &id("old")).unwrap().id(), "old");
    assert_eq!(editions.current().id(), "now");
    assert_eq!(listed(&editions).len(), 2);
    let lost = said.lock().unwrap().iter().filter(|line| line.contains("no edition is")).count();
    assert!(lost <= 1, "said once");
}
