use std::net::{IpAddr, Ipv4Addr};
use std::sync::mpsc;
use std::time::Duration;

use super::*;

const PLAN: Plan = Plan { threads: 2, threads_of_one: 1, most_waiting: 6, most_waiting_of_one: 4 };

fn visitor(number: u8) -> Visitor {
    Visitor::at(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)))
}

/// Puts work that tells its name and, unless it is free, goes on when it is told.
struct Bench {
    pool: Pool,
    tell: mpsc::Sender<&'static str>,
    told: mpsc::Receiver<&'static str>,
}

impl Bench {
    fn new(plan: Plan) -> Self {
        let (tell, told) = mpsc::channel();
        Self { pool: Pool::new(plan), tell, told }
    }

    fn held(&self, number: u8, name: &'static str) -> mpsc::Sender<()> {
        let (go, going) = mpsc::channel();
        let tell = self.tell.clone();
        let work = Box::new(move || {
            let _ = tell.send(name);
            let _ = going.recv();
        });
        self.pool.put(visitor(number), Wanted::default(), work).unwrap();
        go
    }

    fn free(&self, number: u8, name: &'static str) -> Result<(), Full> {
        let tell = self.tell.clone();
        self.pool.put(visitor(number), Wanted::default(), Box::new(move || tell.send(name).unwrap_or(())))
    }

    fn next(&self) -> &'static str {
        self.told.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    fn nothing(&self) -> bool {
        self.told.recv_timeout(Duration::from_millis(100)).is_err()
    }
}

#[test]
fn one_visitor_never_has_every_thread() {
    let bench = Bench::new(PLAN);
    let _first = bench.held(1, "one");
    assert_eq!(bench.next(), "one");
    let _second = bench.held(1, "one again");
    assert!(bench.nothing(), "a thread is left for others");
    bench.free(2, "other").unwrap();
    assert_eq!(bench.next(), "other");
}

#[test]
fn visitors_have_their_turns_however_much_one_of_them_asks() {
    let bench = Bench::new(Plan { threads: 1, ..PLAN });
    let go = bench.held(9, "begun");
    assert_eq!(bench.next(), "begun");
    for name in ["a1", "a2", "a3"] {
        bench.free(1, name).unwrap();
    }
    bench.free(2, "b1").unwrap();
    bench.free(3, "c1").unwrap();
    drop(go);
    assert_eq!([(); 5].map(|()| bench.next()), ["a1", "b1", "c1", "a2", "a3"]);
}

#[test]
fn a_full_queue_refuses_at_once_and_one_visitor_cannot_fill_it() {
    let bench = Bench::new(Plan { threads: 1, ..PLAN });
    let go = bench.held(9, "begun");
    assert_eq!(bench.next(), "begun");
    for _ in 0..4 {
        bench.free(1, "a").unwrap();
    }
    assert_eq!(bench.free(1, "a"), Err(Full));
    bench.free(2, "b").unwrap();
    bench.free(3, "c").unwrap();
    assert_eq!(bench.free(4, "d"), Err(Full), "six wait");
    drop(go);
    assert_eq!((0..6).map(|_| bench.next()).filter(|name| *name == "a").count(), 4);
}

#[test]
fn what_nobody_waits_for_is_not_begun_and_makes_room() {
    let bench = Bench::new(Plan { threads: 1, most_waiting: 1, ..PLAN });
    let go = bench.held(9, "begun");
    assert_eq!(bench.next(), "begun");
    let (wanted, waiting) = Wanted::by_one();
    let tell = bench.tell.clone();
    bench.pool.put(visitor(1), wanted.clone(), Box::new(move || tell.send("unwanted").unwrap_or(()))).unwrap();
    assert_eq!(bench.free(2, "late"), Err(Full));
    assert!(wanted.still());
    drop(waiting);
    assert!(!wanted.still());
    bench.free(2, "late").unwrap();
    drop(go);
    assert_eq!(bench.next(), "late");
    assert!(bench.nothing());
}
